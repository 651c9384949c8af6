package org.maestro.cli.output;

import java.util.Locale;

/** In which form data is printed. All but TABLE are for programs and stay stable. */
public enum OutputFormat {
  TABLE,
  JSON,
  JSONL,
  YAML,
  NAME;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
