package org.maestro.engine.alert;

import java.util.Set;

/**
 * The channels that the operator has set up. Definitions name them; where they lead to and their
 * secrets are the operator's.
 *
 * @param mail whether there is a mail server
 * @param webhooks names of webhooks
 * @param slack names of Slack channels, without {@code #}
 */
public record Channels(boolean mail, Set<String> webhooks, Set<String> slack) {
  /** Nothing is set up. */
  public static final Channels NONE = new Channels(false, Set.of(), Set.of());

  public Channels {
    webhooks = Set.copyOf(webhooks);
    slack = Set.copyOf(slack);
  }
}
