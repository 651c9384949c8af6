package org.maestro.engine.step.runtime.python;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Python steps run.
 *
 * @param interpreter a name on the jobs' PATH or a path, of Python 3.9 or newer. If {@code uv} is
 *     on that PATH, it installs requirements; else venv and pip do
 * @param keepEnvironments how long installed requirements stay after the last job that used them
 */
@ConfigurationProperties("maestro.step.python")
public record PythonSettings(
    @DefaultValue("python3") String interpreter, @DefaultValue("30d") Duration keepEnvironments) {

  public static final PythonSettings DEFAULT = new PythonSettings("python3", Duration.ofDays(30));
}
