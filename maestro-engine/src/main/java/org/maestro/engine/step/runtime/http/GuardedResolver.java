package org.maestro.engine.step.runtime.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Lets a connection see only addresses that the allow-list permits. It answers the very look-up
 * that the connection uses, so a name that changes its address between a check and the connection
 * gains nothing.
 */
final class GuardedResolver implements DnsResolver {
  private static final int NO_PORT = -1;
  private final NameResolver resolver;
  private final AllowList allowList;

  GuardedResolver(NameResolver resolver, AllowList allowList) {
    this.resolver = resolver;
    this.allowList = allowList;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    return permitted(host, port).stream()
        .map(address -> new InetSocketAddress(address, port))
        .toList();
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    return permitted(host, NO_PORT).toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /** One refused address refuses the name: a public one beside it may be bait. */
  private List<InetAddress> permitted(String host, int port) throws UnknownHostException {
    var addresses = Arrays.asList(resolver.resolve(host));
    for (var address : addresses) {
      if (!allowList.allowsAddress(address, port)) {
        throw new RefusedAddressException(host, address);
      }
    }
    return addresses;
  }

  /** The host is allowed, the place it resolves to isn't. */
  static final class RefusedAddressException extends UnknownHostException {
    RefusedAddressException(String host, InetAddress address) {
      super(
          "host \"%s\" resolves to %s, which isn't a public address or is excluded; to permit it, the"
                  .formatted(host, address.getHostAddress())
              + " address itself has to be in maestro.step.http.allow-list");
    }
  }
}
