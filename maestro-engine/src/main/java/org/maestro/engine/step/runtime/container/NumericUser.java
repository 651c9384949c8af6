package org.maestro.engine.step.runtime.container;

import java.util.regex.Pattern;

/**
 * Users of containers are numbers: what a name stands for is said by the image, and may be root.
 */
public final class NumericUser {
  private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,8}(:[1-9][0-9]{0,8})?");

  private NumericUser() {}

  /** Whether it is {@code uid} or {@code uid:gid}, and neither is root's. */
  public static boolean isAllowed(String text) {
    return FORM.matcher(text).matches();
  }
}
