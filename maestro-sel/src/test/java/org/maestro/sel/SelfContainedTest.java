package org.maestro.sel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The interpreter can't be turned into a way to the process, because it has none itself. */
class SelfContainedTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.maestro.sel");

  @Test
  void itUsesNoReflectionProcessesFilesThreadsOrNetwork() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.lang.reflect..",
            "java.lang.invoke..",
            "java.io..",
            "java.nio.file..",
            "java.net..",
            "java.util.regex..",
            "java.util.concurrent",
            "javax..",
            "sun..",
            "jdk..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.Runtime")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ClassLoader")
        .because("an expression must reach nothing but values")
        .allowEmptyShould(false)
        .check(OURS.that(new NotTheCache()));
  }

  @Test
  void itNeverLooksUpOrInspectsClasses() {
    noClasses()
        .should()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .callMethod(Object.class, "getClass")
        .orShould()
        .callMethod(Class.class, "getMethods")
        .because("methods come from a fixed table")
        .check(OURS);
  }

  @Test
  void itTakesTimeAndChanceFromItsRuntimeOnly() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(ZoneId.class, "systemDefault")
        .because("the same expression gives the same result")
        .check(OURS);
  }

  @Test
  void itDependsOnTheJdkTheRegexLibraryAndTheZoneRulesOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "com.google.re2j..",
            "org.jspecify..",
            "org.maestro.sel..",
            "org.maestro.zones..")
        .check(OURS);
  }

  @Test
  void everyCallableIsListedHere() {
    assertThat(Builtins.surface())
        .containsExactlyElementsOf(
            Table.read("surface.tsv").stream().map(row -> row.get(0)).sorted().toList());
  }
}
