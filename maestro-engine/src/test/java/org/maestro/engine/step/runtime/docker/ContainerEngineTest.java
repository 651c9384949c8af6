package org.maestro.engine.step.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.maestro.embedded.EmbeddedPodman;
import org.maestro.engine.TestPodman;
import org.maestro.engine.step.runtime.docker.ContainerEngine.Died;

/** What is relied on of an engine of containers, against a real one. */
class ContainerEngineTest {

  @Test
  void endsAreToldByEventsWithTheirExitStatus() throws Exception {
    var podman = TestPodman.get();
    var died = new LinkedBlockingQueue<Died>();
    var listening = new LinkedBlockingQueue<String>();
    try (var engine = new ContainerEngine(podman.socket(), null)) {
      var since = System.currentTimeMillis() / 1000;
      try (var _ =
          engine.ends(
              since,
              new ContainerEngine.EndListener() {
                @Override
                public void listening() {
                  listening.add("yes");
                }

                @Override
                public void died(Died end) {
                  died.add(end);
                }

                @Override
                public void lost(String why) {}
              })) {
        assertThat(listening.poll(30, TimeUnit.SECONDS)).isEqualTo("yes");
        var id =
            podman.podman(
                "run",
                "--detach",
                "--network=none",
                "--label=" + ContainerPlan.ATTEMPT + "=x",
                EmbeddedPodman.IMAGE,
                "sh",
                "-c",
                "exit 7");

        // Other tests' containers may have ended in the same second, which is what events are asked
        // by.
        var told = died.poll(30, TimeUnit.SECONDS);
        while (told != null && !told.id().equals(id)) {
          told = died.poll(30, TimeUnit.SECONDS);
        }
        assertThat(told).isEqualTo(new Died(id, 7));
        var found = engine.find(id).orElseThrow();
        assertThat(found.standing()).isEqualTo(ContainerEngine.Standing.ENDED);
        assertThat(found.exitCode()).isEqualTo(7);
        engine.kill(id, "SIGTERM"); // it has ended: nothing
        engine.remove(id);
        engine.remove(id);
        assertThat(engine.find(id)).isEmpty();
      }
    }
  }
}
