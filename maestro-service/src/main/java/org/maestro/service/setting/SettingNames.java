package org.maestro.service.setting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.model.reference.Reference;
import org.maestro.sel.Spelling;
import tools.jackson.databind.json.JsonMapper;

/**
 * The names that settings of the services may have, as the reference has them: nobody reads a
 * misspelt one, so somebody has to say it.
 */
public final class SettingNames {
  private static final String OURS = "maestro.";

  /** Of programs that have the engine within them, which read these themselves. */
  private static final String OF_EMBEDDING = "maestroembedding";

  /** By what is left of a name without case and signs, which the environment doesn't keep. */
  private final Map<String, String> known = new HashMap<>();

  /** Those that go on with names of the operator's choice. */
  private final Set<String> open = new HashSet<>();

  private SettingNames(Map<?, ?> reference) {
    for (var topic : list(reference.get("topics"))) {
      if ("setting".equals(topic.get("id"))) {
        for (var entry : list(topic.get("entries"))) {
          var name = String.valueOf(entry.get("name"));
          known.put(plain(name), name);
          if (entry.get("facts") instanceof Map<?, ?> facts
              && (isOpen(facts.get("type"), "Map") || isOpen(facts.get("type"), "List"))) {
            open.add(plain(name));
          }
        }
      }
    }
  }

  /** Those of the reference that comes with this program. */
  public static SettingNames ofReference() {
    try (var in = Reference.class.getResourceAsStream(Reference.RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(Reference.RESOURCE + " is missing");
      }
      return new SettingNames(JsonMapper.shared().readValue(in, Map.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Map<?, ?>> list(@Nullable Object value) {
    return value instanceof List<?> all
        ? all.stream().<Map<?, ?>>map(one -> (Map<?, ?>) one).toList()
        : List.of();
  }

  private static boolean isOpen(@Nullable Object type, String what) {
    return type instanceof String text && text.startsWith(what);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /**
   * What is wrong with a name, as written in a file, an option or the environment; null if it is
   * known, or nobody of ours would read it.
   */
  public @Nullable String problem(String name) {
    var isOfEnvironment = name.startsWith("MAESTRO_");
    if (!name.startsWith(OURS) && !isOfEnvironment) {
      return null;
    }
    var plain = plain(name);
    if (plain.startsWith(OF_EMBEDDING)
        || known.containsKey(plain)
        || open.stream().anyMatch(plain::startsWith)) {
      return null;
    }
    var nearest = Spelling.nearest(plain, known.keySet());
    return "unknown setting %s; %s"
        .formatted(
            name,
            nearest == null
                ? "maestro explain setting lists them"
                : "did you mean %s?".formatted(written(known.get(nearest), isOfEnvironment)));
  }

  private static String written(@Nullable String name, boolean inEnvironment) {
    var written = String.valueOf(name);
    return inEnvironment
        ? written.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT)
        : written;
  }
}
