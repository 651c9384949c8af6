package org.maestro.engine.step.runtime.docker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.docker.DockerSettings.MountSource;

/**
 * A container as it is to be made. What no step can change: no capabilities, no new privileges, a
 * root file system that is read-only, {@code /tmp} in memory, no root, a log of bounded size.
 *
 * @param name the same whoever makes it, so that the engine of containers refuses the second
 * @param output the file for output parameters on the machine of the containers
 */
record ContainerPlan(
    String name,
    Map<String, String> labels,
    DockerJob job,
    List<String> environment,
    Path output,
    long tmpBytes,
    long logBytes) {
  /** Where the job finds the file for its output parameters. */
  static final String OUTPUT = "/maestro/output.json";

  /** Its value is the attempt's uuid. */
  static final String ATTEMPT = "org.maestro.attempt";

  static final String INSTALLATION = "org.maestro.installation";

  ContainerPlan {
    labels = Map.copyOf(labels);
    environment = List.copyOf(environment);
  }

  static String nameOf(AttemptRef attempt) {
    return "maestro-" + attempt.uuid();
  }

  /** By which containers are found again, and people see whose they are. */
  static Map<String, String> labels(AttemptRef attempt, String owner, String installation) {
    var labels = new LinkedHashMap<String, String>();
    labels.put(ATTEMPT, attempt.uuid());
    labels.put(INSTALLATION, installation);
    labels.put("org.maestro.workflow", attempt.workflowId());
    labels.put("org.maestro.instance", Long.toString(attempt.instanceId()));
    labels.put("org.maestro.run", Long.toString(attempt.runId()));
    labels.put("org.maestro.step", attempt.stepId());
    labels.put("org.maestro.attempt-number", Long.toString(attempt.attemptId()));
    labels.put("org.maestro.owner", owner);
    return labels;
  }

  /** All that is mounted: what the step asked for, and the file for its output. */
  Map<String, MountSource> mounts() {
    var all = new LinkedHashMap<>(job.mounts());
    all.put(OUTPUT, new MountSource(output, true));
    return all;
  }
}
