package org.maestro.engine.wiring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.maestro.conductor.RunMachines;
import org.maestro.engine.alert.Channels;
import org.maestro.engine.backfill.BackfillDriver;
import org.maestro.engine.backfill.BackfillStore;
import org.maestro.engine.breakpoint.Breakpoints;
import org.maestro.engine.breakpoint.KnownBreakpoints;
import org.maestro.engine.deadletter.DeadLetterStore;
import org.maestro.engine.deadletter.DeadLetters;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.definition.DryRun;
import org.maestro.engine.event.CloudEvents;
import org.maestro.engine.event.Publications;
import org.maestro.engine.notification.store.NotificationStore;
import org.maestro.engine.permit.NodePermits;
import org.maestro.engine.permit.PermitRecovery;
import org.maestro.engine.permit.PermitRules;
import org.maestro.engine.permit.Permits;
import org.maestro.engine.permit.TagPermits;
import org.maestro.engine.request.RequestReceiver;
import org.maestro.engine.run.NodeMessages;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunMemory;
import org.maestro.engine.run.shard.BatchCommitter;
import org.maestro.engine.run.shard.ChangeFeed;
import org.maestro.engine.run.shard.CrashWatch;
import org.maestro.engine.run.shard.EffectRunner;
import org.maestro.engine.run.shard.ShardLoop;
import org.maestro.engine.run.shard.Shards;
import org.maestro.engine.run.shard.Timers;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.engine.run.store.OutboxStore;
import org.maestro.engine.run.store.RunInspection;
import org.maestro.engine.run.store.RunPlans;
import org.maestro.engine.run.store.RunStore;
import org.maestro.engine.run.store.SuspectStore;
import org.maestro.engine.run.turn.ChildParamsReader;
import org.maestro.engine.run.turn.RunAdvancer;
import org.maestro.engine.run.turn.RunSource;
import org.maestro.engine.run.turn.StepLoops;
import org.maestro.engine.start.Admission;
import org.maestro.engine.start.ChildStarter;
import org.maestro.engine.start.DefinitionCheck;
import org.maestro.engine.start.RestartService;
import org.maestro.engine.start.RunAlerting;
import org.maestro.engine.start.StartBatcher;
import org.maestro.engine.start.StartService;
import org.maestro.engine.start.StartStore;
import org.maestro.engine.start.StepOffer;
import org.maestro.engine.start.TakenNumbersCheck;
import org.maestro.engine.start.TurnChildren;
import org.maestro.engine.step.runtime.StepRuntime;
import org.maestro.engine.step.runtime.docker.DockerSettings;
import org.maestro.engine.step.runtime.job.AttemptCleaner;
import org.maestro.engine.step.runtime.kubernetes.KubernetesSettings;
import org.maestro.engine.step.runtime.shell.ShellSettings;
import org.maestro.engine.step.runtime.targets.TargetKind;
import org.maestro.engine.step.runtime.targets.TargetSettings;
import org.maestro.engine.step.runtime.targets.Targets;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.messaging.Topics;
import org.maestro.model.definition.StepType;
import org.maestro.param.FairLane;
import org.maestro.param.ParamEvaluator;
import org.maestro.param.ParamSettings;
import org.maestro.sel.ExpressionCache;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;
import org.maestro.service.database.BackOff;
import org.maestro.service.database.Transactions;
import org.maestro.service.messaging.Attendance;
import org.maestro.service.messaging.BrokerSettings;
import org.maestro.service.messaging.Installation;
import org.maestro.service.outbox.OutboxRelay;
import org.maestro.service.outbox.OutboxWatch;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.SecuritySettings;
import org.maestro.service.web.FirstToStop;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of starts and runs. The only place where clocks, ids and threads of them come from. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EngineSettings.class)
public class RunConfiguration {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** The name and the ids of this process. */
  @Bean
  NodeIdentity nodeIdentity(InstantSource clock) {
    return new NodeIdentity(clock, ThreadLocalRandom.current().nextLong(1L << 32));
  }

  @Bean
  RunJson runJson() {
    return new RunJson();
  }

  @Bean
  RunMachines runMachines() {
    return new RunMachines();
  }

  @Bean
  ExpressionCache expressionCache() {
    return new ExpressionCache();
  }

  @Bean
  ParamEvaluator paramEvaluator(
      ExpressionCache cache, EngineSettings settings, InstantSource clock, NodeIdentity node) {
    return new ParamEvaluator(
        cache,
        new SelRuntime(
            clock,
            () -> UUID.randomUUID().toString(),
            () -> ThreadLocalRandom.current().nextDouble(),
            SelLimits.DEFAULT,
            FairLane.ofThisProcess()),
        new ParamSettings(settings.environment(), Map.of(), Set.of(), node::uniqueNumber));
  }

  @Bean
  DryRun dryRun(ParamEvaluator params, StepTypes types) {
    return new DefinitionCheck(params, types.offer(), types.runtimes()::get);
  }

  @Bean
  LoopStore loopStore(Transactions transactions, RunJson json) {
    return new LoopStore(transactions, json);
  }

  @Bean
  LoopSource loopSource(
      LoopStore store, CompiledVersions versions, ParamEvaluator params, RunJson json) {
    return new LoopSource(store, versions, params, json);
  }

  @Bean
  OutboxStore outboxStore(Transactions transactions, RunJson json, InstantSource clock) {
    return new OutboxStore(transactions, json, clock);
  }

  @Bean
  RunStore runStore(
      Transactions transactions,
      RunJson json,
      OutboxStore outbox,
      LoopStore loopStore,
      LoopSource loops,
      SuspectStore suspects,
      NotificationStore notifications,
      StartStore starts,
      NodeIdentity node,
      EngineSettings settings) {
    return new RunStore(
        transactions,
        json,
        outbox,
        loopStore,
        loops,
        suspects,
        notifications,
        new TakenNumbersCheck(starts),
        node.name(),
        settings.shards());
  }

  @Bean
  TurnChildren turnChildren(
      CompiledVersions versions, StartService starts, StartStore store, InstantSource clock) {
    return new TurnChildren(versions, starts, store, clock);
  }

  @Bean
  RunMemory runMemory() {
    return new RunMemory(Runtime.getRuntime().maxMemory());
  }

  @Bean
  SuspectStore suspectStore(Transactions transactions) {
    return new SuspectStore(transactions);
  }

  @Bean
  RunPlans runPlans(LoopSource loops, CompiledVersions versions) {
    return new RunPlans(loops, versions);
  }

  @Bean
  RunSource runSource(RunStore store, RunPlans plans) {
    return new RunSource(store, plans);
  }

  @Bean
  RunInspection runInspection(RunStore store, RunPlans plans) {
    return new RunInspection(store, plans);
  }

  @Bean
  ChangeFeed changeFeed() {
    return new ChangeFeed();
  }

  @Bean
  EngineThreads engineThreads() {
    return new EngineThreads();
  }

  @Bean
  Timers timers(EngineThreads threads, InstantSource clock) {
    return new Timers(threads.scheduler(), clock);
  }

  @Bean
  BatchCommitter batchCommitter(
      RunStore store, OutboxStore outbox, NodeIdentity node, EngineSettings settings) {
    return new BatchCommitter(store, outbox, node::orderedId, settings.shards());
  }

  @Bean
  ChildParamsReader childParamsReader(RunInspection inspection, LoopStore loops) {
    return new ChildParamsReader(inspection, loops);
  }

  @Bean
  RunAdvancer runAdvancer(
      RunMachines machines,
      ParamEvaluator params,
      Permits permits,
      PermitRules.TagLimits tagLimits,
      Breakpoints breakpoints,
      ChildParamsReader children,
      LoopStore loopStore,
      LoopSource loops,
      InstantSource clock) {
    return new RunAdvancer(
        machines,
        params,
        permits,
        tagLimits,
        breakpoints,
        children,
        new StepLoops(loopStore, loops, params),
        clock);
  }

  @Bean
  Shards shards(
      EngineSettings settings,
      RunStore store,
      OutboxStore outbox,
      SuspectStore suspects,
      RunSource source,
      LoopStore loopStore,
      LoopSource loops,
      RunJson json,
      NodeIdentity node,
      InstantSource clock,
      EngineThreads threads,
      ObjectProvider<RunAdvancer> advancer,
      ObjectProvider<TurnChildren> children,
      BatchCommitter committer,
      ObjectProvider<EffectRunner> effects,
      ChangeFeed changes,
      RunMemory memory,
      ObjectProvider<ShardOwnership> ownership,
      ObjectProvider<NodeMessages> nodeMessages) {
    return new Shards(
        settings.shards(),
        store,
        outbox,
        new CrashWatch.Node(suspects, new ReentrantLock(), settings.carefulFor()),
        json,
        node::orderedId,
        clock,
        threads.shardThreads(),
        shards ->
            new ShardLoop.Parts(
                store,
                source,
                loopStore,
                loops,
                advancer.getObject(),
                children.getObject(),
                committer,
                effects.getObject(),
                shards::route,
                shards::ended,
                shards::redeliver,
                shards::keptPage,
                changes,
                memory,
                clock,
                RunConfiguration::pause,
                settings.shards()),
        new ShardOwnership.Late(ownership),
        new NodeMessages() {
          @Override
          public void received(String kind, int shard, ReceivedMessage message) {
            nodeMessages.getObject().received(kind, shard, message);
          }

          @Override
          public void unknown(int shard, ReceivedMessage message, String reason) {
            nodeMessages.getObject().unknown(shard, message, reason);
          }
        });
  }

  @Bean
  EngineOutbox engineOutbox(
      OutboxStore store,
      Topics topics,
      RunJson json,
      BatchCommitter committer,
      EngineSettings settings,
      BrokerSettings broker,
      JsonMapper messages,
      DeadLetters parked) {
    var publications =
        new Publications(
            new CloudEvents(topics.events(), settings.eventSource(), json),
            topics.commands(),
            broker.topics(),
            json,
            messages);
    return new EngineOutbox(store, publications, committer, parked);
  }

  @Bean
  OutboxRelay engineOutboxRelay(EngineOutbox outbox, MessageSender sender) {
    return new OutboxRelay("engine's outbox", outbox, sender, RunConfiguration::pause);
  }

  @Bean
  OutboxWatch engineOutboxHealthIndicator(
      EngineOutbox outbox, @Qualifier("engineOutboxRelay") OutboxRelay relay) {
    return new OutboxWatch("engine", outbox, relay);
  }

  @Bean
  StartStore startStore(
      Transactions transactions, RunJson json, LoopSource loops, NotificationStore notifications) {
    return new StartStore(transactions, json, loops, notifications);
  }

  @Bean
  RunAlerting runAlerting(ParamEvaluator params, Channels channels) {
    return new RunAlerting(params, channels);
  }

  @Bean
  StartBatcher startBatcher(
      StartStore store,
      Shards shards,
      InstantSource clock,
      EngineSettings settings,
      Admission admission) {
    return new StartBatcher(store, shards, clock, settings.shards(), admission::check);
  }

  @Bean
  StartService startService(
      CompiledVersions versions,
      ParamEvaluator params,
      StartBatcher batcher,
      AccessPolicy access,
      RunAlerting alerts,
      StepTypes types,
      InstantSource clock) {
    return new StartService(
        versions,
        params,
        batcher,
        access,
        alerts,
        types.offer(),
        () -> UUID.randomUUID().toString(),
        clock);
  }

  @Bean
  Admission admission(StartStore store, CompiledVersions versions, Shards shards) {
    return new Admission(store, versions, shards, RunConfiguration::pause);
  }

  @Bean
  DefinitionFollower definitionFollower(
      OutboxStore store,
      NodeIdentity node,
      ObjectProvider<Shards> shards,
      ObjectProvider<Admission> admission) {
    return new DefinitionFollower(
        store,
        node::orderedId,
        messages -> shards.getObject().route(messages),
        workflowId -> admission.getObject().check(workflowId));
  }

  @Bean
  RestartService restartService(
      StartStore store,
      ParamEvaluator params,
      RunInspection inspection,
      CompiledVersions versions,
      Shards shards,
      Admission admission,
      AccessPolicy access,
      RunAlerting alerts,
      InstantSource clock,
      EngineSettings settings) {
    return new RestartService(
        store,
        params,
        inspection,
        versions,
        shards,
        admission::check,
        access,
        alerts,
        () -> UUID.randomUUID().toString(),
        clock,
        settings.shards());
  }

  @Bean
  ChildStarter childStarter(
      StartService starts, RestartService restarts, Shards shards, EngineThreads threads) {
    return new ChildStarter(
        starts,
        restarts,
        shards,
        task -> {
          var _ =
              threads
                  .scheduler()
                  .schedule(
                      () -> threads.executor().execute(task),
                      LONGEST_PAUSE.toMillis(),
                      TimeUnit.MILLISECONDS);
        });
  }

  @Bean
  StepTypes stepTypes(
      DockerSettings docker,
      KubernetesSettings kubernetes,
      TargetSettings targets,
      ShellSettings shell,
      SecuritySettings security) {
    var names = new ArrayList<>(targets.others());
    if (security.dev() || !shell.users().isEmpty()) {
      names.add(TargetKind.PROCESS.label());
    }
    if (docker.isOn()) {
      names.add(TargetKind.DOCKER.label());
    }
    if (kubernetes.isOn()) {
      names.add(TargetKind.KUBERNETES.label());
    }
    return new StepTypes(new ConcurrentHashMap<>(), targets.steps(names));
  }

  @Bean
  EffectRunner effectRunner(
      StepTypes types,
      Permits permits,
      Breakpoints breakpoints,
      Timers timers,
      ChildStarter childStarter,
      Admission admission,
      ObjectProvider<NodeChannel> backfills,
      RunStore store,
      RunMemory memory,
      Shards shards,
      EngineThreads threads) {
    return new EffectRunner(
        types.runtimes(),
        permits,
        breakpoints,
        timers,
        childStarter,
        ended -> {
          admission.check(ended.run().workflowId());
          var backfillId = ended.backfillId();
          if (backfillId != null) {
            backfills.getObject().wake(backfillId, ended.run().instanceId());
          }
        },
        store,
        memory,
        shards,
        threads.executor());
  }

  @Bean
  KafkaSettings kafkaSettings(EngineSettings settings, BrokerSettings broker, NodeIdentity node) {
    return broker.settings(settings.groupId(broker.topicPrefix()), node.name());
  }

  @Bean
  Topics topics(EngineSettings settings, BrokerSettings broker) {
    return settings.topics(broker.topicPrefix());
  }

  @Bean
  NodeChannel nodeChannel(
      MessageSender sender,
      Topics topics,
      RunJson json,
      Shards shards,
      EngineThreads threads,
      ObjectProvider<NodePermits> permits,
      ObjectProvider<TagPermits> tagPermits,
      ObjectProvider<PermitRecovery> recovery,
      ObjectProvider<KnownBreakpoints> breakpoints,
      ObjectProvider<Admission> admission,
      ObjectProvider<BackfillDriver> backfills,
      BackfillStore backfillStore,
      DeadLetters parked) {
    return new NodeChannel(
        sender,
        topics,
        json,
        shards,
        shards::owns,
        shards::epochOf,
        UUID.randomUUID().toString(),
        threads.executor(),
        RunConfiguration::pause,
        () ->
            new NodeChannel.Parts(
                permits.getObject(),
                tagPermits.getObject(),
                recovery.getObject(),
                breakpoints.getObject(),
                admission.getObject(),
                backfills.getObject(),
                backfillStore::live,
                parked));
  }

  @Bean
  EngineStartup engineStartup(
      KafkaSettings kafka,
      Topics topics,
      BrokerSettings broker,
      Shards shards,
      @Qualifier("engineOutboxRelay") OutboxRelay relay,
      EngineOutbox outbox,
      @Qualifier("engineOutboxHealthIndicator") OutboxWatch watch,
      RunJson json,
      BatchCommitter committer,
      StartBatcher starts,
      Admission admission,
      Timers timers,
      EngineThreads threads,
      StepTypes types,
      PermitRecovery permits,
      ObjectProvider<StepRuntime> runtimes,
      Targets targets,
      AttemptCleaner cleaner,
      NodeChannel channel,
      RequestReceiver requests,
      Installation installation,
      Attendance attendance) {
    return new EngineStartup(
        kafka,
        topics,
        broker,
        shards,
        outbox.over(relay, json),
        relay,
        watch,
        committer,
        starts,
        admission,
        timers,
        threads,
        permits,
        () -> types.register(runtimes.orderedStream().toList(), targets),
        cleaner::run,
        channel::wakeAllBackfills,
        requests,
        installation,
        attendance);
  }

  @Bean
  EngineHealth engineHealthIndicator(Shards shards, EngineStartup startup) {
    return new EngineHealth(shards, startup::membership);
  }

  @Bean
  FirstToStop shardsGoFirst(EngineStartup startup) {
    return new FirstToStop(startup::letGo);
  }

  @Bean
  DeadLetters engineDeadLetters(
      JdbcClient jdbc,
      RunJson json,
      Transactions transactions,
      AccessPolicy access,
      MessageSender sender,
      BrokerSettings broker,
      NodeIdentity node,
      InstantSource clock) {
    return new DeadLetters(
        new DeadLetterStore(jdbc, transactions, json, broker.topics().requests()),
        access,
        sender,
        broker.topics().requests(),
        node::orderedId,
        clock);
  }

  @Bean
  RequestReceiver requestReceiver(
      StartService starts,
      Shards shards,
      Transactions transactions,
      DeadLetters parked,
      MessageSender sender,
      BrokerSettings broker,
      JsonMapper messages,
      EngineThreads threads,
      InstantSource clock) {
    return new RequestReceiver(
        starts,
        shards,
        transactions,
        parked,
        sender,
        broker.topics().answers(),
        messages,
        threads.executor(),
        clock);
  }

  static void pause(int failures) throws InterruptedException {
    Thread.sleep(new BackOff(FIRST_PAUSE, LONGEST_PAUSE).millis(failures));
  }

  /** The step types that this installation runs, and what runs them. */
  public record StepTypes(Map<StepType, StepRuntime> runtimes, Set<StepType> atTargets) {
    private static final Set<StepType> NEED_TARGETS =
        EnumSet.of(
            StepType.SHELL,
            StepType.PYTHON,
            StepType.NOTEBOOK,
            StepType.DOCKER,
            StepType.KUBERNETES,
            StepType.TITUS);

    void register(List<StepRuntime> found, Targets targets) {
      Stream.concat(
              found.stream().filter(runtime -> !targets.holds(runtime)),
              targets.runtimes().stream())
          .forEach(runtime -> runtime.types().forEach(type -> runtimes.put(type, runtime)));
    }

    StepOffer offer() {
      var here = EnumSet.copyOf(runnable());
      NEED_TARGETS.stream().filter(type -> !atTargets.contains(type)).forEach(here::remove);
      return new StepOffer(runnable(), here);
    }

    /** All that this release can run, with those that the engine runs itself. */
    public Set<StepType> runnable() {
      var all = EnumSet.copyOf(NEED_TARGETS);
      all.addAll(
          EnumSet.of(
              StepType.NOOP,
              StepType.SLEEP,
              StepType.SUBWORKFLOW,
              StepType.FOREACH,
              StepType.WHILE,
              StepType.HTTP));
      return all;
    }
  }

  /** The threads of a node. */
  public static final class EngineThreads implements AutoCloseable {
    private final ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("maestro-timers").daemon(true).factory());
    private final ExecutorService executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("maestro-effect").factory());

    ScheduledExecutorService scheduler() {
      return scheduler;
    }

    Executor executor() {
      return executor;
    }

    ThreadFactory shardThreads() {
      return Thread.ofVirtual().name("maestro-shard-", 0).factory();
    }

    Thread start(String name, Runnable loop) {
      return Thread.ofPlatform().name(name).daemon(true).start(loop);
    }

    @Override
    public void close() {
      scheduler.shutdownNow();
      executor.shutdownNow();
    }
  }

  /** The ids of a process: unique over all, rising within one. */
  public static final class NodeIdentity {
    private final String name;
    private final String prefix;
    private final AtomicLong counter = new AtomicLong();
    private final Supplier<Long> unique;

    NodeIdentity(InstantSource clock, long random) {
      name = "engine-" + Long.toHexString(random);
      prefix = "%012x-%08x-".formatted(clock.millis(), random);
      unique =
          () ->
              Math.max(
                      1, (clock.millis() << 20 | (random & 0xFFF) << 8) + counter.incrementAndGet())
                  & Long.MAX_VALUE;
    }

    String name() {
      return name;
    }

    String orderedId() {
      return prefix + "%012x".formatted(counter.incrementAndGet());
    }

    long uniqueNumber() {
      return unique.get();
    }
  }
}
