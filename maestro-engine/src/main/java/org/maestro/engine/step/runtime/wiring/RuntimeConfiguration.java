package org.maestro.engine.step.runtime.wiring;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.maestro.engine.step.runtime.LiveAttempts;
import org.maestro.engine.step.runtime.StepReporter;
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
import org.maestro.engine.step.runtime.python.PythonProgram;
import org.maestro.engine.step.runtime.python.PythonSettings;
import org.maestro.engine.step.runtime.secret.SecretSettings;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.engine.step.runtime.shell.ShellProgram;
import org.maestro.engine.step.runtime.shell.ShellRuntime;
import org.maestro.engine.step.runtime.shell.ShellSettings;
import org.maestro.engine.step.runtime.shell.UnixUsers;
import org.maestro.param.FairLane;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;
import org.maestro.service.security.SecuritySettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the runtimes. They need a {@link StepReporter} and an {@link InstantSource}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  DockerSettings.class,
  HttpSettings.class,
  PythonSettings.class,
  SecretSettings.class,
  ShellSettings.class
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
      SecuritySettings security,
      AttemptFolders folders,
      FolderWatch watch,
      AttemptTokens tokens,
      Secrets secrets,
      StepReporter reporter,
      InstantSource clock)
      throws IOException {
    var users = new UnixUsers(settings.users(), security.dev());
    var programs =
        List.<LocalProgram>of(
            new ShellProgram(settings.shell()), new PythonProgram(python, settings.dataDir()));
    return new ShellRuntime(
        settings, programs, users, folders, watch, tokens, secrets, reporter, clock);
  }

  @Bean
  DockerRuntime dockerRuntime(
      DockerSettings settings,
      AttemptFolders folders,
      AttemptTokens tokens,
      Secrets secrets,
      StepReporter reporter,
      LiveAttempts live,
      InstantSource clock) {
    return new DockerRuntime(settings, folders, tokens, secrets, reporter, live, clock);
  }
}
