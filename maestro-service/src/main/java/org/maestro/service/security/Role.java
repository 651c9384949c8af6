package org.maestro.service.security;

/** What somebody may do beyond what belongs to them. */
public enum Role {
  /** May read everything and work with what they own. */
  USER,
  /** May do everything. */
  ADMIN
}
