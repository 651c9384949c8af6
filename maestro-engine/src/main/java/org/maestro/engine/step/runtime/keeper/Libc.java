package org.maestro.engine.step.runtime.keeper;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of Linux that Java has no method for. Each throws {@link Failure} with the error's
 * number, or waits and returns what there is to know. Needs glibc 2.34 or newer on x86-64 or
 * aarch64, and says so at the first use where it isn't there.
 */
@SuppressWarnings("restricted") // the keeper is started with --enable-native-access
final class Libc {
  static final int SIGKILL = 9;
  static final int SIGTERM = 15;
  static final int ECHILD = 10;
  static final int EAGAIN = 11;
  static final int EINTR = 4;

  private static final int EPERM = 1;
  private static final int ENOENT = 2;
  private static final int E2BIG = 7;
  private static final int ENOEXEC = 8;
  private static final int ENOMEM = 12;

  private static final int O_WRONLY = 1;
  private static final int O_CREAT = 0x40;
  private static final int O_APPEND = 0x400;
  private static final int O_NOFOLLOW =
      System.getProperty("os.arch").equals("aarch64") ? 0x8000 : 0x20000;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int F_SETFL = 4;
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int RLIMIT_CORE = 4;
  private static final int RLIMIT_RTTIME = 15;
  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x1000000;
  private static final int CLD_EXITED = 1;
  private static final int EPOLL_CLOEXEC = 0x80000;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;
  private static final int EPOLLIN = 1;
  // Packed on x86-64 alone.
  private static final boolean IS_PACKED = System.getProperty("os.arch").equals("amd64");
  private static final long EVENT_SIZE = IS_PACKED ? 12 : 16;
  private static final long EVENT_DATA = IS_PACKED ? 4 : 8;
  private static final short SPAWN_SETSIGDEF = 0x04;
  private static final short SPAWN_SETSIGMASK = 0x08;
  private static final short SPAWN_SETSID = 0x80;

  /** More than the largest of these structures, all of which are opaque. */
  private static final long OPAQUE = 512;

  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final MethodHandle open = call("open", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private final MethodHandle read = call("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private final MethodHandle write = call("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private final MethodHandle close = call("close", JAVA_INT, JAVA_INT);
  private final MethodHandle fcntl = call("fcntl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private final MethodHandle pipe2 = call("pipe2", JAVA_INT, ADDRESS, JAVA_INT);
  private final MethodHandle kill = call("kill", JAVA_INT, JAVA_INT, JAVA_INT);
  private final MethodHandle waitid =
      call("waitid", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private final MethodHandle setrlimit = call("setrlimit", JAVA_INT, JAVA_INT, ADDRESS);
  private final MethodHandle getrlimit = call("getrlimit", JAVA_INT, JAVA_INT, ADDRESS);
  private final MethodHandle epollWait =
      call("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private final MethodHandle epollCtl =
      call("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private final MethodHandle spawn =
      call("posix_spawn", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private final MethodHandle actionsInit = call("posix_spawn_file_actions_init", JAVA_INT, ADDRESS);
  private final MethodHandle actionsDestroy =
      call("posix_spawn_file_actions_destroy", JAVA_INT, ADDRESS);
  private final MethodHandle addOpen =
      call(
          "posix_spawn_file_actions_addopen",
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          JAVA_INT);
  private final MethodHandle addDup2 =
      call("posix_spawn_file_actions_adddup2", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private final MethodHandle addClose =
      call("posix_spawn_file_actions_addclosefrom_np", JAVA_INT, ADDRESS, JAVA_INT);
  private final MethodHandle addFolder =
      call("posix_spawn_file_actions_addchdir_np", JAVA_INT, ADDRESS, ADDRESS);

  private final MemorySegment spawnAttributes = Arena.global().allocate(OPAQUE, 16);
  private final MemorySegment devNull = Arena.global().allocateFrom("/dev/null");
  private final ThreadLocal<MemorySegment> state =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

  Libc() throws Failure {
    var everySignal = Arena.global().allocate(128, 8);
    var none = Arena.global().allocate(128, 8);
    everySignal.fill((byte) 0xff);
    check(number(call("posix_spawnattr_init", JAVA_INT, ADDRESS), spawnAttributes));
    check(
        number(
            call("posix_spawnattr_setsigdefault", JAVA_INT, ADDRESS, ADDRESS),
            spawnAttributes,
            everySignal));
    check(
        number(
            call("posix_spawnattr_setsigmask", JAVA_INT, ADDRESS, ADDRESS), spawnAttributes, none));
    check(
        number(
            call("posix_spawnattr_setflags", JAVA_INT, ADDRESS, JAVA_SHORT),
            spawnAttributes,
            (short) (SPAWN_SETSIGDEF | SPAWN_SETSIGMASK | SPAWN_SETSID)));
  }

  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    var linker = Linker.nativeLinker();
    var address =
        linker
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new UnsupportedOperationException("there is no " + name + " here"));
    return linker.downcallHandle(
        address, FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"));
  }

  private int number(MethodHandle function, Object... arguments) {
    try {
      var all = new ArrayList<>(List.of(arguments));
      all.addFirst(state.get());
      return (int) function.invokeWithArguments(all);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(e);
  }

  private int errno(MemorySegment captured) {
    return (int) ERRNO.get(captured, 0L);
  }

  private static void check(int error) throws Failure {
    if (error != 0) {
      throw new Failure(error);
    }
  }

  /** Leaves the session of whoever started this; what its jobs leave behind becomes its child. */
  void leadSessionAndAdoptOrphans() throws Failure {
    number(call("setsid", JAVA_INT)); // fails only for who leads one already
    var adopts =
        number(
            call("prctl", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            PR_SET_CHILD_SUBREAPER,
            1L,
            0L,
            0L,
            0L);
    if (adopts != 0) {
      throw new Failure(errno(state.get()));
    }
    number(call("umask", JAVA_INT, JAVA_INT), 022);
    limit(RLIMIT_CORE, 0);
  }

  /**
   * Marks what is started from now on: with a soft limit of real-time computing that nobody ever
   * reaches, and that nobody clears by accident.
   *
   * @return false if it can't be set here
   */
  boolean mark(long value) {
    try {
      limit(RLIMIT_RTTIME, value);
      return true;
    } catch (Failure e) {
      return false;
    }
  }

  private void limit(int which, long soft) throws Failure {
    try (var arena = Arena.ofConfined()) {
      var limit = arena.allocate(16, 8);
      var captured = state.get();
      if ((int) getrlimit.invokeExact(captured, which, limit) != 0) {
        throw new Failure(errno(captured));
      }
      limit.set(JAVA_LONG, 0, soft);
      if ((int) setrlimit.invokeExact(captured, which, limit) != 0) {
        throw new Failure(errno(captured));
      }
    } catch (Failure e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The ends of a pipe; -1 where there is none. */
  record Pipe(int reading, int writing) {
    static final Pipe NONE = new Pipe(-1, -1);
  }

  /** A pipe whose reading end doesn't wait. */
  Pipe pipe() throws Failure {
    try (var arena = Arena.ofConfined()) {
      var captured = state.get();
      var ends = arena.allocate(8, 4);
      if ((int) pipe2.invokeExact(captured, ends, O_CLOEXEC) != 0) {
        throw new Failure(errno(captured));
      }
      var reading = ends.get(JAVA_INT, 0);
      var _ = (int) fcntl.invokeExact(captured, reading, F_SETFL, O_NONBLOCK);
      return new Pipe(reading, ends.get(JAVA_INT, 4));
    } catch (Failure e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  void close(int descriptor) {
    if (descriptor < 0) {
      return;
    }
    try {
      var _ = (int) close.invokeExact(state.get(), descriptor);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Opens a file of the keeper's own user alone, to write at its end. */
  int append(String file) throws Failure {
    try (var arena = Arena.ofConfined()) {
      var captured = state.get();
      var flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW;
      var descriptor = (int) open.invokeExact(captured, arena.allocateFrom(file), flags, 0600);
      if (descriptor < 0) {
        throw new Failure(errno(captured));
      }
      return descriptor;
    } catch (Failure e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Reads what there is: 0 at the end, -{@link #EAGAIN} if there is nothing now. */
  int read(int descriptor, MemorySegment buffer) {
    try {
      var captured = state.get();
      var count = (long) read.invokeExact(captured, descriptor, buffer, buffer.byteSize());
      return count < 0 ? -errno(captured) : (int) count;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  void write(int descriptor, MemorySegment bytes) throws Failure {
    try {
      var captured = state.get();
      for (var at = 0L; at < bytes.byteSize(); ) {
        var count =
            (long)
                write.invokeExact(captured, descriptor, bytes.asSlice(at), bytes.byteSize() - at);
        if (count < 0 && errno(captured) != EINTR) {
          throw new Failure(errno(captured));
        }
        at += Math.max(0, count);
      }
    } catch (Failure e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Signals a process, or with a negative number a group; nothing if there is none. */
  void kill(long process, int signal) {
    try {
      var _ = (int) kill.invokeExact(state.get(), (int) process, signal);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Whether there is such a process, or a thread of that number. */
  boolean exists(long process) {
    try {
      var captured = state.get();
      return (int) kill.invokeExact(captured, (int) process, 0) == 0 || errno(captured) == EPERM;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** A child that has ended; {@code code} as a shell gives it. */
  record Ended(long pid, int code) {}

  /**
   * Waits until a child has ended, and leaves it as it is: its number isn't given to another one.
   *
   * @throws Failure with {@link #ECHILD} if there is no child
   */
  Ended awaitEnded() throws Failure {
    try (var arena = Arena.ofConfined()) {
      var captured = state.get();
      var info = arena.allocate(128, 8);
      while ((int) waitid.invokeExact(captured, P_ALL, 0, info, WEXITED | WNOWAIT) != 0) {
        if (errno(captured) != EINTR) {
          throw new Failure(errno(captured));
        }
      }
      var status = info.get(JAVA_INT, 24);
      return new Ended(
          info.get(JAVA_INT, 16), info.get(JAVA_INT, 8) == CLD_EXITED ? status : 128 + status);
    } catch (Failure e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Lets a child go that has ended. */
  void reap(long pid) {
    try (var arena = Arena.ofConfined()) {
      var info = arena.allocate(128, 8);
      var _ = (int) waitid.invokeExact(state.get(), P_PID, (int) pid, info, WEXITED | WNOHANG);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int newWatch() throws Failure {
    var watch = number(call("epoll_create1", JAVA_INT, JAVA_INT), EPOLL_CLOEXEC);
    if (watch < 0) {
      throw new Failure(errno(state.get()));
    }
    return watch;
  }

  /** Lets {@link #awaitReadable} tell when there is something to read. */
  void watch(int watch, int descriptor) throws Failure {
    try (var arena = Arena.ofConfined()) {
      var captured = state.get();
      var event = arena.allocate(EVENT_SIZE, 8);
      event.set(JAVA_INT, 0, EPOLLIN);
      event.set(JAVA_INT, EVENT_DATA, descriptor);
      if ((int) epollCtl.invokeExact(captured, watch, EPOLL_CTL_ADD, descriptor, event) != 0) {
        throw new Failure(errno(captured));
      }
    } catch (Failure e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Ends that: closing isn't enough while a child that is being started has a copy. */
  void unwatch(int watch, int descriptor) {
    try {
      var _ =
          (int)
              epollCtl.invokeExact(
                  state.get(), watch, EPOLL_CTL_DEL, descriptor, MemorySegment.NULL);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Waits until watched descriptors can be read, and says which. */
  int[] awaitReadable(int watch, MemorySegment events) throws Failure {
    try {
      var captured = state.get();
      var most = (int) (events.byteSize() / EVENT_SIZE);
      var count = (int) epollWait.invokeExact(captured, watch, events, most, -1);
      if (count < 0 && errno(captured) != EINTR) {
        throw new Failure(errno(captured));
      }
      var found = new int[Math.max(0, count)];
      for (var at = 0; at < found.length; at++) {
        found[at] = events.get(JAVA_INT_UNALIGNED, at * EVENT_SIZE + EVENT_DATA);
      }
      return found;
    } catch (Failure e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Starts a program in a session of its own, with no descriptor but these and an empty input.
   *
   * @return its process number
   */
  long spawn(
      String program,
      List<String> command,
      List<String> environment,
      String folder,
      int out,
      int err)
      throws Failure {
    try (var arena = Arena.ofConfined()) {
      var captured = state.get();
      var actions = arena.allocate(OPAQUE, 16);
      check((int) actionsInit.invokeExact(captured, actions));
      try {
        check((int) addOpen.invokeExact(captured, actions, 0, devNull, 0, 0));
        check((int) addDup2.invokeExact(captured, actions, out, 1));
        check((int) addDup2.invokeExact(captured, actions, err, 2));
        check((int) addClose.invokeExact(captured, actions, 3));
        check((int) addFolder.invokeExact(captured, actions, arena.allocateFrom(folder)));
        var pid = arena.allocate(4, 4);
        check(
            (int)
                spawn.invokeExact(
                    captured,
                    pid,
                    arena.allocateFrom(program),
                    actions,
                    spawnAttributes,
                    texts(arena, command),
                    texts(arena, environment)));
        return pid.get(JAVA_INT, 0);
      } finally {
        var _ = (int) actionsDestroy.invokeExact(captured, actions);
      }
    } catch (Failure e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static MemorySegment texts(Arena arena, List<String> texts) {
    var array = arena.allocate(ADDRESS, texts.size() + 1L);
    for (var at = 0; at < texts.size(); at++) {
      array.setAtIndex(ADDRESS, at, arena.allocateFrom(texts.get(at)));
    }
    return array;
  }

  /** What the system said no to. */
  static final class Failure extends IOException {
    private final int error;

    Failure(int error) {
      super(
          switch (error) {
            case ENOENT -> "not found";
            case E2BIG -> "its arguments and environment are too long";
            case EAGAIN -> "there are too many processes";
            case ENOMEM -> "there is not enough memory";
            case 13 -> "permission denied";
            case 23, 24 -> "there are too many open files";
            case 28 -> "the disk is full";
            default -> "error " + error;
          });
      this.error = error;
    }

    /** Whether this can't be a program for this machine, but may be a script. */
    boolean isNoProgram() {
      return error == ENOEXEC;
    }

    boolean isNotFound() {
      return error == ENOENT;
    }

    /** Whether the machine, not the job, is the reason. */
    boolean isOfTheMachine() {
      return switch (error) {
        case EAGAIN, ENOMEM, 23, 24, 28 -> true;
        default -> false;
      };
    }

    boolean isNoChild() {
      return error == ECHILD;
    }
  }
}
