package org.maestro.engine.log;

/** The streams that a job writes. */
public enum LogStream {
  STDOUT,
  STDERR
}
