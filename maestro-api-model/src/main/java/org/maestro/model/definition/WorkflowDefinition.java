package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.document.ShownAs;

/**
 * One version of a workflow, with the workflow's properties as they are now.
 *
 * @param workflow what was pushed, with what the system filled in
 * @param isActive whether it is the version that triggers start
 * @param activateTime when this version became the active one, in epoch milliseconds; null if it is
 *     not
 * @param activatedBy who made it the active one; null if it is not
 * @param isLatest whether it is the newest version
 * @param isDefault whether it is the active one, or the latest where none is active
 * @param enrichedExtras parameters by themselves; only if asked for
 * @param unreadable why the rest of it can't be read, in lists; null if it can
 */
public record WorkflowDefinition(
    PropertiesView propertiesSnapshot,
    Metadata metadata,
    @ShownAs(schema = "DefinitionWorkflow") Map<String, Object> workflow,
    boolean isActive,
    @Nullable Long activateTime,
    @Nullable String activatedBy,
    boolean isLatest,
    boolean isDefault,
    long modifyTime,
    long internalId,
    @Nullable Extras enrichedExtras,
    @Nullable String unreadable) {

  /**
   * Who published it, and when.
   *
   * @param versionAuthor who pushed it
   * @param gitInfo where it comes from; null if nobody said so
   * @param extraInfo whatever else was pushed with it; it stands beside the other fields
   */
  public record Metadata(
      String workflowId,
      long workflowVersionId,
      long createTime,
      String versionAuthor,
      @ShownAs(schema = "DefinitionGitInfo") @Nullable Map<String, Object> gitInfo,
      @JsonAnyGetter Map<String, Object> extraInfo) {}

  /**
   * Parameters by themselves.
   *
   * @param workflowParams those of the workflow
   * @param stepParams those of the steps, by step id
   */
  public record Extras(
      @ShownAs(schema = "GivenParams") Map<String, Object> workflowParams,
      @ShownAs(schema = "GivenStepParams") Map<String, Object> stepParams) {}
}
