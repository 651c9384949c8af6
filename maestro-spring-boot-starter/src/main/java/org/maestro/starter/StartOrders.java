package org.maestro.starter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.engine.start.StartRequest;
import org.maestro.engine.start.StartService;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import org.maestro.service.security.Caller;
import org.maestro.starter.StartOrderStore.Order;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes instances of orders that have been committed, each exactly once: the engine knows the
 * request id of one that it has followed already, whoever asks again after a crash.
 */
final class StartOrders implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StartOrders.class);
  private static final int AT_ONCE = 100;

  /** What may go well when it is asked again. */
  private static final Set<ProblemKind> LATER =
      Set.of(ProblemKind.REQUEST_TIMEOUT, ProblemKind.TOO_MANY_REQUESTS);

  /** How long an order waits whose process was killed before it could wake anybody. */
  private static final long LOOKS_AGAIN_MILLIS = 1_000;

  private final StartOrderStore store;
  private final StartService starts;
  private final Caller caller;
  private final JsonMapper json;
  private final LinkedBlockingQueue<Boolean> wakes = new LinkedBlockingQueue<>(1);
  private volatile boolean closed;

  StartOrders(StartOrderStore store, StartService starts, Caller caller, JsonMapper json) {
    this.store = store;
    this.starts = starts;
    this.caller = caller;
    this.json = json;
  }

  void wake() {
    var _ = wakes.offer(true);
  }

  @Override
  public void run() {
    while (!closed) {
      try {
        if (followSome() < AT_ONCE) {
          wakes.poll(LOOKS_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** How many have been followed; none if they can't be now. */
  private int followSome() {
    try {
      var followed = 0;
      for (var order : store.open(AT_ONCE)) {
        followed += follow(order) ? 1 : 0;
      }
      return followed;
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.warn("Starts that were asked for wait: {}", e.toString());
      }
      return 0;
    }
  }

  /** Whether it need not be looked at again. What is wrong with one must not hold up the others. */
  private boolean follow(Order order) {
    try {
      var _ = starts.start(caller, order.workflowId(), VersionSelector.ACTIVE, request(order));
      store.done(order);
    } catch (ApiException e) {
      if (e.kind() == ProblemKind.SERVICE_UNAVAILABLE) {
        throw e; // nor can any other be followed
      }
      if (LATER.contains(e.kind()) || e.kind().httpStatus() >= 500) {
        LOG.warn(
            "The start of {} with request id {} waits: {}",
            order.workflowId(),
            order.requestId(),
            e.detail());
        return false;
      }
      LOG.error(
          "The start of {} with request id {} can't be followed: {}",
          order.workflowId(),
          order.requestId(),
          e.detail());
      store.refused(order, e.detail());
    }
    return true;
  }

  private StartRequest request(Order order) {
    return StartRequest.start(body(order, json));
  }

  /** As the API takes it. */
  static Map<String, Object> body(Order order, JsonMapper json) {
    var body = new LinkedHashMap<String, Object>();
    body.put("initiator", Map.of("type", "manual"));
    body.put("request_id", order.requestId());
    body.put("run_params", json.readValue(order.params(), Map.class));
    return body;
  }

  @Override
  public void close() {
    closed = true;
    wake();
  }
}
