package org.maestro.service.security;

import java.util.Collection;

/**
 * Decides what a caller may do. Services ask it about every object, before anything else: for those
 * who ask themselves, and for the owners in whose name workflows do what nobody asked for at that
 * moment.
 */
public interface AccessPolicy {

  /**
   * Returns if the caller may do that with a workflow of this owner.
   *
   * @throws org.maestro.service.problem.ApiException 403 if not
   */
  void require(Caller caller, Access access, String workflowId, String owner);

  /**
   * Returns if the caller may start a workflow of this owner, with a request or by a step of a
   * workflow of their own.
   *
   * @param starters whom the owner lets do so; {@code "*"} is everybody
   * @throws org.maestro.service.problem.ApiException 403 if not
   */
  void requireMayStart(Caller caller, String workflowId, String owner, Collection<String> starters);

  /** The owner of a workflow as somebody who acts: what they may do, their workflows may. */
  Caller actingFor(String owner);

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
