package org.maestro.model.tag;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A label on a workflow, step or run; it may name a permit.
 *
 * @param attributes anything else that was written in the tag's object, in order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tag(
    String name, @Nullable TagNamespace namespace, @JsonAnyGetter Map<String, Object> attributes) {

  public Tag {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  public static Tag of(String name) {
    return new Tag(name, null, Map.of());
  }
}
