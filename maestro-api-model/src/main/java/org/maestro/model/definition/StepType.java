package org.maestro.model.definition;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of step. */
public enum StepType {
  /** Does nothing and succeeds: for joins, for parameters and for trying things out. */
  NOOP("NoOp", true),
  /** Waits in the engine, without a process. */
  SLEEP("Sleep", true),
  /** Sends one request and judges the answer. Only hosts that the operator allows are called. */
  HTTP("Http", true),
  /** Runs a script or a command as a process of the machine that the engine runs on. */
  SHELL("Shell", true),
  /**
   * Runs Python as a process of the machine that the engine runs on: a script, a module or a
   * function, with the packages that it requires.
   */
  PYTHON("Python", true),
  /** Runs a Java archive. */
  JAR("Jar", true),
  /** Runs a container on Docker, Podman or another engine that speaks Docker's API. */
  DOCKER("Docker", true),
  /** Runs a pod in a cluster. */
  KUBERNETES("Kubernetes", true),
  /** Runs a notebook with papermill. */
  NOTEBOOK("Notebook", true),
  /** The standard's name for its own container platform: run as a Docker step is. */
  TITUS("Titus", true),
  /** Runs statements in a database. */
  SQL("SQL", true),
  /** Runs a Spark application. */
  SPARK("Spark", true),
  /** Starts an instance of another workflow and, unless told otherwise, waits for its end. */
  SUBWORKFLOW("subworkflow", false),
  /** Runs its steps once per combination of its loop parameters. */
  FOREACH("foreach", false),
  /** Runs its steps again and again as long as a condition holds. */
  WHILE("while", false),
  /** Stands for the steps that a job template gives. */
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
