package org.maestro.engine.step.runtime.shell;

import java.util.Locale;
import org.maestro.model.param.ParamType;

/** The parameters that a Shell step reads. */
public enum ShellParam {
  /**
   * What to run: a text for the operator's shell, or for the program that its first line names
   * after {@code #!}. Either this or {@code command}.
   */
  SCRIPT(ParamType.STRING),
  /** A program and its arguments, without a shell. Either this or {@code script}. */
  COMMAND(ParamType.STRING_ARRAY),
  /** What is added to the job's environment. Names that begin with MAESTRO_ are the system's. */
  ENV(ParamType.STRING_MAP);

  private final ParamType type;

  ShellParam(ParamType type) {
    this.type = type;
  }

  /** As definitions write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it has to be. */
  public ParamType type() {
    return type;
  }
}
