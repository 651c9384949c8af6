package org.maestro.engine.definition;

/** A workflow with the properties that hold, read in one statement. */
public record WorkflowHead(WorkflowRecord workflow, PropertiesSnapshot properties) {}
