package org.maestro.service.security;

import java.util.Set;

/** The principal of a request: who asks. Every service method takes one. */
public record Caller(String name, Set<Role> roles) {

  public Caller {
    roles = Set.copyOf(roles);
  }

  /** The engine itself, acting without anybody having asked. */
  public static final Caller SYSTEM = new Caller("maestro", Set.of(Role.ADMIN));

  public boolean isAdmin() {
    return roles.contains(Role.ADMIN);
  }
}
