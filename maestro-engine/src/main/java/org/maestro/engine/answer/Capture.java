package org.maestro.engine.answer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Keeps the body of an answer back, unless it becomes too large; then it goes on as it came. */
final class Capture extends HttpServletResponseWrapper {
  private final HttpServletResponse response;
  private final int most;
  private final Runnable whenLarge;
  private final Kept kept = new Kept();
  private @Nullable ByteArrayOutputStream body = new ByteArrayOutputStream(1_024);
  private @Nullable PrintWriter writer;
  private long length = -1;

  /**
   * @param most bytes that are kept back
   * @param whenLarge called before the first byte goes on, if it does
   */
  Capture(HttpServletResponse response, int most, Runnable whenLarge) {
    super(response);
    this.response = response;
    this.most = most;
    this.whenLarge = whenLarge;
  }

  /** The whole body; null if it has gone on. */
  byte @Nullable [] body() {
    if (writer != null) {
      writer.flush();
    }
    return body == null ? null : body.toByteArray();
  }

  private void letGo(ByteArrayOutputStream so) throws IOException {
    body = null;
    whenLarge.run();
    if (length >= 0) {
      response.setContentLengthLong(length);
    }
    so.writeTo(response.getOutputStream());
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return kept;
  }

  @Override
  public PrintWriter getWriter() {
    if (writer == null) {
      writer = new PrintWriter(new OutputStreamWriter(kept, StandardCharsets.UTF_8));
    }
    return writer;
  }

  @Override
  public void setContentLength(int bytes) {
    setContentLengthLong(bytes);
  }

  @Override
  public void setContentLengthLong(long bytes) {
    length = bytes;
    if (body == null) {
      response.setContentLengthLong(bytes);
    }
  }

  @Override
  public void flushBuffer() throws IOException {
    if (body == null) {
      response.flushBuffer();
    }
  }

  @Override
  public void resetBuffer() {
    response.resetBuffer();
    if (body != null) {
      body.reset();
    }
  }

  @Override
  public void reset() {
    response.reset();
    if (body != null) {
      body.reset();
    }
  }

  private final class Kept extends ServletOutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      var so = body;
      if (so != null && so.size() + count > most) {
        letGo(so);
      }
      if (body == null) {
        response.getOutputStream().write(bytes, from, count);
      } else {
        body.write(bytes, from, count);
      }
    }

    @Override
    public void flush() throws IOException {
      if (body == null) {
        response.getOutputStream().flush();
      }
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("expected an answer that is written at once");
    }
  }
}
