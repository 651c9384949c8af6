package org.maestro.signal.announce;

import org.maestro.model.message.SignalRequest.SignalSource;

/** Who announced a signal. */
public sealed interface Origin {

  /** The kind's name, as stored and shown. */
  default String kind() {
    return switch (this) {
      case Step _ -> "STEP";
      case Client _ -> "CLIENT";
      case CloudEvent _ -> "CLOUD_EVENT";
      case Topic _ -> "TOPIC";
    };
  }

  /** Who it was, in a word. */
  default String by() {
    return switch (this) {
      case Step(var source) -> source.workflowId();
      case Client(var caller) -> caller;
      case CloudEvent(var source) -> source;
      case Topic(var topic) -> topic;
    };
  }

  /** A step attempt. */
  record Step(SignalSource source) implements Origin {}

  /** Somebody over REST. */
  record Client(String caller) implements Origin {}

  /** Another system; {@code source} as it calls itself. */
  record CloudEvent(String source) implements Origin {}

  /** A topic that another system writes to. */
  record Topic(String topic) implements Origin {}
}
