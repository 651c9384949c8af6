package org.maestro.engine.step.runtime.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.step.runtime.keeper.Keeper;

class KeeperArchiveTest {
  @TempDir Path folder;

  @Test
  void everyClassOfTheKeeperIsInIt() throws Exception {
    var built =
        Path.of(Keeper.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve(Keeper.class.getPackageName().replace('.', '/'));
    try (var classes = Files.list(built);
        var jar = new JarFile(KeeperArchive.install(folder).file().toFile())) {
      assertThat(
              jar.stream()
                  .map(entry -> Path.of(entry.getName()))
                  .filter(file -> built.endsWith(file.getParent()))
                  .map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              classes
                  .map(file -> file.getFileName().toString())
                  .filter(name -> !name.equals("package-info.class"))
                  .toList());
    }
  }

  @Test
  void theSameClassesAreTheSameBuild() throws Exception {
    var first = KeeperArchive.install(folder);

    assertThat(KeeperArchive.install(folder)).isEqualTo(first);
  }
}
