package org.maestro.engine.step.runtime.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.job.AttemptTokens;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.engine.step.runtime.job.JobVariable;
import org.maestro.engine.step.runtime.job.LocalProgram;
import org.maestro.engine.step.runtime.keeper.KeeperMessage;
import org.maestro.engine.step.runtime.secret.Granted;
import org.maestro.model.definition.StepType;

/**
 * Has jobs started: by the keeper, or where there can't be one by a wrapper script for each job,
 * whose starter is gone at once and leaves it in a session of its own. Either way neither a thread
 * nor a pipe of the engine is bound to a job. The environment is built from nothing: no variable of
 * the engine is in it.
 */
final class JobLauncher {
  private static final Set<String> SECRET_PLACES = Set.of("env");

  private final AttemptFolders folders;
  private final ShellSettings settings;
  private final AttemptTokens tokens;
  private final Keepers keepers;
  private final UnixUsers users;
  private final Map<StepType, LocalProgram> programs;
  private final Path wrapper;

  JobLauncher(
      AttemptFolders folders,
      ShellSettings settings,
      UnixUsers users,
      AttemptTokens tokens,
      Keepers keepers,
      Map<StepType, LocalProgram> programs) {
    this.folders = folders;
    this.settings = settings;
    this.tokens = tokens;
    this.keepers = keepers;
    this.users = users;
    this.programs = programs;
    this.wrapper = folders.installWrapper();
  }

  /**
   * Has the job started, unless somebody else has claimed the attempt.
   *
   * @throws InvalidJobException if the step asks for something that can't be run
   * @throws IOException if this machine can't run it now
   */
  void start(Launch launch, Granted granted) throws IOException, InterruptedException {
    var job = program(launch).of(granted.handOver(launch, SECRET_PLACES));
    var folder = folders.of(launch.attempt().uuid());
    var user = users.of(launch.owner());
    folder.prepare(job.script(), job.input(), user.isPresent());
    var environment = environment(launch, job, folder);
    var hidden = granted.masks().texts();
    if (keepers.isUnavailable()
        || !keepers.run(order(launch, job, folder, user, environment, hidden))) {
      if (!hidden.isEmpty()) {
        throw new InvalidJobException(
            "secrets can't be kept out of the log here, for jobs of this machine have no keeper (the engine's log says why, or maestro.step.shell.keeper-idle is 0); use a Docker step");
      }
      startWrapper(arguments(launch, job, folder, user), passedThrough(environment), folder);
    }
  }

  private LocalProgram program(Launch launch) {
    return Objects.requireNonNull(programs.get(launch.type()));
  }

  private KeeperMessage.Run order(
      Launch launch,
      LocalProgram.Job job,
      AttemptFolder folder,
      Optional<String> user,
      Map<String, String> environment,
      List<String> hidden)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<String>();
    var isDirect = user.isEmpty() && settings.limits().areNone();
    if (user.isPresent()) {
      folder.giveTo(user.get());
      arguments.addAll(users.become(user.get(), settings.path()));
    }
    if (!isDirect) {
      arguments.addAll(List.of("/bin/sh", wrapper.toString(), "job"));
      arguments.addAll(limits(folder));
    }
    arguments.addAll(job.arguments(folder, user));
    return new KeeperMessage.Run(
        0,
        launch.attempt().uuid(),
        folder.path().toString(),
        arguments,
        entries(isDirect ? environment : passedThrough(environment)),
        settings.limits().outputBytes(),
        hidden);
  }

  private static List<String> entries(Map<String, String> environment) {
    return environment.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toList();
  }

  private void startWrapper(
      List<String> arguments, Map<String, String> environment, AttemptFolder folder)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(arguments);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(Redirect.DISCARD);
    builder.redirectError(Redirect.appendTo(folder.wrapperLog().toFile()));
    var status = builder.start().waitFor();
    if (status != 0) {
      throw new IOException(
          "the wrapper exited with status %d: %s"
              .formatted(status, Files.readString(folder.wrapperLog(), UTF_8).strip()));
    }
  }

  private List<String> arguments(
      Launch launch, LocalProgram.Job job, AttemptFolder folder, Optional<String> user)
      throws IOException {
    var arguments = new ArrayList<String>();
    arguments.add("/bin/sh");
    arguments.add(wrapper.toString());
    arguments.add("start");
    arguments.add(folder.path().toString());
    arguments.add(folders.events().toString());
    arguments.add(launch.attempt().uuid());
    arguments.add(seconds(settings.grace().toMillis()));
    arguments.add(Long.toString(settings.limits().outputBytes()));
    arguments.add("5");
    arguments.add(user.orElse(""));
    arguments.addAll(limits(folder));
    arguments.addAll(job.arguments(folder, user));
    return arguments;
  }

  private List<String> limits(AttemptFolder folder) {
    var limits = settings.limits();
    return List.of(
        folder.path().toString(),
        Long.toString(limits.cpu().toSeconds()),
        Long.toString(limits.memoryBytes() / 1024),
        Long.toString(limits.fileBytes() / 512),
        Long.toString(limits.processes()));
  }

  private static String seconds(long millis) {
    return "%d.%03d".formatted(millis / 1000, millis % 1000);
  }

  private Map<String, String> environment(
      Launch launch, LocalProgram.Job job, AttemptFolder folder) {
    var here =
        new JobVariable.Here(
            settings.path(),
            folder.workspace().toString(),
            settings.lang(),
            folder.params().toString(),
            tokens.issue(launch.attempt()));
    return JobVariable.environment(launch, here, job.environment());
  }

  /**
   * The wrapper's own environment is PATH only. The job's variables pass through it under numbered
   * names, so that none of them (LD_PRELOAD, PATH) means anything to the wrapper, which may have
   * more rights than the job.
   */
  private Map<String, String> passedThrough(Map<String, String> jobs) {
    var environment = new LinkedHashMap<String, String>();
    environment.put("PATH", settings.path());
    jobs.forEach(
        (name, value) -> environment.put("MAESTRO_ENV_" + environment.size(), name + "=" + value));
    return environment;
  }
}
