package org.maestro.model.reference;

import java.util.List;

/**
 * One kind of thing.
 *
 * @param id such as {@code step-type}
 * @param title a heading for people
 * @param text what holds for all of them
 * @param entries the things, in the order in which people read them
 */
public record ReferenceTopic(String id, String title, String text, List<ReferenceEntry> entries) {
  public ReferenceTopic {
    entries = List.copyOf(entries);
  }
}
