package org.maestro.starter;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.maestro.client.GivenValue;
import org.maestro.client.workflow.WorkflowBuilder;
import org.maestro.dsl.yaml.Definitions;
import org.maestro.engine.definition.DefinitionPublisher;
import org.maestro.engine.instance.InstanceQueries;
import org.maestro.engine.start.StartRequest;
import org.maestro.engine.start.StartService;
import org.maestro.model.instance.InstanceView;
import org.maestro.service.security.Caller;
import org.maestro.service.security.Role;
import org.maestro.starter.StartOrderStore.Order;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** The engine that runs in this process. */
public final class Maestro implements AutoCloseable {
  private final DefinitionPublisher publisher;
  private final InstanceQueries instances;
  private final StartService starts;
  private final StartOrderStore store;
  private final StartOrders orders;
  private final Thread thread;
  private final Caller caller;
  private final JsonMapper json;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final int port;

  /**
   * The engine for the program around it.
   *
   * @param user who pushes and starts
   * @param threads makes the one that follows orders
   */
  Maestro(
      EngineInside engine,
      String user,
      StartOrderStore store,
      Supplier<String> ids,
      ThreadFactory threads) {
    this.publisher = engine.bean(DefinitionPublisher.class);
    this.instances = engine.bean(InstanceQueries.class);
    this.starts = engine.bean(StartService.class);
    this.json = engine.bean(JsonMapper.class);
    this.clock = engine.bean(InstantSource.class);
    this.store = store;
    this.caller = new Caller(user, Set.of(Role.ADMIN));
    this.ids = ids;
    this.port = engine.port();
    this.orders = new StartOrders(store, starts, this.caller, json);
    this.thread = threads.newThread(orders);
    thread.start();
  }

  /**
   * Makes a new version of a workflow, whatever the caller's transaction comes to; its number.
   *
   * @throws IllegalArgumentException with every problem of the definition and its place
   */
  public long push(String yaml) {
    var reading = Definitions.read(yaml, "workflow.yaml");
    if (!reading.isGood()) {
      throw new IllegalArgumentException(reading.rendered());
    }
    return publisher.push(caller, reading.push()).version().versionId();
  }

  /** The same in Java. */
  public long push(WorkflowBuilder workflow) {
    return push(workflow.toYaml());
  }

  /**
   * Starts an instance of the active version when the caller's transaction commits; if it rolls
   * back, there never was one. Without a transaction it starts now.
   *
   * @return the request id, by which {@link #find} knows it
   */
  public String start(String workflowId, Map<String, ?> params) {
    var requestId = ids.get();
    start(workflowId, params, requestId);
    return requestId;
  }

  /** The same exactly once per request id, however often and from wherever it is asked for. */
  public void start(String workflowId, Map<String, ?> params, String requestId) {
    var given = new LinkedHashMap<String, Object>();
    params.forEach((name, value) -> given.put(name, GivenValue.of(name, value)));
    var order = new Order(workflowId, requestId, json.writeValueAsString(given));
    var _ = StartRequest.start(StartOrders.body(order, json)); // what it refuses, it refuses here
    store.add(order, clock.millis());
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              orders.wake();
            }
          });
    } else {
      orders.wake();
    }
  }

  /** The instance that a request id has made; empty as long as there is none. */
  public Optional<InstanceView> find(String workflowId, String requestId) {
    return starts
        .find(workflowId, requestId)
        .map(
            made -> instances.run(caller, workflowId, made.run().instanceId(), null, false, false));
  }

  /** Where the API is served, for the command line and the UI. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    orders.close();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
