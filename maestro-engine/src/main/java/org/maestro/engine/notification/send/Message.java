package org.maestro.engine.notification.send;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.alert.AlertEvent;
import org.maestro.engine.alert.Receiver;

/**
 * Something in words. The same for every kind of receiver.
 *
 * @param id stays the same however often it is sent
 * @param at when it happened; epoch milliseconds
 * @param subject one line
 * @param text lines of plain text; holds what users wrote, and is no markup
 * @param link to the run in the UI
 * @param data for programs
 */
record Message(
    String id,
    AlertEvent event,
    Receiver receiver,
    long at,
    String subject,
    String text,
    @Nullable String link,
    Map<String, Object> data) {}
