package org.maestro.signal.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.model.message.SignalGate;
import org.maestro.model.message.SignalRequest.Condition;

/**
 * A step attempt's wait for a signal of a name.
 *
 * @param openedSeq the number of the signal that it found; null while it waits
 */
public record Gate(
    SignalGate place,
    String name,
    List<Condition> conditions,
    @Nullable Long openedSeq,
    long awaitTime,
    @Nullable Long openTime) {
  public Gate {
    conditions = List.copyOf(conditions);
  }
}
