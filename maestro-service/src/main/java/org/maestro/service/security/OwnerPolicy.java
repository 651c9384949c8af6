package org.maestro.service.security;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.maestro.service.problem.ApiException;

/**
 * Everybody with a role may read; the owner and administrators may run and change; the owner says
 * who else may start.
 */
public final class OwnerPolicy implements AccessPolicy {
  /** In a list of names: everybody. */
  public static final String EVERYBODY = "*";

  private final Function<String, Set<Role>> roles;

  /**
   * @param roles of those who may come in, by name; none for all others
   */
  public OwnerPolicy(Function<String, Set<Role>> roles) {
    this.roles = roles;
  }

  @Override
  public void require(Caller caller, Access access, String workflowId, String owner) {
    var allowed =
        switch (access) {
          case READ -> !caller.roles().isEmpty();
          case RUN, CHANGE -> caller.isAdmin() || caller.name().equals(owner);
        };
    if (!allowed) {
      throw ApiException.forbidden(
          "not-the-owner",
          "workflow \"%s\": only its owner \"%s\" and administrators may %s it, not \"%s\""
              .formatted(workflowId, owner, access.name().toLowerCase(Locale.ROOT), caller.name()));
    }
  }

  @Override
  public void requireMayStart(
      Caller caller, String workflowId, String owner, Collection<String> starters) {
    if (!caller.isAdmin()
        && !caller.name().equals(owner)
        && !starters.contains(caller.name())
        && !starters.contains(EVERYBODY)) {
      throw ApiException.forbidden(
          "may-not-start",
          "workflow \"%s\": expected its owner \"%s\", an administrator or somebody named in its access_control.start, found \"%s\"; ask \"%s\" to name them there"
              .formatted(workflowId, owner, caller.name(), owner));
    }
  }

  @Override
  public Caller actingFor(String owner) {
    return new Caller(owner, roles.apply(owner));
  }

  @Override
  public void requireMayAppoint(Caller caller, String workflowId, String owner) {
    if (!caller.isAdmin() && !caller.name().equals(owner)) {
      throw ApiException.forbidden(
          "cannot-appoint-owner",
          "workflow \"%s\": \"%s\" may only name themselves as owner, not \"%s\"; ask an"
                  .formatted(workflowId, caller.name(), owner)
              + " administrator");
    }
  }

  @Override
  public void requireMayList(Caller caller) {
    if (caller.roles().isEmpty()) {
      throw ApiException.forbidden("no-role", "\"%s\" has no role".formatted(caller.name()));
    }
  }

  @Override
  public void requireAdmin(Caller caller, String what) {
    if (!caller.isAdmin()) {
      throw ApiException.forbidden(
          "not-an-administrator", "only administrators may " + what + ", not " + caller.name());
    }
  }
}
