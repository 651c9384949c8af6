package org.maestro.dev.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Which refusals a method can come to, read from the compiled code: every {@link ApiException} that
 * is made in it or in what it calls. Codes may pass through parameters on their way; a call of one
 * of our own methods may be a call of whatever overrides it.
 */
final class Refusals {
  private static final String REFUSAL = Type.getInternalName(ApiException.class);
  private static final String KIND = Type.getInternalName(ProblemKind.class);
  private static final String OURS = "org/maestro/";

  /** A refusal as clients see it. */
  record Refusal(int status, String code) implements Comparable<Refusal> {
    @Override
    public int compareTo(Refusal other) {
      return status != other.status
          ? Integer.compare(status, other.status)
          : code.compareTo(other.code);
    }
  }

  private record Called(String owner, String name, String descriptor) {}

  /** Where something comes from: a constant of the code, or a parameter by number. */
  private sealed interface Origin {
    record Constant(String value) implements Origin {}

    record Parameter(int number) implements Origin {}
  }

  /** A method that refuses; with what may depend on its parameters. */
  private record Refuser(Origin kind, Origin code) {}

  private final Map<String, ClassNode> classes = new HashMap<>();
  private final Map<String, Set<String>> below = new HashMap<>();
  private final Map<Called, MethodNode> methods = new HashMap<>();
  private final Map<Called, Set<Called>> calls = new HashMap<>();
  private final Map<Called, Set<Called>> callers = new HashMap<>();
  private final Map<Called, Set<Called>> lambdas = new HashMap<>();
  private final Map<Called, Set<Refuser>> refusers = new HashMap<>();
  private final Map<Called, Set<Refusal>> own = new HashMap<>();

  /** Reads all classes of ours on the class path. */
  Refusals() {
    try {
      for (var resource :
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:org/maestro/**/*.class")) {
        try (var in = resource.getInputStream()) {
          var node = new ClassNode();
          new ClassReader(in).accept(node, ClassReader.SKIP_DEBUG);
          classes.put(node.name, node);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    classes.values().forEach(this::index);
    findRefusers();
  }

  private void index(ClassNode node) {
    below.computeIfAbsent(node.superName, _ -> new HashSet<>()).add(node.name);
    node.interfaces.forEach(it -> below.computeIfAbsent(it, _ -> new HashSet<>()).add(node.name));
    for (var method : node.methods) {
      var id = new Called(node.name, method.name, method.desc);
      methods.put(id, method);
      for (var instruction : method.instructions) {
        switch (instruction) {
          case MethodInsnNode call when call.owner.startsWith(OURS) ->
              called(id, new Called(call.owner, call.name, call.desc));
          case InvokeDynamicInsnNode made -> made(id, made);
          default -> {}
        }
      }
    }
  }

  private void made(Called by, InvokeDynamicInsnNode made) {
    for (var argument : made.bsmArgs) {
      if (argument instanceof Handle handle && handle.getOwner().startsWith(OURS)) {
        var body = new Called(handle.getOwner(), handle.getName(), handle.getDesc());
        called(by, body);
        var type = Type.getReturnType(made.desc).getInternalName();
        // What wiring hands in; any other is counted where it is made.
        if (type.startsWith(OURS) && by.owner().endsWith("Configuration")) {
          lambdas.computeIfAbsent(new Called(type, made.name, ""), _ -> new HashSet<>()).add(body);
        }
      }
    }
  }

  private void called(Called by, Called what) {
    calls.computeIfAbsent(by, _ -> new HashSet<>()).add(what);
    callers.computeIfAbsent(what, _ -> new HashSet<>()).add(by);
  }

  // ------------------------------------------------------------------ who refuses

  private void findRefusers() {
    var open = new ArrayDeque<Called>();
    for (var method : methods.keySet()) {
      if (method.owner().equals(REFUSAL)
          && method.name().equals("<init>")
          && method.descriptor().startsWith("(L" + KIND + ";Ljava/lang/String;")) {
        // The instance is number 0.
        refusers.put(method, Set.of(new Refuser(new Origin.Parameter(1), new Origin.Parameter(2))));
        open.add(method);
      }
    }
    while (!open.isEmpty()) {
      for (var caller : Set.copyOf(callers.getOrDefault(open.remove(), Set.of()))) {
        if (!isConstructorOfRefusal(caller) && look(caller)) {
          open.add(caller);
        }
      }
    }
  }

  private static boolean isConstructorOfRefusal(Called method) {
    return method.owner().equals(REFUSAL) && method.name().equals("<init>");
  }

  /** True if the method has turned out to refuse on behalf of its callers in a new way. */
  private boolean look(Called id) {
    var method = methods.get(id);
    if (method == null || method.instructions.size() == 0) {
      return false;
    }
    var values = new Values();
    Frame<SourceValue>[] frames;
    try {
      frames = new Analyzer<>(values).analyze(id.owner(), method);
    } catch (AnalyzerException e) {
      throw new IllegalStateException(id + " can't be read", e);
    }
    var isNew = false;
    for (var i = 0; i < frames.length; i++) {
      var frame = frames[i];
      if (frame == null) {
        continue;
      }
      var instruction = method.instructions.get(i);
      if (instruction instanceof MethodInsnNode call) {
        var called = new Called(call.owner, call.name, call.desc);
        var given = new ArrayList<SourceValue>();
        var count =
            Type.getArgumentCount(call.desc) + (call.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1);
        for (var n = count; n > 0; n--) {
          given.add(frame.getStack(frame.getStackSize() - n));
        }
        isNew |= passes(id, called, given, values);
      } else if (instruction instanceof InvokeDynamicInsnNode made) {
        var given = new ArrayList<SourceValue>();
        for (var n = Type.getArgumentCount(made.desc); n > 0; n--) {
          given.add(frame.getStack(frame.getStackSize() - n));
        }
        for (var argument : made.bsmArgs) {
          if (argument instanceof Handle handle) {
            isNew |=
                passes(
                    id,
                    new Called(handle.getOwner(), handle.getName(), handle.getDesc()),
                    given,
                    values);
          }
        }
      }
    }
    for (var instruction : values.unknown) {
      throw new IllegalStateException(
          "expected the code of a refusal in %s.%s to be a constant, or the code of an enum of ours, found %s"
              .formatted(
                  id.owner(),
                  id.name(),
                  instruction instanceof MethodInsnNode call
                      ? call.owner + "." + call.name
                      : "instruction " + instruction.getOpcode()));
    }
    return isNew;
  }

  private boolean passes(Called by, Called called, List<SourceValue> given, Values values) {
    var isNew = false;
    for (var refuser : Set.copyOf(refusers.getOrDefault(called, Set.of()))) {
      for (var kind : values.origins(refuser.kind(), given)) {
        for (var code : values.origins(refuser.code(), given)) {
          if (kind instanceof Origin.Constant(var kindName)
              && code instanceof Origin.Constant(var text)) {
            own.computeIfAbsent(by, _ -> new HashSet<>())
                .add(new Refusal(ProblemKind.valueOf(kindName).httpStatus(), text));
          } else {
            isNew |=
                refusers.computeIfAbsent(by, _ -> new HashSet<>()).add(new Refuser(kind, code));
          }
        }
      }
    }
    return isNew;
  }

  /** Follows values to where they come from, through local variables. */
  private static final class Values extends SourceInterpreter {
    private final Map<AbstractInsnNode, Integer> parameters = new HashMap<>();
    private final Set<AbstractInsnNode> unknown = new HashSet<>();
    private int seen;

    Values() {
      super(Opcodes.ASM9);
    }

    @Override
    public SourceValue newParameterValue(boolean isInstance, int local, Type type) {
      var mark = new LdcInsnNode("");
      parameters.put(mark, seen++);
      return new SourceValue(type.getSize(), mark);
    }

    @Override
    public SourceValue copyOperation(AbstractInsnNode instruction, SourceValue value) {
      return value;
    }

    List<Origin> origins(Origin wanted, List<SourceValue> given) {
      if (!(wanted instanceof Origin.Parameter(var number))) {
        return List.of(wanted);
      }
      if (number >= given.size()) {
        return List.of();
      }
      var found = new ArrayList<Origin>();
      for (var instruction : given.get(number).insns) {
        var several = origins(instruction);
        found.addAll(several);
        if (several.isEmpty()) {
          unknown.add(instruction);
        }
      }
      return found;
    }

    private List<? extends Origin> origins(AbstractInsnNode instruction) {
      var parameter = parameters.get(instruction);
      if (parameter != null) {
        return List.of(new Origin.Parameter(parameter));
      }
      return switch (instruction) {
        case LdcInsnNode constant when constant.cst instanceof String text ->
            List.of(new Origin.Constant(text));
        case FieldInsnNode field when field.owner.equals(KIND) ->
            List.of(new Origin.Constant(field.name));
        case MethodInsnNode call when call.owner.startsWith(OURS) -> codesOf(call);
        default -> List.of();
      };
    }

    /** All that an enum's method says of its constants. */
    private static List<Origin> codesOf(MethodInsnNode call) {
      try {
        var type = Class.forName(call.owner.replace('/', '.'));
        if (!type.isEnum()) {
          return List.of();
        }
        var method = type.getDeclaredMethod(call.name);
        var found = new ArrayList<Origin>();
        for (var constant : type.getEnumConstants()) {
          found.add(new Origin.Constant((String) method.invoke(constant)));
        }
        return found;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(call.owner + "." + call.name + " can't be asked", e);
      }
    }
  }

  // ------------------------------------------------------------------ who comes to it

  /** What methods of that name can refuse, and all that they call. */
  Set<Refusal> of(Class<?> type, String name) {
    var found = new TreeSet<Refusal>();
    for (var method : type.getDeclaredMethods()) {
      if (method.getName().equals(name)) {
        found.addAll(of(method));
      }
    }
    if (found.isEmpty()) {
      throw new IllegalStateException(type.getName() + "." + name + " refuses nothing");
    }
    return found;
  }

  /** What a method can refuse, and all that it calls. */
  Set<Refusal> of(Method method) {
    var found = new TreeSet<Refusal>();
    var seen = new HashSet<Called>();
    var open = new ArrayDeque<Called>();
    open.add(
        new Called(
            Type.getInternalName(method.getDeclaringClass()),
            method.getName(),
            Type.getMethodDescriptor(method)));
    while (!open.isEmpty()) {
      var next = open.remove();
      if (seen.add(next)) {
        found.addAll(own.getOrDefault(next, Set.of()));
        for (var called : calls.getOrDefault(next, Set.of())) {
          open.addAll(meant(called));
        }
      }
    }
    return found;
  }

  /** Whether a method reads a constant of that name. */
  boolean mentions(Method method, String constant) {
    var found =
        methods.get(
            new Called(
                Type.getInternalName(method.getDeclaringClass()),
                method.getName(),
                Type.getMethodDescriptor(method)));
    if (found != null) {
      for (var instruction : found.instructions) {
        if (instruction instanceof FieldInsnNode field && field.name.equals(constant)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The methods that a call may end in. */
  private List<Called> meant(Called called) {
    var found = new ArrayList<Called>();
    for (@Nullable String owner = called.owner(); owner != null; ) {
      var inherited = new Called(owner, called.name(), called.descriptor());
      if (methods.containsKey(inherited)) {
        found.add(inherited);
        break;
      }
      var node = classes.get(owner);
      owner = node == null ? null : node.superName;
    }
    if (!called.name().equals("<init>")) {
      var open = new ArrayDeque<>(below.getOrDefault(called.owner(), Set.of()));
      while (!open.isEmpty()) {
        var type = open.remove();
        open.addAll(below.getOrDefault(type, Set.of()));
        var overriding = new Called(type, called.name(), called.descriptor());
        if (methods.containsKey(overriding)) {
          found.add(overriding);
        }
      }
      found.addAll(lambdas.getOrDefault(new Called(called.owner(), called.name(), ""), Set.of()));
    }
    return found;
  }
}
