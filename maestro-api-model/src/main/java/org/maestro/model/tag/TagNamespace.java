package org.maestro.model.tag;

/** Who put a tag there. In JSON the name is read without regard to case. */
public enum TagNamespace {
  SYSTEM,
  RUNTIME,
  JOB_TEMPLATE,
  NOTEBOOK_TEMPLATE,
  USER_DEFINED,
  PLATFORM
}
