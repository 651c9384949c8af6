package org.maestro.model.signal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.message.SignalRequest.SignalSource;

/**
 * A signal as clients see it.
 *
 * @param origin what kind of announcer it was
 * @param announcedBy which one: a workflow, a caller, the source of a CloudEvent, a topic
 * @param principal in whose name: a caller, the owner of the workflow, a topic; null if unknown
 * @param source the step attempt that announced it; null if it was none
 * @param leftOut what of an event just announced became no param, and why; null if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignalView(
    String name,
    long seqId,
    String instanceId,
    Map<String, Object> params,
    @Nullable Object payload,
    String origin,
    String announcedBy,
    @Nullable String principal,
    @Nullable SignalSource source,
    long requestTime,
    long createTime,
    @Nullable List<DefinitionProblem> leftOut) {}
