package org.maestro.cli.output;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words of the API as text; one that this program doesn't know is a question mark. */
public final class Words {
  private Words() {}

  /** As the API writes it. */
  public static String of(@Nullable Enum<?> word) {
    return word == null ? "?" : word.name();
  }

  /** As people read it. */
  public static String plain(@Nullable Enum<?> word) {
    return of(word).toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A number with what it counts, such as {@code 1 instance}. */
  public static String count(long number, String one, String several) {
    return "%,d %s".formatted(number, number == 1 ? one : several);
  }

  /** As text, or a dash if there is none. */
  public static String orDash(@Nullable Object value) {
    return value == null || value.toString().isEmpty() ? "-" : value.toString();
  }
}
