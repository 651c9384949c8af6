package org.maestro.service.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemWriter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies beyond a size, announced or not, before they are read into memory. */
final class BodyLimit extends OncePerRequestFilter {
  private final long maxBytes;
  private final ProblemWriter problems;

  BodyLimit(long maxBytes, ProblemWriter problems) {
    this.maxBytes = maxBytes;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > maxBytes) {
      problems.write(response, tooLarge());
      return;
    }
    chain.doFilter(new LimitedRequest(request), response);
  }

  private ApiException tooLarge() {
    return ApiException.tooLarge(
        "body-too-large", "expected a body of at most %d bytes".formatted(maxBytes));
  }

  private final class LimitedRequest extends HttpServletRequestWrapper {
    LimitedRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream());
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private final class LimitedStream extends ServletInputStream {
    private final ServletInputStream body;
    private long read;

    LimitedStream(ServletInputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      var next = body.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      var n = body.read(into, offset, length);
      count(Math.max(0, n));
      return n;
    }

    private void count(int bytes) {
      read += bytes;
      if (read > maxBytes) {
        throw tooLarge();
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
