package org.maestro.dev;

import java.io.ByteArrayOutputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/**
 * All the ways in which requests to one route can be wrong, each of them right but for one thing.
 * What a route takes is read off its method, so that no parameter is left out.
 */
final class Malformed {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern VARIABLE = Pattern.compile("\\{\\*?(\\w+)(?::[^}]*)?}");

  /** What a JSON writer would not write, in the place of a text. */
  private static final String RAW = "raw value";

  private static final String HUGE = "99999999999999999999999999";

  private static final List<String> WRONG_VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e999",
          "-1e-999",
          HUGE,
          "9223372036854775807",
          "\"\"",
          "\"x\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"" + "x".repeat(5_000) + "\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "{\"a\": {\"b\": [1, {}]}}",
          "{\"\": null}",
          "NaN",
          "01");

  /** What no reader of JSON can take. */
  private static final List<String> NO_JSON =
      List.of(
          "{",
          "[",
          "{\"a\"",
          "{\"a\": ",
          "{]",
          "{} {}",
          "<a/>",
          "{\"a\": 1, \"a\": 2}",
          "\"",
          "nul");

  /** What can't be the body of any route, JSON though it is. */
  private static final List<String> NO_OBJECT =
      List.of("null", "1", "true", "\"text\"", "[]", "1e999");

  /** As they would stand in a segment of the path; what they decode to is nothing that exists. */
  private static final List<String> WRONG_SEGMENTS =
      List.of(
          "-1",
          "0",
          HUGE,
          "1e3",
          "1.0",
          "0x1",
          "%20",
          "%20x",
          "+",
          "*",
          "null",
          "NaN",
          "~",
          "%F0%9F%98%80",
          "%22",
          "'",
          "%7B%7D",
          "x%2Fy",
          "%D9%A1",
          "-9223372036854775809",
          "x".repeat(3_000));

  private static final List<String> IMPOSSIBLE_SEGMENTS =
      List.of(
          "%",
          "%z",
          "%zz",
          "x%0",
          "%00",
          "x%00y",
          "%ff",
          "%c3",
          "%c3%28",
          "%ED%A0%80",
          "%0a",
          "%0d%0aX:y",
          "%1b",
          ".",
          "..",
          "%2e%2e",
          ";",
          ";a=b",
          "x;a",
          "\\",
          "%c0%af",
          "\u00ff",
          "<",
          "|",
          "{",
          "\"",
          "^");

  private static final List<String> WRONG_PARAMETERS =
      List.of(
          "",
          "x",
          "-1",
          "0",
          "1.5",
          "1e3",
          HUGE,
          "-" + HUGE,
          "9223372036854775807",
          "2147483648",
          "null",
          "true",
          "%20",
          "%F0%9F%98%80",
          "..",
          "'",
          "%22",
          "a,b",
          "bm90IGEgY3Vyc29y",
          "AAAA",
          "MTo6Og%3D%3D",
          "1:",
          ":",
          "99:x",
          "-1:x",
          "a:b:c",
          "%7B%7D",
          "x".repeat(3_000));

  private static final List<String> IMPOSSIBLE_PARAMETERS =
      List.of("%", "%z", "%zz", "%00", "x%00", "%ff", "%c3", "%ED%A0%80");

  private static final List<String> WRONG_TYPES =
      List.of(
          "multipart/form-data",
          "multipart/form-data; boundary=",
          "multipart/mixed",
          "application/x-www-form-urlencoded",
          "application/x-nothing",
          "application",
          "/",
          ";;;",
          "a/b/c",
          "*/*",
          "text/*",
          "application/json;charset=nothing",
          "application/json; charset=",
          "application/json; charset=\"",
          "application/json; q",
          "application/json;;",
          "application/cloudevents-batch+json",
          "application/\u00ff",
          "text/plain",
          "application/xml");

  private static final List<String> WRONG_HEADERS =
      List.of(
          "Accept: image/png",
          "Accept: nonsense",
          "Accept: */*;q=7",
          "Accept: a/b/c",
          "Accept: ;",
          "Accept: application/json;charset=nothing",
          "Accept: text/*",
          "Accept:",
          "Accept-Language: %%%;q=x",
          "Accept-Charset: nothing",
          "Accept-Encoding: nothing;q=x",
          "Content-Encoding: gzip",
          "Content-Language: \u00ff",
          "Last-Event-ID: x",
          "Last-Event-ID: -1",
          "Last-Event-ID: " + HUGE,
          "If-None-Match: \"",
          "If-Match: ,,,",
          "If-Modified-Since: yesterday",
          "If-Unmodified-Since: -1",
          "Range: bytes=z-a",
          "Range: bytes=9-1",
          "Origin: null",
          "Origin: nowhere:x",
          "Referer: ::::",
          "Cookie: =;;=\u00ff",
          "Cookie: JSESSIONID=\u0001",
          "User-Agent: \u00ff\u00fe",
          "user: \u00ff",
          "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: !",
          "Upgrade: websocket\r\nConnection: Upgrade",
          "Connection: \u00ff",
          "Expect: nothing",
          "Forwarded: for=\"",
          "X-Forwarded-For: x, , y",
          "X-Forwarded-Proto: x",
          "X-Forwarded-Port: x",
          "X-Forwarded-Host: :::",
          "X-HTTP-Method-Override: NOTHING",
          "Content-Type: a/b",
          "ce-specversion: 9",
          "ce-specversion: 1.0\r\nce-type: %ff\r\nce-id: \r\nce-source: %",
          "ce-specversion: 1.0\r\nce-type: t\r\nce-id: 1\r\nce-source: s\r\nce-time: yesterday",
          "Host:",
          "traceparent: 00-zz-zz-01",
          "traceparent: ",
          "b3: x",
          "X: " + "x".repeat(5_000),
          "X: a\r\n folded",
          "");

  /** What breaks the frame of the request itself. */
  private static final List<String> BROKEN_FRAMES =
      List.of(
          "Content-Length: -1",
          "Content-Length: x",
          "Content-Length: " + HUGE,
          "Content-Length: 1\r\nContent-Length: 2",
          "Transfer-Encoding: nothing",
          "Transfer-Encoding: chunked, nothing",
          "Host: a b",
          "Host: [::",
          "Host: x:y",
          "Host: localhost\r\nHost: localhost",
          "no colon",
          ": no name",
          "b ad: name",
          "bad\u0000: name",
          "Bad: val\u0000ue",
          "Bad\u00ff: name");

  private static final List<String> WRONG_METHODS =
      List.of("TRACE", "PATCH", "OPTIONS", "HEAD", "CONNECT", "NOTHING", "get", "\u00ff");

  private final Services.Route route;
  private final Map<String, String> values;
  private final @Nullable Object body;
  private final String query;

  /**
   * @param values of the variables of paths
   * @param body that is right: a tree, or text that is no JSON; null if the route takes none
   * @param query that is right: empty, or with a question mark
   */
  Malformed(Services.Route route, Map<String, String> values, @Nullable Object body, String query) {
    this.route = route;
    this.values = values;
    this.body = body;
    this.query = query;
  }

  /**
   * A request.
   *
   * @param what is wrong with it
   * @param isRefused whether no answer but a refusal makes sense
   */
  record Request(Services.Route route, String what, boolean isRefused, byte[] bytes) {
    @Override
    public String toString() {
      return "%s %s: %s".formatted(route.service(), route.name(), what);
    }
  }

  /** Whether the route takes a body. */
  static boolean takesBody(Services.Route route) {
    return parameters(route, RequestBody.class).findAny().isPresent();
  }

  private static Stream<MethodParameter> parameters(
      Services.Route route, Class<? extends Annotation> annotation) {
    return Arrays.stream(route.handler().getMethodParameters())
        .filter(parameter -> parameter.hasParameterAnnotation(annotation));
  }

  List<Request> requests() {
    var requests = new ArrayList<Request>();
    bodies(requests);
    paths(requests);
    queries(requests);
    heads(requests);
    return requests;
  }

  // ------------------------------------------------------------------ bodies

  private void bodies(List<Request> requests) {
    var wantsJson = body != null && !(body instanceof String);
    for (var text : NO_JSON) {
      requests.add(withBody("body " + text, wantsJson, utf8(text)));
    }
    for (var text : NO_OBJECT) {
      var isRefused = wantsJson && isRequired() && !isAnything();
      requests.add(withBody("body " + text, isRefused, utf8(text)));
    }
    requests.add(withBody("no body", wantsJson && isRequired(), new byte[0]));
    requests.add(withBody("nesting", wantsJson, utf8("[".repeat(200) + "]".repeat(200))));
    requests.add(withBody("open nesting", wantsJson, utf8("{\"a\":".repeat(200))));
    requests.add(withBody("much nesting", wantsJson, utf8("[".repeat(100_000))));
    requests.add(withBody("long number", wantsJson, utf8("{\"a\":" + "9".repeat(10_000) + "}")));
    requests.add(
        withBody("no UTF-8", body != null, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}));
    requests.add(
        withBody(
            "half a character",
            body != null,
            new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc3}));
    requests.add(withBody("UTF-16", body != null, "{\"a\": 1}".getBytes(StandardCharsets.UTF_16)));
    requests.add(withBody("NUL bytes", body != null, new byte[64]));
    if (body != null) {
      var whole = body instanceof String text ? text : JSON.writeValueAsString(body);
      requests.add(withBody("half of it", wantsJson, utf8(whole.substring(0, whole.length() / 2))));
      requests.add(withBody("twice", wantsJson, utf8(whole + whole)));
      wrongNodes(body, Function.identity(), "", requests);
    }
    for (var type : WRONG_TYPES) {
      requests.add(
          request(
              "type " + type,
              false,
              route.method(),
              target(),
              List.of("Content-Type: " + type),
              rightBody()));
    }
    requests.add(request("no type", false, route.method(), target(), List.of(), rightBody()));
    requests.add(
        request(
            "form",
            false,
            route.method(),
            target(),
            List.of("Content-Type: application/x-www-form-urlencoded"),
            utf8("%zz=1&=2&a=%ff")));
    requests.add(
        request(
            "parts that never end",
            false,
            route.method(),
            target(),
            List.of("Content-Type: multipart/form-data; boundary=b"),
            utf8("--b\r\nContent-Disposition: form-data\r\n\r\n")));
    requests.add(chunked("chunks without a size", "x\r\n"));
    requests.add(chunked("a negative chunk", "-1\r\n\r\n0\r\n\r\n"));
    requests.add(chunked("an endless size", "FFFFFFFFFFFFFFFFF\r\n"));
    requests.add(chunked("a broken trailer", "0\r\nno colon\r\n\r\n"));
  }

  /** Such as a tag, which may be said by its name alone. */
  private boolean isAnything() {
    return parameters(route, RequestBody.class)
        .anyMatch(parameter -> parameter.getParameterType() == Object.class);
  }

  private boolean isRequired() {
    return parameters(route, RequestBody.class)
        .anyMatch(parameter -> parameter.getParameterAnnotation(RequestBody.class).required());
  }

  /** Each node replaced by each wrong value, left out, or with something more in it. */
  private void wrongNodes(
      Object node, Function<Object, Object> rebuilt, String at, List<Request> requests) {
    for (var wrong : WRONG_VALUES) {
      var text = JSON.writeValueAsString(rebuilt.apply(RAW)).replace("\"" + RAW + "\"", wrong);
      requests.add(withBody(at + " is " + shown(wrong), false, utf8(text)));
    }
    if (node instanceof Map<?, ?> map) {
      requests.add(rebuilt(at + " has more", rebuilt, changed(map, "nothing_known", 1)));
      requests.add(rebuilt(at + " has a name with NUL", rebuilt, changed(map, "a\u0000", 1)));
      map.forEach((name, value) -> {
        var without = new LinkedHashMap<Object, Object>(map);
        without.remove(name);
        requests.add(rebuilt(at + " lacks " + name, rebuilt, without));
        wrongNodes(value, in -> rebuilt.apply(changed(map, name, in)), at + "/" + name, requests);
      });
    } else if (node instanceof List<?> list && !list.isEmpty()) {
      wrongNodes(
          list.getFirst(),
          in -> {
            var elements = new ArrayList<Object>(list);
            elements.set(0, in);
            return rebuilt.apply(elements);
          },
          at + "/0",
          requests);
    }
  }

  private Request rebuilt(String what, Function<Object, Object> rebuilt, Object node) {
    return withBody(what, false, utf8(JSON.writeValueAsString(rebuilt.apply(node))));
  }

  private static Map<Object, Object> changed(Map<?, ?> map, Object name, Object value) {
    var changed = new LinkedHashMap<Object, Object>(map);
    changed.put(name, value);
    return changed;
  }

  private Request withBody(String what, boolean isRefused, byte[] bytes) {
    return request(
        what, isRefused, route.method(), target(), List.of("Content-Type: " + rightType()), bytes);
  }

  private String rightType() {
    return body instanceof String
        ? "application/yaml"
        : route.pattern().endsWith("/cloudevents")
            ? "application/cloudevents+json"
            : "application/json";
  }

  private byte[] rightBody() {
    return body == null
        ? new byte[0]
        : utf8(body instanceof String text ? text : JSON.writeValueAsString(body));
  }

  private Request chunked(String what, String chunks) {
    return framed(
        what,
        body != null,
        route.method()
            + " "
            + target()
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + authorization()
            + "Content-Type: "
            + rightType()
            + "\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunks,
        new byte[0]);
  }

  // ------------------------------------------------------------------ paths

  private void paths(List<Request> requests) {
    var variables = VARIABLE.matcher(route.pattern());
    while (variables.find()) {
      var name = variables.group(1);
      for (var wrong : WRONG_SEGMENTS) {
        requests.add(
            withTarget(
                name + " = " + shown(wrong),
                isWrongNumber(name, wrong),
                target(name, wrong) + query));
      }
      for (var wrong : IMPOSSIBLE_SEGMENTS) {
        requests.add(withTarget(name + " = " + wrong, true, target(name, wrong) + query));
      }
    }
    for (var wrong :
        List.of(
            "/%ff",
            "/%00", "/%zz", "//", "/.", "/..;/x", "/%2e%2e/x", "#x", "?\u0000", " x", "\u00e9")) {
      requests.add(withTarget("path ends with " + wrong, true, target("", "") + wrong));
    }
    requests.add(
        withTarget("an absolute path elsewhere", false, "http://example.org:x" + target()));
    requests.add(withTarget("a path without slash", true, target().substring(1)));
    requests.add(withTarget("a long path", true, target("", "") + "/x".repeat(2_000)));
    requests.add(
        withTarget("a path longer than a head may be", true, target("", "") + "/x".repeat(20_000)));
  }

  private boolean isWrongNumber(String name, String value) {
    // Hexadecimal and other digits are numbers, too.
    return isNumber(PathVariable.class, name)
        && !value.matches("-?\\d{1,19}")
        && !Set.of("0x1", "%D9%A1").contains(value);
  }

  private boolean isNumber(Class<? extends Annotation> annotation, String name) {
    return parameters(route, annotation)
        .anyMatch(parameter -> name(parameter).equals(name) && isNumber(parameter));
  }

  private static boolean isNumber(MethodParameter parameter) {
    var type = parameter.getParameterType();
    return type == long.class || type == int.class || Number.class.isAssignableFrom(type);
  }

  private static String name(MethodParameter parameter) {
    var variable = parameter.getParameterAnnotation(PathVariable.class);
    var query = parameter.getParameterAnnotation(RequestParam.class);
    var given = variable != null ? variable.value() : query == null ? "" : query.value();
    return given.isEmpty() ? parameter.getParameter().getName() : given;
  }

  private String target() {
    return target("", "") + query;
  }

  /** The path, with another value for one of its variables. */
  private String target(String changed, String value) {
    return VARIABLE
        .matcher(route.pattern())
        .replaceAll(variable -> {
          var name = variable.group(1);
          var right =
              name.equals("action") ? actions(variable.group()) : values.getOrDefault(name, "1");
          return Matcher.quoteReplacement(name.equals(changed) ? value : right);
        });
  }

  private static String actions(String variable) {
    var colon = variable.indexOf(':');
    return colon < 0
        ? "discard"
        : variable.substring(colon + 1, variable.length() - 1).split("\\|")[0];
  }

  private Request withTarget(String what, boolean isRefused, String target) {
    return request(
        what,
        isRefused,
        route.method(),
        target,
        List.of("Content-Type: " + rightType()),
        rightBody());
  }

  // ------------------------------------------------------------------ queries

  private void queries(List<Request> requests) {
    for (var wrong : List.of("=x", "=", "&=x", "a=b&=x", "%ff=1", "%00=1", "%=1", "%zz")) {
      requests.add(withTarget("query " + wrong, true, joined(wrong)));
    }
    for (var odd :
        List.of("&", "a", "a=", "a=b=c", "a[]=1", "[", "a=1&a=2", "a[b][c]=1", "x".repeat(5_000))) {
      requests.add(withTarget("query " + shown(odd), odd.equals("["), joined(odd)));
    }
    parameters(route, RequestParam.class)
        .forEach(parameter -> {
          var name = name(parameter);
          for (var wrong : WRONG_PARAMETERS) {
            var isRefused = isNumber(parameter) && !wrong.matches("(%20|-?\\d{1,19})?");
            requests.add(withTarget(name + " = " + shown(wrong), isRefused, with(name, wrong)));
          }
          for (var wrong : IMPOSSIBLE_PARAMETERS) {
            requests.add(withTarget(name + " = " + wrong, true, with(name, wrong)));
          }
          requests.add(withTarget(name + " twice", false, with(name, "1") + "&" + name + "=2"));
          requests.add(withTarget("no " + name, false, target("", "") + without(name)));
          for (var cursor : List.of("x", "%F0%9F%98%80", HUGE)) {
            requests.add(
                withTarget(
                    name + " and a cursor " + cursor,
                    false,
                    with(name, "5") + "&cursor=" + cursor));
          }
        });
  }

  private String joined(String more) {
    return target("", "") + (query.isEmpty() ? "?" : query + "&") + more;
  }

  private String with(String name, String value) {
    var without = without(name);
    return target("", "") + (without.isEmpty() ? "?" : without + "&") + name + "=" + value;
  }

  /** The query without one of its parameters. */
  private String without(String name) {
    var left =
        Arrays.stream(query.replaceFirst("^\\?", "").split("&"))
            .filter(part -> !part.isEmpty() && !part.startsWith(name + "="))
            .toList();
    return left.isEmpty() ? "" : "?" + String.join("&", left);
  }

  // ------------------------------------------------------------------ heads

  private void heads(List<Request> requests) {
    for (var header : WRONG_HEADERS) {
      var lines = new ArrayList<String>();
      if (!header.startsWith("Content-Type")) {
        lines.add("Content-Type: " + rightType());
      }
      if (!header.isEmpty()) {
        lines.add(header);
      }
      requests.add(
          request("header " + shown(header), false, route.method(), target(), lines, rightBody()));
    }
    for (var header : BROKEN_FRAMES) {
      var host = header.startsWith("Host:") ? "" : "Host: localhost\r\n";
      requests.add(
          framed(
              "header " + shown(header),
              true,
              route.method()
                  + " "
                  + target()
                  + " HTTP/1.1\r\n"
                  + host
                  + authorization()
                  + header
                  + "\r\n\r\n",
              new byte[0]));
    }
    for (var method : WRONG_METHODS) {
      requests.add(
          request(
              "method " + method,
              false,
              method,
              target(),
              List.of("Content-Type: " + rightType()),
              rightBody()));
    }
    for (var version : List.of("HTTP/9.9", "HTTP/1.", "HTTP/0.9", "http/1.1", "X", "")) {
      requests.add(
          framed(
              "version " + version,
              false,
              route.method()
                  + " "
                  + target()
                  + " "
                  + version
                  + "\r\nHost: localhost\r\n"
                  + authorization()
                  + "\r\n",
              new byte[0]));
    }
    for (var token :
        List.of(
            "",
            "Bearer",
            "Bearer \u00ff",
            "Bearer " + "x".repeat(5_000),
            "Basic !!!",
            "Bearer a b",
            "\u0001")) {
      requests.add(
          framed(
              "authorization " + shown(token),
              !route.pattern().startsWith("/actuator/health"),
              route.method()
                  + " "
                  + target()
                  + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                  + token
                  + "\r\n\r\n",
              new byte[0]));
    }
    requests.add(
        framed(
            "a head longer than one may be",
            true,
            route.method()
                + " "
                + target()
                + " HTTP/1.1\r\nHost: localhost\r\n"
                + authorization()
                + "X: "
                + "x".repeat(100_000)
                + "\r\n\r\n",
            new byte[0]));
    requests.add(
        framed(
            "more headers than there may be",
            true,
            route.method()
                + " "
                + target()
                + " HTTP/1.1\r\nHost: localhost\r\n"
                + authorization()
                + "X: x\r\n".repeat(1_000)
                + "\r\n",
            new byte[0]));
  }

  private static String authorization() {
    return "Authorization: Bearer " + Services.token("root") + "\r\n";
  }

  private Request request(
      String what,
      boolean isRefused,
      String method,
      String target,
      List<String> headers,
      byte[] bytes) {
    var host =
        headers.stream().anyMatch(header -> header.startsWith("Host:"))
            ? ""
            : "Host: localhost\r\n";
    var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n" + host + authorization());
    headers.forEach(header -> head.append(header).append("\r\n"));
    if (bytes.length > 0 || !method.equals("GET")) {
      head.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    return framed(what, isRefused, head + "\r\n", bytes);
  }

  private Request framed(String what, boolean isRefused, String head, byte[] bytes) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(bytes);
    return new Request(route, what, isRefused, all.toByteArray());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String shown(String text) {
    var line = text.replace("\r\n", "⏎").replace("\u0000", "␀");
    return line.length() > 60 ? line.substring(0, 60) + "…" : line;
  }
}
