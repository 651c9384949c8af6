package org.maestro.service.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.service.json.StorableText;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import org.maestro.service.problem.ProblemWriter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before everything: refuses paths that mean different things to different readers, finds
 * the caller, and lets nobody else pass but to the health check and what is open to everybody. Sets
 * the security headers.
 */
public final class RequestGate extends OncePerRequestFilter {
  /** The request attribute that holds the {@link Caller}. */
  static final String CALLER = RequestGate.class.getName() + ".caller";

  private static final String PROCESS = "/actuator";
  private static final Set<String> HEALTH =
      Set.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness");
  private static final Pattern AMBIGUOUS = Pattern.compile(";|//|\\\\");
  private static final Pattern RELATIVE = Pattern.compile("(^|[/\\\\])\\.\\.?([/\\\\]|$)");
  private static final Pattern NAMELESS = Pattern.compile("(^|&)=");
  private static final Pattern WILDCARD = Pattern.compile("^[^;]*\\*");

  /** As Java has names of character sets. */
  private static final Pattern CHARSET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.:+_-]*");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** Letters, digits and these mean themselves to every reader. */
  private static final String PLAIN = "-_~:@!$'()*,+=&/.";

  /** Of what may mean something else once it is decoded, whoever decodes it. */
  private static final Pattern ENCODED_SEPARATOR = Pattern.compile("(?i)%(2f|5c|2e|3b|25)");

  /**
   * Where names are segments of the path: tags, signals and workflows may be called whatever they
   * are. The routes behind split the path first and decode each segment once.
   */
  private static final String NAMES = "/api/v3/";

  private final Authenticator authenticator;
  private final OpenPaths open;
  private final ProblemWriter problems;

  public RequestGate(Authenticator authenticator, OpenPaths open, ProblemWriter problems) {
    this.authenticator = authenticator;
    this.open = open;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    try {
      requirePlainPath(request.getRequestURI());
      requirePlainQuery(request.getQueryString());
      requireOneType(request);
      requireSomeAnswer(request);
      var caller = authenticator.authenticate(request);
      if (caller.isPresent()) {
        request.setAttribute(CALLER, caller.get());
      } else if (!isOpen(request)) {
        response.setHeader("WWW-Authenticate", "Bearer");
        response.setHeader("Connection", "close");
        throw new ApiException(
            ProblemKind.UNAUTHORIZED,
            "unauthenticated",
            "expected the header Authorization: Bearer with a valid token");
      }
      requireAdminOfTheProcess(request, caller);
    } catch (ApiException e) {
      problems.write(response, e);
      return;
    }
    chain.doFilter(request, response);
  }

  /** What isn't text can't be anything that is asked for, and no text column takes NUL. */
  private static void requirePlainQuery(@Nullable String query) {
    if (query == null) {
      return;
    }
    var text = decoded(query);
    if (text == null || text.indexOf('\0') >= 0) {
      throw ApiException.badRequest(
          "invalid-parameter",
          "expected query parameters of percent-encoded UTF-8 without the character NUL");
    }
    if (NAMELESS.matcher(query).find()) {
      throw ApiException.badRequest(
          "invalid-parameter", "expected every query parameter to have a name, found one without");
    }
  }

  /** What is sent is of one type, in one character set; the readers behind rely on it. */
  private static void requireOneType(HttpServletRequest request) {
    var type = request.getContentType();
    if (type != null && type.indexOf('*') >= 0 && WILDCARD.matcher(type).find()) {
      throw unsupportedType("expected a content type such as application/json, found a wildcard");
    }
    var charset = request.getCharacterEncoding();
    if (charset != null && !CHARSET.matcher(charset).matches()) {
      throw unsupportedType("expected the content type's charset to be one, such as utf-8");
    }
  }

  private static ApiException unsupportedType(String detail) {
    return new ApiException(ProblemKind.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail);
  }

  /** What is shown of the process has several forms, and none for those who accept nothing. */
  private static void requireSomeAnswer(HttpServletRequest request) {
    var accepted = request.getHeader("Accept");
    if (accepted != null && accepted.isBlank() && request.getRequestURI().startsWith(PROCESS)) {
      throw new ApiException(
          ProblemKind.NOT_ACCEPTABLE,
          "not-acceptable",
          "expected the header Accept to name a type, found it empty; leave it out for the usual one");
    }
  }

  private boolean isOpen(HttpServletRequest request) {
    var path = request.getRequestURI();
    return (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
        && (HEALTH.contains(path) || open.contains(path));
  }

  /** What says more of the process than that it is well is for those who run it. */
  private void requireAdminOfTheProcess(HttpServletRequest request, Optional<Caller> caller) {
    var path = request.getRequestURI();
    if ((path.equals(PROCESS) || path.startsWith(PROCESS + "/"))
        && !isOpen(request)
        && !caller.map(Caller::isAdmin).orElse(false)) {
      throw ApiException.forbidden(
          "not-an-administrator", "only administrators may look into the process");
    }
  }

  /** Who sends a request that has passed; empty for a health check by somebody unknown. */
  public static Optional<Caller> callerOf(HttpServletRequest request) {
    return Optional.ofNullable((Caller) request.getAttribute(CALLER));
  }

  private static void requirePlainPath(String path) {
    if (isPlain(path) && !path.contains("//") && !path.contains("/.")) {
      return;
    }
    var text = decoded(path);
    if (text == null || CONTROL.matcher(text).find()) {
      throw ApiException.badRequest(
          "invalid-path",
          "expected a path of percent-encoded UTF-8 without control characters; names with such"
              + " characters are said in the query");
    }
    if (AMBIGUOUS.matcher(path).find()
        || RELATIVE.matcher(text).find()
        || (!path.startsWith(NAMES) && ENCODED_SEPARATOR.matcher(path).find())) {
      throw ApiException.badRequest(
          "ambiguous-path",
          "expected a path without parameters, empty or relative segments; write / ; and \\ in a name"
              + " as %2F %3B and %5C");
    }
  }

  /** Whether a text holds nothing but what means itself. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      var character = text.charAt(i);
      var isPlain =
          (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z')
              || (character >= '0' && character <= '9')
              || PLAIN.indexOf(character) >= 0;
      if (!isPlain) {
        return false;
      }
    }
    return true;
  }

  /** The text behind percent signs; null if it isn't UTF-8. */
  private static @Nullable String decoded(String encoded) {
    if (isPlain(encoded)) {
      return encoded;
    }
    var bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char character = encoded.charAt(i);
      if (character != '%') {
        bytes.writeBytes(String.valueOf(character).getBytes(StandardCharsets.UTF_8));
      } else if (isHex(encoded, i + 1) && isHex(encoded, i + 2)) {
        bytes.write(Integer.parseInt(encoded, i + 1, i + 3, 16));
        i += 2;
      } else {
        return null;
      }
    }
    try {
      return StorableText.decoded(bytes.toByteArray());
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  private static boolean isHex(String text, int index) {
    return index < text.length() && Character.digit(text.charAt(index), 16) >= 0;
  }
}
