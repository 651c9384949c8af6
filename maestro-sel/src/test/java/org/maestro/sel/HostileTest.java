package org.maestro.sel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts to get out, or to stay in for ever. */
class HostileTest {
  /** Less than the threads that evaluate have: 512 KiB. */
  private static final int SMALL_STACK = 400 * 1024;

  private static final List<String> CLASSES =
      List.of(
          "java.lang.Runtime",
          "java.lang.ProcessBuilder",
          "java.lang.Process",
          "java.lang.System",
          "java.lang.Thread",
          "java.lang.ThreadGroup",
          "java.lang.Class",
          "java.lang.ClassLoader",
          "java.lang.Object",
          "java.lang.Module",
          "java.lang.StackWalker",
          "java.lang.ThreadLocal",
          "java.lang.reflect.Method",
          "java.lang.reflect.Field",
          "java.lang.reflect.Constructor",
          "java.lang.reflect.Proxy",
          "java.lang.invoke.MethodHandles",
          "java.lang.invoke.VarHandle",
          "java.lang.foreign.Linker",
          "java.lang.foreign.Arena",
          "java.io.File",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.RandomAccessFile",
          "java.io.ObjectInputStream",
          "java.io.PrintStream",
          "java.nio.file.Files",
          "java.nio.file.Paths",
          "java.nio.channels.FileChannel",
          "java.net.URL",
          "java.net.URI",
          "java.net.Socket",
          "java.net.ServerSocket",
          "java.net.InetAddress",
          "java.net.URLClassLoader",
          "java.net.http.HttpClient",
          "java.util.ServiceLoader",
          "java.util.Timer",
          "java.util.Scanner",
          "java.util.Properties",
          "java.util.ResourceBundle",
          "java.util.concurrent.Executors",
          "java.util.concurrent.ForkJoinPool",
          "java.util.concurrent.CompletableFuture",
          "java.util.jar.JarFile",
          "java.util.zip.ZipFile",
          "java.util.logging.Logger",
          "java.security.AccessController",
          "java.security.Security",
          "java.sql.DriverManager",
          "javax.naming.InitialContext",
          "javax.script.ScriptEngineManager",
          "javax.management.MBeanServer",
          "javax.xml.parsers.DocumentBuilderFactory",
          "jdk.internal.misc.Unsafe",
          "sun.misc.Unsafe",
          "com.sun.tools.attach.VirtualMachine",
          "org.maestro.sel.Interpreter",
          "org.springframework.context.ApplicationContext",
          "groovy.lang.GroovyShell");

  private static final List<String> RECEIVERS =
      List.of(
          "'a'",
          "(1)",
          "1.5",
          "true",
          "null",
          "xs",
          "m",
          "name",
          "new DateTime()",
          "DateTimeZone.UTC",
          "DateTimeFormat.forPattern('yyyy')",
          "new DateTime().dayOfWeek()",
          "UUID.randomUUID()",
          "new HashMap()",
          "params",
          "Math",
          "Util",
          "String",
          "DateTime");

  private static final List<String> METHODS =
      List.of(
          "getClass()",
          "class",
          "hashCode()",
          "notify()",
          "notifyAll()",
          "wait()",
          "wait(1)",
          "clone()",
          "finalize()",
          "forName('java.lang.Runtime')",
          "newInstance()",
          "getClassLoader()",
          "loadClass('x')",
          "getMethod('x')",
          "getDeclaredMethods()",
          "getDeclaredField('value')",
          "invoke(null)",
          "exec('id')",
          "start()",
          "getModule()",
          "describeConstable()",
          "getBytes()",
          "chars()",
          "stream()",
          "forEach(name)",
          "iterator()",
          "getZone()",
          "getChronology()",
          "intern()",
          "repeat(9)",
          "constructor",
          "__proto__");

  static Stream<String> probes() {
    var probes = new ArrayList<String>();
    for (var full : CLASSES) {
      var simple = full.substring(full.lastIndexOf('.') + 1);
      probes.add("new " + full + "('x')");
      probes.add("new " + simple + "()");
      probes.add("import " + full + "; new " + simple + "('x')");
      probes.add(full + ".getRuntime()");
      probes.add(simple + ".forName('x')");
      probes.add(simple + " x = null; x");
      probes.add(simple + "[] x = null; x");
      probes.add(full + " x");
      probes.add("''.class.forName('" + full + "')");
      probes.add("(" + full + ") name");
    }
    for (var receiver : RECEIVERS) {
      for (var method : METHODS) {
        probes.add(receiver + "." + method);
      }
    }
    probes.add("name\0.length()");
    probes.add("na\0me.length()");
    Table.read("hostile.tsv").forEach(row -> probes.add(row.get(1)));
    return probes.stream();
  }

  @Test
  void thereAreHundredsOfProbes() {
    assertThat(probes().distinct().count()).isGreaterThan(1_000);
  }

  @ParameterizedTest
  @MethodSource("probes")
  void aWayOutIsRefused(String source) {
    assertThatThrownBy(() -> Fixed.evaluate(source)).as(source).isInstanceOf(SelException.class);
  }

  static Stream<List<String>> bombs() {
    return Table.read("bombs.tsv").stream();
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void aBombEndsByItself(List<String> bomb) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () ->
            assertThatThrownBy(() -> Fixed.evaluate(bomb.get(1)))
                .isInstanceOf(SelException.class)
                .extracting(problem -> problem.getMessage().length())
                .satisfies(length -> assertThat((int) length).isLessThan(5_000)));
  }

  static Stream<String> nestings() {
    return Stream.of(
        "(",
        "-",
        "!",
        "[",
        "{",
        "((",
        "a[",
        "Math.max(",
        "params.x(",
        "new long[",
        "new long[]{",
        "if (ok) ",
        "while (ok) ",
        "ok ? ",
        "ok ? 1 : ",
        "a = ",
        "a + (",
        "a == 1 + 2 * (",
        "'a' + (",
        "if (ok) { 1; } else ",
        "{ if (ok) { for (;;) { ",
        ".a()",
        "1 + -",
        "m['k'][",
        "/*",
        "return ",
        "ok && (ok || (");
  }

  @ParameterizedTest
  @MethodSource("nestings")
  void aParseBombIsRefusedCleanly(String nesting) {
    var limits = new SelLimits(1_000_000, 128, 10, 10, 1000, 1000, 1000, Duration.ofSeconds(10));
    for (var count : new int[] {200, 2_000, 50_000}) {
      assertThatThrownBy(() -> Expression.compile(nesting.repeat(count), limits))
          .isInstanceOf(SelException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(§a§)",
        "-(§a§)",
        "!(§ok§)",
        "Math.max(1, §a§)",
        "xs[§0§]",
        "if (ok) { §a;§ }",
        "ok ? §1§ : 2",
        "(a * 1 + 0 == 7 && ok ? §a§ : 1)",
        "params.echo(§a§)[0]",
        "new long[]{§1§}[0]",
        "if (false) 1; else §2;§",
        "(x = §1§)",
        "1 + (2 * (§3§))",
        "ok && (false || (§ok§))"
      })
  void theDeepestNestingAllowedFitsASmallStack(String shape) throws Exception {
    var parts = shape.split("§");
    var outcome = new CompletableFuture<String>();
    var thread =
        new Thread(null, () -> outcome.complete(deepest(parts)), "small stack", SMALL_STACK);
    thread.start();
    assertThat(outcome.get(60, TimeUnit.SECONDS)).startsWith("nested");
  }

  /** Nests ever deeper until the limit refuses it, evaluating each one. */
  private static String deepest(String[] parts) {
    try {
      for (var depth = 10; depth < 200; depth++) {
        var source =
            parts[0].repeat(depth) + parts[1] + (parts.length > 2 ? parts[2].repeat(depth) : "");
        try {
          Fixed.evaluate(source);
        } catch (SelException e) {
          if (e.getMessage().contains("levels of nesting")) {
            return "nested to " + depth;
          }
        }
      }
      return "never refused";
    } catch (StackOverflowError e) {
      return "overflow";
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(§a§)",
        "(?:§a§b)?",
        "(§a§)*",
        "(?:§a§|b)",
        "§a?§",
        "§a*§",
        "§(a|)§",
        "§()§",
        "§^§",
        "§\\\\b§",
        "§|§",
        "§(a*)+§",
        "§(?:b?c?d?){9}§"
      })
  void theDeepestRegularExpressionAllowedFitsASmallStack(String shape) throws Exception {
    var parts = shape.split("§", -1);
    assertThat(onSmallStack(() -> deepestRegex(parts))).startsWith("nested");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a{0,#}", "(a?){#}", "(a?){0,#}", "(a|){#}", "(){#}", "(a{0,9}){0,#}"})
  void repetitionsThatMayMatchNothingAreBounded(String shape) throws Exception {
    assertThat(
            onSmallStack(() -> {
              for (var count = 1; count <= 1000; count += 37) {
                var refusal = refusal(shape.replace("#", Integer.toString(count)));
                if (refusal != null) {
                  return refusal;
                }
              }
              return "never refused";
            }))
        .contains("repeat less");
  }

  @Test
  void regularExpressionsThatPeopleWriteAreNotTooDeep() {
    for (var regex :
        List.of(
            "[a-z0-9.-]{1,255}[.][a-z]{2,63}",
            "^(?:[0-9]{1,3}[.]){3}[0-9]{1,3}$",
            ".{0,255}",
            "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
            "(?i)(?:[a-z]+_?){1,40}",
            "\\\\p{L}+|\\\\x{1F600}")) {
      assertThat(refusal(regex)).as(regex).isNull();
    }
  }

  private static String onSmallStack(Supplier<String> work) throws Exception {
    var outcome = new CompletableFuture<String>();
    new Thread(
            null,
            () -> {
              try {
                outcome.complete(work.get());
              } catch (StackOverflowError _) {
                outcome.complete("overflow");
              } catch (AssertionError e) {
                outcome.completeExceptionally(e);
              }
            },
            "small stack",
            SMALL_STACK)
        .start();
    return outcome.get(60, TimeUnit.SECONDS);
  }

  private static String deepestRegex(String[] parts) {
    for (var depth = 10; depth < 500; depth += 5) {
      var regex =
          parts[0].repeat(depth)
              + (parts[0].isEmpty() ? parts[1].repeat(depth) : parts[1])
              + parts[2].repeat(depth);
      if (regex.length() > 1_000 || refusal(regex) != null) {
        return "nested to " + depth;
      }
    }
    return "never refused";
  }

  /** What is said of a regular expression; null if it is matched. */
  private static @Nullable String refusal(String regex) {
    try {
      Fixed.evaluate("'aaaaaaaaaaaaaaab'.replaceAll('" + regex + "', 'x')");
      return null;
    } catch (SelException e) {
      assertThat(e).message().as(regex).doesNotContain("fits on the stack");
      return e.getMessage();
    }
  }

  @Test
  void aLongChainIsNoNesting() {
    assertThat(Fixed.evaluate("0" + " + 1".repeat(2_000))).isEqualTo(2_000L);
    assertThat(Fixed.evaluate("ok" + " && ok".repeat(1_000))).isEqualTo(true);
    assertThat(Fixed.evaluate("x = 0;" + "x += 1;".repeat(1_000))).isEqualTo(1_000L);
  }

  @Test
  void theLengthOfTheTextIsLimited() {
    assertThatThrownBy(() -> Expression.compile(" ".repeat(10_001)))
        .isInstanceOf(SelException.class)
        .hasMessage("expected an expression of at most 10000 characters, found 10001");
  }

  @Test
  void everyLimitCanBeSet() {
    assertStops(limits(5, 1_000, 1_000_000, 1_000_000, 60), "while (true) { }", "5 iterations");
    assertStops(limits(1_000, 5, 1_000_000, 1_000_000, 60), "new long[6]", "5 elements");
    assertStops(
        limits(1_000, 5, 1_000_000, 1_000_000, 60),
        "xs; xs = Util.intsBetween(0, 9, 1)",
        "5 elements");
    assertStops(limits(1_000, 5, 10, 1_000_000, 60), "1+1+1+1+1+1+1+1+1+1+1", "10 operations");
    assertStops(limits(1_000, 5, 1_000, 100, 60), "s = 'a'; while (true) s += s;", "100 bytes");
    assertStops(
        limits(1_000, 1_000, 100_000, 1_000_000, 60),
        "'" + "a".repeat(101) + "'",
        "100 characters");
  }

  @Test
  void realTimeIsTheLastLimit() {
    var limits =
        new SelLimits(
            10_000,
            128,
            Integer.MAX_VALUE,
            1_000,
            Long.MAX_VALUE,
            1_000_000,
            100,
            Duration.ofMillis(50));
    assertStops(limits, "while (true) { }", "within PT0.05S");
  }

  @Test
  void anInterruptedThreadStopsEvaluating() throws Exception {
    var limits =
        new SelLimits(
            10_000,
            128,
            Integer.MAX_VALUE,
            1_000,
            Long.MAX_VALUE,
            1_000_000,
            100,
            Duration.ofMinutes(10));
    var inside = new CountDownLatch(1);
    var outcome = new CompletableFuture<String>();
    var scope =
        new Scope() {
          @Override
          public @Nullable Object get(String name) {
            inside.countDown();
            return true;
          }

          @Override
          public @Nullable Object call(String function, List<@Nullable Object> arguments) {
            throw new SelException("there is no function params." + function);
          }
        };
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Expression.compile("while (go) { }").evaluate(scope, Fixed.runtime(limits));
              } catch (SelException e) {
                outcome.complete(e.problem());
              }
            });
    assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo("the evaluation was interrupted");
  }

  private static void assertStops(SelLimits limits, String source, String message) {
    assertThatThrownBy(
            () -> Expression.compile(source).evaluate(Fixed.scope(), Fixed.runtime(limits)))
        .isInstanceOf(SelException.class)
        .hasMessageContaining(message);
  }

  private static SelLimits limits(
      int iterations, int elements, long operations, long bytes, int seconds) {
    return new SelLimits(
        10_000, 128, iterations, elements, operations, bytes, 100, Duration.ofSeconds(seconds));
  }
}
