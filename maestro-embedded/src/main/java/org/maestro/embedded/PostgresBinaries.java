package org.maestro.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs of this platform, unpacked once per version into a cache folder that all
 * processes of this user share.
 */
final class PostgresBinaries {

  private final Path home;

  private PostgresBinaries(Path home) {
    this.home = home;
  }

  /**
   * Unpacks the programs unless that has been done before.
   *
   * @param cache the folder under which each version has its own
   */
  static PostgresBinaries in(Path cache) {
    String archive = archiveName();
    try {
      Path home = cache.resolve(version(archive));
      if (!Files.isDirectory(home)) {
        Files.createDirectories(cache);
        unpack(archive, home);
      }
      return new PostgresBinaries(home);
    } catch (IOException e) {
      throw new EmbeddedStartException(
          "The PostgreSQL programs can't be unpacked to %s: %s.".formatted(cache, e.getMessage()),
          e);
    }
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  private static String archiveName() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean arm = machine.equals("aarch64") || machine.equals("arm64");
    if (system.startsWith("linux")) {
      return arm ? "postgres-linux-arm_64.txz" : "postgres-linux-x86_64.txz";
    }
    if (system.startsWith("mac")) {
      return arm ? "postgres-darwin-arm_64.txz" : "postgres-darwin-x86_64.txz";
    }
    throw new EmbeddedStartException(
        "The embedded database runs on Linux and macOS, this is %s; give Maestro the address of a PostgreSQL instead."
            .formatted(System.getProperty("os.name")));
  }

  private static InputStream open(String archive) throws IOException {
    InputStream stream = PostgresBinaries.class.getResourceAsStream("/" + archive);
    if (stream == null) {
      throw new IOException("the class path has no " + archive);
    }
    return stream;
  }

  /** The name of the jar that holds the archive: it tells version, system and machine. */
  private static String version(String archive) throws IOException {
    URL url = PostgresBinaries.class.getResource("/" + archive);
    if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("the class path has no jar with " + archive);
    }
    String jar = Path.of(connection.getJarFileURL().getPath()).getFileName().toString();
    return jar.substring(0, jar.length() - ".jar".length());
  }

  private static void unpack(String archive, Path home) throws IOException {
    Path building = Files.createTempDirectory(home.getParent(), "unpacking-");
    Files.setPosixFilePermissions(building, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(archive))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, building);
      }
    }
    try {
      Files.move(building, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException
        | DirectoryNotEmptyException
        | AtomicMoveNotSupportedException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
      delete(building); // another process was faster
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path home)
      throws IOException {
    Path target = home.resolve(entry.getName()).normalize();
    if (!target.startsWith(home)) {
      throw new IOException("the archive reaches outside of its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      boolean program = (entry.getMode() & 0100) != 0;
      Set<PosixFilePermission> permissions =
          PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--");
      Files.setPosixFilePermissions(target, permissions);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
