package org.maestro.sel;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

  /** What a type may be called that isn't there. */
  static @Nullable String suggestType(String name) {
    return Spelling.suggest(name, ALL.functions.keySet());
  }

  /** What a function of this name, or nearly, is called in full. */
  static @Nullable String suggestFunction(String name) {
    var byName = new TreeMap<String, String>();
    ALL.functions.forEach((type, ofType) -> {
      for (var known : names(ofType)) {
        byName.merge(known, type, (one, other) -> one.compareTo(other) < 0 ? one : other);
      }
    });
    byName.remove("new");
    if (byName.containsKey(name)) {
      return "write " + byName.get(name) + "." + name;
    }
    var nearest = Spelling.nearest(name, byName.keySet());
    return nearest == null ? null : "did you mean " + byName.get(nearest) + "." + nearest + "?";
  }

  /** What to call of a type that has no such function: with other arguments, or by another name. */
  static @Nullable String suggestFunction(String type, String name) {
    var ofType = ALL.functions.getOrDefault(type, Map.of());
    var forms = ofType.keySet().stream().filter(key -> key.startsWith(name + "/")).sorted();
    var arities = forms.map(key -> key.substring(key.indexOf('/') + 1)).toList();
    if (!arities.isEmpty()) {
      return "it takes " + String.join(" or ", arities) + " of them";
    }
    var nearest = Spelling.nearest(name, names(ofType));
    return nearest == null ? suggestFunction(name) : "did you mean " + type + "." + nearest + "?";
  }

  private static Set<String> names(Map<String, Function> functions) {
    return functions.keySet().stream()
        .map(key -> key.substring(0, key.indexOf('/')))
        .collect(Collectors.toCollection(TreeSet::new));
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
