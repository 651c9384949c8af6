package org.maestro.engine.definition;

import java.util.Map;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.dsl.Read;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.Workflow;
import org.maestro.service.json.StrictJson;
import org.maestro.service.json.UnreadableRowException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Between definitions and the canonical JSON text in which they are stored. */
public final class DefinitionFormat {
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final JsonMapper json;

  /** Text that was accepted from YAML may be deeper than JSON from outside may be. */
  private final JsonMapper stored = StrictJson.ownRows().build();

  public DefinitionFormat(JsonMapper json) {
    this.json = json;
  }

  /** The canonical text; the order of parameters and edges is kept. */
  public String write(Workflow workflow) {
    return text(DefinitionWriter.tree(workflow));
  }

  /**
   * Reads what {@link #write(Workflow)} wrote.
   *
   * @throws IllegalStateException if it didn't
   */
  public Workflow workflow(String text) {
    return stored(DefinitionReader.workflow(tree(text), ""));
  }

  public String write(Properties properties) {
    return text(DefinitionWriter.tree(properties));
  }

  /**
   * Reads what {@link #write(Properties)} wrote.
   *
   * @throws IllegalStateException if it didn't
   */
  public Properties properties(String text) {
    return stored(DefinitionReader.properties(tree(text)));
  }

  private static <T> T stored(Read<T> read) {
    return switch (read) {
      case Read.Ok<T>(var value) -> value;
      case Read.Bad<T>(var problems) ->
          throw new IllegalStateException("a stored definition cannot be read: " + problems);
    };
  }

  /**
   * A JSON object as a tree, for answers.
   *
   * @throws UnreadableRowException if it is none
   */
  public Map<String, Object> tree(String text) {
    try {
      return stored.readValue(text, TREE);
    } catch (JacksonException e) {
      throw new UnreadableRowException(e);
    }
  }

  /** Text of a JSON tree. */
  public String text(Map<String, Object> tree) {
    return json.writeValueAsString(tree);
  }
}
