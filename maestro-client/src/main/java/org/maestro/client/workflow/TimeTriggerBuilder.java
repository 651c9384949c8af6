package org.maestro.client.workflow;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.TimeTrigger;

/** A trigger that fires by the clock. */
public final class TimeTriggerBuilder implements TriggerBuilder {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  TimeTriggerBuilder(String field, String value) {
    fields.put(field, value);
  }

  private TimeTriggerBuilder with(String name, String value) {
    fields.put(name, value);
    return this;
  }

  /** The time zone, such as {@code Europe/Berlin}; UTC if this isn't said. */
  public TimeTriggerBuilder timezone(String zone) {
    return with("timezone", zone);
  }

  /** Nothing fires before it; an interval counts from it. */
  public TimeTriggerBuilder start(String start) {
    return with("start", start);
  }

  /** Nothing fires at or after it. */
  public TimeTriggerBuilder end(String end) {
    return with("end", end);
  }

  /** What becomes of ticks that were missed. */
  public TimeTriggerBuilder catchUp(TimeTrigger.CatchUp catchUp) {
    return with("catch_up", catchUp.name().toLowerCase(Locale.ROOT));
  }

  /** Fires at a fixed delay below this. */
  public TimeTriggerBuilder fuzzyMaxDelay(String delay) {
    return with("fuzzy_max_delay", delay);
  }

  @Override
  public Map<String, @Nullable Object> tree() {
    return fields;
  }
}
