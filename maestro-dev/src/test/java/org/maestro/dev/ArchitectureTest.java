package org.maestro.dev;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maestro.zones.Zones;

/** The decisions that a compiler can't hold, over the classes of every module. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.maestro");

  private static final DescribedPredicate<JavaClass> WIRING =
      simpleNameEndingWith("Configuration").or(simpleNameEndingWith("Application"));

  /** Code whose business is the world outside: processes, brokers, servers. */
  private static final DescribedPredicate<JavaClass> ADAPTERS =
      resideInAnyPackage(
          "org.maestro.engine.step.runtime..",
          "org.maestro.engine.step.process..",
          "org.maestro.messaging..",
          "org.maestro.embedded..",
          "org.maestro.dev..",
          "org.maestro.cli..");

  @Test
  void packagesHaveNoCycles() {
    check(
        slices()
            .matching("org.maestro.(**)")
            .should()
            .beFreeOfCycles()
            // A parameter is tagged like a step; the two packages are read together anyway.
            .ignoreDependency(
                name("org.maestro.model.param.Param"), name("org.maestro.model.definition.Tag"))
            .because("decisions/0001: a package is a feature that can be understood by itself"));
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
  void onlyShardsCommitRuns() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.maestro.engine.run.shard..")
            .should()
            .callMethodWhere(
                target(owner(name("org.maestro.engine.run.store.RunStore")))
                    .and(target(name("commit"))))
            .because("decisions/0010: one commit for all shards of a node"));
  }

  @Test
  void modulesBelowTheServicesDontSeeThem() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "org.maestro.model..",
                "org.maestro.zones..",
                "org.maestro.sel..",
                "org.maestro.dsl..",
                "org.maestro.messaging..",
                "org.maestro.conductor..",
                "org.maestro.embedded..",
                "org.maestro.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.maestro.engine..",
                "org.maestro.scheduler..",
                "org.maestro.signal..",
                "org.maestro.dev..")
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

  @Test
  void noSpringBelowTheServices() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "org.maestro.model..",
                "org.maestro.zones..",
                "org.maestro.sel..",
                "org.maestro.dsl..",
                "org.maestro.messaging..",
                "org.maestro.conductor..",
                "org.maestro.embedded..",
                "org.maestro.cli..")
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
            .resideOutsideOfPackages("org.maestro.messaging..", "org.maestro.embedded..")
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
            .resideOutsideOfPackage("org.maestro.conductor..")
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
            .resideOutsideOfPackages("org.maestro.service.database..", "org.maestro.embedded..")
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
    check(
        noClasses()
            .that(DescribedPredicate.not(are(WIRING.or(ADAPTERS))))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("decisions/0004: the simulation owns the clock"));
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
    check(
        noClasses()
            .that(DescribedPredicate.not(are(WIRING.or(ADAPTERS))))
            .should()
            .callConstructor(Thread.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class, String.class)
            .because("decisions/0004: the simulation runs on one thread"));
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

  private static DescribedPredicate<JavaClass> startVirtualThreads() {
    return DescribedPredicate.describe(
        "start virtual threads",
        type ->
            !type.getPackageName().startsWith("org.maestro.benchmark")
                && type.getMethodCallsFromSelf().stream()
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
            .resideOutsideOfPackage("org.maestro.zones..")
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
            .should(callFirst(Zones.class, "install"))
            .because("decisions/0019: what has used other rules can't be turned"));
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
            .resideInAPackage("org.maestro.model..")
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
    rule.allowEmptyShould(true).check(CLASSES);
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
