package org.maestro.service.limit;

import java.nio.channels.SocketChannel;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/1.1, telling {@link Connections} what it accepts. Tomcat itself has time limits for
 * every read, which somebody who sends a byte now and then never meets.
 */
public final class GuardedProtocol extends Http11NioProtocol {
  private final Endpoint endpoint;

  /** Made by Tomcat, by its name. */
  public GuardedProtocol() {
    this(new Endpoint());
  }

  private GuardedProtocol(Endpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  /** To be called before it is started. */
  void tell(Connections connections) {
    endpoint.accepted = connections;
  }

  private static final class Endpoint extends NioEndpoint {
    private @Nullable Connections accepted;
    private @Nullable ScheduledFuture<?> watch;

    @Override
    public void startInternal() throws Exception {
      super.startInternal();
      var told = accepted;
      if (told != null) {
        watch =
            getUtilityExecutor().scheduleWithFixedDelay(told::closeTheLate, 1, 1, TimeUnit.SECONDS);
      }
    }

    @Override
    public void stopInternal() {
      if (watch != null) {
        watch.cancel(false);
      }
      super.stopInternal();
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
      var taken = super.setSocketOptions(socket);
      var told = accepted;
      var wrapper = connections.get(socket);
      if (taken && told != null && wrapper != null) {
        told.opened(id(wrapper), new Accepted(wrapper));
      }
      return taken;
    }

    private static String id(SocketWrapperBase<NioChannel> wrapper) {
      return wrapper.getServletConnection("http/1.1", "").getConnectionId();
    }
  }

  private record Accepted(SocketWrapperBase<NioChannel> wrapper) implements Connections.Line {
    @Override
    public void close() {
      wrapper.close();
    }

    @Override
    public boolean isClosed() {
      return wrapper.isClosed();
    }
  }
}
