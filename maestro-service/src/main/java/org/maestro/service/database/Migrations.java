package org.maestro.service.database;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The tables of one service: each service brings its own and keeps its own history of them, so that
 * any of them can share a database, and a process, with the others.
 *
 * @param location the folder of the class path in which the SQL files are
 * @param history the table that says which of them have been applied
 */
public record Migrations(String location, String history) {

  /**
   * Brings the tables up to date; several nodes may do so at once. Says how many steps that took.
   */
  static int apply(DataSource dataSource, List<Migrations> all) {
    var applied = 0;
    for (var migrations : all) {
      applied +=
          Flyway.configure()
              .dataSource(dataSource)
              .locations("classpath:" + migrations.location())
              .table(migrations.history())
              // The tables of other services are there already.
              .baselineOnMigrate(true)
              .baselineVersion("0")
              .load()
              .migrate()
              .migrationsExecuted;
    }
    return applied;
  }
}
