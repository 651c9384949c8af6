package org.maestro.model.param;

/** Where the winning definition of a parameter came from. */
public enum ParamSource {
  SYSTEM,
  TEMPLATE_SCHEMA,
  SYSTEM_INJECTED,
  SYSTEM_DEFAULT,
  DEFINITION,
  SIGNAL,
  TIME_TRIGGER,
  OUTPUT_PARAMETER,
  LAUNCH,
  RESTART,
  SUBWORKFLOW,
  TEMPLATE,
  FOREACH,
  WHILE,
  WORKFLOW_PARAMETER
}
