package org.maestro.service.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/** Finds out who sends a request. */
public interface Authenticator {

  /**
   * The caller; empty if the request does not prove one.
   *
   * @throws org.maestro.service.problem.ApiException if the request must not be served at all
   */
  Optional<Caller> authenticate(HttpServletRequest request);

  /** What somebody of that name may do who is not here; none if nobody of it may come in. */
  Set<Role> rolesOf(String name);
}
