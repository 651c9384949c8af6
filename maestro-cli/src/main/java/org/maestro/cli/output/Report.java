package org.maestro.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints data in the wanted format. */
public final class Report {
  private final Console console;
  private final OutputFormat format;

  public Report(Console console, OutputFormat format) {
    this.console = console;
    this.format = format;
  }

  public OutputFormat format() {
    return format;
  }

  /** Something in a list: its name, what programs get, and its row for people. */
  public record Item(String name, @Nullable Object tree, List<Table.Cell> cells) {
    public Item {
      cells = List.copyOf(cells);
    }

    public static Item of(String name, @Nullable Object tree, Table.Cell... cells) {
      return new Item(name, tree, List.of(cells));
    }
  }

  /** A list. JSON and YAML give one array, JSONL a line per element, names stand there once. */
  public void list(List<Item> items, String... headings) {
    switch (format) {
      case TABLE -> {
        var table = new Table(headings);
        items.forEach(item -> table.row(item.cells()));
        if (!table.isEmpty()) {
          console.data(table.lines(console.style()));
        }
      }
      case JSON -> console.data(Json.pretty(items.stream().map(Item::tree).toList()));
      case YAML -> console.raw(Yaml.write(items.stream().map(Item::tree).toList()));
      case JSONL -> items.forEach(item -> console.data(Json.compact(item.tree())));
      case NAME -> items.stream().map(Item::name).distinct().forEach(console::data);
    }
  }

  /** One thing. */
  public void one(String name, @Nullable Object tree, List<String> lines) {
    switch (format) {
      case TABLE -> console.data(lines);
      case JSON -> console.data(Json.pretty(tree));
      case JSONL -> console.data(Json.compact(tree));
      case YAML -> console.raw(Yaml.write(tree));
      case NAME -> console.data(name);
    }
  }

  /** Members in order, for answers that this program puts together; without those that are null. */
  public static Map<String, Object> members(@Nullable Object... namesAndValues) {
    var members = new LinkedHashMap<String, Object>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      var value = namesAndValues[i + 1];
      if (value != null) {
        members.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return members;
  }
}
