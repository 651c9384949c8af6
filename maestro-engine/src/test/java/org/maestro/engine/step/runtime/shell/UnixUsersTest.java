package org.maestro.engine.step.runtime.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.engine.step.runtime.job.InvalidJobException;

class UnixUsersTest {
  private static final String OWN = System.getProperty("user.name");

  @Test
  void inDevelopmentJobsRunAsTheEnginesOwnUser() {
    assertThat(new UnixUsers(Map.of(), true).of("ann")).isEmpty();
  }

  @Test
  void elsewhereTheyNeedAUser() {
    assertThatThrownBy(() -> new UnixUsers(Map.of(), false).of("ann"))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("set maestro.step.shell.users");
  }

  @Test
  void elsewhereTheirUserIsNotTheEnginesOwn() {
    assertThatThrownBy(() -> new UnixUsers(Map.of("*", OWN), false).of("ann"))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("the engine's own unix user \"" + OWN + "\"");
  }

  @Test
  void anOwnerWithoutAUserIsRefused() {
    assertThatThrownBy(() -> new UnixUsers(Map.of("bob", "nobody"), true).of("ann"))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("owner \"ann\" has no unix user");
  }

  @Test
  void aUserThatIsNotKnownHereIsNamed() {
    assertThatThrownBy(
            () -> new UnixUsers(Map.of(), true).become("no-such-user", System.getenv("PATH")))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("no-such-user");
  }
}
