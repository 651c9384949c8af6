package org.maestro.engine.answer;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.maestro.service.security.Caller;
import org.maestro.service.security.RequestGate;

/** A request over a connection of its own, and what it was answered. */
final class TestExchange {
  private static final AtomicInteger CONNECTIONS = new AtomicInteger();

  private final Map<String, Object> attributes = new HashMap<>();
  private final Map<String, String> headers;
  private final String method;
  private final String path;
  private final String connection = "connection-" + CONNECTIONS.incrementAndGet();
  private final Map<String, String> answered = new HashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status = 200;

  TestExchange(Caller caller, String method, String path, Map<String, String> headers) {
    this.method = method;
    this.path = path;
    this.headers = headers;
    attributes.put(RequestGate.class.getName() + ".caller", caller);
  }

  static Caller callerOf(ServletRequest request) {
    return RequestGate.callerOf((HttpServletRequest) request).orElseThrow();
  }

  int status() {
    return status;
  }

  byte[] bytes() {
    return body.toByteArray();
  }

  String text() {
    return body.toString(StandardCharsets.UTF_8);
  }

  @Nullable String header(String name) {
    return answered.get(name);
  }

  HttpServletRequest request() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            TestExchange.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (_, called, arguments) ->
                switch (called.getName()) {
                  case "getMethod" -> method;
                  case "getRequestURI" -> path;
                  case "getHeader" -> headers.get(arguments[0]);
                  case "getAttribute" -> attributes.get(arguments[0]);
                  case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                  case "removeAttribute" -> attributes.remove(arguments[0]);
                  case "getDispatcherType" -> DispatcherType.REQUEST;
                  case "getServletConnection" -> connection();
                  default -> null;
                });
  }

  private ServletConnection connection() {
    return (ServletConnection)
        Proxy.newProxyInstance(
            TestExchange.class.getClassLoader(),
            new Class<?>[] {ServletConnection.class},
            (_, called, _) -> called.getName().equals("getConnectionId") ? connection : null);
  }

  HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            TestExchange.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (_, called, arguments) -> {
              switch (called.getName()) {
                case "setHeader" -> answered.put((String) arguments[0], (String) arguments[1]);
                case "setStatus" -> status = (int) arguments[0];
                case "getStatus" -> {
                  return status;
                }
                case "getOutputStream" -> {
                  return stream();
                }
                default -> {}
              }
              return null;
            });
  }

  private ServletOutputStream stream() {
    return new ServletOutputStream() {
      @Override
      public void write(int b) {
        body.write(b);
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {}
    };
  }
}
