package org.maestro.engine.step.runtime.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.LocalProcess;
import org.maestro.engine.step.runtime.job.MaskedStream;
import org.maestro.engine.step.runtime.keeper.JobMark;
import org.maestro.engine.step.runtime.keeper.Keeper;
import org.maestro.engine.step.runtime.keeper.KeeperMessage;

/**
 * The keeper's classes as a file of their own in the data directory: a keeper goes on while the
 * engine that it was started by is replaced by the next release.
 *
 * @param build tells keepers of different code apart
 */
record KeeperArchive(Path file, String build) {
  private static final List<Class<?>> SHARED =
      List.of(
          AttemptFolder.class,
          JobMark.class,
          Keeper.class,
          KeeperMessage.class,
          LocalProcess.class,
          MaskedStream.class);

  /** Beside them, of the keeper's package. */
  private static final List<String> INTERNAL =
      List.of("Job", "Jobs", "Libc", "OutputPump", "Processes", "Reaper", "Visitor");

  /** Puts the classes in place. */
  static KeeperArchive install(Path folder) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var digest = sha256();
    try (var jar = new JarOutputStream(bytes)) {
      for (var type : (Iterable<Class<?>>) classes()::iterator) {
        var entry = new JarEntry(type.getName().replace('.', '/') + ".class");
        entry.setTime(0);
        jar.putNextEntry(entry);
        var code = code(type);
        digest.update(code);
        jar.write(code);
        jar.closeEntry();
      }
    }
    var build = HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    var file = folder.resolve("keeper-" + build + ".jar");
    if (!Files.exists(file)) {
      var fresh = Files.createTempFile(folder, "keeper", ".new");
      Files.write(fresh, bytes.toByteArray());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return new KeeperArchive(file, build);
  }

  static Stream<Class<?>> classes() {
    var internal = INTERNAL.stream().map(name -> Keeper.class.getPackageName() + "." + name);
    return Stream.concat(SHARED.stream(), internal.map(KeeperArchive::load))
        .flatMap(KeeperArchive::withNested);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, KeeperArchive.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name + " is missing from this build", e);
    }
  }

  private static Stream<Class<?>> withNested(Class<?> type) {
    return Stream.concat(
        Stream.of(type), Stream.of(type.getDeclaredClasses()).flatMap(KeeperArchive::withNested));
  }

  private static byte[] code(Class<?> type) throws IOException {
    var name = type.getName().substring(type.getPackageName().length() + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is missing from this build");
      }
      return in.readAllBytes();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
