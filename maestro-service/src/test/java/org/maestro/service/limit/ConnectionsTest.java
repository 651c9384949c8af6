package org.maestro.service.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.maestro.service.limit.Quota.Taken;

class ConnectionsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Connections connections =
      new Connections(3, Duration.ofSeconds(20), Duration.ofSeconds(75), nanos::get);

  private static final class Line implements Connections.Line {
    private boolean closed;

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public boolean isClosed() {
      return closed;
    }
  }

  private Line open(String id) {
    nanos.addAndGet(1);
    var line = new Line();
    connections.opened(id, line);
    return line;
  }

  private void after(Duration time) {
    nanos.addAndGet(time.toNanos());
    connections.closeTheLate();
  }

  @Test
  void whoHasWaitedLongestMakesRoomForTheNext() {
    var lines = List.of(open("a"), open("b"), open("c"));
    assertThat(lines).noneMatch(Line::isClosed);
    open("d");
    assertThat(lines).extracting(Line::isClosed).containsExactly(true, false, false);
    assertThat(connections.open()).isEqualTo(3);
  }

  @Test
  void whoIsBeingAnsweredWaitsForNobodyAndWhoNeverSpokeGoesFirst() {
    var answered = open("answered");
    connections.began("answered");
    var known = open("known");
    connections.began("known");
    connections.ended("known");
    var silent = new ArrayList<Line>();
    for (int i = 0; i < 10; i++) {
      silent.add(open("silent-" + i));
    }
    assertThat(answered.isClosed()).isFalse();
    assertThat(known.isClosed()).isFalse();
    assertThat(silent.stream().filter(line -> !line.isClosed())).hasSize(2);
  }

  @Test
  void patienceCountsFromTheLastAnswerHoweverMuchIsSentMeanwhile() {
    var slow = open("slow");
    var quick = open("quick");
    var busy = open("busy");
    connections.began("busy");
    after(Duration.ofSeconds(19));
    connections.began("quick");
    connections.ended("quick");
    after(Duration.ofSeconds(2));
    assertThat(slow.isClosed()).isTrue();
    assertThat(quick.isClosed()).isFalse();
    after(Duration.ofSeconds(72));
    assertThat(quick.isClosed()).isFalse();
    after(Duration.ofSeconds(2));
    assertThat(quick.isClosed()).isTrue();
    assertThat(busy.isClosed()).isFalse();
  }

  @Test
  void aRequestThatIsFasterThanTheNewsOfItsConnectionIsNotForgotten() {
    connections.began("early");
    var early = open("early");
    after(Duration.ofMinutes(1));
    assertThat(early.isClosed()).isFalse();
  }

  @Test
  void whatWasClosedElsewhereIsForgotten() {
    open("gone").close();
    after(Duration.ofSeconds(1));
    assertThat(connections.open()).isZero();
    connections.ended("gone");
    assertThat(connections.open()).isZero();
  }

  @Test
  void nobodyTakesMoreThanIsDueToOneNorAllMoreThanThereIs() {
    var quota = new Quota(3, 2);
    assertThat(quota.take("a")).isEqualTo(Taken.YES);
    assertThat(quota.take("a")).isEqualTo(Taken.YES);
    assertThat(quota.take("a")).isEqualTo(Taken.TOO_MANY_BY_THIS_ONE);
    assertThat(quota.take("b")).isEqualTo(Taken.YES);
    assertThat(quota.take("c")).isEqualTo(Taken.TOO_MANY_IN_ALL);
    quota.giveBack("a");
    assertThat(quota.take("c")).isEqualTo(Taken.YES);
  }

  @Test
  void connectionsGoOnWhileOneIsChosenToMakeRoom() throws InterruptedException {
    var many = new Connections(1_000, Duration.ofSeconds(20), Duration.ofSeconds(75), nanos::get);
    for (int i = 0; i < 1_000; i++) {
      many.opened("c" + i, new Line());
      many.began("c" + i);
      many.ended("c" + i);
    }
    var done = new AtomicBoolean();
    var others =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; !done.get(); i = (i + 7) % 1_000) {
                nanos.addAndGet(1);
                many.ended("c" + i);
              }
            });
    try {
      for (int i = 1_000; i < 3_000; i++) {
        many.opened("c" + i, new Line());
      }
    } finally {
      done.set(true);
      others.join();
    }
    assertThat(many.open()).isEqualTo(1_000);
  }
}
