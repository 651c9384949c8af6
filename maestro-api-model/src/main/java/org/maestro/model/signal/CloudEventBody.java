package org.maestro.model.signal;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent 1.0 in structured mode. In binary mode the attributes are headers, {@code ce-type}
 * and so on, and the body is the data.
 *
 * @param specversion 1.0
 * @param type the signal's name, unless the service is told otherwise
 * @param id together with the source it is what the event is known by
 * @param source where it happened
 * @param time when, as RFC 3339 has it
 * @param data any JSON
 * @param extensions stand beside the other fields; those of simple types become params
 */
public record CloudEventBody(
    String specversion,
    String type,
    String id,
    String source,
    @Nullable String subject,
    @Nullable String time,
    @Nullable String datacontenttype,
    @Nullable String dataschema,
    @Nullable Object data,
    @JsonAnyGetter Map<String, Object> extensions) {}
