package org.maestro.dev;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.maestro.zones.Zones;

/** The decisions that a compiler can't hold, over the classes of every module. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.maestro");

  private static final DescribedPredicate<JavaClass> WIRING =
      simpleNameEndingWith("Configuration")
          .or(simpleNameEndingWith("Application"))
          .or(
              resideInAnyPackage(
                  packages("org.maestro.engine.wiring..", "org.maestro.signal.wiring..")));

  /** Code whose business is the world outside: processes, brokers, servers. */
  private static final DescribedPredicate<JavaClass> ADAPTERS =
      resideInAnyPackage(
          packages(
              "org.maestro.engine.step.runtime..",
              "org.maestro.messaging..",
              "org.maestro.embedded..",
              "org.maestro.dev..",
              "org.maestro.cli..",
              "org.maestro.client.."));

  /**
   * What below the wiring looks at a clock of the machine, and why. All measure or bound what a
   * thread really does, which no virtual clock could.
   */
  private static final Map<String, String> CLOCKS =
      Map.of(
          "org.maestro.engine.log.LogTail", "a reader waits so long for a job to print",
          "org.maestro.engine.api.instance.ReadGate", "a request waits so long for its turn",
          "org.maestro.scheduler.bucket.Waker", "a thread sleeps so long, whatever wakes it early",
          "org.maestro.scheduler.trigger.NewsOnItsWay", "a request waits so long for news",
          "org.maestro.sel.Budget", "an expression computes so long",
          "org.maestro.service.database.Transactions", "a transaction is tried for so long",
          "org.maestro.service.problem.ProblemHandler", "a log gets one line in so long");

  /** What below the wiring makes threads, and why. */
  private static final Map<String, String> THREADS =
      Map.of("org.maestro.service.start.StandInServer", "it answers before there is any wiring");

  /** Which classes need each other in a ring of more than two, and why. */
  private static final Map<Pattern, String> KNOTS =
      Map.of(
          Pattern.compile("org\\.maestro\\.sel\\.\\w*Builtins"),
          "the table of callables, and the classes that fill it in its constructor",
          Pattern.compile("org\\.maestro\\.dsl\\.cron\\.(Cron\\w+|WallTimes)"),
          "a cron is parsed by what knows its dialect, which warns by what was parsed",
          Pattern.compile("org\\.maestro\\.conductor\\.(Ending|RunDefinition|StepTasks)"),
          "what Conductor asks back for while it decides: a definition, its tasks, their ends");

  @Test
  void packagesHaveNoCycles() {
    check(
        slices()
            .matching("org.maestro.(**)")
            .should()
            .beFreeOfCycles()
            .because("decisions/0001: a package is a feature that can be understood by itself"));
  }

  @Test
  void noMoreThanTwoClassesNeedEachOther() {
    var unused = new HashSet<>(KNOTS.keySet());
    for (var ring : new Rings(CLASSES).ofMoreThan(2)) {
      var known =
          KNOTS.keySet().stream().filter(knot -> ring.stream().allMatch(knot.asMatchPredicate()));
      assertThat(known)
          .as("decisions/0001: who reads one has to read all of %s", ring)
          .hasSize(1)
          .allSatisfy(unused::remove);
    }
    assertThat(unused).as("knots that have been untied: take them off the list").isEmpty();
  }

  @Test
  void aRunHasFourRoomsAndItsValuesFlowOneWay() {
    check(
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("org.maestro.engine.run..")
            .layer("values")
            .definedBy("org.maestro.engine.run")
            .layer("store")
            .definedBy("org.maestro.engine.run.store..")
            .layer("turn")
            .definedBy("org.maestro.engine.run.turn..")
            .layer("shard")
            .definedBy("org.maestro.engine.run.shard..")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("turn", "shard")
            .whereLayer("turn")
            .mayOnlyBeAccessedByLayers("shard")
            .whereLayer("shard")
            .mayNotBeAccessedByAnyLayer()
            .because(
                "decisions/0031: what a run is, how it is kept, what a command does, whose turn"));
  }

  @Test
  void onlyATurnChangesARunInMemory() {
    check(
        noFields()
            .that()
            .areDeclaredIn("org.maestro.engine.run.turn.Run")
            .should()
            .bePublic()
            .orShould()
            .beProtected()
            .because("decisions/0031: a run changes in run.turn and nowhere else"));
  }

  @Test
  void whatAStepAsksForDoesNotKnowWhoAsks() {
    check(
        noClasses()
            .that()
            .resideInAPackage("org.maestro.engine.run.turn")
            .and()
            .haveNameMatching(".*\\.(Gates|Jobs|Children|Loops|StepParams|Earlier)")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.maestro\\.engine\\.run\\.turn\\.(RunTurn|StepTurn)")
            .because(
                "decisions/0031: they are given an attempt, and answer with the event that"
                    + " follows"));
  }

  @Test
  void onlyShardsCommitRuns() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(packages("org.maestro.engine.run.shard.."))
            .should()
            .callMethodWhere(
                target(owner(type("org.maestro.engine.run.store.RunStore")))
                    .and(target(name("commit"))))
            .because("decisions/0010: one commit for all shards of a node"));
  }

  @Test
  void modulesBelowTheServicesDontSeeThem() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                packages(
                    "org.maestro.model..",
                    "org.maestro.zones..",
                    "org.maestro.sel..",
                    "org.maestro.dsl..",
                    "org.maestro.messaging..",
                    "org.maestro.conductor..",
                    "org.maestro.embedded..",
                    "org.maestro.client..",
                    "org.maestro.cli.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                packages(
                    "org.maestro.engine..",
                    "org.maestro.scheduler..",
                    "org.maestro.signal..",
                    "org.maestro.dev.."))
            .because("decisions/0001: services rest on libraries, never the other way"));
  }

  @Test
  void servicesMeetThroughMessagesOnly() {
    check(
        slices()
            .matching("org.maestro.(engine|scheduler|signal)..")
            .should()
            .notDependOnEachOther()
            .because("decisions/0001: services never call each other"));
  }

  /**
   * Trees are for what has no record: documents that people write ({@code cli.definition}, {@code
   * PushCommand}), settings, values of parameters ({@code DescribeCommand}) and artifacts ({@code
   * RunReader}).
   */
  @Test
  void theCommandLineReadsRecords() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                packages(
                    "org.maestro.cli.command..",
                    "org.maestro.cli.watch..",
                    "org.maestro.cli.server.."))
            .and()
            .doNotHaveSimpleName("PushCommand")
            .and()
            .doNotHaveSimpleName("DescribeCommand")
            .and()
            .doNotHaveSimpleName("RunCommand")
            .and()
            .doNotHaveSimpleName("RunReader")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.maestro.cli.output.Tree")
            .because("decisions/0034: the API is written down once"));
  }

  @Test
  void noSpringBelowTheServices() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                packages(
                    "org.maestro.model..",
                    "org.maestro.zones..",
                    "org.maestro.sel..",
                    "org.maestro.dsl..",
                    "org.maestro.messaging..",
                    "org.maestro.conductor..",
                    "org.maestro.embedded..",
                    "org.maestro.client..",
                    "org.maestro.cli.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .because("decisions/0005: libraries are made with new"));
  }

  @Test
  void noFieldInjection() {
    check(
        noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource")
            .because("decisions/0005: a class is usable without a container"));
  }

  @Test
  void onlyMessagingSeesKafka() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(packages("org.maestro.messaging..", "org.maestro.embedded.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "kafka..")
            .because(
                "decisions/0002: the guarantees that rest on Kafka's settings have one place"));
  }

  @Test
  void onlyTheConductorModuleSeesConductor() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(packages("org.maestro.conductor.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.netflix.conductor..")
            .because("decisions/0007: the run's state machine is behind one interface"));
  }

  @Test
  void nothingRunsScriptsOfConductor() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "com.netflix.conductor.core.execution.evaluators..",
                "com.netflix.conductor.core.events..",
                "com.netflix.conductor.rest..",
                "javax.script..",
                "org.graalvm..")
            .because("SECURITY.md: the advisories about Conductor's evaluators don't concern us"));
    assertThatThrownBy(() -> Class.forName("org.graalvm.polyglot.Context"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void onlyStoresSpeakSql() {
    check(
        noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Store")
            .and(DescribedPredicate.not(are(WIRING)))
            .and()
            .resideOutsideOfPackages(
                packages("org.maestro.service.database..", "org.maestro.embedded.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.springframework.jdbc.core..", "org.springframework.jdbc.datasource..")
            .because("decisions/0003: one owner per table"));
  }

  @Test
  void lifecyclesArePure() {
    check(
        classes()
            .that()
            .haveSimpleNameEndingWith("Lifecycle")
            .should(dependOnTheJdkOnDataAndOnTheirOwnPackageOnly())
            .because("decisions/0005: a decision is a pure function"));
  }

  @Test
  void timeComesInFromOutside() {
    assertThat(callersOf(ArchitectureTest::isAClock).keySet())
        .as("decisions/0004: the simulation owns the clock; take an InstantSource or a Pause")
        .isEqualTo(CLOCKS.keySet());
  }

  @Test
  void chanceComesInFromOutside() {
    check(
        noClasses()
            .that(DescribedPredicate.not(are(WIRING.or(ADAPTERS))))
            .should()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .because("decisions/0004: the simulation owns chance"));
  }

  @Test
  void threadsComeInFromOutside() {
    assertThat(callersOf(ArchitectureTest::makesThreads).keySet())
        .as(
            "decisions/0004: the simulation runs on one thread; take an Executor or a ThreadFactory")
        .isEqualTo(THREADS.keySet());
  }

  @Test
  void clocksAndThreadsAreSeenHoweverTheyAreAskedFor() {
    var seen = new ClassFileImporter().importClasses(Impatient.class);
    assertThat(callersOf(seen, ArchitectureTest::isAClock).values().iterator().next())
        .containsExactlyInAnyOrder(
            "Clock.systemUTC",
            "Instant.now",
            "LocalDate.now",
            "System.currentTimeMillis",
            "System.nanoTime",
            "Thread.sleep",
            "TimeUnit.sleep");
    assertThat(callersOf(seen, ArchitectureTest::makesThreads).values().iterator().next())
        .containsExactlyInAnyOrder(
            "CompletableFuture.runAsync",
            "Executors.newVirtualThreadPerTaskExecutor",
            "Thread.<init>",
            "Thread.ofPlatform",
            "Thread.ofVirtual",
            "Thread.startVirtualThread");
  }

  /** Does everything that it shouldn't, once, and nothing else that might be mistaken for it. */
  @SuppressWarnings("unused")
  private static final class Impatient {
    private static final LongSupplier NANOS = System::nanoTime;

    private static List<Object> times(InstantSource clock) throws InterruptedException {
      Thread.sleep(Duration.ZERO);
      TimeUnit.SECONDS.sleep(0);
      return List.of(
          clock.instant(),
          Clock.systemUTC(),
          Instant.now(),
          LocalDate.now(ZoneOffset.UTC),
          LocalDate.now(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)),
          System.currentTimeMillis());
    }

    private static List<Object> threads(Executor executor) {
      return List.of(
          CompletableFuture.runAsync(() -> {}),
          CompletableFuture.runAsync(() -> {}, executor),
          Executors.newVirtualThreadPerTaskExecutor(),
          new Thread(() -> {}, "one"),
          Thread.ofPlatform(),
          Thread.ofVirtual(),
          Thread.startVirtualThread(() -> {}));
    }
  }

  private static Map<String, Set<String>> callersOf(Predicate<AccessTarget> what) {
    return callersOf(CLASSES.that(DescribedPredicate.not(WIRING.or(ADAPTERS))), what);
  }

  /** Outermost classes that call or refer to what is meant, and what of it. */
  private static Map<String, Set<String>> callersOf(
      JavaClasses classes, Predicate<AccessTarget> what) {
    var callers = new TreeMap<String, Set<String>>();
    for (var type : classes) {
      for (var access : type.getAccessesFromSelf()) {
        if (what.test(access.getTarget())) {
          callers
              .computeIfAbsent(outermost(type), _ -> new TreeSet<>())
              .add(
                  access.getTarget().getOwner().getSimpleName()
                      + "."
                      + access.getTarget().getName());
        }
      }
    }
    return callers;
  }

  private static String outermost(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }

  private static boolean isAClock(AccessTarget target) {
    var owner = target.getOwner();
    return switch (target.getName()) {
      case "nanoTime", "currentTimeMillis" -> owner.isEquivalentTo(System.class);
      case "sleep" -> owner.isEquivalentTo(Thread.class) || owner.isEquivalentTo(TimeUnit.class);
      case "now" -> owner.getPackageName().startsWith("java.time") && !takes(target, Clock.class);
      default ->
          (owner.isEquivalentTo(Clock.class) || owner.isEquivalentTo(InstantSource.class))
              && target.getName().startsWith("system");
    };
  }

  private static boolean makesThreads(AccessTarget target) {
    var owner = target.getOwner();
    if (owner.isEquivalentTo(Thread.class)) {
      return Set.of("<init>", "ofVirtual", "ofPlatform", "startVirtualThread")
          .contains(target.getName());
    }
    if (owner.isEquivalentTo(CompletableFuture.class)) {
      return Set.of("supplyAsync", "runAsync").contains(target.getName())
          && !takes(target, Executor.class);
    }
    return owner.isEquivalentTo(Executors.class) && target.getName().startsWith("new")
        || owner.isEquivalentTo(ThreadPoolExecutor.class) && target.getName().equals("<init>")
        || owner.isEquivalentTo(Timer.class) && target.getName().equals("<init>");
  }

  private static boolean takes(AccessTarget target, Class<?> type) {
    return target instanceof AccessTarget.CodeUnitAccessTarget unit
        && unit.getRawParameterTypes().stream().anyMatch(one -> one.isEquivalentTo(type));
  }

  @Test
  void virtualThreadsNeverCarryFilesOrPipes() {
    check(
        noClasses()
            .that(startVirtualThreads())
            .should()
            .dependOnClassesThat(
                resideInAPackage("java.nio.file..")
                    .or(resideInAPackage("java.nio.channels").and(simpleName("FileChannel")))
                    .or(
                        resideInAPackage("java.io")
                            .and(
                                simpleNameStartingWith("File").or(simpleName("RandomAccessFile")))))
            .orShould()
            .callMethod(Process.class, "inputReader")
            .orShould()
            .callMethod(Process.class, "getInputStream")
            .orShould()
            .callMethod(Process.class, "waitFor")
            .because(
                "decisions/0025: who waits for a file, a pipe or a process keeps its carrier"));
  }

  /** Whoever is given threads may have been given such. */
  private static DescribedPredicate<JavaClass> startVirtualThreads() {
    return DescribedPredicate.describe(
        "start virtual threads",
        type ->
            type.getFields().stream()
                    .anyMatch(field -> field.getRawType().isEquivalentTo(ThreadFactory.class))
                || type.getMethodCallsFromSelf().stream()
                    .anyMatch(call ->
                        call.getTarget().getOwner().isEquivalentTo(Thread.class)
                                && Set.of("ofVirtual", "startVirtualThread")
                                    .contains(call.getTarget().getName())
                            || call.getTarget().getName().startsWith("newVirtualThread")));
  }

  @Test
  void zonesHaveOneDoor() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(packages("org.maestro.zones.."))
            .should()
            .callMethod(ZoneId.class, "of", String.class)
            .orShould()
            .callMethod(ZoneId.class, "of", String.class, Map.class)
            .orShould()
            .callMethod(ZoneId.class, "getAvailableZoneIds")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ZoneRulesProvider.class)
            .because("decisions/0019: names and rules of zones are the same everywhere"));
  }

  @Test
  void everyProcessGoesByTheRulesOfZonesThatWeShip() {
    check(
        methods()
            .that()
            .haveName("main")
            .and()
            .haveRawParameterTypes(String[].class)
            .and()
            .areDeclaredInClassesThat()
            .doNotHaveFullyQualifiedName("org.maestro.embedded.BrokerProcess") // Kafka alone
            .and()
            .areDeclaredInClassesThat()
            .doNotHaveFullyQualifiedName(
                "org.maestro.engine.step.runtime.keeper.Keeper") // knows no zone
            .should(callFirst(Zones.class, "install"))
            .because("decisions/0019: what has used other rules can't be turned"));
  }

  @Test
  void theKeeperOfJobsNeedsTheJdkAlone() {
    check(
        noClasses()
            .that()
            .resideInAPackage("org.maestro.engine.step.runtime.keeper..")
            .should()
            .dependOnClassesThat(
                DescribedPredicate.not(
                    resideInAnyPackage("java..", "org.jspecify..")
                        .or(resideInAPackage("org.maestro.engine.step.runtime.keeper.."))
                        .or(type("org.maestro.engine.step.runtime.job.LocalProcess"))
                        .or(nameStartingWith("org.maestro.engine.step.runtime.job.MaskedStream"))
                        .or(nameStartingWith("org.maestro.engine.step.runtime.job.AttemptFolder"))))
            .because("decisions/0050: it is started without the engine's libraries"));
  }

  private static ArchCondition<JavaMethod> callFirst(Class<?> owner, String name) {
    return new ArchCondition<>("call " + owner.getSimpleName() + "." + name + " first") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        var first =
            method.getMethodCallsFromSelf().stream()
                .min(Comparator.comparingInt(JavaMethodCall::getLineNumber))
                .filter(call ->
                    call.getTargetOwner().isEquivalentTo(owner) && call.getName().equals(name));
        if (first.isEmpty()) {
          events.add(SimpleConditionEvent.violated(method, method.getFullName() + " does not"));
        }
      }
    };
  }

  @Test
  void theModelIsData() {
    check(
        classes()
            .that()
            .resideInAnyPackage(packages("org.maestro.model.."))
            .and()
            .arePublic()
            .and()
            .doNotHaveSimpleName("package-info")
            .should(beARecordAnEnumOrASealedInterface())
            .because("decisions/0006: what crosses a process boundary is data"));
  }

  @Test
  void namesSayWhatAThingIs() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*\\.(\\w*(Utils?|Helpers?|Impl|Manager)|(Abstract|Base)[A-Z]\\w*)")
            .because("decisions/0006: names say what a thing is"));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  /** Packages that there are: a rule about others would say nothing. */
  private static String[] packages(String... names) {
    for (var name : names) {
      assertThat(CLASSES.that(resideInAPackage(name))).as("classes in %s", name).isNotEmpty();
    }
    return names;
  }

  private static DescribedPredicate<HasName> type(String name) {
    assertThat(CLASSES.contain(name)).as("there is a class %s", name).isTrue();
    return name(name);
  }

  private static ArchCondition<JavaClass> dependOnTheJdkOnDataAndOnTheirOwnPackageOnly() {
    return new ArchCondition<>("depend on the JDK, on data and on their own package only") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        item.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> !mayBeUsedByADecision(item, dependency.getTargetClass()))
            .forEach(dependency ->
                events.add(SimpleConditionEvent.violated(item, dependency.getDescription())));
      }
    };
  }

  private static boolean mayBeUsedByADecision(JavaClass decision, JavaClass used) {
    JavaClass target = used.getBaseComponentType();
    String name = target.getPackageName();
    return target.isPrimitive()
        || name.startsWith("java.")
        || name.startsWith("org.jspecify")
        || name.equals(decision.getPackageName())
        || (name.startsWith("org.maestro") && isData(target));
  }

  private static ArchCondition<JavaClass> beARecordAnEnumOrASealedInterface() {
    return new ArchCondition<>("be a record, an enum or a sealed interface") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        if (!isData(item)) {
          events.add(SimpleConditionEvent.violated(item, item.getName() + " is something else"));
        }
      }
    };
  }

  private static boolean isData(JavaClass type) {
    return type.isRecord()
        || type.isEnum()
        || type.isAnnotation() // says something of data
        || (type.isInterface() && type.reflect().isSealed())
        // the body of an enum's constant
        || type.getRawSuperclass().filter(JavaClass::isEnum).isPresent();
  }
}
