package org.maestro.engine.notification.send;

/** A way to tell somebody. For any number of threads. */
interface Channel {

  /** Sends a message; takes about {@code maestro.notify.timeout} at most. */
  Delivery send(Message message) throws InterruptedException;
}
