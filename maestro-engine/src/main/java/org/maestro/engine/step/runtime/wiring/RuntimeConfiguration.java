package org.maestro.engine.step.runtime.wiring;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.maestro.engine.step.runtime.LiveAttempts;
import org.maestro.engine.step.runtime.StepReporter;
import org.maestro.engine.step.runtime.StepRuntime;
import org.maestro.engine.step.runtime.docker.DockerRuntime;
import org.maestro.engine.step.runtime.docker.DockerSettings;
import org.maestro.engine.step.runtime.http.HttpRuntime;
import org.maestro.engine.step.runtime.http.HttpSettings;
import org.maestro.engine.step.runtime.http.StateExpression;
import org.maestro.engine.step.runtime.job.AttemptCleaner;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.job.AttemptTokens;
import org.maestro.engine.step.runtime.job.FolderWatch;
import org.maestro.engine.step.runtime.job.LocalProgram;
import org.maestro.engine.step.runtime.kubernetes.KubernetesRuntime;
import org.maestro.engine.step.runtime.kubernetes.KubernetesSettings;
import org.maestro.engine.step.runtime.python.NotebookProgram;
import org.maestro.engine.step.runtime.python.NotebookSettings;
import org.maestro.engine.step.runtime.python.PythonProgram;
import org.maestro.engine.step.runtime.python.PythonSettings;
import org.maestro.engine.step.runtime.secret.SecretSettings;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.engine.step.runtime.shell.ShellProgram;
import org.maestro.engine.step.runtime.shell.ShellRuntime;
import org.maestro.engine.step.runtime.shell.ShellSettings;
import org.maestro.engine.step.runtime.shell.UnixUsers;
import org.maestro.engine.step.runtime.targets.Target;
import org.maestro.engine.step.runtime.targets.TargetKind;
import org.maestro.engine.step.runtime.targets.TargetSettings;
import org.maestro.engine.step.runtime.targets.Targets;
import org.maestro.param.FairLane;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;
import org.maestro.service.security.SecuritySettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/** Wires the runtimes. They need a {@link StepReporter} and an {@link InstantSource}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  DockerSettings.class,
  HttpSettings.class,
  KubernetesSettings.class,
  NotebookSettings.class,
  PythonSettings.class,
  SecretSettings.class,
  ShellSettings.class,
  TargetSettings.class
})
public class RuntimeConfiguration {

  @Bean
  StateExpression stateExpression(InstantSource clock) {
    var random = new SecureRandom();
    return new SelStateExpression(
        new SelRuntime(
            clock,
            () -> UUID.randomUUID().toString(),
            random::nextDouble,
            SelLimits.DEFAULT,
            FairLane.ofThisProcess()));
  }

  @Bean
  Secrets secrets(SecretSettings settings) {
    return new Secrets(settings, System.getenv());
  }

  @Bean
  HttpRuntime httpRuntime(
      HttpSettings settings,
      StateExpression stateExpression,
      Secrets secrets,
      StepReporter reporter,
      JsonMapper json,
      InstantSource clock) {
    return new HttpRuntime(
        settings, HttpRuntime.systemResolver(), stateExpression, secrets, reporter, json, clock);
  }

  @Bean
  AttemptFolders attemptFolders(ShellSettings settings) {
    return new AttemptFolders(settings.dataDir());
  }

  @Bean
  AttemptCleaner attemptCleaner(
      AttemptFolders folders, ShellSettings settings, InstantSource clock) {
    return new AttemptCleaner(folders, settings.retention(), clock);
  }

  @Bean
  FolderWatch folderWatch(ShellSettings settings) {
    return new FolderWatch(settings.dataDir());
  }

  @Bean
  AttemptTokens attemptTokens(AttemptFolders folders) {
    return folders.newTokens();
  }

  @Bean
  ShellRuntime shellRuntime(
      ShellSettings settings,
      PythonSettings python,
      NotebookSettings notebook,
      SecuritySettings security,
      AttemptFolders folders,
      FolderWatch watch,
      AttemptTokens tokens,
      Secrets secrets,
      TargetReports reports,
      InstantSource clock)
      throws IOException {
    var users = new UnixUsers(settings.users(), security.dev());
    var programs =
        List.<LocalProgram>of(
            new ShellProgram(settings.shell()),
            new PythonProgram(python, settings.dataDir()),
            new NotebookProgram(python, notebook, settings.dataDir()));
    return new ShellRuntime(
        settings, programs, users, folders, watch, tokens, secrets, reports.reports(), clock);
  }

  /** What jobs at targets report, before everybody else sees it. */
  record TargetReports(Targets.Reports reports) {}

  @Bean
  TargetReports targetReports(StepReporter reporter) {
    return new TargetReports(new Targets.Reports(reporter));
  }

  /** What a runtime of jobs needs, wherever they run. */
  record JobParts(
      AttemptFolders folders,
      AttemptTokens tokens,
      Secrets secrets,
      TargetReports reports,
      LiveAttempts live,
      InstantSource clock) {
    DockerRuntime docker(String target, DockerSettings settings) {
      return new DockerRuntime(
          target, settings, folders, tokens, secrets, reports.reports(), live, clock);
    }

    KubernetesRuntime kubernetes(String target, KubernetesSettings settings) {
      return new KubernetesRuntime(
          target, settings, folders, tokens, secrets, reports.reports(), live, clock);
    }
  }

  @Bean
  JobParts jobParts(
      AttemptFolders folders,
      AttemptTokens tokens,
      Secrets secrets,
      TargetReports reports,
      LiveAttempts live,
      InstantSource clock) {
    return new JobParts(folders, tokens, secrets, reports, live, clock);
  }

  @Bean
  DockerRuntime dockerRuntime(DockerSettings settings, JobParts parts) {
    return parts.docker(TargetKind.DOCKER.label(), settings);
  }

  @Bean
  KubernetesRuntime kubernetesRuntime(KubernetesSettings settings, JobParts parts) {
    return parts.kubernetes(TargetKind.KUBERNETES.label(), settings);
  }

  /**
   * All targets: those that are there without being named, as far as they are set up, and others.
   */
  @Bean
  Targets targets(
      TargetSettings settings,
      ShellRuntime shell,
      DockerRuntime docker,
      KubernetesRuntime kubernetes,
      JobParts parts,
      StepReporter reporter,
      Environment environment) {
    var all = new ArrayList<Target>();
    all.add(Target.of(TargetKind.PROCESS.label(), settings, shell));
    if (!docker.types().isEmpty()) {
      all.add(Target.of(TargetKind.DOCKER.label(), settings, docker));
    }
    if (!kubernetes.types().isEmpty()) {
      all.add(Target.of(TargetKind.KUBERNETES.label(), settings, kubernetes));
    }
    var own = new ArrayList<Runnable>();
    for (var name : settings.others()) {
      StepRuntime runtime =
          switch (settings.of(name).kind(name)) {
            case PROCESS -> shell;
            case DOCKER -> {
              var other = parts.docker(name, bound(environment, name, DockerSettings.class));
              own.add(other::close);
              yield other;
            }
            case KUBERNETES -> {
              var other =
                  parts.kubernetes(name, bound(environment, name, KubernetesSettings.class));
              own.add(other::close);
              yield other;
            }
          };
      if (runtime.types().isEmpty()) {
        throw new IllegalArgumentException(
            "maestro.runtimes.%s: expected where it is: a socket for type docker, an address or a kubeconfig for type kubernetes"
                .formatted(name));
      }
      all.add(Target.of(name, settings, runtime));
    }
    return new Targets(all, parts.folders(), reporter, own).listeningTo(parts.reports().reports());
  }

  private static <T> T bound(Environment environment, String name, Class<T> type) {
    return Binder.get(environment).bindOrCreate("maestro.runtimes." + name, type);
  }
}
