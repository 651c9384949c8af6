package org.maestro.engine.step.runtime.job;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what a job printed and left in its work folder is kept after its end. It goes with its
 * workflow, too, on the machine that deletes that.
 *
 * @param age after which it goes; how the job ended is kept twice as long
 * @param bytes of all jobs together; above it the oldest go first, but none within an hour
 */
public record Retention(@DefaultValue("7d") Duration age, @DefaultValue("10737418240") long bytes) {
  public static final Retention DEFAULT = new Retention(Duration.ofDays(7), 10L << 30);

  public Retention {
    if (!age.isPositive() || bytes <= 0) {
      throw new IllegalArgumentException(
          "maestro.step.shell.retention: expected age and bytes to be positive");
    }
  }
}
