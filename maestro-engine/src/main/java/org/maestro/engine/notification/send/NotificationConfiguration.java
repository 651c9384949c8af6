package org.maestro.engine.notification.send;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.maestro.engine.alert.Channels;
import org.maestro.engine.alert.Receiver;
import org.maestro.engine.instance.InstanceStore;
import org.maestro.engine.instance.why.WhyQueries;
import org.maestro.engine.notification.store.NotificationBell;
import org.maestro.engine.notification.store.NotificationStore;
import org.maestro.service.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of notifications. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotifySettings.class)
public class NotificationConfiguration {
  /** What is being sent when a node ends has so long to arrive, so that it needn't be repeated. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);

  @Bean
  NotificationBell notificationBell() {
    return new NotificationBell();
  }

  @Bean
  NotificationStore notificationStore(Transactions transactions, NotificationBell bell) {
    return new NotificationStore(transactions, bell);
  }

  @Bean
  Channels notificationChannels(NotifySettings settings) {
    return settings.channels();
  }

  @Bean
  NotificationThreads notificationThreads() {
    return new NotificationThreads(
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("maestro-notify-timer").daemon(true).factory()),
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("maestro-notify").factory()));
  }

  @Bean
  NotificationSender notificationSender(
      NotificationStore store,
      Transactions transactions,
      InstanceStore runs,
      WhyQueries why,
      NotifySettings settings,
      JsonMapper json,
      InstantSource clock,
      NotificationThreads threads) {
    return new NotificationSender(
        store,
        channels(settings, json, clock, threads),
        new NotificationWords(transactions, runs, why, new MessageWriter(settings.publicUrl())),
        settings,
        () -> UUID.randomUUID().toString(),
        clock,
        (at, task) -> threads.in(Math.max(0, at - clock.millis()), task),
        threads.each);
  }

  private static Map<String, Channel> channels(
      NotifySettings settings, JsonMapper json, InstantSource clock, NotificationThreads threads) {
    var http =
        new HttpPost(
            HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .executor(threads.each)
                .build(),
            settings.timeout());
    var channels = new HashMap<String, Channel>();
    settings
        .webhooks()
        .forEach((name, webhook) ->
            channels.put(
                new Receiver(Receiver.Kind.WEBHOOK, name).channel(),
                new WebhookChannel(
                    Urls.parse(name, webhook.url()), webhook.key(name), http, json, clock)));
    settings
        .slack()
        .forEach((name, slack) ->
            channels.put(
                new Receiver(Receiver.Kind.SLACK, name).channel(),
                new SlackChannel(Urls.parse(name, slack.url()), http, json)));
    var smtp = settings.smtp();
    if (smtp != null) {
      channels.put(
          new Receiver(Receiver.Kind.EMAIL, "").channel(),
          new MailChannel(smtp, settings.timeout()));
    }
    return channels;
  }

  @Bean
  NotificationStartup notificationStartup(
      NotificationSender sender,
      NotificationBell bell,
      NotifySettings settings,
      NotificationThreads threads) {
    return new NotificationStartup(sender, bell, settings, threads);
  }

  /** Sends from when everything else stands until the node ends. */
  static final class NotificationStartup implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(NotificationStartup.class);

    private final NotificationSender sender;
    private final NotificationBell bell;
    private final NotifySettings settings;
    private final NotificationThreads threads;
    private volatile boolean running;

    NotificationStartup(
        NotificationSender sender,
        NotificationBell bell,
        NotifySettings settings,
        NotificationThreads threads) {
      this.sender = sender;
      this.bell = bell;
      this.settings = settings;
      this.threads = threads;
    }

    @Override
    public void start() {
      bell.listen(sender::wake);
      threads.every(settings.lookEvery().toMillis(), this::look);
      running = true;
    }

    private void look() {
      try {
        sender.look();
      } catch (RuntimeException e) {
        log.warn("Notifications are looked for again later: {}", e.toString());
      }
    }

    @Override
    public void stop() {
      running = false;
      sender.stop();
      threads.finish(LAST_WORDS);
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public int getPhase() {
      return 0;
    }
  }

  /** The threads of what is sent. */
  static final class NotificationThreads implements AutoCloseable {
    private final ScheduledExecutorService scheduler;
    private final ExecutorService each;

    NotificationThreads(ScheduledExecutorService scheduler, ExecutorService each) {
      this.scheduler = scheduler;
      this.each = each;
    }

    void in(long millis, Runnable task) {
      try {
        var _ = scheduler.schedule(task, millis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException _) {
        // The node ends; others find what is due.
      }
    }

    void every(long millis, Runnable task) {
      var _ =
          scheduler.scheduleWithFixedDelay(
              () -> each.execute(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Lets what is under way come to its end, for so long. */
    void finish(Duration patience) {
      scheduler.shutdownNow();
      each.shutdown();
      try {
        var _ = each.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      close();
    }

    @Override
    public void close() {
      scheduler.shutdownNow();
      each.shutdownNow();
    }
  }
}
