package org.maestro.engine.step.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.maestro.engine.step.runtime.secret.SecretException.Away;

/** Secrets in files, as Docker, Kubernetes and systemd mount them. */
record FolderSource(Path folder) implements SecretSource {
  private static final int LONGEST = 64 << 10;

  @Override
  public Optional<String> read(String name) throws Away {
    var file = folder.resolve(name); // a name has no part that begins with a dot
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new Away(place(name) + " is longer than %,d bytes".formatted(LONGEST));
      }
      var text = new String(bytes, UTF_8);
      return Optional.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    } catch (NoSuchFileException | NotDirectoryException e) {
      if (!Files.isDirectory(folder)) {
        throw new Away(folder + " isn't there: check that it is mounted");
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new Away(place(name) + " can't be read by the engine: " + e.getClass().getSimpleName());
    }
  }

  @Override
  public String place(String name) {
    return "the file " + folder.resolve(name);
  }
}
