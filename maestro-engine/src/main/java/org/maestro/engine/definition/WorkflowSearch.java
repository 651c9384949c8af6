package org.maestro.engine.definition;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which workflows are wanted; null asks for nothing.
 *
 * @param tag of the latest version or of the properties, exactly
 * @param text part of the id, name or owner, without regard to case
 * @param active whether there is an active version
 */
public record WorkflowSearch(
    @Nullable String owner, @Nullable String tag, @Nullable String text, @Nullable Boolean active) {

  WorkflowSearch withoutTag() {
    return new WorkflowSearch(owner, null, text, active);
  }

  @Nullable String likePattern() {
    if (text == null || text.isEmpty()) {
      return null;
    }
    var escaped =
        text.toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return "%" + escaped + "%";
  }
}
