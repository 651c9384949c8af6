package org.maestro.service.security;

/** Decides what a caller may do. Services ask it about every object, before anything else. */
public interface AccessPolicy {

  /**
   * Returns if the caller may do that with a workflow of this owner.
   *
   * @throws org.maestro.service.problem.ApiException 403 if not
   */
  void require(Caller caller, Access access, String workflowId, String owner);

  /**
   * Returns if the caller may make {@code owner} the owner of a workflow, under whose identity its
   * steps will run.
   *
   * @throws org.maestro.service.problem.ApiException 403 if not
   */
  void requireMayAppoint(Caller caller, String workflowId, String owner);

  /**
   * Returns if the caller may see lists of all workflows.
   *
   * @throws org.maestro.service.problem.ApiException 403 if not
   */
  void requireMayList(Caller caller);

  /**
   * Returns if the caller may do what concerns no single workflow.
   *
   * @throws org.maestro.service.problem.ApiException 403 if not
   */
  void requireAdmin(Caller caller, String what);
}
