package org.maestro.model.definition;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of step. */
public enum StepType {
  NOOP("NoOp", true),
  SLEEP("Sleep", true),
  HTTP("Http", true),
  SHELL("Shell", true),
  PYTHON("Python", true),
  JAR("Jar", true),
  DOCKER("Docker", true),
  KUBERNETES("Kubernetes", true),
  NOTEBOOK("Notebook", true),
  TITUS("Titus", true),
  SQL("SQL", true),
  SPARK("Spark", true),
  SUBWORKFLOW("subworkflow", false),
  FOREACH("foreach", false),
  WHILE("while", false),
  TEMPLATE("template", false);

  private final String label;
  private final boolean leaf;

  StepType(String label, boolean leaf) {
    this.label = label;
    this.leaf = leaf;
  }

  /** The name as people write it. */
  public String label() {
    return label;
  }

  /** Whether it runs something itself instead of holding other steps. */
  public boolean isLeaf() {
    return leaf;
  }

  /** Reads a name without regard to case. */
  public static Optional<StepType> of(String name) {
    var upper = name.toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(type -> type.name().equals(upper)).findFirst();
  }
}
