package org.maestro.model.definition;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A definition on its way in.
 *
 * @param properties null leaves the workflow's properties as they are
 * @param active whether the new version becomes the active one
 * @param gitInfo where the definition lives; null if not given
 * @param extraInfo any other top-level keys, kept in the version's metadata
 */
public record PushRequest(
    @Nullable Properties properties,
    Workflow workflow,
    boolean active,
    @Nullable Map<String, Object> gitInfo,
    Map<String, Object> extraInfo) {}
