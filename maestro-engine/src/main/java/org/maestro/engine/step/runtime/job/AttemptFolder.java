package org.maestro.engine.step.runtime.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is on disk of one attempt. The wrapper script says which file means what; this reads them.
 *
 * <p>The job may write to {@code work} and {@code output} only, if it runs as another user.
 */
public record AttemptFolder(Path path) {

  /** Of files that nobody but who writes them reads. */
  private static final FileAttribute<?> OWN =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** What the job wrote to its standard output; may not exist yet. */
  public Path stdout() {
    return path.resolve("stdout");
  }

  /** What the job wrote to its standard error; may not exist yet. */
  public Path stderr() {
    return path.resolve("stderr");
  }

  /** Whether the attempt was ever launched here. */
  public boolean exists() {
    return Files.isDirectory(path);
  }

  /** Whether nothing more will be written: the attempt has ended or its process has vanished. */
  public boolean hasEnded() throws IOException {
    if (exit().isPresent()) {
      return true;
    }
    var claim = claim();
    return claim.isPresent() && !claim.get().isAlive();
  }

  /** When it ended, or was found dead; empty while it may still be at work. */
  public Optional<Instant> endedAt() throws IOException {
    for (var file : List.of(exitFile(), claimFile())) {
      if (Files.exists(file) && hasEnded()) {
        return Optional.of(Files.getLastModifiedTime(file).toInstant());
      }
    }
    return Optional.empty();
  }

  /** What nobody needs to know how the attempt ended. */
  List<Path> disposable() throws IOException {
    try (var entries = Files.list(path)) {
      return entries
          .filter(entry -> !entry.equals(claimFile()) && !entry.equals(exitFile()))
          .toList();
    }
  }

  /** Frees the room of an attempt that has ended; that and how it did is kept. */
  void empty() throws IOException {
    for (var entry : disposable()) {
      delete(entry);
    }
  }

  /** Forgets the attempt. */
  void delete() throws IOException {
    if (exists()) {
      delete(path);
    }
  }

  private static void delete(Path root) throws IOException {
    try (var files = Files.walk(root)) { // doesn't follow links
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  public Path workspace() {
    return path.resolve("work");
  }

  public Path script() {
    return path.resolve("script");
  }

  /** What its program reads. */
  public Path input() {
    return path.resolve("input");
  }

  private Path output() {
    return path.resolve("output");
  }

  /** The job's JSON of output parameters; may be anything, the job wrote it. */
  public Path params() {
    return output().resolve("params.json");
  }

  /** The output parameters that a job printed in a way that only it can; may not exist. */
  public Path marked() {
    return path.resolve("marked.json");
  }

  public Path wrapperLog() {
    return path.resolve("wrapper.log");
  }

  private Path claimFile() {
    return path.resolve("pid");
  }

  private Path exitFile() {
    return path.resolve("exit");
  }

  /** Makes the folder; harmless if it is there, even if the attempt runs. */
  public void prepare(Optional<String> script, Optional<String> input, boolean forAnotherUser)
      throws IOException {
    Files.createDirectories(workspace());
    Files.createDirectories(output());
    var mode = forAnotherUser ? "rwx--x--x" : "rwx------";
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    if (script.isPresent()) {
      give(script(), script.get(), "rwxr-xr-x");
    }
    if (input.isPresent()) {
      give(input(), input.get(), "rw-r--r--");
    }
  }

  private void give(Path file, String text, String mode) throws IOException {
    var fresh = Files.createTempFile(path, "given", ".new");
    Files.writeString(fresh, text);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Lets another user write what a job may write. */
  public void giveTo(String user) throws IOException {
    var owner = path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
    for (var file : List.of(workspace(), output())) {
      Files.setOwner(file, owner);
    }
  }

  /** Who runs or ran the attempt; empty as long as nobody does. */
  public Optional<Claim> claim() throws IOException {
    return read(claimFile()).map(Claim::parse);
  }

  /**
   * Claims an attempt that nobody runs, so that nobody ever will.
   *
   * @return false if somebody runs or ran it
   */
  public boolean bury(String reason) throws IOException {
    Files.createDirectories(path);
    if (Files.exists(claimFile())) {
      return false;
    }
    var fresh = Files.createTempFile(path, "claim", ".new");
    try {
      Files.writeString(
          fresh, "0 0 " + reason + "\n", StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
      Files.createLink(claimFile(), fresh); // complete for whoever sees it
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.delete(fresh);
    }
  }

  /**
   * Claims an attempt that nobody runs, for a process that will run it. A power failure doesn't
   * forget it once this returns.
   *
   * @return false if somebody has claimed it
   * @throws IOException if it isn't claimed, because the disk refused
   */
  public boolean claim(Claim by) throws IOException {
    var fresh = path.resolve("claim." + by.pid());
    try (var channel =
        FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWN)) {
      channel.write(UTF_8.encode(by.text() + "\n"));
      try {
        Files.createLink(claimFile(), fresh);
      } catch (FileAlreadyExistsException e) {
        return false;
      }
      try {
        channel.force(true);
        force(path);
        return true;
      } catch (IOException e) {
        Files.deleteIfExists(claimFile()); // nothing has been run under it
        throw e;
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Remembers the first process of the job, which leads its session, for as long as it runs. */
  public void recordJob(long pid, long startTicks) throws IOException {
    try (var channel =
        FileChannel.open(
            path.resolve("job"),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OWN)) {
      channel.write(UTF_8.encode(pid + " " + startTicks + "\n"));
    }
  }

  /**
   * Records how the job ended, behind all that it left for its reader. A power failure forgets
   * neither once this returns; one before leaves an empty file at worst, which is none.
   */
  public void recordEnd(ExitStatus exit) throws IOException {
    for (var file : List.of(stdout(), stderr(), params())) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        force(file);
      }
    }
    if (Files.isRegularFile(params(), LinkOption.NOFOLLOW_LINKS)) {
      force(output());
    }
    var fresh = path.resolve("exit.new");
    try (var channel =
        FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWN)) {
      channel.write(UTF_8.encode(exit.text() + "\n"));
      Files.move(fresh, exitFile(), StandardCopyOption.ATOMIC_MOVE);
      channel.force(true);
    }
    force(path);
  }

  private static void force(Path file) throws IOException {
    try (var channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      channel.force(true);
    }
  }

  /**
   * Claims an attempt that nobody runs for a container.
   *
   * @return false if somebody has claimed it
   */
  public boolean claimForContainer() throws IOException {
    return bury(Claim.CONTAINER);
  }

  /** The id of the container that was made for the attempt; empty as long as none was. */
  public Optional<String> container() throws IOException {
    return read(path.resolve("container"));
  }

  /** Remembers the container, before it is started. */
  public void recordContainer(String id) throws IOException {
    write("container", id);
  }

  /** Where the attempt was launched, if that isn't where all of its type are. */
  public Optional<String> target() throws IOException {
    return read(path.resolve("target"));
  }

  /** Remembers where the attempt is launched, before it is. */
  public void recordTarget(String name) throws IOException {
    write("target", name);
  }

  /** Makes the file that a container may write its output parameters to, whoever it runs as. */
  public void prepareForContainer() throws IOException {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(output());
    try {
      Files.createFile(params());
    } catch (FileAlreadyExistsException e) {
      // It was launched before, and may have been written to.
    }
    Files.setPosixFilePermissions(params(), PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  /** Records how a job without a wrapper ended; complete as soon as it is there. */
  public void recordExit(ExitStatus exit) throws IOException {
    write("exit", exit.text());
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(path);
    var fresh = Files.createTempFile(path, name, ".new"); // others may write the same
    Files.writeString(fresh, text + "\n", StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
    Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  public Optional<ExitStatus> exit() throws IOException {
    return read(exitFile()).filter(text -> !text.isEmpty()).map(ExitStatus::parse);
  }

  /** The number of the job's first process; empty if it isn't known. */
  public Optional<Long> job() throws IOException {
    return leader().map(Claim::pid);
  }

  /** The process group of the job, if it got that far and its leader still lives. */
  public Optional<Long> livingJob() throws IOException {
    return leader()
        .filter(leader -> LocalProcess.isAlive(leader.pid(), leader.startTicks()))
        .map(Claim::pid);
  }

  /** The session of the job; empty if it isn't known, or its number may be somebody else's now. */
  public OptionalLong jobSession() throws IOException {
    var leader = leader();
    return leader.isEmpty()
            || LocalProcess.find(leader.get().pid())
                .filter(found -> found.startTicks() != leader.get().startTicks())
                .isPresent()
        ? OptionalLong.empty()
        : OptionalLong.of(leader.get().pid());
  }

  private Optional<Claim> leader() throws IOException {
    return read(path.resolve("job"))
        .map(text -> Claim.parse(text + " ?"))
        .filter(leader -> leader.pid() > 0);
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file, UTF_8).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * The wrapper process that won the attempt.
   *
   * @param pid 0 if the attempt was buried before anybody ran it
   * @param startTicks when the process began, so that another one with its number isn't taken for
   *     it
   * @param boot the boot it ran in; why it was buried
   */
  public record Claim(long pid, long startTicks, String boot) {
    public static final String TERMINATED = "terminated";
    public static final String NOT_STARTED = "not-started";

    /** Instead of a boot: a container, whose end is known when its exit status is there. */
    public static final String CONTAINER = "container";

    private String text() {
      return pid + " " + startTicks + " " + boot;
    }

    static Claim parse(String text) {
      var fields = text.split(" ", 3);
      return fields.length == 3
          ? new Claim(number(fields[0]), number(fields[1]), fields[2])
          : new Claim(0, 0, "");
    }

    static long number(String text) {
      return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    public boolean isBuried() {
      return pid == 0 && !isContainer();
    }

    public boolean isContainer() {
      return pid == 0 && boot.equals(CONTAINER);
    }

    public boolean isAlive() {
      return isContainer()
          || (pid > 0
              && boot.equals(LocalProcess.bootId())
              && LocalProcess.isAlive(pid, startTicks));
    }
  }

  /**
   * How the job ended.
   *
   * @param code as a shell gives it: 128 + n for a job that signal n ended
   * @param wasStopped whether it had been told to end
   * @param wasOutOfMemory whether it was ended because it took too much memory
   * @param wasLost whether nobody knows: it vanished, or was never begun
   */
  public record ExitStatus(int code, boolean wasStopped, boolean wasOutOfMemory, boolean wasLost) {
    public static final ExitStatus LOST = new ExitStatus(255, false, false, true);

    public ExitStatus(int code, boolean wasStopped) {
      this(code, wasStopped, false, false);
    }

    static ExitStatus parse(String text) {
      var fields = text.split(" ", 3);
      return new ExitStatus(
          (int) Claim.number(fields[0]),
          fields.length > 1 && fields[1].equals("1"),
          fields.length > 2 && fields[2].equals("out-of-memory"),
          fields.length > 2 && fields[2].equals("lost"));
    }

    private String text() {
      return code
          + (wasStopped ? " 1" : " 0")
          + (wasOutOfMemory ? " out-of-memory" : wasLost ? " lost" : "");
    }
  }
}
