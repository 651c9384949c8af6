package org.maestro.signal.announce;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The JSON in columns and messages. */
public final class SignalJson {
  private static final TypeReference<Map<String, Object>> PARAMS = new TypeReference<>() {};
  private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

  private final JsonMapper json;
  private final ObjectReader messages;

  /** Over a mapper that reads whole numbers as {@code Long}. */
  public SignalJson(JsonMapper json) {
    this.json = json;
    this.messages = json.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  public String write(Object value) {
    return json.writeValueAsString(value);
  }

  public @Nullable String writeNullable(@Nullable Object value) {
    return value == null ? null : json.writeValueAsString(value);
  }

  public <T> T read(String text, Class<T> type) {
    return json.readValue(text, type);
  }

  /** A message of a service; one that is newer may say more. */
  public <T> T message(byte[] text, Class<T> type) {
    return messages.forType(type).readValue(text);
  }

  public <T> T read(byte[] text, Class<T> type) {
    return json.readValue(text, type);
  }

  public <T> T read(String text, TypeReference<T> type) {
    return json.readValue(text, type);
  }

  /**
   * Whose signals a workflow takes.
   *
   * @param names as a JSON array; null: everybody's
   */
  public Announcers announcers(@Nullable String owner, @Nullable String names) {
    return new Announcers(owner, names == null ? null : json.readValue(names, NAMES));
  }

  /** An object. */
  public Map<String, Object> map(String text) {
    return json.readValue(text, PARAMS);
  }

  public @Nullable Object readNullable(@Nullable String text) {
    return text == null ? null : json.readValue(text, Object.class);
  }
}
