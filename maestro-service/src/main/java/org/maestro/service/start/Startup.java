package org.maestro.service.start;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries what a service needs at its start again and again while it is away. Meanwhile a stand-in
 * answers on the service's port, and the log says once a minute what is awaited.
 */
public final class Startup {
  private static final Logger log = LoggerFactory.getLogger(Startup.class);
  private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

  private final StartSettings settings;
  private final Opening standIn;
  private final Interruption interruption;
  private final LongSupplier nanos;

  /**
   * @param standIn answers for the service that isn't there yet
   * @param interruption of the thread that waits, when the process is to end
   * @param nanos a clock that only goes forward
   */
  public Startup(
      StartSettings settings, Opening standIn, Interruption interruption, LongSupplier nanos) {
    this.settings = settings;
    this.standIn = standIn;
    this.interruption = interruption;
    this.nanos = nanos;
  }

  /** Answers for the service until it is closed. */
  public interface StandIn extends AutoCloseable {
    void awaits(String what);

    @Override
    void close();
  }

  /** Lets somebody answer who says what is awaited. */
  public interface Opening {
    StandIn open(String awaited);
  }

  /** The way in which a wait is ended before its time. */
  public interface Interruption {
    /** Waits; returns false if the process is to end. */
    boolean sleep(Duration pause);
  }

  /** How long one try waits for the brokers. */
  public Duration attempt() {
    return settings.attempt();
  }

  /**
   * What an attempt comes to, once it does.
   *
   * @param away names what a failure says is away; empty for failures that waiting doesn't mend
   * @throws RuntimeException of the attempt, if waiting doesn't mend it, or patience or the process
   *     ends
   */
  public <T> T await(
      Function<RuntimeException, Optional<String>> away, Supplier<? extends T> attempt) {
    var began = nanos.getAsLong();
    var sayAt = began;
    StandIn other = null;
    try {
      while (true) {
        try {
          var result = attempt.get();
          if (other != null) {
            log.info("What was awaited is there, after {} s", seconds(began));
          }
          return result;
        } catch (RuntimeException e) {
          var awaited = away.apply(e);
          if (awaited.isEmpty() || isOver(began)) {
            throw e;
          }
          if (other == null) {
            other = standIn.open(awaited.get());
          }
          other.awaits(awaited.get());
          if (nanos.getAsLong() - sayAt >= 0) {
            log.warn("Waiting for {}, since {} s: {}", awaited.get(), seconds(began), line(e));
            sayAt = nanos.getAsLong() + SAY_AGAIN.toNanos();
          }
          if (!interruption.sleep(settings.pause())) {
            throw e;
          }
        }
      }
    } finally {
      if (other != null) {
        other.close();
      }
    }
  }

  private static String line(RuntimeException e) {
    return e.toString().lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }

  private boolean isOver(long began) {
    var patience = settings.patience();
    return patience != null && nanos.getAsLong() - began > patience.toNanos();
  }

  private long seconds(long began) {
    return Duration.ofNanos(nanos.getAsLong() - began).toSeconds();
  }
}
