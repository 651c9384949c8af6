import static org.maestro.client.workflow.Workflows.job;
import static org.maestro.client.workflow.Workflows.workflow;

import java.time.Duration;
import java.util.Map;
import org.maestro.client.MaestroClient;
import org.maestro.client.RefusedException;
import org.maestro.model.definition.StepType;

/**
 * Pushes a workflow, starts it, waits for it and says what it came to. Needs Java 17 or newer and
 * maestro-client on the class path.
 */
public class Etl {
  public static void main(String[] arguments) throws InterruptedException {
    var client =
        arguments.length > 0
            ? MaestroClient.as("me", arguments[0])
            : MaestroClient.fromEnvironment();
    var etl =
        workflow("java-etl")
            .owner("me")
            .param("region", "eu")
            .jobs(
                job("extract", StepType.SHELL)
                    .param("script", "echo '{\"params\":{\"rows\":42}}' > \"$$MAESTRO_OUTPUT\"")
                    .outputs("rows<long>")
                    .thenIf("rows > 0", "load")
                    .otherwise("nothing"),
                job("load", StepType.SHELL).param("script", "echo loading ${region}"),
                job("nothing", StepType.NOOP));
    try {
      client.validate(etl).forEach(warning -> System.err.println(warning.message()));
      System.out.println("version " + client.push(etl));
    } catch (RefusedException e) {
      System.err.println(e.getMessage()); // with every problem and its place
      System.exit(1);
    }

    var run = client.start("java-etl", Map.of("region", "us"));
    var ended = run.await(Duration.ofMinutes(2));
    System.out.println(ended.name() + " " + ended.status() + " " + ended.params().get("region"));
    run.explain().forEach(System.out::println);
  }
}
