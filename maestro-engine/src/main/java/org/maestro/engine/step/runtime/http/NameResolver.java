package org.maestro.engine.step.runtime.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Turns a host name into addresses, once per connection: what it returns is what is connected to.
 */
@FunctionalInterface
public interface NameResolver {
  InetAddress[] resolve(String host) throws UnknownHostException;
}
