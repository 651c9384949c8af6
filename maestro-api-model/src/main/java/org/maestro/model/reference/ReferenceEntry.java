package org.maestro.model.reference;

import java.util.List;
import java.util.Map;

/**
 * One thing that has a name.
 *
 * @param name as it is written
 * @param text what it means
 * @param facts more about it in a word or two, by what they say, such as {@code default}
 * @param tables its parts
 */
public record ReferenceEntry(
    String name, String text, Map<String, String> facts, List<ReferenceTable> tables) {
  public ReferenceEntry {
    tables = List.copyOf(tables);
  }
}
