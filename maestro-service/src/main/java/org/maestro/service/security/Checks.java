package org.maestro.service.security;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maestro.service.problem.ApiException;

/**
 * What the {@link AccessPolicy} was asked about a caller while an answer was put together. An
 * answer for which it allowed everything is the answer for everybody to whom it allows the same.
 */
public final class Checks {
  private static final ScopedValue<Checks> OPEN = ScopedValue.newInstance();

  private final Caller caller;
  private final List<Consumer<Caller>> asked = new ArrayList<>();
  private boolean isOfThisOne;

  private Checks(Caller caller) {
    this.caller = caller;
  }

  /** Puts an answer together. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException, ServletException;
  }

  /** What is asked about a caller on this thread while {@code work} runs. */
  public static Checks during(Caller caller, Work work) throws IOException, ServletException {
    var checks = new Checks(caller);
    try {
      ScopedValue.where(OPEN, checks)
          .call(() -> {
            work.run();
            return checks;
          });
    } catch (IOException | ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return checks;
  }

  static @Nullable Checks open() {
    return OPEN.isBound() ? OPEN.get() : null;
  }

  /** Asks, and remembers it. What is asked about others says nothing of the caller. */
  void ask(Caller about, Consumer<Caller> check) {
    if (!about.equals(caller)) {
      check.accept(about);
      return;
    }
    try {
      check.accept(about);
    } catch (ApiException e) {
      isOfThisOne = true;
      throw e;
    }
    asked.add(check);
  }

  /** What follows depends on who asks in a way that isn't remembered. */
  void isOfThisOne() {
    isOfThisOne = true;
  }

  /** Whether the answer is for everybody to whom the same is allowed. */
  public boolean canBeShared() {
    return !isOfThisOne && !asked.isEmpty();
  }

  /** Whether somebody else is allowed all of it, now. */
  public boolean allow(Caller other) {
    try {
      asked.forEach(check -> check.accept(other));
      return true;
    } catch (ApiException _) {
      return false;
    }
  }
}
