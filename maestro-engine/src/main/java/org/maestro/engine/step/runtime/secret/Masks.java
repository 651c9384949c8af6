package org.maestro.engine.step.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.job.MaskedStream;

/**
 * What must not be seen of some secrets: their values, their long lines, and what becomes of them
 * in JSON, in URLs and in base64, wherever in the encoded text they stand. Puts {@code ***} there.
 */
public final class Masks {
  /** Instead of a secret. */
  public static final String MASK = MaskedStream.MASK;

  /** Nothing to hide. */
  public static final Masks NONE = new Masks(List.of());

  /** Shorter ones would be found everywhere, and are no secrets. */
  static final int SHORTEST = 6;

  /** Lines of a secret that are worth hiding alone, as those of a key are. */
  private static final int SHORTEST_LINE = 16;

  private final List<String> texts;
  private final MaskedStream.Texts ready;

  private Masks(Collection<String> values) {
    var all = new LinkedHashSet<String>();
    values.forEach(value -> all.addAll(forms(value)));
    texts = List.copyOf(all);
    ready = MaskedStream.Texts.of(texts);
  }

  /** Of these values. */
  public static Masks of(Collection<String> values) {
    return values.isEmpty() ? NONE : new Masks(values);
  }

  /** What to look for. */
  public List<String> texts() {
    return texts;
  }

  /** Whether there is nothing to hide. */
  public boolean isEmpty() {
    return texts.isEmpty();
  }

  // ------------------------------------------------------------------ what it looks like

  private static Set<String> forms(String value) {
    var forms = new LinkedHashSet<String>();
    add(forms, value);
    if (value.indexOf('\n') >= 0) {
      value
          .lines()
          .map(String::strip)
          .filter(line -> line.length() >= SHORTEST_LINE)
          .forEach(line -> add(forms, line));
    }
    return forms;
  }

  private static void add(Set<String> forms, String value) {
    forms.add(value);
    forms.add(jsonOf(value, false));
    forms.add(jsonOf(value, true));
    var form = URLEncoder.encode(value, UTF_8);
    forms.add(form);
    forms.add(form.replace("+", "%20"));
    forms.add(lowerHex(form));
    forms.add(lowerHex(form.replace("+", "%20")));
    addBase64(forms, value.getBytes(UTF_8), Base64.getEncoder());
    addBase64(forms, value.getBytes(UTF_8), Base64.getUrlEncoder());
  }

  private static String lowerHex(String form) {
    var text = new StringBuilder(form);
    for (var at = text.indexOf("%"); at >= 0; at = text.indexOf("%", at + 1)) {
      for (var digit = at + 1; digit < at + 3; digit++) {
        text.setCharAt(digit, Character.toLowerCase(text.charAt(digit)));
      }
    }
    return text.toString();
  }

  private static String jsonOf(String value, boolean ascii) {
    var json = new StringBuilder();
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < 0x20 || (ascii && c > 0x7e)) {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.toString();
  }

  /** Behind one, two or three bytes of something else, without what those or others change. */
  private static void addBase64(Set<String> forms, byte[] value, Base64.Encoder encoder) {
    forms.add(encoder.encodeToString(value));
    for (var before = 0; before < 3; before++) {
      var padded = new byte[before + value.length];
      System.arraycopy(value, 0, padded, before, value.length);
      var text = encoder.withoutPadding().encodeToString(padded);
      var from = (before * 8 + 5) / 6;
      var to = padded.length * 8 / 6;
      if (to - from >= SHORTEST) {
        forms.add(text.substring(from, to));
      }
    }
  }

  // ------------------------------------------------------------------ hiding it

  /** A text without them. */
  public String mask(String text) {
    if (isEmpty()) {
      return text;
    }
    var stream = stream();
    var bytes = stream.pass(text.getBytes(UTF_8));
    var rest = stream.end();
    var masked = new String(bytes, UTF_8) + new String(rest, UTF_8);
    return masked.equals(text) ? text : masked;
  }

  /** A value of JSON without them, keys too. */
  public @Nullable Object mask(@Nullable Object value) {
    return isEmpty()
        ? value
        : switch (value) {
          case String text -> mask(text);
          case List<?> list -> list.stream().map(this::mask).toList();
          case Map<?, ?> map -> {
            var masked = new LinkedHashMap<@Nullable Object, @Nullable Object>();
            map.forEach((key, one) -> masked.put(mask(key), mask(one)));
            yield masked;
          }
          case Number number when !mask(number.toString()).equals(number.toString()) -> MASK;
          case null, default -> value;
        };
  }

  /** For what comes in pieces; each stream has its own. */
  public MaskedStream stream() {
    return new MaskedStream(ready);
  }

  /** Nothing of them is shown. */
  @Override
  public String toString() {
    return texts.size() + " masks";
  }
}
