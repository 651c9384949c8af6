package org.maestro.signal.trigger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.maestro.param.InstanceFacts;
import org.maestro.param.ParamEvaluator;
import org.maestro.param.ParamException;
import org.maestro.signal.announce.Signal;
import org.maestro.signal.announce.SignalStore.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates what a trigger says about the signals it has consumed: {@code params}, {@code
 * condition} and {@code dedup_expr}, which see the trigger's params by name and those of the
 * signals as {@code signals['name']['param']}, {@code name__param} and {@code
 * params.getFromSignal('name', 'param')}. Evaluates on the calling thread, within limits.
 */
public final class TriggerExpressions {
  private static final Logger log = LoggerFactory.getLogger(TriggerExpressions.class);
  private static final String SIGNALS = "signals";

  /** No name of a parameter that can be written in an expression. */
  private static final String CONDITION = "signal trigger/condition";

  private static final String DEDUP = "signal trigger/dedup_expr";

  private final ParamEvaluator evaluator;

  public TriggerExpressions(ParamEvaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** What the expressions say. */
  public sealed interface Verdict {

    /**
     * Start the workflow.
     *
     * @param params for the initiator
     * @param dedup the value of {@code dedup_expr}; null if there is none
     */
    record Start(Map<String, Object> params, @Nullable String dedup) implements Verdict {}

    /** The condition is false. */
    record Not() implements Verdict {}

    /** One of them can't be evaluated; the same signals would give the same failure. */
    record Failed(String reason) implements Verdict {}
  }

  /** Whether a trigger says anything that has to be evaluated. */
  static boolean hasAny(Trigger trigger) {
    var definition = trigger.definition();
    return definition.condition() != null
        || definition.dedupExpr() != null
        || !definition.params().isEmpty();
  }

  /**
   * What the expressions say about signals that go together.
   *
   * @param known all of them, unless one has been deleted
   */
  Verdict verdict(
      Trigger trigger, SortedMap<String, Long> numbers, Map<Place, Signal> known, long now) {
    var matched = new TreeMap<String, Signal>();
    for (var place : Place.of(numbers)) {
      var signal = known.get(place);
      if (signal == null) {
        return new Verdict.Failed("a signal was deleted before its trigger could consume it");
      }
      matched.put(place.name(), signal);
    }
    return evaluate(trigger, matched, now);
  }

  private Verdict evaluate(Trigger trigger, Map<String, Signal> matched, long now) {
    var ofSignals = new LinkedHashMap<String, Object>();
    var numbers = new TreeMap<String, Long>();
    matched.forEach((name, signal) -> {
      ofSignals.put(name, signal.params());
      numbers.put(name, signal.seqId());
    });
    try {
      var results =
          evaluator.evaluateWorkflow(
              definitions(trigger, ofSignals, now), facts(trigger, ofSignals, numbers, now), now);
      return verdict(trigger, ofSignals, results);
    } catch (ParamException e) {
      return new Verdict.Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Our bug, but it must not keep the signal from the triggers of others.
      log.error("The expressions of a trigger of {} break the evaluation", trigger.workflowId(), e);
      return new Verdict.Failed("the evaluation broke: " + e);
    }
  }

  private static Map<String, Param> definitions(
      Trigger trigger, Map<String, Object> ofSignals, long now) {
    var all = new LinkedHashMap<String, Param>();
    all.put(SIGNALS, Param.literal(ParamType.MAP, Map.of()).evaluated(ofSignals, now));
    all.putAll(trigger.definition().params());
    var condition = trigger.definition().condition();
    if (condition != null) {
      all.put(CONDITION, Param.expression(ParamType.BOOLEAN, condition));
    }
    var dedup = trigger.definition().dedupExpr();
    if (dedup != null) {
      all.put(DEDUP, Param.expression(ParamType.STRING, dedup));
    }
    return all;
  }

  private static InstanceFacts facts(
      Trigger trigger, Map<String, Object> ofSignals, SortedMap<String, Long> numbers, long now) {
    // There is no instance yet; its params are what the expressions are about to say.
    return new InstanceFacts(
        trigger.workflowId(),
        0,
        0,
        trigger.owner(),
        new Initiator.Signal(trigger.uuid(), numbers, ofSignals),
        RestartPolicy.START_FRESH_NEW_RUN,
        null,
        now);
  }

  private static Verdict verdict(
      Trigger trigger, Map<String, Object> ofSignals, Map<String, Param> results) {
    if (Boolean.FALSE.equals(result(results, CONDITION))) {
      return new Verdict.Not();
    }
    var params = new LinkedHashMap<>(ofSignals);
    for (var name : trigger.definition().params().keySet()) {
      var value = result(results, name);
      if (value != null) {
        params.put(name, value);
      }
    }
    return new Verdict.Start(params, (String) result(results, DEDUP));
  }

  private static @Nullable Object result(Map<String, Param> results, String name) {
    var param = results.get(name);
    return param == null ? null : param.evaluatedResult();
  }
}
