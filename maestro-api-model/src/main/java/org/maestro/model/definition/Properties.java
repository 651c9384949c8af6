package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.tag.Tag;

/**
 * What belongs to a workflow rather than to one version of it. In a change, null means unchanged.
 *
 * @param owner who owns the workflow and whose identity its steps run under
 * @param ownerAttributes anything else in the owner's object, opaque
 * @param accessControl {@code start} and {@code announce} are lists of names; all else is opaque
 * @param stepConcurrency 1 to 1000; null means 20
 * @param alerting opaque but for string interpolation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Properties(
    @Nullable String owner,
    @Nullable Map<String, Object> ownerAttributes,
    @Nullable Map<String, Object> accessControl,
    @Nullable RunStrategy runStrategy,
    @Nullable Long stepConcurrency,
    @Nullable Map<String, Object> alerting,
    @Nullable Boolean alertingDisabled,
    @Nullable Boolean signalTriggerDisabled,
    @Nullable Boolean timeTriggerDisabled,
    @Nullable String description,
    @Nullable List<Tag> tags) {
  public static final Properties NONE =
      new Properties(null, null, null, null, null, null, null, null, null, null, null);

  /** Who may start the workflow besides its owner; {@code "*"} is everybody. */
  public List<String> starters() {
    var names = names("start");
    return names == null ? List.of() : names;
  }

  /** Whose signals the workflow takes besides its owner's; null: everybody's. */
  public @Nullable List<String> announcers() {
    return names("announce");
  }

  private @Nullable List<String> names(String of) {
    return accessControl != null && accessControl.get(of) instanceof List<?> names
        ? names.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : null;
  }

  /** The run strategy that holds. */
  public RunStrategy effectiveRunStrategy() {
    return runStrategy == null ? RunStrategy.DEFAULT : runStrategy;
  }

  /** These, with everything that {@code change} sets put over them; tags are not touched. */
  public Properties changedBy(Properties change) {
    return new Properties(
        change.owner != null ? change.owner : owner,
        change.owner != null ? change.ownerAttributes : ownerAttributes,
        change.accessControl != null ? change.accessControl : accessControl,
        change.runStrategy != null ? change.runStrategy : runStrategy,
        change.stepConcurrency != null ? change.stepConcurrency : stepConcurrency,
        change.alerting != null ? change.alerting : alerting,
        change.alertingDisabled != null ? change.alertingDisabled : alertingDisabled,
        change.signalTriggerDisabled != null ? change.signalTriggerDisabled : signalTriggerDisabled,
        change.timeTriggerDisabled != null ? change.timeTriggerDisabled : timeTriggerDisabled,
        change.description != null ? change.description : description,
        tags);
  }
}
