package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every migration and every statement in the sources keeps to, so that it runs on CockroachDB
 * as on PostgreSQL and so that correctness rests on conditional updates.
 */
class SqlRulesTest {
  private static final Path PROJECT = Path.of("..");

  /** Services that keep something, whose migrations are all looked at. */
  private static final List<String> WITH_MIGRATIONS =
      List.of("engine", "scheduler", "signal", "service");

  private static final String OWN_CLOCK = "clocks and ids come from the engine";

  /** What may do what is refused, and why. */
  private static final Map<String, String> MAY =
      Map.of(
          // A lease is kept or lost by one clock that all schedulers share: the database's.
          "BucketStore.java", OWN_CLOCK);

  private static final Pattern TEXT =
      Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);
  private static final Pattern SQL =
      Pattern.compile(
          "^\\s*(SELECT|INSERT|UPDATE|DELETE|WITH|MERGE|CREATE|ALTER|DROP|LOCK|LISTEN|NOTIFY"
              + "|TRUNCATE|VALUES)\\s.*",
          Pattern.DOTALL);

  private static final Pattern ZONES =
      Pattern.compile(
          "\\bAT\\s+TIME\\s+ZONE\\b|\\btimezone\\s*\\(\\s*'"
              + "|\\bTIMESTAMP\\s+WITH\\b|\\bdate_trunc\\b|\\bto_timestamp\\b",
          Pattern.CASE_INSENSITIVE);

  /** What is refused, and why. */
  private static final Map<String, String> REFUSED = new LinkedHashMap<>();

  static {
    REFUSED.put("pg_(try_)?advisory_\\w+", "advisory locks lock nothing on CockroachDB");
    REFUSED.put("^\\s*(LISTEN|NOTIFY|UNLISTEN)\\b|pg_notify", "LISTEN and NOTIFY do not exist");
    REFUSED.put(
        "\\b(SMALL|BIG)?SERIAL\\d?\\b|\\bSEQUENCE\\b|\\bnextval\\b|GENERATED\\s+(ALWAYS|BY)",
        "sequences are slow or unordered");
    REFUSED.put(
        "\\bTRIGGER\\b|\\bFUNCTION\\b|\\bPROCEDURE\\b|\\bplpgsql\\b|^\\s*DO\\s+\\$",
        "no code in the database");
    REFUSED.put("^\\s*MERGE\\b", "MERGE does not exist");
    REFUSED.put("\\bLOCK\\s+TABLE\\b", "LOCK TABLE does not exist");
    REFUSED.put("\\bDEFERRABLE\\b|\\bINITIALLY\\s+DEFERRED\\b", "constraints can't be deferred");
    REFUSED.put("\\b\\w*(int4|int8|num|ts|tstz|date)range\\b", "range types do not exist");
    REFUSED.put("\\bPARTITION\\s+(BY\\s+(RANGE|LIST|HASH)|OF)\\b", "partitions are different");
    REFUSED.put("\\bSKIP\\s+LOCKED\\b", "skipping what is locked guards nothing");
    REFUSED.put("\\bOFFSET\\b", "pages are keysets");
    REFUSED.put(
        "ON\\s+CONFLICT(?!\\s*\\([^)]+\\)\\s*(WHERE|DO)\\b)", "ON CONFLICT names its target");
    REFUSED.put("\\bINHERITS\\b|\\bUNLOGGED\\b|\\bEXCLUDE\\s+USING\\b", "does not exist");
    REFUSED.put("\\b(ctid|xmin)\\b", "does not exist");
    REFUSED.put(
        "\\bnow\\s*\\(|\\bCURRENT_TIMESTAMP\\b|\\brandom\\s*\\(|gen_random_uuid", OWN_CLOCK);
  }

  private static List<String> broken(String sql) {
    var broken = new ArrayList<String>();
    REFUSED.forEach((pattern, why) -> {
      if (Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE)
          .matcher(sql)
          .find()) {
        broken.add(why);
      }
    });
    return broken;
  }

  private static Map<String, String> files(Path root, String ending) {
    var files = new LinkedHashMap<String, String>();
    try (var paths = Files.walk(root)) {
      for (var path : paths.filter(p -> p.toString().endsWith(ending)).sorted().toList()) {
        files.put(path.toString(), Files.readString(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** What of all modules lies in {@code src/main/FOLDER} and ends so. */
  private static Map<String, String> files(String folder, String ending) {
    var files = new LinkedHashMap<String, String>();
    try (var modules = Files.newDirectoryStream(PROJECT, "maestro-*")) {
      for (var module : modules) {
        var main = module.resolve(Path.of("src", "main", folder));
        if (Files.isDirectory(main)) {
          files.putAll(files(main, ending));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static Map<String, String> migrations() {
    var migrations = files("resources", ".sql");
    migrations.replaceAll((_, sql) -> sql.replaceAll("--[^\\n]*", ""));
    return migrations;
  }

  /** Every text in the sources that is a statement or begins like one. */
  private static Map<String, List<String>> statements() {
    var statements = new LinkedHashMap<String, List<String>>();
    files("java", ".java")
        .forEach((file, source) -> {
          var found = new ArrayList<String>();
          var texts = TEXT.matcher(source);
          while (texts.find()) {
            var text = texts.group(1) != null ? texts.group(1) : texts.group(2);
            if (SQL.matcher(text).matches()) {
              found.add(text);
            }
          }
          if (!found.isEmpty()) {
            statements.put(file, found);
          }
        });
    return statements;
  }

  @Test
  void statementsAreFound() {
    assertThat(statements().keySet())
        .anyMatch(file -> file.endsWith("RunStore.java"))
        .anyMatch(file -> file.endsWith("DefinitionStore.java"))
        .anyMatch(file -> file.endsWith("TimeTriggerStore.java"))
        .anyMatch(file -> file.endsWith("MatchStore.java"));
    assertThat(statements().values().stream().mapToInt(List::size).sum()).isGreaterThan(200);
    for (var service : WITH_MIGRATIONS) {
      assertThat(migrations().keySet()).anyMatch(file -> file.contains("maestro-" + service + "/"));
    }
    assertThat(migrations()).hasSizeGreaterThan(70);
  }

  @Test
  void statementsUseNothingThatIsRefused() {
    var used = new TreeSet<String>();
    statements()
        .forEach((file, texts) -> {
          var name = Path.of(file).getFileName().toString();
          for (var sql : texts) {
            var broken = broken(sql);
            if (broken.remove(MAY.get(name))) {
              used.add(name);
            }
            assertThat(broken).as("%s: %s", file, sql).isEmpty();
          }
        });
    assertThat(used).as("those that need what they may").isEqualTo(new TreeSet<>(MAY.keySet()));
  }

  @Test
  void migrationsUseNothingThatIsRefused() {
    migrations().forEach((file, sql) -> assertThat(broken(sql)).as(file).isEmpty());
  }

  @Test
  void nobodyLetsTheDatabaseComputeWithTimeZones() {
    statements().forEach((file, texts) -> texts.forEach(sql -> hasNoZones(file, sql)));
    migrations().forEach(SqlRulesTest::hasNoZones);
  }

  /** decisions/0019 and 0020: the database has rules of its own, of another version. */
  private static void hasNoZones(String file, String text) {
    assertThat(ZONES.matcher(text).find()).as(file).isFalse();
  }

  @Test
  void aMigrationIsOneStatement() {
    migrations()
        .forEach((file, sql) -> {
          assertThat(sql.strip().replaceFirst(";$", "")).as(file).doesNotContain(";");
          assertThat(
                  Pattern.compile("\\b(CREATE|ALTER|DROP)\\s", Pattern.CASE_INSENSITIVE)
                      .matcher(sql)
                      .results()
                      .count())
              .as(file)
              .isLessThanOrEqualTo(1);
        });
  }

  @Test
  void noKeyHoldsJson() {
    migrations()
        .forEach((file, sql) -> {
          assertThat(sql).as(file).doesNotContainPattern("(?i)JSONB?\\s+[^,]*PRIMARY\\s+KEY");
          assertThat(sql).as(file).doesNotContainPattern("(?i)JSONB?\\s+[^,]*UNIQUE");
          assertThat(sql).as(file).doesNotContainPattern("(?i)CREATE\\s+.*INDEX.*->");
        });
  }

  @Test
  void everyTableHasAPrimaryKey() {
    migrations()
        .forEach((file, sql) -> {
          if (sql.contains("CREATE TABLE")) {
            assertThat(sql).as(file).contains("PRIMARY KEY");
          }
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT pg_advisory_lock(1)",
        "NOTIFY x",
        "CREATE TABLE t (id BIGSERIAL PRIMARY KEY)",
        "CREATE SEQUENCE s",
        "SELECT * FROM t FOR UPDATE SKIP LOCKED",
        "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING",
        "MERGE INTO t USING s ON true",
        "LOCK TABLE t",
        "SELECT * FROM t LIMIT 1 OFFSET 10",
        "CREATE TRIGGER x",
        "ALTER TABLE t ADD CONSTRAINT c UNIQUE (a) DEFERRABLE",
        "SELECT now()",
      })
  void whatIsRefusedIsFound(String sql) {
    assertThat(SQL.matcher(sql).matches()).isTrue();
    assertThat(broken(sql)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO t VALUES (1) ON CONFLICT (a, b) DO UPDATE SET c = 1",
        "UPDATE engine_shard SET consumed_offset = 1 WHERE epoch = 2",
        "SELECT * FROM t WHERE a > 1 ORDER BY a LIMIT 10",
      })
  void whatIsAllowedPasses(String sql) {
    assertThat(broken(sql)).isEmpty();
  }
}
