package org.maestro.service.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StartupTest {
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<String> said = new ArrayList<>();
  private long nanos;
  private int tries;
  private int sleeps = Integer.MAX_VALUE;

  @BeforeEach
  void listen() {
    log.start();
    ((Logger) LoggerFactory.getLogger(Startup.class)).addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    ((Logger) LoggerFactory.getLogger(Startup.class)).detachAppender(log);
  }

  private Startup startup(@Nullable Duration patience) {
    return new Startup(
        new StartSettings(patience, Duration.ofSeconds(1), Duration.ofSeconds(10)),
        awaited -> {
          said.add("opened");
          return new Startup.StandIn() {
            @Override
            public void awaits(String what) {
              if (!said.getLast().equals(what)) {
                said.add(what);
              }
            }

            @Override
            public void close() {
              said.add("closed");
            }
          };
        },
        pause -> {
          nanos += pause.toNanos();
          return sleeps-- > 0;
        },
        () -> nanos);
  }

  private static Optional<String> away(RuntimeException e) {
    return e instanceof IllegalStateException ? Optional.of("it") : Optional.empty();
  }

  private String thereAt(int number) {
    if (++tries < number) {
      throw new IllegalStateException("try " + tries);
    }
    return "there";
  }

  @Test
  void whatIsThereIsNotAwaited() {
    assertThat(startup(null).<String>await(StartupTest::away, () -> thereAt(1))).isEqualTo("there");
    assertThat(said).isEmpty();
    assertThat(log.list).isEmpty();
  }

  @Test
  void whatIsAwayIsTriedForADayAndTheLogSaysSoOnceAMinute() {
    var day = (int) Duration.ofDays(1).toSeconds();
    assertThat(startup(null).<String>await(StartupTest::away, () -> thereAt(day)))
        .isEqualTo("there");
    assertThat(said).containsExactly("opened", "it", "closed");
    assertThat(log.list).hasSize(24 * 60 + 1);
    assertThat(log.list.getFirst().getFormattedMessage())
        .isEqualTo("Waiting for it, since 0 s: java.lang.IllegalStateException: try 1");
    assertThat(log.list.getLast().getFormattedMessage()).startsWith("What was awaited is there");
  }

  @Test
  void whatWaitingDoesNotMendIsThrownAtOnce() {
    assertThatThrownBy(() ->
            startup(null)
                .await(
                    StartupTest::away,
                    () -> {
                      throw new IllegalArgumentException("a wrong password");
                    }))
        .hasMessage("a wrong password");
    assertThat(said).isEmpty();
  }

  @Test
  void patienceEndsWhereOneHasBeenSet() {
    assertThatThrownBy(() ->
            startup(Duration.ofSeconds(60))
                .await(StartupTest::away, () -> thereAt(Integer.MAX_VALUE)))
        .hasMessage("try 62");
    assertThat(said).containsExactly("opened", "it", "closed");
  }

  @Test
  void aProcessThatIsToEndWaitsForNothing() {
    sleeps = 3;
    assertThatThrownBy(
            () -> startup(null).await(StartupTest::away, () -> thereAt(Integer.MAX_VALUE)))
        .hasMessage("try 4");
    assertThat(said).last().isEqualTo("closed");
  }
}
