package org.maestro.engine.notification.send;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.alert.AlertEvent;
import org.maestro.engine.notification.store.NotificationStore.Notification;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRow;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.Why;
import org.maestro.model.instance.Why.Code;
import org.maestro.model.instance.Why.Reason;

/** Puts into words what is told about a run, from how it stands and what explains it. Pure. */
final class MessageWriter {
  private static final int LONGEST_TEXT = 6_000;
  private static final int MOST_REASONS = 5;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

  private final @Nullable String publicUrl;

  MessageWriter(@Nullable String publicUrl) {
    this.publicUrl = publicUrl;
  }

  /**
   * What there is to tell.
   *
   * @param why as whoever owns the workflow sees it
   */
  Message write(Notification notification, RunRow run, String owner, Why why) {
    var alerts = run.facts().alerts();
    var lateAt = alerts == null ? null : alerts.lateAt();
    var at = at(notification, run, lateAt);
    var subject = subject(notification.event(), run);
    var text = shortened(text(notification.event(), run, why, lateAt));
    var link = link(run.key());
    var data = new LinkedHashMap<String, Object>();
    data.put("event", notification.event().type());
    data.put("run", run.key().toString());
    data.put("workflow_id", run.key().workflowId());
    data.put("workflow_instance_id", run.key().instanceId());
    data.put("workflow_run_id", run.key().runId());
    data.put("workflow_version_id", run.versionId());
    data.put("owner", owner);
    data.put("status", run.status().name());
    data.put("create_time", run.createTime());
    put(data, "start_time", run.startTime());
    put(data, "end_time", run.endTime());
    put(data, "late_time", notification.event() == AlertEvent.LATE ? lateAt : null);
    put(data, "link", link);
    data.put("subject", subject);
    data.put("text", text);
    if (notification.event() == AlertEvent.FAILURE) {
      firstFailed(why).ifPresent(reason -> data.put("failed_first", reason.details()));
    }
    return new Message(
        notification.messageId(),
        notification.event(),
        notification.receiver(),
        at,
        subject,
        text,
        link,
        data);
  }

  private static void put(Map<String, Object> data, String name, @Nullable Object value) {
    if (value != null) {
      data.put(name, value);
    }
  }

  private static long at(Notification notification, RunRow run, @Nullable Long lateAt) {
    if (notification.event() == AlertEvent.LATE && lateAt != null) {
      return lateAt;
    }
    var end = run.endTime();
    return end == null ? notification.createTime() : end;
  }

  private static String subject(AlertEvent event, RunRow run) {
    return run.key() + (event == AlertEvent.LATE ? " is late" : " " + ended(run.status()));
  }

  private static String ended(RunStatus status) {
    return switch (status) {
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed";
      case STOPPED -> "was stopped";
      case TIMED_OUT -> "timed out";
      case CREATED -> "has not begun";
      case IN_PROGRESS -> "runs";
      case PAUSED -> "stands still";
    };
  }

  private static String text(AlertEvent event, RunRow run, Why why, @Nullable Long lateAt) {
    var text = new StringBuilder();
    if (event == AlertEvent.LATE && lateAt != null) {
      text.append(run.key())
          .append(" is late: it was to be complete by ")
          .append(time(lateAt))
          .append(", and ")
          .append(ended(run.status()));
    } else {
      text.append(run.key()).append(' ').append(ended(run.status()));
    }
    var end = run.endTime();
    if (end != null) {
      text.append(" at ").append(time(end));
      if (run.startTime() != null) {
        text.append(", after ").append(length(end - run.startTime()));
      }
    }
    text.append('.');
    if (run.status() != RunStatus.SUCCEEDED) {
      why.reasons().stream()
          .filter(MessageWriter::isWorthTelling)
          .limit(MOST_REASONS)
          .forEach(reason -> text.append('\n').append(reason.message()));
      because(why).ifPresent(because -> text.append('\n').append(because));
    }
    return text.toString();
  }

  /** Receivers are not told of each other. */
  private static boolean isWorthTelling(Reason reason) {
    return reason.code() != Code.ENDED
        && reason.code() != Code.NOTIFIED
        && reason.code() != Code.NOTIFYING
        && reason.code() != Code.NOT_NOTIFIED
        && reason.code() != Code.HANDLER_RUN;
  }

  private static Optional<String> because(Why why) {
    return why.reasons().stream()
        .filter(reason -> reason.code() == Code.ENDED)
        .map(reason -> reason.details().get("because"))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst();
  }

  private static Optional<Reason> firstFailed(Why why) {
    return why.reasons().stream().filter(reason -> reason.code() == Code.FAILED_FIRST).findFirst();
  }

  private static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC));
  }

  private static String length(long millis) {
    var length = Duration.ofMillis(Math.max(0, millis));
    return length.compareTo(Duration.ofSeconds(10)) < 0
        ? length.toMillis() + " ms"
        : length
            .truncatedTo(ChronoUnit.SECONDS)
            .toString()
            .substring("PT".length())
            .toLowerCase(Locale.ROOT);
  }

  private @Nullable String link(RunKey run) {
    if (publicUrl == null) {
      return null;
    }
    var base = publicUrl.strip();
    return "%s/workflows/%s/instances/%d/runs/%d"
        .formatted(
            base.endsWith("/") ? base.substring(0, base.length() - 1) : base,
            URLEncoder.encode(run.workflowId(), StandardCharsets.UTF_8),
            run.instanceId(),
            run.runId());
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    var end =
        Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
    return text.substring(0, end) + "…";
  }
}
