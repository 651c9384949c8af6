package org.maestro.engine.step.runtime.container;

import java.util.List;
import java.util.regex.Pattern;

/** Names of images: {@code [registry/]name[:tag][@digest]}. */
public final class ImageName {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?/)?"
              + "[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*"
              + "(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?");

  private ImageName() {}

  public static boolean isValid(String name) {
    return name.length() <= 500 && FORM.matcher(name).matches();
  }

  /** With the tag that is meant if none is written; without it all tags would be pulled. */
  public static String withTag(String name) {
    var last = name.substring(name.lastIndexOf('/') + 1);
    return last.contains(":") || last.contains("@") ? name : name + ":latest";
  }

  /** Whether one of the patterns stands for it; {@code *} in them is any characters. */
  public static boolean isAllowed(String name, List<String> patterns) {
    return patterns.stream()
        .anyMatch(
            pattern -> Pattern.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E", name));
  }
}
