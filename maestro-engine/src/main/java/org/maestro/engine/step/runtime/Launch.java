package org.maestro.engine.step.runtime;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.StepType;

/**
 * An attempt to run.
 *
 * @param owner whose identity it runs under
 * @param params evaluated results by parameter name, plain values; {@link SecretText} where the
 *     definition names secrets
 * @param dueAt for attempts that only wait: when they are done, in epoch milliseconds
 */
public record Launch(
    AttemptRef attempt,
    StepType type,
    String owner,
    Map<String, Object> params,
    @Nullable Long dueAt) {}
