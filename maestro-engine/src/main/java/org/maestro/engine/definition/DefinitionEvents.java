package org.maestro.engine.definition;

/** Takes note of changes of definitions, to tell others. */
public interface DefinitionEvents {

  /**
   * Called inside of the transaction that makes the change, perhaps several times when it is tried
   * again: an implementation may only write to the database.
   */
  void changed(DefinitionChange change);
}
