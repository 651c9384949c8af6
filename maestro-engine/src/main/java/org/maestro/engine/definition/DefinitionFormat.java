package org.maestro.engine.definition;

import java.util.Map;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.Workflow;

/** Between definitions and their canonical JSON text and trees. */
public interface DefinitionFormat {

  /** The canonical text, in which it is stored. */
  String write(Workflow workflow);

  /** Reads what {@link #write(Workflow)} wrote. */
  Workflow workflow(String text);

  String write(Properties properties);

  Properties properties(String text);

  /** A JSON object as a tree, for answers. */
  Map<String, Object> tree(String text);

  /** Text of a JSON tree. */
  String text(Map<String, Object> tree);
}
