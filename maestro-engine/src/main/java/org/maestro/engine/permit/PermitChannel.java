package org.maestro.engine.permit;

/** How permits reach the rest of the installation. None of its methods blocks for long. */
public interface PermitChannel {

  /** Brings a message to the node that owns the permit shard; in order for one holder. */
  void send(PermitMessage message);

  /** Tells the run of a queued holder that the permits are its own now. May tell it twice. */
  void granted(PermitHolder holder);

  /** Has every other node call {@link TagPermits#reload()}. */
  void limitsChanged();
}
