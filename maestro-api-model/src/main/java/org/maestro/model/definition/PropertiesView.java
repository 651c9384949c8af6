package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.Map;
import org.maestro.model.document.ShownAs;

/**
 * The properties of a workflow as they were from some time on.
 *
 * @param author who changed them then
 * @param properties stand beside the other fields
 */
public record PropertiesView(
    String workflowId,
    long createTime,
    String author,
    @ShownAs(schema = "DefinitionProperties") @JsonAnyGetter Map<String, Object> properties) {}
