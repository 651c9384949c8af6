package org.maestro.model.reference;

import java.util.List;

/**
 * Everything that can be looked up.
 *
 * @param topics one per kind of thing
 */
public record Reference(List<ReferenceTopic> topics) {
  public Reference {
    topics = List.copyOf(topics);
  }

  /** Where the whole of it lies as JSON, beside this class. */
  public static final String RESOURCE = "reference.json";
}
