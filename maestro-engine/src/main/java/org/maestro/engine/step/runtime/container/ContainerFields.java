package org.maestro.engine.step.runtime.container;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.engine.step.runtime.job.JobInput;

/**
 * Reads what a step says of its container, field by field, and gathers all that is wrong with it.
 * What its operator could allow is told apart from what no installation can run.
 */
public final class ContainerFields {
  private final String name;
  private final String settings;
  private final Map<String, Object> given;
  private final List<StepProblem> problems = new ArrayList<>();

  /**
   * Over the first of these parameters that says anything.
   *
   * @param names of parameters that may hold the fields
   * @param settings the prefix of the operator's settings, which messages name
   */
  public ContainerFields(List<String> names, Map<String, Object> params, String settings) {
    this.settings = settings;
    for (var candidate : names) {
      if (params.get(candidate) instanceof Map<?, ?> map && !map.isEmpty()) {
        var fields = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
          if (value != null) {
            fields.put(String.valueOf(key), value);
          }
        });
        name = candidate;
        given = fields;
        return;
      }
    }
    name = names.getFirst();
    given = Map.of();
  }

  /** All that was found. */
  public List<StepProblem> problems() {
    return problems;
  }

  /**
   * Does nothing if nothing is wrong.
   *
   * @throws InvalidJobException saying all that is
   */
  public void refuse() {
    if (!problems.isEmpty()) {
      throw new InvalidJobException(
          problems.stream().map(StepProblem::message).collect(Collectors.joining("; ")));
    }
  }

  /** What no installation can run. */
  public void problem(String field, String text) {
    problems.add(
        new StepProblem("/" + name + "/" + field, name + "." + field + ": " + text, false));
  }

  /** What the operator could allow. */
  public void forbidden(String field, String text) {
    problems.add(new StepProblem("/" + name + "/" + field, name + "." + field + ": " + text, true));
  }

  /** Who may not run containers here. */
  public void refuseStrangers(
      @Nullable String owner, List<String> owners, String workflowId, List<String> workflows) {
    if (owner != null && !allows(owners, owner)) {
      stranger(
          "owner \"%s\" may not run containers here; ask the operator to add them to %s.owners"
              .formatted(owner, settings));
    }
    if (!allows(workflows, workflowId)) {
      stranger(
          "workflow \"%s\" may not run containers here; ask the operator to add it to %s.workflows"
              .formatted(workflowId, settings));
    }
  }

  private void stranger(String text) {
    problems.add(new StepProblem("", text, true));
  }

  private static boolean allows(List<String> list, String one) {
    return list.contains("*") || list.contains(one);
  }

  /** Says which fields there are if there is another one. */
  public void refuseUnknown(Set<String> known, Set<String> silentlyKnown) {
    for (var key : given.keySet()) {
      if (!known.contains(key) && !silentlyKnown.contains(key)) {
        problem(key, "there is no such field; there are " + String.join(", ", sorted(known)));
      }
    }
  }

  /** What no process could be given; looked at only if nothing else is wrong. */
  public void refuseWhatNoProcessCanTake(List<String> words, Map<String, String> environment) {
    if (problems.isEmpty()) {
      try {
        JobInput.refuseWhatNoProcessCanTake(words, environment);
      } catch (InvalidJobException e) {
        problems.add(new StepProblem("", String.valueOf(e.getMessage()), false));
      }
    }
  }

  /** A field as it is; null if the step doesn't have it. */
  public @Nullable Object value(String field) {
    return given.get(field);
  }

  /** A field of one text or number. */
  public Optional<String> text(String field) {
    var value = given.get(field);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Map || value instanceof List) {
      problem(field, "expected a text, found " + value);
      return Optional.empty();
    }
    var text = JobInput.word(value);
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** The image with its tag, if it may be used. */
  public String image(List<String> allowed) {
    var image = text("image").orElse("");
    if (image.isEmpty()) {
      problem("image", "expected the name of an image such as python:3.14-slim, found nothing");
      return "";
    }
    if (!ImageName.isValid(image)) {
      problem(
          "image",
          "expected [registry/]name[:tag][@sha256:…] in lower case, found \"%s\"".formatted(image));
      return "";
    }
    if (!ImageName.isAllowed(image, allowed)) {
      forbidden(
          "image",
          "\"%s\" isn't allowed here; allowed are %s (%s.images)"
              .formatted(image, allowed, settings));
    }
    return ImageName.withTag(image);
  }

  /** When the image is fetched. */
  public PullPolicy pull() {
    var text = text("pull");
    if (text.isEmpty()) {
      return PullPolicy.IF_NOT_PRESENT;
    }
    return PullPolicy.of(text.get())
        .orElseGet(() -> {
          problem(
              "pull",
              "expected if_not_present, always or never, found \"%s\"".formatted(text.get()));
          return PullPolicy.NEVER;
        });
  }

  /** A list of words; empty if the step doesn't have it. */
  public List<String> words(String field) {
    var value = given.get(field);
    if (List.of().equals(value) || value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      problem(
          field,
          "expected a list of words such as [\"sh\", \"-c\", \"…\"], found \"%s\""
              .formatted(value));
      return List.of();
    }
    return list.stream().map(JobInput::word).toList();
  }

  /**
   * What replaces the image's entrypoint where definitions of the standard say it: {@code command},
   * or {@code entrypoint}, which is a shell's line.
   */
  public List<String> platformEntrypoint() {
    var command = words("command");
    var line = text("entrypoint");
    return command.isEmpty() && line.isPresent() ? List.of("/bin/sh", "-c", line.get()) : command;
  }

  /** What is added to the environment. */
  public Map<String, String> environment() {
    try {
      return JobInput.environment(name + ".env", given.get("env"));
    } catch (InvalidJobException e) {
      problems.add(new StepProblem("/" + name + "/env", String.valueOf(e.getMessage()), false));
      return Map.of();
    }
  }

  /** Where the program begins. */
  public Optional<String> workdir() {
    var workdir = text("workdir");
    if (workdir.isPresent() && !workdir.get().startsWith("/")) {
      problem("workdir", "expected an absolute path, found \"%s\"".formatted(workdir.get()));
    }
    return workdir;
  }

  /** Billionths of a processor. */
  public long nanoCpus(double otherwise, double most) {
    return amount(
        "cpu", Math.round(otherwise * 1e9), Math.round(most * 1e9), Double.toString(most), true);
  }

  /** Bytes of {@code memory} or another field. */
  public long bytes(String field, long otherwise, long most) {
    return amount(field, otherwise, most, (most >> 20) + "Mi", false);
  }

  private long amount(String field, long otherwise, long most, String mostText, boolean isCpu) {
    var text = text(field);
    if (text.isEmpty()) {
      return otherwise;
    }
    var found = isCpu ? Quantity.nanoCpus(text.get()) : Quantity.bytes(text.get());
    if (found.isEmpty() || found.get() <= 0) {
      problem(
          field,
          "expected %s, found \"%s\""
              .formatted(
                  isCpu ? "processors such as 0.5 or 500m" : "bytes such as 512Mi or 2g",
                  text.get()));
      return otherwise;
    }
    if (found.get() > most) {
      forbidden(
          field,
          "at most %s, found \"%s\" (%s.limits.most-%s)"
              .formatted(mostText, text.get(), settings, field));
    }
    return found.get();
  }

  /** How many graphics processors. */
  public int gpus(int most) {
    return (int) whole("gpu", 0, 0, most, "gpus");
  }

  /** A whole number; {@code most-…} is the operator's setting. */
  public long whole(String field, long otherwise, long least, long most, String setting) {
    var text = text(field);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.get().matches("[0-9]{1,9}") || Long.parseLong(text.get()) < least) {
      problem(field, "expected a whole number, found \"%s\"".formatted(text.get()));
      return otherwise;
    }
    var number = Long.parseLong(text.get());
    if (number > most) {
      forbidden(
          field,
          "at most %d here, found %d (%s.limits.most-%s)"
              .formatted(most, number, settings, setting));
    }
    return number;
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }
}
