package org.maestro.model.param;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A secret by its name, as definitions write it: {@code ${secret://scope/name}}. Only the name is
 * ever stored; the value is read where the job begins.
 *
 * @param scope which of the operator's sources it comes from, up to 63 of {@code a-z 0-9 -}
 * @param name what it is called there: letters, digits, {@code . _ -}, and {@code /} between parts
 */
public record SecretReference(String scope, String name) {
  /** What every reference begins with, also one that is written wrong. */
  public static final String START = "${secret:";

  private static final int LONGEST_NAME = 256;

  private static final String PART = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
  private static final Pattern WRITTEN =
      Pattern.compile("\\$\\{secret://([a-z0-9][a-z0-9-]{0,62})/(" + PART + "(?:/" + PART + ")*)}");

  /** How a reference is found within a text; group 1 is the scope, 2 the name. */
  public static Matcher matcher(String text) {
    return WRITTEN.matcher(text);
  }

  /** The references of a text, in order; well-formed ones only. */
  public static Set<SecretReference> in(String text) {
    var found = new LinkedHashSet<SecretReference>();
    var matcher = matcher(text);
    while (matcher.find()) {
      found.add(new SecretReference(matcher.group(1), matcher.group(2)));
    }
    return found;
  }

  /** Whether a text holds one, or something that was meant as one. */
  public static boolean isIn(String text) {
    return text.contains(START);
  }

  /** Whether all that was meant as a reference is one. */
  public static boolean areWellFormed(String text) {
    var rest = WRITTEN.matcher(text).replaceAll("");
    return !isIn(rest) && in(text).stream().allMatch(one -> one.name().length() <= LONGEST_NAME);
  }

  /** As definitions write it. */
  @Override
  public String toString() {
    return "${secret://" + scope + "/" + name + "}";
  }
}
