package org.maestro.engine.step.runtime.python;

import java.util.Locale;
import org.maestro.model.param.ParamType;

/** The parameters that a Python step reads. */
public enum PythonParam {
  /** What to run, as text. Either this or {@code module}. */
  SCRIPT(ParamType.STRING),
  /** What to run, by the name it is imported by. Either this or {@code script}. */
  MODULE(ParamType.STRING),
  /** A function of the script or the module that is called with {@code args}. */
  FUNCTION(ParamType.STRING),
  /**
   * Values by name: what the function is called with, or without one what the script finds as its
   * variables.
   */
  ARGS(ParamType.MAP),
  /** What a script, or a module that runs as a program, finds in {@code sys.argv[1:]}. */
  ARGV(ParamType.STRING_ARRAY),
  /**
   * Packages that are installed before, as pip takes them ({@code pandas==2.3.3}); jobs with the
   * same share what was installed.
   */
  REQUIREMENTS(ParamType.STRING_ARRAY),
  /** What is added to the job's environment. Names that begin with MAESTRO_ are the system's. */
  ENV(ParamType.STRING_MAP);

  private final ParamType type;

  PythonParam(ParamType type) {
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
