package org.maestro.signal.announce;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.service.security.OwnerPolicy;

/**
 * Whose signals the triggers and gates of a workflow take. Who subscribes to a name consents to
 * whoever announces it, unless they say to whom.
 *
 * @param owner of the workflow; null if it isn't known
 * @param names besides the owner and administrators; none, or null: everybody
 */
public record Announcers(@Nullable String owner, @Nullable List<String> names) {
  public static final Announcers EVERYBODY = new Announcers(null, null);

  public Announcers {
    // Empty is absent: messages and definitions leave out what is empty.
    names = names == null || names.isEmpty() ? null : List.copyOf(names);
  }

  public boolean areEverybody() {
    return names == null || names.contains(OwnerPolicy.EVERYBODY);
  }

  /** Whether a signal counts. */
  public boolean include(Signal signal) {
    var principal = signal.by().principal();
    return areEverybody()
        || signal.by().admin()
        || (principal != null
            && (principal.equals(owner) || (names != null && names.contains(principal))));
  }
}
