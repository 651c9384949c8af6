package org.maestro.engine.run;

import org.maestro.messaging.ReceivedMessage;

/** Hears what arrives on the command topic and is no command to a run. */
public interface NodeMessages {
  /** The header that tells such a message from a command. */
  String KIND = "maestro-kind";

  /** Handles a message; must not block and not throw. It may come more than once. */
  void received(String kind, int shard, ReceivedMessage message);

  /** Keeps a command that this engine can't read, because nobody else does: its sender is done. */
  void unknown(int shard, ReceivedMessage message, String reason);
}
