package org.maestro.scheduler.trigger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.Read;
import org.maestro.dsl.time.TriggerTicks;
import org.maestro.model.definition.TimeTrigger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Triggers as they are stored, in JSON, and what they mean. Remembers what was asked for lately,
 * since thousands of workflows share a few crons. Safe for use by many threads.
 */
public final class TriggerTexts {
  private static final int REMEMBERED = 4_096;

  private final JsonMapper json;
  private final Cache<String, Meaning> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

  /** What a text means. */
  public sealed interface Meaning {
    /** A trigger that ticks. */
    record Ticking(TimeTrigger trigger, TriggerTicks ticks) implements Meaning {}

    /** A text that this scheduler can't follow. */
    record Unclear(String problem) implements Meaning {}
  }

  public TriggerTexts(JsonMapper json) {
    this.json = json;
  }

  /** The text of a JSON tree. */
  String text(Object tree) {
    return json.writeValueAsString(tree);
  }

  /** What a stored trigger means. */
  public Meaning meaning(String text) {
    return known.get(text, this::read);
  }

  /** The ticks of a stored trigger; null if it can't be followed. */
  public @Nullable TriggerTicks ticks(String text) {
    return switch (meaning(text)) {
      case Meaning.Ticking ticking -> ticking.ticks();
      case Meaning.Unclear _ -> null;
    };
  }

  private Meaning read(String text) {
    try {
      return switch (DefinitionReader.timeTriggers(List.of(json.readValue(text, Object.class)))) {
        case Read.Ok<List<TimeTrigger>> ok -> {
          var trigger = ok.value().getFirst();
          yield new Meaning.Ticking(trigger, TriggerTicks.of(trigger));
        }
        case Read.Bad<List<TimeTrigger>> bad ->
            new Meaning.Unclear(bad.problems().getFirst().message());
      };
    } catch (IllegalArgumentException | DateTimeException | JacksonException e) {
      return new Meaning.Unclear(String.valueOf(e.getMessage()));
    }
  }
}
