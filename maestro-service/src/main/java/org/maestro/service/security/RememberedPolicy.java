package org.maestro.service.security;

import java.util.Collection;
import java.util.function.Consumer;

/** Another policy, that lets {@link Checks} remember what it was asked. */
public final class RememberedPolicy implements AccessPolicy {
  private final AccessPolicy policy;

  public RememberedPolicy(AccessPolicy policy) {
    this.policy = policy;
  }

  private static void ask(Caller caller, Consumer<Caller> check) {
    var checks = Checks.open();
    if (checks == null) {
      check.accept(caller);
    } else {
      checks.ask(caller, check);
    }
  }

  @Override
  public void require(Caller caller, Access access, String workflowId, String owner) {
    ask(caller, one -> policy.require(one, access, workflowId, owner));
  }

  @Override
  public void requireMayStart(
      Caller caller, String workflowId, String owner, Collection<String> starters) {
    ask(caller, one -> policy.requireMayStart(one, workflowId, owner, starters));
  }

  @Override
  public Caller actingFor(String owner) {
    var checks = Checks.open();
    if (checks != null) {
      checks.isOfThisOne();
    }
    return policy.actingFor(owner);
  }

  @Override
  public void requireMayAppoint(Caller caller, String workflowId, String owner) {
    ask(caller, one -> policy.requireMayAppoint(one, workflowId, owner));
  }

  @Override
  public void requireMayList(Caller caller) {
    ask(caller, policy::requireMayList);
  }

  @Override
  public void requireAdmin(Caller caller, String what) {
    ask(caller, one -> policy.requireAdmin(one, what));
  }
}
