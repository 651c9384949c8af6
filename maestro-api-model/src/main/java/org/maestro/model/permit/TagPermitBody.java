package org.maestro.model.permit;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.Map;

/**
 * A limit to set.
 *
 * @param maxAllowed how many step attempts with the tag may run at a time; 0 lets none start
 * @param extraInfo whatever else is to be kept with it; it stands beside the other fields
 */
public record TagPermitBody(
    String tag, long maxAllowed, @JsonAnyGetter Map<String, Object> extraInfo) {}
