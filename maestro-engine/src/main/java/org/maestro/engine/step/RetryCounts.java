package org.maestro.engine.step;

/** How many retries of a step there have been in this run, by cause. */
public record RetryCounts(long error, long platform, long timeout, long manual) {
  public static final RetryCounts NONE = new RetryCounts(0, 0, 0, 0);

  public RetryCounts plusError() {
    return new RetryCounts(error + 1, platform, timeout, manual);
  }

  public RetryCounts plusPlatform() {
    return new RetryCounts(error, platform + 1, timeout, manual);
  }

  public RetryCounts plusTimeout() {
    return new RetryCounts(error, platform, timeout + 1, manual);
  }

  public RetryCounts plusManual() {
    return new RetryCounts(error, platform, timeout, manual + 1);
  }
}
