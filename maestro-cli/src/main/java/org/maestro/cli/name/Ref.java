package org.maestro.cli.name;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;

/**
 * What a command is about, written {@code workflow@version}, {@code workflow#instance.run}, {@code
 * workflow#instance.run/step} or {@code workflow/step}; the run may be left out and is then the
 * latest.
 *
 * @param version a number, {@code active}, {@code latest} or {@code default}; null if not given
 * @param step as written: the id, perhaps with a dot and the attempt; ids may contain dots too
 */
public record Ref(
    String workflow,
    @Nullable String version,
    @Nullable Long instance,
    @Nullable Long run,
    @Nullable String step) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<workflow>[_a-zA-Z0-9~][.\\-_a-zA-Z0-9~]*)"
              + "(?:@(?<version>active|latest|default|[1-9][0-9]{0,17}))?"
              + "(?:#(?<instance>[1-9][0-9]{0,17})(?:\\.(?<run>[1-9][0-9]{0,17}))?)?"
              + "(?:/(?<step>[_a-zA-Z][.\\-_a-zA-Z0-9]*))?");

  /** What a name may be about. */
  public enum Kind {
    WORKFLOW("a workflow such as hello"),
    VERSION("a version such as hello@3"),
    INSTANCE("an instance such as hello#12, or a run of it such as hello#12.2"),
    STEP_OF_RUN("a step of an instance such as hello#12/load"),
    STEP("a step of a workflow such as hello/load");

    private final String example;

    Kind(String example) {
      this.example = example;
    }
  }

  /**
   * Reads a name.
   *
   * @throws CommandFailure if it is none
   */
  public static Ref parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw CommandFailure.usage(
          "expected a name such as hello, hello@3, hello#12, hello#12.2 or hello#12/load, found \""
              + text
              + "\"");
    }
    return new Ref(
        matcher.group("workflow"),
        matcher.group("version"),
        number(matcher.group("instance")),
        number(matcher.group("run")),
        matcher.group("step"));
  }

  private static @Nullable Long number(@Nullable String digits) {
    return digits == null ? null : Long.valueOf(digits);
  }

  public static Ref run(String workflow, long instance, long run) {
    return new Ref(workflow, null, instance, run, null);
  }

  public Kind kind() {
    if (instance != null) {
      return step == null ? Kind.INSTANCE : Kind.STEP_OF_RUN;
    }
    if (step != null) {
      return Kind.STEP;
    }
    return version == null ? Kind.WORKFLOW : Kind.VERSION;
  }

  /**
   * This, if it is about one of these kinds.
   *
   * @throws CommandFailure if not
   */
  public Ref require(Kind... kinds) {
    for (var kind : kinds) {
      if (kind == kind() && !(version != null && kind != Kind.VERSION)) {
        return this;
      }
    }
    var expected = new StringBuilder();
    for (var kind : kinds) {
      expected.append(expected.isEmpty() ? "" : ", or ").append(kind.example);
    }
    throw CommandFailure.usage("expected " + expected + "; found " + this);
  }

  /** The instance's number; only for what is about an instance. */
  public long instanceNumber() {
    if (instance == null) {
      throw new IllegalStateException("expected " + this + " to name an instance");
    }
    return instance;
  }

  /** The step as written; only for what is about a step. */
  public String stepText() {
    if (step == null) {
      throw new IllegalStateException("expected " + this + " to name a step");
    }
    return step;
  }

  /** The instance of a step, the workflow of a version. */
  public Ref withoutStep() {
    return new Ref(workflow, version, instance, run, null);
  }

  public Ref withRun(long newRun) {
    return new Ref(workflow, version, instance, newRun, step);
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    var text = new StringBuilder(workflow);
    if (version != null) {
      text.append('@').append(version);
    }
    if (instance != null) {
      text.append('#').append(instance);
    }
    if (run != null) {
      text.append('.').append(run);
    }
    if (step != null) {
      text.append('/').append(step);
    }
    return text.toString();
  }
}
