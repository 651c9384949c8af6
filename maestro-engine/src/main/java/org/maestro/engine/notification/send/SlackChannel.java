package org.maestro.engine.notification.send;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Slack channel behind an incoming webhook. What users wrote is plain text there: it can't become
 * a link, a mention or anything else.
 */
final class SlackChannel implements Channel {
  /** Of a text of a section. */
  private static final int LONGEST_TEXT = 3_000;

  private final URI url;
  private final HttpPost http;
  private final JsonMapper json;

  SlackChannel(URI url, HttpPost http, JsonMapper json) {
    this.url = url;
    this.http = http;
    this.json = json;
  }

  @Override
  public Delivery send(Message message) throws InterruptedException {
    return http.send(url, Map.of(), json.writeValueAsBytes(body(message)));
  }

  static Map<String, Object> body(Message message) {
    var blocks = new ArrayList<Map<String, Object>>();
    blocks.add(section("plain_text", shortened(escaped(message.text()))));
    if (message.link() != null) {
      blocks.add(section("mrkdwn", "<" + message.link() + "|" + escaped(message.subject()) + ">"));
    }
    return Map.of(
        "text", escaped(message.subject()), "mrkdwn", false, "blocks", List.copyOf(blocks));
  }

  private static Map<String, Object> section(String type, String text) {
    return Map.of("type", "section", "text", Map.of("type", type, "text", text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Not within what stands for one character. */
  private static String shortened(String escaped) {
    if (escaped.length() <= LONGEST_TEXT) {
      return escaped;
    }
    var end = LONGEST_TEXT - 1;
    var and = escaped.lastIndexOf('&', end);
    if (and > end - "&amp;".length() && escaped.indexOf(';', and) >= end) {
      end = and;
    }
    if (Character.isHighSurrogate(escaped.charAt(end - 1))) {
      end--;
    }
    return escaped.substring(0, end) + "…";
  }
}
