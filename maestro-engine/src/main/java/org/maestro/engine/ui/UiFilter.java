package org.maestro.engine.ui;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers what is asked of the UI: its pages, at all addresses that are theirs, and the files that
 * they consist of. Everything else goes on to the REST routes.
 */
final class UiFilter extends OncePerRequestFilter {
  /** Nothing comes from elsewhere, and nothing that is written into a page runs or styles it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
          + " connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final UiFile WITHOUT =
      new UiFile(
          "without.html",
          """
          <!doctype html>
          <html lang="en">
          <title>Maestro</title>
          <h1>Maestro runs</h1>
          <p>This server was built without its web UI. On a machine with Node.js 20.19 or newer and npm, or with
          a Python that has pip, <code>./maestro dev</code> and <code>mvn package</code> build it.</p>
          <p>The <a href="/api/v3/openapi.json">document of its API</a> is here; the command line
          <code>./maestro</code> does everything without a browser.</p>
          </html>
          """
              .getBytes(StandardCharsets.UTF_8),
          null,
          null);

  private final UiFiles files;

  UiFilter(UiFiles files) {
    this.files = files;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var file = isRead(request) ? fileAt(request.getRequestURI()) : null;
    if (file == null) {
      chain.doFilter(request, response);
    } else {
      answer(file, request, response);
    }
  }

  private @Nullable UiFile fileAt(String path) {
    return path.equals("/") && !files.areThere() ? WITHOUT : files.at(path);
  }

  private static boolean isRead(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  private static void answer(UiFile file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var forever = UiFiles.isForever(request.getRequestURI());
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader(
        "Cache-Control", forever ? "public, max-age=31536000, immutable" : "no-cache");
    response.setHeader("ETag", file.tag());
    response.setHeader("Vary", "Accept-Encoding");
    if (file.tag().equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    var body = file.plain();
    if (file.brotli() != null && accepts(request, "br")) {
      body = file.brotli();
      response.setHeader("Content-Encoding", "br");
    } else if (file.gzip() != null && accepts(request, "gzip")) {
      body = file.gzip();
      response.setHeader("Content-Encoding", "gzip");
    }
    response.setContentType(file.type());
    response.setContentLength(body.length);
    if (request.getMethod().equals("GET")) {
      response.getOutputStream().write(body);
    }
  }

  private static boolean accepts(HttpServletRequest request, String encoding) {
    var accepted = request.getHeader("Accept-Encoding");
    return accepted != null
        && Stream.of(accepted.toLowerCase(Locale.ROOT).split(",", -1))
            .map(one -> one.replace(" ", ""))
            .anyMatch(one ->
                one.equals(encoding)
                    || (one.startsWith(encoding + ";") && !one.matches(".*;q=0(\\.0*)?")));
  }
}
