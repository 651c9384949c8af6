package org.maestro.engine.step.runtime.python;

import java.util.Locale;
import org.maestro.model.param.ParamType;

/**
 * The parameters that a Notebook step reads beside {@code notebook}. All others are handed to the
 * notebook.
 */
public enum NotebookParam {
  /**
   * Packages that are installed before, as pip takes them; jobs with the same share what was
   * installed.
   */
  REQUIREMENTS(ParamType.STRING_ARRAY),
  /** What is added to the job's environment. Names that begin with MAESTRO_ are the system's. */
  ENV(ParamType.STRING_MAP);

  private final ParamType type;

  NotebookParam(ParamType type) {
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
