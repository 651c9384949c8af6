package org.maestro.dsl;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.Param;

/**
 * The headers of an Http step that are literal: they must fit into their line. Those that refer to
 * parameters are known when the step runs, and checked then.
 */
final class HttpHeaders {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern IMPOSSIBLE =
      Pattern.compile("[^\\x09\\x20-\\x7E\\xA0-\\xFF]", Pattern.DOTALL);

  private HttpHeaders() {}

  static void check(@Nullable Param http, Place place) {
    var headers = http == null ? null : http.nested().get("headers");
    if (headers == null || !(headers.value() instanceof Map<?, ?> map)) {
      return;
    }
    var at = place.child("value").child("headers").child("value");
    map.forEach((name, written) -> {
      var value = written instanceof Param param ? param.value() : written;
      check(String.valueOf(name), value instanceof String text ? text : "", at);
    });
  }

  private static void check(String name, String value, Place headers) {
    var impossible = IMPOSSIBLE.matcher(value);
    if (name.indexOf('$') < 0 && !NAME.matcher(name).matches()) {
      headers
          .child(name)
          .report("expected the name of a header, found " + Found.quote(name) + "; rename it");
    } else if (impossible.find()) {
      headers
          .child(name)
          .report(
              ProblemCode.CHARACTER,
              "expected text that a header can hold, found the character U+"
                  + "%04X".formatted(value.codePointAt(impossible.start()))
                  + " at position "
                  + impossible.start()
                  + "; remove it, or percent-encode it");
    }
  }
}
