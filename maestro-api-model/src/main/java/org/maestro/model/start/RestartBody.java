package org.maestro.model.start;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.document.ShownAs;

/**
 * What a restart is asked with; all of it may be left out.
 *
 * @param initiator as at a start; nobody looks at it
 * @param requestTime epoch milliseconds; now, if left out
 * @param requestId a UUID, or other text of 1 to 128 characters: the same one gives the same run;
 *     chosen by the engine, if left out
 * @param restartPolicy what is run again: RESTART_FROM_INCOMPLETE, RESTART_FROM_BEGINNING or
 *     RESTART_FROM_SPECIFIC; of an instance the first, of a step the last, if left out
 * @param upstreamRestartMode RESTART_FROM_INLINE_ROOT (if left out) restarts the tree that the run
 *     is part of, RESTART_FROM_STEP only the step itself
 * @param version of the new run: active, latest, default or a number; that of the run before, if
 *     left out. Steps that have run have to be in it, and what is kept of them has to lead where it
 *     led; of a run that another workflow's run started, only with an upstream_restart_mode that
 *     leaves that one alone
 * @param runParams parameters of the new run; those that the definition lets be changed
 * @param stepRunParams parameters for single steps, by step id
 * @param artifacts kept with the run as they are, over those of the run before; only of a run that
 *     no other one is restarted above
 * @param skipSteps ids of steps that count as done
 * @param startSteps ids of the steps to begin with
 * @param endSteps ids of the steps to end with
 */
public record RestartBody(
    @Nullable Map<String, Object> initiator,
    @Nullable Long requestTime,
    @Nullable String requestId,
    @Nullable String restartPolicy,
    @Nullable String upstreamRestartMode,
    @Nullable String version,
    @ShownAs(schema = "GivenParams") @Nullable Map<String, Object> runParams,
    @ShownAs(schema = "GivenStepParams") @Nullable Map<String, Object> stepRunParams,
    @Nullable Map<String, Object> artifacts,
    @Nullable List<String> skipSteps,
    @Nullable List<String> startSteps,
    @Nullable List<String> endSteps) {}
