package org.maestro.model.start;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.document.ShownAs;
import org.maestro.model.tag.Tag;

/**
 * What a start is asked with.
 *
 * @param initiator {@code {"type": "manual"}}: the other kinds belong to the system
 * @param requestTime epoch milliseconds; now, if left out
 * @param requestId a UUID, or other text of 1 to 128 characters: the same one gives the same
 *     instance; chosen by the engine, if left out
 * @param runtimeTags tags of this run, besides those of the workflow
 * @param runParams parameters of this run; those that the definition lets be changed
 * @param stepRunParams parameters for single steps, by step id
 * @param artifacts kept with the run as they are
 * @param persistFailedRun whether parameters that can't be evaluated make a FAILED instance, and
 *     not an error; false if left out
 */
public record StartBody(
    By initiator,
    @Nullable Long requestTime,
    @Nullable String requestId,
    @ShownAs(schema = "Tags") @Nullable List<Tag> runtimeTags,
    @ShownAs(schema = "GivenParams") @Nullable Map<String, Object> runParams,
    @ShownAs(schema = "GivenStepParams") @Nullable Map<String, Object> stepRunParams,
    @Nullable Map<String, Object> artifacts,
    @Nullable Boolean persistFailedRun) {

  /**
   * Who asks.
   *
   * @param type {@code manual}; case doesn't matter
   */
  public record By(String type) {}
}
