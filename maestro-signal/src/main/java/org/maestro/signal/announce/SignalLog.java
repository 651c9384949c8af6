package org.maestro.signal.announce;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Appends signals, each once, within the transaction that is running. */
public final class SignalLog {
  private final SignalStore store;
  private final FlowStore flows;
  private final InstantSource clock;
  private final Supplier<String> ids;

  /**
   * @param ids unique ones, for signals that were announced without
   */
  public SignalLog(SignalStore store, FlowStore flows, InstantSource clock, Supplier<String> ids) {
    this.store = store;
    this.flows = flows;
    this.clock = clock;
    this.ids = ids;
  }

  /** What announcing came to. */
  public sealed interface Outcome {
    Signal signal();

    /** It is a new signal. */
    record Announced(Signal signal) implements Outcome {}

    /** The same request has announced it before. */
    record Known(Signal signal) implements Outcome {}
  }

  /** Appends what nobody knows the announcer of. */
  public Outcome append(Announcement announcement) {
    return append(announcement, AnnouncedBy.NOBODY);
  }

  public Outcome append(Announcement announcement, AnnouncedBy by) {
    var requested = announcement.requestId();
    var id = requested == null ? ids.get() : requested;
    if (announcement.origin() instanceof Origin.Step(var source)) {
      flows.add(
          List.of(
              new FlowStore.Flow(
                  source.workflowId(), FlowStore.Kind.ANNOUNCED, announcement.name())));
    }
    return store
        .append(announcement, by, id, clock.millis())
        .<Outcome>map(Outcome.Announced::new)
        .orElseGet(
            () -> new Outcome.Known(store.findByInstanceId(announcement.name(), id).orElseThrow()));
  }
}
