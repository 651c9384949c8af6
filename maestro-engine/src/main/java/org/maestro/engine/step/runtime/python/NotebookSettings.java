package org.maestro.engine.step.runtime.python;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Notebook steps run. The interpreter and the environments are those of Python steps.
 *
 * @param requirements what is installed beside a step's own requirements, as pip takes it, unless
 *     the step names the package itself; without any of a step's own only where the interpreter
 *     lacks papermill or ipykernel
 */
@ConfigurationProperties("maestro.step.notebook")
public record NotebookSettings(
    @DefaultValue({"papermill==2.7.0", "ipykernel==7.4.0"}) List<String> requirements) {

  public static final NotebookSettings DEFAULT =
      new NotebookSettings(List.of("papermill==2.7.0", "ipykernel==7.4.0"));

  public NotebookSettings {
    requirements = List.copyOf(requirements);
  }
}
