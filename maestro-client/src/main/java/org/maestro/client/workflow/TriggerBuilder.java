package org.maestro.client.workflow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What starts instances of a workflow. */
public sealed interface TriggerBuilder permits TimeTriggerBuilder, SignalTriggerBuilder {
  /** As the YAML form has it. */
  Map<String, @Nullable Object> tree();
}
