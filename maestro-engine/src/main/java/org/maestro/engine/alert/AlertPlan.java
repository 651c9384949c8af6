package org.maestro.engine.alert;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Properties;

/**
 * Decides whom a run tells of what: its workflow's property against the channels that there are.
 */
public final class AlertPlan {
  /** Of one event; more are left out, and told so. */
  static final int MOST_RECEIVERS = 50;

  private static final int MOST_UNTOLD = 20;
  private static final int LONGEST_ADDRESS = 254;
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[^\\s@<>\"(),;:\\\\\\[\\]\\p{Cntrl}]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");

  private static final Pattern BETWEEN = Pattern.compile("[,;]");

  private final Channels channels;
  private final UnaryOperator<String> interpolation;
  private final LinkedHashSet<String> untold = new LinkedHashSet<>();

  private AlertPlan(Channels channels, UnaryOperator<String> interpolation) {
    this.channels = channels;
    this.interpolation = interpolation;
  }

  /**
   * Whom a run tells of what.
   *
   * @param interpolation fills in params of the run, or throws a RuntimeException that says why it
   *     can't
   * @param accepted when the run was accepted, epoch milliseconds
   * @return null if the workflow asks for nothing
   */
  public static @Nullable RunAlerts of(
      Properties properties,
      Channels channels,
      UnaryOperator<String> interpolation,
      long accepted) {
    var property = properties.alerting();
    if (property == null
        || property.isEmpty()
        || Boolean.TRUE.equals(properties.alertingDisabled())) {
      return null;
    }
    return new AlertPlan(channels, interpolation).of(Alerting.of(property), accepted);
  }

  private @Nullable RunAlerts of(Alerting alerting, long accepted) {
    var receivers = new EnumMap<AlertEvent, List<String>>(AlertEvent.class);
    var tct = alerting.tct();
    var lateAt = tct == null ? null : Promise.lateAt(tct, accepted);
    alerting
        .asked()
        .forEach((event, asked) -> {
          if (event != AlertEvent.LATE || lateAt != null) {
            var told = receivers(event, asked);
            if (!told.isEmpty()) {
              receivers.put(event, told);
            }
          }
        });
    if (receivers.isEmpty() && untold.isEmpty()) {
      return null;
    }
    return new RunAlerts(
        receivers,
        receivers.containsKey(AlertEvent.LATE) ? lateAt : null,
        untold.stream().limit(MOST_UNTOLD).toList());
  }

  private List<String> receivers(AlertEvent event, Alerting.Asked asked) {
    var all = new LinkedHashSet<Receiver>();
    asked.targets().webhooks().forEach(name -> webhook(name, "webhook", all));
    if (asked.allows("page")) {
      asked.targets().pagerduties().forEach(name -> webhook(name, "pagerduty", all));
    }
    if (asked.allows("slack")) {
      asked.targets().slackChannels().forEach(name -> slack(name, all));
      asked.targets().slackUsers().forEach(name -> slack(name, all));
    }
    if (asked.allows("email")) {
      asked.targets().emails().forEach(text -> emails(text, all));
    }
    if (all.size() > MOST_RECEIVERS) {
      untold.add(
          "%d of %s: more than %d are asked to be told"
              .formatted(all.size() - MOST_RECEIVERS, event.type(), MOST_RECEIVERS));
    }
    return all.stream().limit(MOST_RECEIVERS).map(Receiver::text).toList();
  }

  private void webhook(String name, String what, Set<Receiver> all) {
    if (channels.webhooks().contains(name)) {
      all.add(new Receiver(Receiver.Kind.WEBHOOK, name));
    } else {
      untold.add("%s %s: no webhook of that name is set up".formatted(what, shortened(name)));
    }
  }

  private void slack(String name, Set<Receiver> all) {
    if (channels.slack().contains(slackName(name))) {
      all.add(new Receiver(Receiver.Kind.SLACK, slackName(name)));
    } else {
      untold.add("slack %s: no Slack channel of that name is set up".formatted(shortened(name)));
    }
  }

  /** The operator's name of a Slack channel: {@code #data} and {@code data} are the same. */
  static String slackName(String written) {
    return written.startsWith("#") ? written.substring(1) : written;
  }

  private void emails(String text, Set<Receiver> all) {
    if (!channels.mail()) {
      untold.add("e-mail %s: no mail server is set up".formatted(shortened(text)));
      return;
    }
    String addresses;
    try {
      addresses = interpolation.apply(text);
    } catch (RuntimeException e) {
      untold.add(
          "e-mail %s: %s".formatted(shortened(text), shortened(String.valueOf(e.getMessage()))));
      return;
    }
    var found = addresses(addresses);
    if (found.isEmpty()) {
      untold.add("e-mail %s: it comes to nothing".formatted(shortened(text)));
    }
    for (var address : found) {
      if (isAddress(address)) {
        all.add(new Receiver(Receiver.Kind.EMAIL, address));
      } else {
        untold.add("e-mail %s: %s".formatted(shortened(text), noAddress(address)));
      }
    }
  }

  /** What a text names, with commas or semicolons between. */
  static List<String> addresses(String text) {
    return BETWEEN
        .splitAsStream(text)
        .map(String::strip)
        .filter(address -> !address.isEmpty())
        .toList();
  }

  /** Why a text is no address. */
  static String noAddress(String text) {
    return "expected an address such as ada@example.org, found %s%s"
        .formatted(
            shortened(text.replaceAll("\\p{Cntrl}", " ")),
            text.chars().anyMatch(Character::isWhitespace)
                ? "; between several there are commas, and names of people aren't written"
                : "");
  }

  /** Whether a text is one plain address that can stand in a header. */
  static boolean isAddress(String text) {
    return text.length() <= LONGEST_ADDRESS && ADDRESS.matcher(text).matches();
  }

  private static String shortened(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
