package org.maestro.engine.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.StatusChange;
import org.maestro.messaging.OutgoingMessage;

/**
 * Changes of runs, steps and definitions as CloudEvents 1.0 in structured JSON mode. The Kafka key
 * is the run, so the events of one run keep their order.
 */
public final class CloudEvents {
  private static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

  private final String topic;
  private final String source;
  private final RunJson json;

  /**
   * For one topic.
   *
   * @param source the CloudEvents source of this installation
   */
  public CloudEvents(String topic, String source, RunJson json) {
    this.topic = topic;
    this.source = source;
    this.json = json;
  }

  /** The events that one outbox row holds. */
  Stream<OutgoingMessage> messages(
      String outboxId, List<StatusChange> changes, @Nullable DefinitionNews definition) {
    var ofDefinition = Stream.ofNullable(definition).map(news -> message(outboxId, news));
    var ofRuns =
        IntStream.range(0, changes.size())
            .mapToObj(i -> message(outboxId + "-" + i, changes.get(i)));
    return Stream.concat(ofDefinition, ofRuns);
  }

  private OutgoingMessage message(String id, DefinitionNews news) {
    var data = new LinkedHashMap<String, Object>();
    data.put("workflow_id", news.workflowId());
    data.put("internal_id", news.internalId());
    data.put("revision", news.revision());
    data.put("latest_version_id", news.latestVersionId());
    if (news.activeVersionId() != null) {
      data.put("active_version_id", news.activeVersionId());
    }
    data.put("paused", news.paused());
    data.put("author", news.author());
    return message(id, news.type(), news.workflowId(), news.workflowId(), news.time(), data);
  }

  /**
   * One event, ready to be sent.
   *
   * @param id unique; the same when the event is sent again
   */
  OutgoingMessage message(String id, StatusChange change) {
    var ofStep = change.stepId() != null;
    var last = change.records().getLast();
    var data = new LinkedHashMap<String, Object>();
    data.put("workflow_id", change.run().workflowId());
    data.put("workflow_instance_id", change.run().instanceId());
    data.put("workflow_run_id", change.run().runId());
    data.put("workflow_uuid", change.uuid());
    data.put("correlation_id", change.correlationId());
    if (change.stepId() != null && change.attemptId() != null && change.seq() != null) {
      data.put("step_id", change.stepId());
      data.put("step_attempt_id", change.attemptId());
      data.put("step_instance_id", change.seq());
    }
    data.put(
        "status_change_records",
        change.records().stream()
            .map(r -> Map.of("old_status", r.from(), "new_status", r.to(), "event_time", r.time()))
            .toList());
    return message(
        id,
        (ofStep ? EventType.STEP_STATUS : EventType.RUN_STATUS).label(),
        ofStep ? change.run() + "/" + change.stepId() : change.run().toString(),
        change.run().toString(),
        last.time(),
        data);
  }

  private OutgoingMessage message(
      String id, String type, String subject, String key, long time, Map<String, Object> data) {
    var event = new LinkedHashMap<String, Object>();
    event.put("specversion", "1.0");
    event.put("id", id);
    event.put("source", source);
    event.put("type", EventType.PREFIX + type);
    event.put("subject", subject);
    event.put("time", Instant.ofEpochMilli(time).toString());
    event.put("datacontenttype", "application/json");
    event.put("data", data);
    return new OutgoingMessage(
        topic, null, key, json.writeBytes(event), Map.of("content-type", CONTENT_TYPE));
  }
}
