package org.maestro.engine.step.runtime.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.sel.Decimals;
import org.maestro.service.json.StorableText;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request as the step's {@code http} parameter describes it, checked: an absolute http or https
 * URL without user info, a known method, headers that can't break out of their line or change the
 * framing of the message.
 */
record HttpCall(String method, URI url, Map<String, String> headers, @Nullable String body) {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Set<String> CLIENTS_OWN_HEADERS =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "upgrade",
          "te",
          "trailer",
          "expect",
          "proxy-authorization",
          "proxy-connection",
          "keep-alive");
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");
  private static final Pattern BEYOND_LATIN_1 = Pattern.compile("[^\\x00-\\x7E\\xA0-\\xFF]");
  private static final Pattern CONFIDENTIAL =
      Pattern.compile("auth|cookie|token|secret|passw|credential|signature|session|key");

  /**
   * Reads the {@code http} parameter of a step.
   *
   * @throws InvalidCallException saying what was expected and what was found
   */
  static HttpCall of(Map<String, Object> params, JsonMapper json) {
    if (!(params.get("http") instanceof Map<?, ?> http)) {
      throw new InvalidCallException("expected the parameter \"http\" to be a map with a \"url\"");
    }
    var body = http.get("body");
    return new HttpCall(
        readMethod(http.get("method")),
        readUrl(http.get("url")),
        readHeaders(http.get("headers")),
        body == null || body instanceof String ? (String) body : json.writeValueAsString(body));
  }

  /**
   * What is wrong with what is there literally.
   *
   * @param hosts refuses a call that may not be made here
   */
  static List<StepProblem> problems(LiteralStep step, Consumer<URI> hosts) {
    var problems = new ArrayList<StepProblem>();
    if (!(step.values().get("http") instanceof Map<?, ?> http)) {
      return problems;
    }
    attempt("/http/method", false, problems, () -> readMethod(http.get("method")));
    if (http.get("url") != null) {
      var before = problems.size();
      attempt("/http/url", false, problems, () -> readUrl(http.get("url")));
      if (problems.size() == before) {
        attempt("/http/url", true, problems, () -> hosts.accept(readUrl(http.get("url"))));
      }
    }
    if (http.get("headers") instanceof Map<?, ?> headers) {
      headers.forEach((name, text) ->
          attempt("/http/headers", false, problems, () -> requireSendable(name, text)));
    } else {
      attempt("/http/headers", false, problems, () -> readHeaders(http.get("headers")));
    }
    problems.removeIf(problem -> step.isOpen(problem.field()));
    return problems;
  }

  private static void attempt(
      String field, boolean ofThisPlace, List<StepProblem> problems, Runnable check) {
    try {
      check.run();
    } catch (InvalidCallException e) {
      problems.add(new StepProblem(field, String.valueOf(e.getMessage()), ofThisPlace));
    }
  }

  private static String readMethod(@Nullable Object value) {
    var method = value instanceof String text ? text.toUpperCase(Locale.ROOT) : "GET";
    if (!METHODS.contains(method)) {
      throw new InvalidCallException(
          "expected http.method to be one of %s, found \"%s\"".formatted(METHODS, value));
    }
    return method;
  }

  private static URI readUrl(@Nullable Object value) {
    if (!(value instanceof String text)) {
      throw new InvalidCallException("expected http.url to be a string, found " + value);
    }
    try {
      var url = new URI(encoded(text.strip()));
      var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw new InvalidCallException(
            "expected http.url to start with http:// or https://, found \"" + scheme + "\"");
      }
      if (url.getRawUserInfo() != null) {
        throw new InvalidCallException(
            "expected http.url without a user before the host; send a header instead");
      }
      if (url.getHost() == null || url.getPort() > 65_535 || url.getPort() == 0) {
        throw new InvalidCallException(
            "expected http.url to name a host, found \"" + url.getRawAuthority() + "\"");
      }
      return url;
    } catch (URISyntaxException e) {
      throw new InvalidCallException(
          "http.url isn't a URL: " + e.getReason() + " at character " + (e.getIndex() + 1));
    }
  }

  /**
   * Letters beyond ASCII behind the host go as percent signs of their UTF-8, as browsers send them;
   * what is encoded already stays. Those of a host are left, for there it needs another encoding.
   */
  private static String encoded(String url) {
    if (!StorableText.isStorable(url)) {
      throw new InvalidCallException("http.url has half of a surrogate pair or a NUL; remove it");
    }
    int authority = url.indexOf("://");
    int behind = authority < 0 ? 0 : authority + 3;
    while (behind < url.length() && "/?#".indexOf(url.charAt(behind)) < 0) {
      behind++;
    }
    var encoded = new StringBuilder(url.substring(0, behind));
    url.substring(behind)
        .codePoints()
        .forEach(point -> {
          if (point < 0x80) {
            encoded.append((char) point);
          } else {
            for (byte unit : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
              encoded.append('%').append(HEX.toHexDigits(unit));
            }
          }
        });
    return encoded.toString();
  }

  private static Map<String, String> readHeaders(@Nullable Object value) {
    var headers = new LinkedHashMap<String, String>();
    if (value == null) {
      return headers;
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new InvalidCallException("expected http.headers to be a map of strings");
    }
    map.forEach((key, content) -> headers.put(String.valueOf(key), requireSendable(key, content)));
    return headers;
  }

  /** The text of a header. */
  private static String requireSendable(Object key, @Nullable Object content) {
    var name = String.valueOf(key);
    var text = content instanceof Number number ? Decimals.text(number) : String.valueOf(content);
    if (!HEADER_NAME.matcher(name).matches() || CONTROL.matcher(text).find()) {
      throw new InvalidCallException(
          "http.headers: \"%s\" has a character that headers can't hold, such as a line break"
              .formatted(CONTROL.matcher(name).replaceAll("?")));
    }
    if (BEYOND_LATIN_1.matcher(text).find()) {
      throw new InvalidCallException(
          "http.headers: \"%s\" has a letter that headers can't hold; percent-encode it"
              .formatted(name));
    }
    if (CLIENTS_OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new InvalidCallException(
          "http.headers: \"" + name + "\" is set by Maestro itself; remove it");
    }
    return text;
  }

  boolean hasHeader(String name) {
    return headers.keySet().stream().anyMatch(name::equalsIgnoreCase);
  }

  /** The port that is meant, written or not. */
  static int portOf(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  /** What may be shown of it: values of headers that may authenticate somebody are left out. */
  Map<String, Object> shown() {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("method", method);
    shown.put("url", url.toString());
    if (!headers.isEmpty()) {
      var visible = new LinkedHashMap<String, Object>();
      headers.forEach((name, value) ->
          visible.put(
              name, CONFIDENTIAL.matcher(name.toLowerCase(Locale.ROOT)).find() ? "***" : value));
      shown.put("headers", visible);
    }
    if (body != null) {
      shown.put("body", body);
    }
    return shown;
  }

  /** The step asks for a request that can't be made, whoever repeats it. */
  static final class InvalidCallException extends RuntimeException {
    InvalidCallException(String message) {
      super(message, null, false, false);
    }
  }
}
