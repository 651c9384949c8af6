package org.maestro.engine.step.runtime.docker;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.docker.ContainerEngine.PullNews;

/**
 * Fetches images, each once however many jobs wait for it, and tells those who wait how far it is:
 * not too often, since their timelines are short. A registry that says nothing for too long is
 * given up.
 */
final class ImagePulls {
  private static final Duration BETWEEN_NEWS = Duration.ofSeconds(10);
  private static final int MOST_NEWS = 8;

  private final ContainerEngine engine;
  private final Duration patience;
  private final ScheduledExecutorService timer;
  private final InstantSource clock;
  private final Map<String, Pull> running = new HashMap<>();

  ImagePulls(
      ContainerEngine engine,
      Duration patience,
      ScheduledExecutorService timer,
      InstantSource clock) {
    this.engine = engine;
    this.patience = patience;
    this.timer = timer;
    this.clock = clock;
  }

  /** Who waits for an image. Must return at once. */
  interface Waiting {
    void hear(String news);

    /** It is there if {@code error} is null. */
    void pulled(@Nullable String error);
  }

  synchronized void pull(String image, Waiting waiting) {
    var pull = running.get(image);
    if (pull != null) {
      pull.waiting.add(waiting);
      waiting.hear("Waits for the image " + image + ", which is being pulled");
      return;
    }
    waiting.hear("Pulls the image " + image);
    var fresh = new Pull(image, clock.instant(), waiting);
    running.put(image, fresh);
    fresh.stream = engine.pull(image, fresh::hear, fresh::end);
    fresh.lookLater();
  }

  /** One image on its way. */
  private final class Pull {
    private final String image;
    private final Instant began;
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<String, PullNews> layers = new HashMap<>();
    private Instant lastNews;
    private Instant lastTold;
    private int told;
    private @Nullable Closeable stream;
    private boolean isOver;

    Pull(String image, Instant began, Waiting first) {
      this.image = image;
      this.began = began;
      this.lastNews = began;
      this.lastTold = began;
      waiting.add(first);
    }

    void hear(PullNews news) {
      synchronized (ImagePulls.this) {
        lastNews = clock.instant();
        if (news.total() > 0) {
          layers.put(news.layer(), news);
        }
        if (isOver
            || layers.isEmpty()
            || told >= MOST_NEWS
            || lastNews.isBefore(lastTold.plus(BETWEEN_NEWS))) {
          return;
        }
        lastTold = lastNews;
        told++;
        var current = layers.values().stream().mapToLong(PullNews::current).sum();
        var total = layers.values().stream().mapToLong(PullNews::total).sum();
        waiting.forEach(
            one -> one.hear("%s: %d of %d MB".formatted(image, current >> 20, total >> 20)));
      }
    }

    void end(@Nullable String error) {
      List<Waiting> those;
      synchronized (ImagePulls.this) {
        if (isOver) {
          return;
        }
        isOver = true;
        running.remove(image, this);
        those = List.copyOf(waiting);
      }
      if (error == null) {
        var took = Duration.between(began, clock.instant());
        those.forEach(one ->
            one.hear("Pulled the image %s in %.1f s".formatted(image, took.toMillis() / 1000.0)));
      }
      those.forEach(one -> one.pulled(error));
    }

    void lookLater() {
      var _ = timer.schedule(this::look, patience.toMillis() / 2 + 1, TimeUnit.MILLISECONDS);
    }

    private void look() {
      synchronized (ImagePulls.this) {
        if (isOver) {
          return;
        }
        if (clock.instant().isBefore(lastNews.plus(patience))) {
          lookLater();
          return;
        }
      }
      end("the registry has said nothing for " + patience.toSeconds() + " s");
      var open = stream;
      if (open != null) {
        try {
          open.close();
        } catch (IOException e) {
          // It is given up anyway.
        }
      }
    }
  }
}
