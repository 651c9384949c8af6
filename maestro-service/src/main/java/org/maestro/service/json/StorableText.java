package org.maestro.service.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.DefinitionProblem;

/**
 * The text that databases can hold: any but NUL and halves of surrogate pairs. It is asked once,
 * where text comes in, so that nothing behind has to expect a text that can't be stored.
 */
public final class StorableText {
  private StorableText() {}

  /** Everything in a tree of plain data that can't be stored, with its place. */
  public static List<DefinitionProblem> problems(@Nullable Object tree) {
    var problems = new ArrayList<DefinitionProblem>();
    visit(tree, "", problems);
    return List.copyOf(problems);
  }

  private static void visit(
      @Nullable Object tree, String pointer, List<DefinitionProblem> problems) {
    switch (tree) {
      case String text -> check(text, pointer, problems);
      case Map<?, ?> map ->
          map.forEach((key, value) -> {
            var name = String.valueOf(key);
            var child = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            check(name, child, problems);
            visit(value, child, problems);
          });
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          visit(list.get(i), pointer + "/" + i, problems);
        }
      }
      case null, default -> {}
    }
  }

  private static void check(String text, String pointer, List<DefinitionProblem> problems) {
    int at = unstorable(text);
    if (at >= 0) {
      problems.add(
          new DefinitionProblem(
              shown(pointer),
              "expected text that the database can hold, found the character U+%04X at position %d;"
                      .formatted((int) text.charAt(at), at)
                  + " remove it",
              null));
    }
  }

  /** A pointer that may name what can't be stored itself. */
  private static String shown(String pointer) {
    var shown = new StringBuilder(pointer);
    for (int at = unstorable(pointer); at >= 0; at = unstorable(shown.toString())) {
      shown.setCharAt(at, '\uFFFD');
    }
    return shown.toString();
  }

  /** Where a text can't be stored; negative if it can. */
  private static int unstorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == 0 || Character.isLowSurrogate(character)) {
        return i;
      }
      if (Character.isHighSurrogate(character)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** Whether a text can be stored. */
  public static boolean isStorable(String text) {
    return unstorable(text) < 0;
  }

  /**
   * The text that bytes are in UTF-8.
   *
   * @throws CharacterCodingException if they aren't UTF-8
   */
  public static String decoded(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
