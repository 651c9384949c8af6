package org.maestro.engine.start;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.alert.AlertPlan;
import org.maestro.engine.alert.Channels;
import org.maestro.engine.alert.RunAlerts;
import org.maestro.model.definition.Properties;
import org.maestro.model.param.Param;
import org.maestro.param.InstanceFacts;
import org.maestro.param.ParamEvaluator;

/** Says of a run that is being accepted whom it will tell of what. */
public final class RunAlerting {
  private final ParamEvaluator params;
  private final Channels channels;

  /**
   * With the parts that it works on.
   *
   * @param channels that the operator has set up
   */
  public RunAlerting(ParamEvaluator params, Channels channels) {
    this.params = params;
    this.channels = channels;
  }

  /** Of a run whose params are evaluated; null if it tells nobody. */
  @Nullable RunAlerts of(
      Properties properties, InstanceFacts about, Map<String, Param> evaluated, long now) {
    return AlertPlan.of(
        properties, channels, text -> params.interpolate(text, evaluated, about), now);
  }

  /** Of a run whose params can't be evaluated. */
  @Nullable RunAlerts ofFailed(Properties properties, long now) {
    return AlertPlan.of(properties, channels, RunAlerting::literally, now);
  }

  private static String literally(String text) {
    if (text.indexOf('$') >= 0) {
      throw new IllegalArgumentException("the params of the run could not be evaluated");
    }
    return text;
  }
}
