package org.maestro.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maestro.engine.definition.WorkflowSearchStore.Texts;
import org.maestro.engine.definition.WorkflowSearchStore.Walk;
import org.maestro.model.definition.WorkflowSummary;
import org.maestro.model.page.Page;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.paging.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What a search finds among ten thousand workflows, and what it reads for that. */
class WorkflowFinderTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final SingleConnectionDataSource CONNECTION =
      new SingleConnectionDataSource(DATABASE.url(), true);
  private static final JdbcClient JDBC = JdbcClient.create(CONNECTION);

  /** Every thousandth is of Zoë; every hundredth has a tag. */
  private static final int MANY = 10_000;

  /** Of each that is looked at its id, the workflow, its version and its tag; and the parts. */
  private static final long AT_MOST = 6L * WorkflowFinder.LOOKED_AT;

  private static final String WORKFLOWS =
      """
      INSERT INTO workflow (workflow_id, internal_id, revision, owner, latest_version_id,
                            latest_instance_id, properties_time, create_time, modify_time)
      SELECT 'shop-' || n, n, 1, CASE WHEN n % 1000 = 0 THEN 'Zoë' ELSE 'ann' END, 2, 0, 1, 1, 1
        FROM generate_series(1, :many) AS g (n)
      """;
  private static final String VERSIONS =
      """
      INSERT INTO workflow_version (workflow_id, version_id, name, author, create_time, definition,
                                    extra_info)
      SELECT 'shop-' || n, v, CASE WHEN v = 1 THEN 'former' ELSE 'Sales_' || (n % 7) || ' of 100%' END,
             'ann', 1, '{}', '{}'
        FROM generate_series(1, :many) AS g (n), generate_series(1, 2) AS w (v)
      """;
  private static final String TAGS =
      """
      INSERT INTO workflow_tag (tag, workflow_id)
      SELECT CASE WHEN n % 100 = 0 THEN 'rare' ELSE 'common' END, 'shop-' || n
        FROM generate_series(1, :many) AS g (n)
      """;

  private final WorkflowSearchStore store = new WorkflowSearchStore(JDBC);
  private final WorkflowFinder finder = new WorkflowFinder(store);

  @BeforeAll
  static void many() {
    for (var sql : List.of(WORKFLOWS, VERSIONS, TAGS)) {
      JDBC.sql(sql).param("many", MANY).update();
    }
    var findable =
        new FindableWorkflows(
            DATABASE.transactions(), new WorkflowSearchStore(DATABASE.jdbc()), Thread::new);
    for (var after = ""; after != null; ) {
      after = findable.makeSome(after);
    }
    var store = new WorkflowSearchStore(DATABASE.jdbc());
    assertThat(store.notFindable(store.ids(Walk.ALL, "", true, "", MANY + 1)))
        .as("left to do")
        .isEmpty();
    for (var table : List.of("workflow", "workflow_version", "workflow_part", "workflow_tag")) {
      JDBC.sql("ANALYZE " + table).update();
    }
  }

  @AfterAll
  static void close() {
    CONNECTION.destroy();
    DATABASE.close();
  }

  private static WorkflowSearch text(String text) {
    return new WorkflowSearch(null, null, text, null);
  }

  private static WorkflowSearch search(
      @Nullable String text, @Nullable String owner, @Nullable String tag) {
    return new WorkflowSearch(owner, tag, text, null);
  }

  private List<String> page(WorkflowSearch search) {
    return finder.find(search, new PageRequest(true, 50, null)).elements().stream()
        .map(WorkflowSummary::workflowId)
        .toList();
  }

  /** All pages together, forward or backward. */
  private List<String> all(WorkflowSearch search, boolean forward) {
    var found = new ArrayList<String>();
    String cursor = null;
    Page<WorkflowSummary> page;
    do {
      page = finder.find(search, new PageRequest(forward, 50, cursor));
      var ids = page.elements().stream().map(WorkflowSummary::workflowId).toList();
      found.addAll(forward ? found.size() : 0, ids);
      cursor = forward ? page.pageInfo().endCursor() : page.pageInfo().startCursor();
    } while (forward ? page.pageInfo().hasNextPage() : page.pageInfo().hasPreviousPage());
    return found;
  }

  @Test
  void aTextIsFoundInIdsNamesAndOwnersWithoutRegardToCase() {
    assertThat(page(text("HOP-999")))
        .hasSize(11)
        .startsWith("shop-999", "shop-9990")
        .endsWith("shop-9999");
    assertThat(page(text("zoë"))).hasSize(10).contains("shop-1000", "shop-10000");
    assertThat(page(search("sales_3", "Zoë", null))).containsExactly("shop-4000");
    assertThat(page(text("of 100%"))).hasSize(50);
    assertThat(page(text("sales%"))).isEmpty();
    assertThat(page(text("s_op-9999"))).isEmpty();
    assertThat(page(text("former"))).as("a name of a version before").isEmpty();
    assertThat(page(search("-55", null, "rare"))).containsExactly("shop-5500");
  }

  @ParameterizedTest
  @CsvSource({
    "shop-77, , ",
    "77, , ",
    "op-, Zoë, ",
    ", Zoë, ",
    ", , rare",
    "sales_4, , rare",
    "'', ann, "
  })
  void pageByPageEverythingIsFoundFromBothEnds(
      @Nullable String text, @Nullable String owner, @Nullable String tag) {
    var search = search(text, owner, tag);
    var expected =
        JDBC.sql(
                """
                SELECT w.workflow_id
                  FROM workflow AS w
                  JOIN workflow_version AS v
                    ON v.workflow_id = w.workflow_id AND v.version_id = w.latest_version_id
                 WHERE (CAST(:text AS TEXT) IS NULL
                        OR lower(w.workflow_id || ' ' || v.name) LIKE '%' || :text || '%')
                   AND (CAST(:owner AS TEXT) IS NULL OR w.owner = :owner)
                   AND (CAST(:tag AS TEXT) IS NULL
                        OR w.workflow_id IN (SELECT workflow_id FROM workflow_tag WHERE tag = :tag))
                 ORDER BY w.workflow_id
                """)
            .param("text", text == null ? null : text.replace("_", "\\_"))
            .param("owner", owner)
            .param("tag", tag)
            .query(String.class)
            .list();
    assertThat(expected).isNotEmpty();
    assertThat(all(search, true)).isEqualTo(expected);
    assertThat(all(search, false)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "force_generic_plan"})
  void aPageReadsABoundedNumberOfRows(String plans) {
    assumeThat(JDBC.sql("SELECT version()").query(String.class).single()).startsWith("PostgreSQL");
    JDBC.sql("SET plan_cache_mode = " + plans).update();
    for (var search :
        List.of(
            search(null, null, null),
            text("shop"),
            text("shop-99"),
            text("sales_3"),
            text("ann"),
            text("zoë"),
            text("99"),
            text("nowhere"),
            text("ann of 100% shop-"),
            search(null, "Zoë", null),
            search("99", "Zoë", null),
            search(null, null, "rare"),
            search("-55", null, "common"),
            search("shop", "Zoë", "rare"),
            new WorkflowSearch(null, null, null, true))) {
      for (var request :
          List.of(
              new PageRequest(true, 50, null),
              new PageRequest(true, 50, "shop-5"),
              new PageRequest(false, 50, null),
              new PageRequest(false, 50, "shop-5"))) {
        var before = rowsRead();
        finder.find(search, request);
        assertThat(rowsRead() - before).as("%s, %s", search, request).isBetween(0L, AT_MOST);
      }
    }
    var before = rowsRead();
    finder.find(text("shop-99"), new PageRequest(true, 50, null));
    assertThat(rowsRead() - before).as("a text that few have").isLessThan(2_000);
  }

  /** Entries of indexes, and rows of tables that were read without one. */
  private static long rowsRead() {
    JDBC.sql("SELECT pg_stat_force_next_flush()").query((_, _) -> 0).list();
    return JDBC.sql(
            """
            SELECT (SELECT sum(seq_tup_read) FROM pg_stat_user_tables)
                   + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes)
            """)
        .query(Long.class)
        .single();
  }

  @Test
  void whatNoLongerSaysATextIsNoLongerLookedAt() {
    var before = new Texts("moved", "quentin", "Old name");
    finder.refind(null, before);
    finder.refind(before, new Texts("moved", "xaver", "New name"));
    assertThat(parts("moved"))
        .contains("xav", "new", "nam", "mov")
        .doesNotContain("que", "old", "ld ");
    finder.forget(new Texts("moved", "xaver", "New name"));
    assertThat(parts("moved")).isEmpty();
  }

  private static List<String> parts(String workflowId) {
    return JDBC.sql("SELECT part FROM workflow_part WHERE workflow_id = :id")
        .param("id", workflowId)
        .query(String.class)
        .list();
  }
}
