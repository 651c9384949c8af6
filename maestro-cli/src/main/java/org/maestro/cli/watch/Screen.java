package org.maestro.cli.watch;

/** How large the terminal is, in characters. */
public interface Screen {
  int width();

  int height();
}
