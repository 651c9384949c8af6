package org.maestro.engine.alert;

/**
 * One who is told.
 *
 * @param name the name of a webhook or a Slack channel, or an e-mail address
 */
public record Receiver(Kind kind, String name) {

  /** The ways to tell somebody. */
  public enum Kind {
    WEBHOOK,
    SLACK,
    EMAIL;

    private String prefix() {
      return switch (this) {
        case WEBHOOK -> "webhook";
        case SLACK -> "slack";
        case EMAIL -> "email";
      };
    }
  }

  /** As it is written and kept: {@code webhook:ops}, {@code slack:data}, {@code email:a@b.org}. */
  public String text() {
    return kind.prefix() + ":" + name;
  }

  /**
   * What is sent to one after the other: each webhook and Slack channel by itself, all e-mails by
   * one server.
   */
  public String channel() {
    return kind == Kind.EMAIL ? kind.prefix() : text();
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Receiver of(String text) {
    for (var kind : Kind.values()) {
      if (text.startsWith(kind.prefix() + ":")) {
        return new Receiver(kind, text.substring(kind.prefix().length() + 1));
      }
    }
    throw new IllegalArgumentException(
        "expected webhook:NAME, slack:NAME or email:ADDRESS, found " + text);
  }
}
