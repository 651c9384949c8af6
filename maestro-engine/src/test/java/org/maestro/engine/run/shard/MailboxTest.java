package org.maestro.engine.run.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunMemory;
import org.maestro.engine.run.shard.Mailbox.Envelope;
import org.maestro.engine.step.runtime.StepReport;

class MailboxTest {
  private static final RunKey RUN = new RunKey("w", 1, 1);

  /** Room for five hundred thousand characters. */
  private final RunMemory memory = new RunMemory(1);

  private final Map<String, RunCommand> outbox = new LinkedHashMap<>();
  private int pages;
  private int onePage = 100;
  private boolean away;
  private final Mailbox mailbox = new Mailbox(memory, this::read);

  private Mailbox.Page read(List<String> ids) {
    if (away) {
      throw new IllegalStateException("the database is away");
    }
    pages++;
    var found = new HashMap<String, RunCommand>();
    var more = new HashSet<String>();
    for (var id : ids) {
      var command = outbox.get(id);
      if (command != null && found.size() < onePage) {
        found.put(id, command);
      } else if (command != null) {
        more.add(id);
      }
    }
    return new Mailbox.Page(found, more);
  }

  private static RunCommand signal(long number, int characters) {
    return new RunCommand.SignalCame(RUN, "s", 1, 0, number, Map.of("p", "x".repeat(characters)));
  }

  private void sent(String id, RunCommand command) {
    outbox.put(id, command);
    mailbox.offer(new Envelope(command, id, -1, 0));
  }

  private List<Envelope> take() throws InterruptedException {
    var taken = new ArrayList<Envelope>();
    mailbox.take(taken, 500);
    taken.removeIf(Envelope::isWake);
    return taken;
  }

  private static List<String> ids(List<Envelope> taken) {
    return taken.stream().map(Envelope::outboxId).toList();
  }

  /** A thousand signals of 100,000 characters are a hundred million of them. */
  @Test
  void whatHasNoRoomIsLeftInTheOutbox() throws InterruptedException {
    var all = new ArrayList<String>();
    for (int i = 0; i < 1_000; i++) {
      var id = "%04d".formatted(i);
      all.add(id);
      sent(id, signal(i, 100_000));
    }
    assertThat(mailbox.held()).isBetween(500_000L, 700_000L);
    assertThat(mailbox.waiting()).isGreaterThanOrEqualTo(1_000);
    onePage = 4; // as much as fits into a page's bytes
    var found = new ArrayList<String>();
    while (found.size() < all.size()) {
      var taken = take();
      assertThat(taken).hasSizeLessThan(15);
      found.addAll(ids(taken));
      assertThat(mailbox.held()).isLessThan(1_200_000);
      taken.forEach(one -> {
        outbox.remove(one.outboxId());
        mailbox.done(Mailbox.sizeOf(one.command()));
      });
    }
    assertThat(found).isEqualTo(all);
    assertThat(mailbox.held()).isZero();
    assertThat(memory.areMailboxesFull()).isFalse();
  }

  @Test
  void smallOnesWaitBehindLargeOnesThatWereSentBefore() throws InterruptedException {
    sent("1", signal(1, 600_000));
    sent("2", signal(2, 10));
    sent("3", new RunCommand.StartRun(RUN));
    mailbox.offer(new Envelope(new RunCommand.RecoverRun(RUN), null, -1, 0));
    assertThat(ids(take())).containsExactly("1", null, "2", "3");
    assertThat(pages).isEqualTo(1);
    sent("4", new RunCommand.StartRun(RUN));
    assertThat(ids(take())).containsExactly("4");
    assertThat(pages).as("what there is room for is not read again").isEqualTo(1);
  }

  @Test
  void whatDidNotComeIsTakenFromTheOutboxAndNothingTwice() throws InterruptedException {
    sent("1", signal(1, 600_000));
    sent("2", signal(2, 10));
    outbox.put("3", new RunCommand.StartRun(RUN));
    assertThat(mailbox.leaveMissing(List.of("1", "2", "3", "4"))).containsExactly("3", "4");
    assertThat(mailbox.leaveMissing(List.of("1", "2", "3", "4"))).isEmpty();
    assertThat(ids(take())).as("4 has been handled by others").containsExactly("1", "2", "3");
    assertThat(mailbox.waiting()).isZero();
  }

  @Test
  void aRunThatNothingWaitsForIsMissed() throws InterruptedException {
    var other = new RunKey("other", 1, 1);
    sent("1", new RunCommand.StartRun(RUN));
    assertThat(mailbox.notWaiting(List.of(RUN, other))).containsExactly(other);
    outbox.put("2", new RunCommand.StartRun(other));
    mailbox.leaveMissing(List.of("2"));
    assertThat(mailbox.notWaiting(List.of(RUN, other))).as("2 may be for any").isEmpty();
    take();
    assertThat(mailbox.notWaiting(List.of(RUN, other))).containsExactly(RUN, other);
  }

  @Test
  void whatHasGoneAnotherWayIsPassedOver() throws InterruptedException {
    sent("1", signal(1, 600_000));
    sent("2", signal(2, 600_000));
    sent("3", signal(3, 10));
    outbox.remove("2");
    assertThat(ids(take())).containsExactly("1", "3");
    assertThat(mailbox.waiting()).isZero();
  }

  @Test
  void nothingIsLostWhileTheOutboxCannotBeRead() throws InterruptedException {
    sent("1", signal(1, 600_000));
    sent("2", signal(2, 10));
    away = true;
    var taken = new ArrayList<Envelope>();
    assertThatThrownBy(() -> mailbox.take(taken, 500)).hasMessageContaining("away");
    assertThat(ids(taken)).startsWith("1");
    away = false;
    assertThat(ids(take())).containsExactly("2");
  }

  @Test
  void whatIsLeftIsNotOfferedTwice() throws InterruptedException {
    sent("1", signal(1, 600_000));
    sent("2", signal(2, 10));
    mailbox.offerMissing(
        outbox.entrySet().stream()
            .map(row -> new Envelope(row.getValue(), row.getKey(), -1, 0))
            .toList());
    assertThat(ids(take())).containsExactly("1", "2");
  }

  @Test
  void whoCannotBeLeftCountsForTheOthers() {
    mailbox.offer(
        new Envelope(
            new RunCommand.JobReported(
                RUN,
                "s",
                1,
                new StepReport.JobFailed(
                    StepReport.Kind.FATAL, "no", Map.of("a", "x".repeat(600_000)))),
            null,
            -1,
            0));
    assertThat(memory.areMailboxesFull()).isTrue();
    mailbox.giveUpCounts();
    assertThat(memory.areMailboxesFull()).isFalse();
  }

  @Test
  void theOrderIsKeptWhateverIsTakenInBetween() throws InterruptedException {
    var random = new Random(11);
    for (int round = 0; round < 200; round++) {
      onePage = 1 + random.nextInt(6);
      var found = new ArrayList<String>();
      var all = new ArrayList<String>();
      for (int i = 0; i < 60; i++) {
        var id = "%d-%02d".formatted(round, i);
        all.add(id);
        sent(id, signal(i, random.nextInt(4) == 0 ? 200_000 : 5));
        if (random.nextInt(5) == 0) {
          takeSome(found);
        }
      }
      while (found.size() < all.size()) {
        takeSome(found);
      }
      assertThat(found).as("round " + round).isEqualTo(all);
      assertThat(mailbox.held()).isZero();
    }
  }

  private void takeSome(List<String> found) throws InterruptedException {
    for (var one : take()) {
      found.add(one.outboxId());
      mailbox.done(Mailbox.sizeOf(one.command()));
      outbox.remove(one.outboxId());
    }
  }
}
