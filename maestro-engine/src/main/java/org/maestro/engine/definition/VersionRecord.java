package org.maestro.engine.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a workflow, as it is stored; never changed.
 *
 * @param name of the workflow in this version
 * @param definition the canonical JSON text of {@link org.maestro.model.definition.Workflow}
 * @param createTime epoch milliseconds
 * @param unreadable why what was pushed with it can't be read; null if it can
 */
public record VersionRecord(
    String workflowId,
    long versionId,
    @Nullable String name,
    String author,
    long createTime,
    String definition,
    @Nullable Map<String, Object> gitInfo,
    Map<String, Object> extraInfo,
    @Nullable String unreadable) {
  public VersionRecord {
    gitInfo = gitInfo == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(gitInfo));
    extraInfo = Collections.unmodifiableMap(new LinkedHashMap<>(extraInfo));
  }
}
