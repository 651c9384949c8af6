package org.maestro.service.web;

import org.springframework.context.SmartLifecycle;

/**
 * What a node does first when it stops: it lets go of what others can go on with, while its web
 * server still answers.
 */
public final class FirstToStop implements SmartLifecycle {
  private final Runnable letGo;
  private volatile boolean running;

  public FirstToStop(Runnable letGo) {
    this.letGo = letGo;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    letGo.run();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before streams are ended, and before the web server waits for requests that are under way. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 5;
  }
}
