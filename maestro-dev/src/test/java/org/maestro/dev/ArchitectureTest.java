package org.maestro.dev;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** The decisions that a compiler can't hold, over the classes of every module. */
@AnalyzeClasses(packages = "org.maestro", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

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

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("org.maestro.(**)")
          .should()
          .beFreeOfCycles()
          .because("decisions/0001: a package is a feature that can be understood by itself");

  @ArchTest
  static final ArchRule modulesBelowTheServicesDontSeeThem =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.maestro.model..",
              "org.maestro.sel..",
              "org.maestro.dsl..",
              "org.maestro.messaging..",
              "org.maestro.conductor..",
              "org.maestro.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.maestro.engine..",
              "org.maestro.scheduler..",
              "org.maestro.signal..",
              "org.maestro.dev..")
          .allowEmptyShould(true)
          .because("decisions/0001: services rest on libraries, never the other way");

  @ArchTest
  static final ArchRule servicesMeetThroughMessagesOnly =
      slices()
          .matching("org.maestro.(engine|scheduler|signal)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true)
          .because("decisions/0001: services never call each other");

  @ArchTest
  static final ArchRule noSpringBelowTheServices =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.maestro.model..",
              "org.maestro.sel..",
              "org.maestro.dsl..",
              "org.maestro.messaging..",
              "org.maestro.conductor..",
              "org.maestro.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..")
          .allowEmptyShould(true)
          .because("decisions/0005: libraries are made with new");

  @ArchTest
  static final ArchRule noFieldInjection =
      noFields()
          .should()
          .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
          .orShould()
          .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
          .orShould()
          .beAnnotatedWith("jakarta.inject.Inject")
          .orShould()
          .beAnnotatedWith("jakarta.annotation.Resource")
          .because("decisions/0005: a class is usable without a container");

  @ArchTest
  static final ArchRule onlyMessagingSeesKafka =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.maestro.messaging..", "org.maestro.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "kafka..")
          .because("decisions/0002: the guarantees that rest on Kafka's settings have one place");

  @ArchTest
  static final ArchRule onlyTheConductorModuleSeesConductor =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.maestro.conductor..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.netflix.conductor..")
          .because("decisions/0007: the run's state machine is behind one interface");

  @ArchTest
  static final ArchRule onlyStoresSpeakSql =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Store")
          .and(DescribedPredicate.not(are(WIRING)))
          .and()
          .resideOutsideOfPackages("org.maestro.engine.database..", "org.maestro.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework.jdbc.core..", "org.springframework.jdbc.datasource..")
          .because("decisions/0003: one owner per table");

  @ArchTest
  static final ArchRule lifecyclesArePure =
      classes()
          .that()
          .haveSimpleNameEndingWith("Lifecycle")
          .should(dependOnTheJdkTheModelAndTheirOwnPackageOnly())
          .allowEmptyShould(true)
          .because("decisions/0005: a decision is a pure function");

  @ArchTest
  static final ArchRule timeComesInFromOutside =
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
          .because("decisions/0004: the simulation owns the clock");

  @ArchTest
  static final ArchRule chanceComesInFromOutside =
      noClasses()
          .that(DescribedPredicate.not(are(WIRING.or(ADAPTERS))))
          .should()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .because("decisions/0004: the simulation owns chance");

  @ArchTest
  static final ArchRule threadsComeInFromOutside =
      noClasses()
          .that(DescribedPredicate.not(are(WIRING.or(ADAPTERS))))
          .should()
          .callConstructor(Thread.class)
          .orShould()
          .callConstructor(Thread.class, Runnable.class)
          .orShould()
          .callConstructor(Thread.class, Runnable.class, String.class)
          .because("decisions/0004: the simulation runs on one thread");

  @ArchTest
  static final ArchRule theModelIsData =
      classes()
          .that()
          .resideInAPackage("org.maestro.model..")
          .and()
          .arePublic()
          .and()
          .doNotHaveSimpleName("package-info")
          .should(beARecordAnEnumOrASealedInterface())
          .allowEmptyShould(true)
          .because("decisions/0006: what crosses a process boundary is data");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveNameMatching(".*\\.(\\w*(Utils?|Helpers?|Impl|Manager)|(Abstract|Base)[A-Z]\\w*)")
          .because("decisions/0006: names say what a thing is");

  private static ArchCondition<JavaClass> dependOnTheJdkTheModelAndTheirOwnPackageOnly() {
    return new ArchCondition<>("depend on the JDK, the model and their own package only") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        item.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> {
              JavaClass target = dependency.getTargetClass().getBaseComponentType();
              String name = target.getPackageName();
              return !target.isPrimitive()
                  && !name.startsWith("java.")
                  && !name.startsWith("org.maestro.model")
                  && !name.startsWith("org.jspecify")
                  && !name.equals(item.getPackageName());
            })
            .forEach(dependency ->
                events.add(SimpleConditionEvent.violated(item, dependency.getDescription())));
      }
    };
  }

  private static ArchCondition<JavaClass> beARecordAnEnumOrASealedInterface() {
    return new ArchCondition<>("be a record, an enum or a sealed interface") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean data =
            item.isRecord()
                || item.isEnum()
                || (item.isInterface() && item.reflect().isSealed())
                // the body of an enum's constant
                || item.getRawSuperclass().filter(JavaClass::isEnum).isPresent();
        if (!data) {
          String kind = item.getModifiers().contains(JavaModifier.ABSTRACT) ? "open" : "a class";
          events.add(SimpleConditionEvent.violated(item, item.getName() + " is " + kind));
        }
      }
    };
  }
}
