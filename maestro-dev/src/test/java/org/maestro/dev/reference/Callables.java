package org.maestro.dev.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.sel.Expression;
import org.maestro.sel.Scope;
import org.maestro.sel.SelException;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;
import org.maestro.sel.UnknownNameException;
import org.maestro.service.json.StrictJson;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that an expression may call, each with an example, for people. The examples are
 * evaluated in a world that stands still, so they always give the same.
 */
final class Callables {
  private static final String RESOURCE = "callables.txt";
  private static final JsonMapper JSON = StrictJson.mapper();
  private static final Instant NOW = Instant.parse("2024-05-05T10:20:30.040Z");
  private static final SelRuntime RUNTIME =
      new SelRuntime(
          () -> NOW, () -> "00000000-0000-4000-8000-000000000001", () -> 0.25, SelLimits.DEFAULT);

  private Callables() {}

  /**
   * Something that can be called, or a constant.
   *
   * @param group the heading under which it stands
   * @param call how it is written, such as {@code String.substring(from, to)}
   * @param example an expression
   * @param gives what that comes to, as JSON
   */
  record Callable(String group, String call, String example, String gives) {}

  /** All of them, by groups. */
  static List<Callable> all() {
    try (var in = Callables.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing beside this class");
      }
      return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Callable> read(BufferedReader lines) throws IOException {
    var all = new ArrayList<Callable>();
    var group = "";
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("# ")) {
        group = line.substring(2);
      } else if (!line.isEmpty()) {
        var tab = line.indexOf('\t');
        var example = line.substring(tab + 1);
        all.add(new Callable(group, line.substring(0, tab), example, result(example)));
      }
    }
    return all;
  }

  private static String result(String example) {
    var value = Expression.compile(example).evaluate(new ExampleScope(), RUNTIME);
    return JSON.writeValueAsString(value);
  }

  /** The parameters that examples may name. */
  private static final class ExampleScope implements Scope {
    private static final Map<String, Object> PARAMS =
        Map.of("a", 7L, "xs", List.of(3L, 1L, 2L), "m", Map.of("k", "v"));

    @Override
    public @Nullable Object get(String name) {
      var value = PARAMS.get(name);
      if (value == null) {
        throw new UnknownNameException(name);
      }
      return value;
    }

    @Override
    public @Nullable Object call(String function, List<@Nullable Object> arguments) {
      throw new SelException("there is no function params." + function);
    }
  }
}
