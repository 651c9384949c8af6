package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.document.ShownAs;

/**
 * A change of properties: those that are given; tags have routes of their own.
 *
 * @param resetRunStrategyRule true: the rule is the default again
 * @param resetWorkflowConcurrency true: as many instances as the rule lets run
 * @param resetStepConcurrency true: as many steps as the default
 * @param properties stand beside the other fields
 */
public record PropertiesChange(
    @Nullable Boolean resetRunStrategyRule,
    @Nullable Boolean resetWorkflowConcurrency,
    @Nullable Boolean resetStepConcurrency,
    @ShownAs(schema = "DefinitionProperties") @JsonAnyGetter Map<String, Object> properties) {}
