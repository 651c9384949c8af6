package org.maestro.engine.step.runtime.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts Http steps may call, and which addresses those hosts may turn out to have.
 *
 * <p>An entry is {@code host} (every port) or {@code host:port}; an IPv6 address with a port is
 * written {@code [::1]:80}; {@code *} stands for every host. Names are compared whole, without
 * regard to case. A listed name may still resolve to a place inside: an address that isn't public
 * (loopback, private, link-local, multicast, reserved) is refused unless that address itself is an
 * entry. {@code *} never admits such an address. What stands behind {@code !} is refused, whatever
 * else is listed.
 */
final class AllowList {
  private final List<Entry> entries;
  private final List<Entry> refused;

  /**
   * Reads the entries.
   *
   * @throws IllegalArgumentException naming the first entry that isn't one of the forms above
   */
  AllowList(List<String> entries) {
    this.entries =
        entries.stream().filter(entry -> !isRefusal(entry)).map(AllowList::read).toList();
    this.refused =
        entries.stream()
            .filter(AllowList::isRefusal)
            .map(entry -> read(entry.strip().substring(1)))
            .toList();
  }

  private static boolean isRefusal(String entry) {
    return entry.strip().startsWith("!");
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether a request may name this host; {@code host} as in a URI, IPv6 in brackets. */
  boolean allowsHost(String host, int port) {
    var name = unbracketed(host.toLowerCase(Locale.ROOT));
    return entries.stream().anyMatch(entry -> entry.covers(name, port))
        && refused.stream().noneMatch(entry -> entry.covers(name, port));
  }

  /** Whether a connection may go to this address. */
  boolean allowsAddress(InetAddress address, int port) {
    return (isPublic(address) || entries.stream().anyMatch(entry -> entry.covers(address, port)))
        && refused.stream().noneMatch(entry -> entry.covers(address, port));
  }

  /** Whether the address is one that belongs to everybody's internet. */
  static boolean isPublic(InetAddress address) {
    var bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublicV4(bytes) : isPublicV6(bytes);
  }

  private static boolean isPublicV4(byte[] bytes) {
    var a = bytes[0] & 0xff;
    var b = bytes[1] & 0xff;
    var c = bytes[2] & 0xff;
    return !(a == 0
        || a == 10
        || a == 127
        || a >= 224
        || (a == 100 && (b & 0xc0) == 64)
        || (a == 169 && b == 254)
        || (a == 172 && (b & 0xf0) == 16)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 192 && b == 168)
        || (a == 198 && (b & 0xfe) == 18)
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113));
  }

  /**
   * Global unicast without the blocks that lead elsewhere: 2001::/23 (Teredo and other protocols),
   * documentation, and 6to4, which wraps an IPv4 address. Mapped and translated IPv4 addresses lie
   * outside global unicast.
   */
  private static boolean isPublicV6(byte[] bytes) {
    var first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    var second = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    return (first & 0xe000) == 0x2000
        && !(first == 0x2001 && (second & 0xfe00) == 0)
        && !(first == 0x2001 && second == 0x0db8)
        && !(first == 0x3fff && (second & 0xf000) == 0)
        && first != 0x2002;
  }

  private static Entry read(String text) {
    var entry = text.strip().toLowerCase(Locale.ROOT);
    var host = entry;
    Integer port = null;
    var colon = entry.lastIndexOf(':');
    var isBareV6 = !entry.startsWith("[") && entry.indexOf(':') != colon;
    if (colon >= 0 && !isBareV6 && !entry.endsWith("]")) {
      host = entry.substring(0, colon);
      port = readPort(text, entry.substring(colon + 1));
    }
    host = unbracketed(host);
    if (host.isEmpty() || host.contains("/") || host.contains("@")) {
      throw invalid(text);
    }
    return new Entry(host, port, host.matches("[0-9.]+|.*:.*") ? literal(text, host) : null);
  }

  private static int readPort(String entry, String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw invalid(entry);
    }
    return Integer.parseInt(text);
  }

  private static InetAddress literal(String entry, String host) {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      throw invalid(entry);
    }
  }

  private static IllegalArgumentException invalid(String entry) {
    return new IllegalArgumentException(
        "maestro.step.http.allow-list: expected host, host:port or *, found \"" + entry + "\"");
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** A host, the port if only one is meant, and the address if the host is written as one. */
  private record Entry(String host, @Nullable Integer port, @Nullable InetAddress address) {
    boolean covers(String name, int wanted) {
      return covers(wanted) && (host.equals("*") || host.equals(name));
    }

    boolean covers(InetAddress reached, int wanted) {
      return covers(wanted) && reached.equals(address);
    }

    private boolean covers(int wanted) {
      return port == null || port == wanted;
    }
  }
}
