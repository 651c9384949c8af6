#!/bin/sh
# libfaketime 0.9.10 (Debian 12) and JDK 25: with the monotonic clock left alone (FAKETIME_DONT_FAKE_MONOTONIC=1), Object.wait
# with a time-out returns at once, hundreds of times a second, although nothing woke it; a queue's poll and Thread.sleep
# wait as they should. With FAKETIME_FORCE_MONOTONIC_FIX=0 all of them do.
# Expected: waits by a clock that is not faked are as long as without the library. Needs a JDK 25 as "java", and Debian's
# package libfaketime of that version, which is not installed but unpacked in a temporary folder.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -q libfaketime=0.9.10-2.1 >/dev/null 2>&1
dpkg-deb -x libfaketime_*.deb .
library=$(find "$folder" -name libfaketimeMT.so.1)
cat >Waits.java <<'JAVA'
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

public class Waits {
  interface Wait {
    void once() throws InterruptedException;
  }

  public static void main(String[] arguments) throws InterruptedException {
    var lock = new Object();
    var queue = new ArrayBlockingQueue<Integer>(1);
    say("Object.wait", () -> { synchronized (lock) { lock.wait(300); } });
    say("queue.poll", () -> queue.poll(300, TimeUnit.MILLISECONDS));
    say("Thread.sleep", () -> Thread.sleep(300));
    System.out.println(
        System.currentTimeMillis() / 1000 - Long.parseLong(arguments[0]) > 3500
            ? "the wall clock is ahead" : "the wall clock is right");
  }

  /** Whether five waits of 300 ms each took as long as that. */
  static void say(String what, Wait wait) throws InterruptedException {
    var began = System.nanoTime();
    for (int i = 0; i < 5; i++) {
      wait.once();
    }
    System.out.println(
        what + (System.nanoTime() - began < 1_400_000_000L ? " returned early" : " waited"));
  }
}
JAVA
echo "+3600" >offset
run() {
  echo "$1:"
  shift
  env LD_PRELOAD="$library" FAKETIME_TIMESTAMP_FILE="$folder/offset" FAKETIME_DONT_FAKE_MONOTONIC=1 "$@" \
    java -XX:+UseSerialGC Waits.java "$(date +%s)"
}
seen=$(
  run "as it is" A=B
  run "FAKETIME_FORCE_MONOTONIC_FIX=0" FAKETIME_FORCE_MONOTONIC_FIX=0
)
echo "$seen"
expected='as it is:
Object.wait returned early
queue.poll waited
Thread.sleep waited
the wall clock is ahead
FAKETIME_FORCE_MONOTONIC_FIX=0:
Object.wait waited
queue.poll waited
Thread.sleep waited
the wall clock is ahead'
[ "$seen" = "$expected" ] || { echo "CHANGED: expected" >&2; echo "$expected" >&2; exit 1; }
