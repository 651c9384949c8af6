package org.maestro.engine.run;

import java.util.List;
import org.maestro.model.message.SignalRequest;

/** What a turn tells others, in the short form that waits in the outbox. */
public record TurnNews(List<StatusChange> events, List<SignalRequest> signals) {}
