package org.maestro.service.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements whose parameters are whole columns: arrays with one element per row, so that any
 * number of rows takes one round trip. Everything here happens in the transaction that is running.
 */
public final class ColumnStatements {
  private final Transactions transactions;

  public ColumnStatements(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Sets a statement's parameters. */
  public interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /** Makes something of the row that a result stands at. */
  public interface RowReader<T extends @Nullable Object> {
    T read(ResultSet rows) throws SQLException;
  }

  /** A row's value in a column; null for none. */
  public interface Column<T, V> {
    @Nullable V of(T row);
  }

  /** All rows of a query. */
  public <T extends @Nullable Object> List<T> query(
      String sql, Binding binding, RowReader<T> reader) {
    return transactions.onConnection(connection -> {
      try (var statement = connection.prepareStatement(sql)) {
        binding.bind(statement);
        var rows = statement.executeQuery();
        var found = new ArrayList<T>();
        while (rows.next()) {
          found.add(reader.read(rows));
        }
        return found;
      }
    });
  }

  /** How many rows a statement changed. */
  public int update(String sql, Binding binding) {
    return transactions.onConnection(connection -> {
      try (var statement = connection.prepareStatement(sql)) {
        binding.bind(statement);
        return statement.executeUpdate();
      }
    });
  }

  public static Array texts(PreparedStatement statement, Collection<String> values)
      throws SQLException {
    return texts(statement.getConnection(), values, value -> value);
  }

  public static Array longs(PreparedStatement statement, Collection<Long> values)
      throws SQLException {
    return longs(statement.getConnection(), values, value -> value);
  }

  public static <T> Array texts(Connection connection, Collection<T> rows, Column<T, String> column)
      throws SQLException {
    return array(connection, "text", rows, column);
  }

  public static <T> Array longs(Connection connection, Collection<T> rows, Column<T, Long> column)
      throws SQLException {
    return array(connection, "int8", rows, column);
  }

  public static <T> Array booleans(
      Connection connection, Collection<T> rows, Column<T, Boolean> column) throws SQLException {
    return array(connection, "bool", rows, column);
  }

  private static <T, V> Array array(
      Connection connection, String type, Collection<T> rows, Column<T, V> column)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(column::of).toArray());
  }
}
