package org.maestro.engine.request;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.deadletter.DeadLetters;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.start.StartService;
import org.maestro.engine.start.StartService.ReplacedException;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.messaging.RefusedMessagesException;
import org.maestro.messaging.TopicConsumer;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.message.StartAnswer;
import org.maestro.model.message.StartAnswer.Outcome;
import org.maestro.service.database.Transactions;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what the scheduler and the signal service ask: starts, which share transactions, and opened
 * gates, which become commands to their runs. Requests are done with once their effects are
 * committed and their answers sent; those that come twice change nothing. One that can't be read,
 * or that breaks us, is parked and the others go on.
 */
public final class RequestReceiver implements TopicConsumer.Handler {
  private final StartService starts;
  private final RunCommands commands;
  private final Transactions transactions;
  private final DeadLetters parked;
  private final MessageSender sender;
  private final String answers;
  private final JsonMapper json;
  private final ObjectReader reader;
  private final Executor executor;
  private final InstantSource clock;

  /**
   * @param answers the topic of what became of starts
   * @param executor a thread for each start of a reading
   */
  public RequestReceiver(
      StartService starts,
      RunCommands commands,
      Transactions transactions,
      DeadLetters parked,
      MessageSender sender,
      String answers,
      JsonMapper json,
      Executor executor,
      InstantSource clock) {
    this.starts = starts;
    this.commands = commands;
    this.transactions = transactions;
    this.parked = parked;
    this.sender = sender;
    this.answers = answers;
    this.json = json;
    // A sender that is newer may say more.
    this.reader =
        json.readerFor(EngineRequest.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    this.executor = executor;
    this.clock = clock;
  }

  @Override
  public void handle(List<ReceivedMessage> messages) {
    var starting = new ArrayList<EngineRequest.Start>();
    var startMessages = new ArrayList<ReceivedMessage>();
    var opened = new ArrayList<RunCommand>();
    var refused = new ArrayList<StartAnswer>();
    for (var message : messages) {
      switch (read(message, refused)) {
        case null -> {}
        case EngineRequest.Start start -> {
          starting.add(start);
          startMessages.add(message);
        }
        case EngineRequest.GateOpened gate -> opened.add(command(gate));
      }
    }
    var asked = new ArrayList<CompletableFuture<@Nullable StartAnswer>>();
    var known = starts.known(starting);
    for (int i = 0; i < starting.size(); i++) {
      var start = starting.get(i);
      var message = startMessages.get(i);
      var before = known.get(i);
      asked.add(
          before == null
              ? CompletableFuture.supplyAsync(() -> answer(start, message), executor)
              : CompletableFuture.completedFuture(
                  answer(start, Outcome.STARTED, before.run().instanceId(), null)));
    }
    if (!opened.isEmpty()) {
      transactions.runIdempotent(() -> commands.within(opened, List.of())).run();
    }
    var outgoing = new ArrayList<OutgoingMessage>();
    refused.forEach(answer -> outgoing.add(outgoing(answer)));
    for (var one : asked) {
      var answer = one.join();
      if (answer != null) {
        outgoing.add(outgoing(answer));
      }
    }
    answer(outgoing);
  }

  private void answer(List<OutgoingMessage> outgoing) {
    try {
      sender.send(outgoing).join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof RefusedMessagesException refused)) {
        throw e;
      }
      // The requests are done with; to do them again would bring the same answers.
      refused.refused().forEach(one -> parked.park(one.message(), one.reason()));
    }
  }

  private OutgoingMessage outgoing(StartAnswer answer) {
    return new OutgoingMessage(
        answers, null, answer.workflowId(), json.writeValueAsBytes(answer), Map.of());
  }

  /** Null for one that is parked; whoever can be told is told. */
  private @Nullable EngineRequest read(ReceivedMessage message, List<StartAnswer> refused) {
    try {
      EngineRequest request = reader.readValue(message.value());
      requireComplete(request);
      return request;
    } catch (JacksonException e) {
      refuse(message, "it can't be read: " + e.getOriginalMessage(), refused);
    } catch (NullPointerException e) {
      refuse(message, "it lacks " + e.getMessage(), refused);
    }
    return null;
  }

  private static void requireComplete(@Nullable EngineRequest request) {
    switch (request) {
      case EngineRequest.Start start -> {
        Objects.requireNonNull(start.workflowId(), "workflow_id");
        Objects.requireNonNull(start.triggerUuid(), "trigger_uuid");
        Objects.requireNonNull(start.requestId(), "request_id");
        Objects.requireNonNull(start.initiator(), "initiator");
      }
      case EngineRequest.GateOpened opened -> {
        var gate = Objects.requireNonNull(opened.gate(), "gate");
        Objects.requireNonNull(gate.workflowId(), "gate/workflow_id");
        Objects.requireNonNull(gate.stepId(), "gate/step_id");
        Objects.requireNonNull(opened.params(), "params");
      }
      case null -> throw new NullPointerException("a body");
    }
  }

  private void refuse(ReceivedMessage message, String reason, List<StartAnswer> refused) {
    parked.park(message, reason);
    try {
      var tree = json.readTree(message.value());
      var workflowId = tree.path("workflow_id").stringValue(null);
      var triggerUuid = tree.path("trigger_uuid").stringValue(null);
      var requestId = tree.path("request_id").stringValue(null);
      if (workflowId != null && triggerUuid != null && requestId != null) {
        refused.add(
            new StartAnswer(
                workflowId,
                triggerUuid,
                requestId,
                Outcome.REFUSED,
                null,
                "the request is parked: " + reason,
                clock.millis()));
      }
    } catch (JacksonException _) {
      // Then nobody can be told.
    }
  }

  private static RunCommand command(EngineRequest.GateOpened opened) {
    var gate = opened.gate();
    return new RunCommand.SignalCame(
        new RunKey(gate.workflowId(), gate.instanceId(), gate.runId()),
        gate.stepId(),
        gate.attemptId(),
        gate.dependency(),
        opened.seqId(),
        opened.params());
  }

  /** Null if the request broke us and is parked. */
  private @Nullable StartAnswer answer(EngineRequest.Start start, ReceivedMessage message) {
    try {
      var accepted = starts.startTriggered(start);
      return answer(start, Outcome.STARTED, accepted.run().instanceId(), null);
    } catch (ReplacedException e) {
      return answer(start, Outcome.REPLACED, null, e.getMessage());
    } catch (ApiException e) {
      if (e.kind() == ProblemKind.SERVICE_UNAVAILABLE || e.kind() == ProblemKind.INTERNAL_ERROR) {
        throw e; // not the request's fault: all of them come again
      }
      return answer(start, Outcome.REFUSED, null, e.getMessage());
    } catch (RuntimeException e) {
      if (!Transactions.isFaultOfTheWork(e)) {
        throw e; // the database is away: all of them come again
      }
      parked.park(message, "it broke the engine: " + e);
      return null;
    }
  }

  private StartAnswer answer(
      EngineRequest.Start start,
      Outcome outcome,
      @Nullable Long instanceId,
      @Nullable String reason) {
    return new StartAnswer(
        start.workflowId(),
        start.triggerUuid(),
        start.requestId(),
        outcome,
        instanceId,
        reason,
        clock.millis());
  }
}
