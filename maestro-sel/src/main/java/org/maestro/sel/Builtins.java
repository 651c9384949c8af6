package org.maestro.sel;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything an expression can call: a fixed table by type, name and number of arguments, filled
 * when the class loads. What isn't in it can't be called, whatever the text says.
 */
final class Builtins {

  /** The code behind one entry. */
  @FunctionalInterface
  interface Function {
    Value apply(Call call);
  }

  private static final String ANY_NUMBER = "/any";
  private static final Builtins ALL = new Builtins();

  private final Map<ValueType, Map<String, Function>> methods = new EnumMap<>(ValueType.class);
  private final Set<String> methodKeys = new TreeSet<>();
  private final Set<String> methodNames = new TreeSet<>();
  private final Map<String, Map<String, Function>> functions = new HashMap<>();
  private final Map<String, Value> constants = new HashMap<>();

  private Builtins() {
    TextBuiltins.addTo(this);
    MapBuiltins.addTo(this);
    DateBuiltins.addTo(this);
    UtilBuiltins.addTo(this);
    SystemBuiltins.addTo(this);
  }

  void method(ValueType type, String name, int arity, Function function) {
    methods.computeIfAbsent(type, _ -> new HashMap<>()).put(key(name, arity), function);
    methodKeys.add(key(name, arity));
    methodNames.add(name);
  }

  void function(String type, String name, int arity, Function function) {
    functions.computeIfAbsent(type, _ -> new HashMap<>()).put(key(name, arity), function);
  }

  void functionOfAny(String type, String name, Function function) {
    functions.computeIfAbsent(type, _ -> new HashMap<>()).put(name + ANY_NUMBER, function);
  }

  void constructor(String type, int arity, Function function) {
    function(type, "new", arity, function);
  }

  void constant(String type, String name, Value value) {
    functions.computeIfAbsent(type, _ -> new HashMap<>());
    constants.put(type + "." + name, value);
  }

  /** What methods are found by. */
  static String key(String name, int arity) {
    return name + "/" + arity;
  }

  /** Whether any type has such a method. */
  static boolean isMethod(String key) {
    return ALL.methodKeys.contains(key);
  }

  static @Nullable Function method(ValueType type, String key) {
    return ALL.methods.getOrDefault(type, Map.of()).get(key);
  }

  /** Whether this is the name of a type with functions, constants or constructors. */
  static boolean isType(String name) {
    return ALL.functions.containsKey(name);
  }

  static @Nullable Function function(String type, String name, int arity) {
    var ofType = ALL.functions.getOrDefault(type, Map.of());
    var exact = ofType.get(key(name, arity));
    return exact != null ? exact : ofType.get(name + ANY_NUMBER);
  }

  static @Nullable Value constant(String type, String name) {
    return ALL.constants.get(type + "." + name);
  }

  static @Nullable String suggestMethod(String name) {
    return Spelling.suggest(name, ALL.methodNames);
  }

  /** What a function of this name is called in full. */
  static @Nullable String suggestFunction(String name) {
    var full = new TreeSet<String>();
    ALL.functions.forEach((type, ofType) -> {
      if (ofType.keySet().stream().anyMatch(key -> key.startsWith(name + "/"))) {
        full.add("write " + type + "." + name);
      }
    });
    return full.isEmpty() ? null : full.first();
  }

  /** How a message says a number of arguments. */
  static String shownArity(int arity) {
    return arity == 0 ? "no arguments" : arity == 1 ? "1 argument" : arity + " arguments";
  }

  /** Every entry, as {@code Type.name/arity}: the whole reachable surface. */
  static Set<String> surface() {
    var all = new TreeSet<String>(ALL.constants.keySet());
    ALL.methods.forEach(
        (type, ofType) -> ofType.keySet().forEach(key -> all.add(type.shown() + "." + key)));
    ALL.functions.forEach(
        (type, ofType) -> ofType.keySet().forEach(key -> all.add(type + "." + key)));
    return Collections.unmodifiableSet(all);
  }
}
