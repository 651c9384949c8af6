package org.maestro.dev.openapi;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the sources say of types, of their parts and of methods, as text for people. */
public final class Javadocs {
  private static final Pattern INLINE =
      Pattern.compile("\\{@(code|literal|link|linkplain|value)\\s+((?:[^{}]|\\{[^{}]*})*)}");
  private static final Pattern TAG = Pattern.compile("</?[a-z]+>");

  private final Map<String, String> bodies = new HashMap<>();
  private final Map<String, String> parts = new HashMap<>();

  /**
   * Reads all sources of all modules.
   *
   * @param root the repository
   */
  public static Javadocs read(Path root) {
    var docs = new Javadocs();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var sources = new ArrayList<Path>();
      try (var modules = Files.newDirectoryStream(root, "maestro-*")) {
        for (var module : modules) {
          var folder = module.resolve("src/main/java");
          if (Files.isDirectory(folder)) {
            try (var all = Files.walk(folder)) {
              all.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
          }
        }
      }
      var task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      var trees = DocTrees.instance(task);
      for (var unit : task.parse()) {
        var name = unit.getPackageName();
        docs.new Reader(trees, name == null ? "" : name + ".").scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return docs;
  }

  /** What is said of a type; empty if nothing is. */
  public String ofType(Class<?> type) {
    return rendered(type, bodies.getOrDefault(type.getName(), ""));
  }

  /** What is said of a record's part; empty if nothing is. */
  public String ofPart(Class<?> type, String name) {
    return sentence(rendered(type, parts.getOrDefault(type.getName() + " " + name, "")));
  }

  /** What is said of a method or of an enum's constant; empty if nothing is. */
  public String ofMember(Class<?> type, String name) {
    return rendered(type, bodies.getOrDefault(type.getName() + "#" + name, ""));
  }

  /** What is said of a method's parameter; empty if nothing is. */
  public String ofParameter(Class<?> type, String method, String name) {
    return sentence(
        rendered(type, parts.getOrDefault(type.getName() + "#" + method + " " + name, "")));
  }

  private static String sentence(String text) {
    return text.isEmpty()
        ? text
        : Character.toUpperCase(text.charAt(0))
            + text.substring(1)
            + (text.endsWith(".") ? "" : ".");
  }

  private static String rendered(Class<?> type, String text) {
    var plain =
        INLINE
            .matcher(text)
            .replaceAll(found ->
                switch (found.group(1)) {
                  case "code", "literal" ->
                      Matcher.quoteReplacement("`" + found.group(2).strip() + "`");
                  case "value" -> Matcher.quoteReplacement(constant(type, found.group(2).strip()));
                  default -> Matcher.quoteReplacement(label(found.group(2)));
                });
    return TAG.matcher(plain)
        .replaceAll("")
        .replaceAll("\\s+", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .strip();
  }

  private static String label(String link) {
    var words = link.strip().split("\\s+", 2);
    return words.length == 2 ? words[1] : words[0].replaceFirst("^.*[#.]", "");
  }

  private static String constant(Class<?> type, String name) {
    try {
      var words = name.split("#", 2);
      var owner =
          words.length < 2 || words[0].isEmpty()
              ? type
              : Class.forName(type.getPackageName() + "." + words[0]);
      var field = owner.getDeclaredField(words[words.length - 1]);
      field.setAccessible(true);
      return String.valueOf(field.get(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "expected {@value %s} in the documentation of %s to be one of its constants"
              .formatted(name, type.getName()),
          e);
    }
  }

  private final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final DocTrees trees;
    private final List<String> names = new ArrayList<>();
    private final String packageName;

    Reader(DocTrees trees, String packageName) {
      this.trees = trees;
      this.packageName = packageName;
    }

    private String type() {
      return packageName + String.join("$", names);
    }

    private void keep(String key) {
      DocCommentTree doc = trees.getDocCommentTree(getCurrentPath());
      if (doc == null) {
        return;
      }
      bodies.putIfAbsent(key, text(doc.getFullBody()));
      for (var tag : doc.getBlockTags()) {
        if (tag instanceof ParamTree param && !param.isTypeParameter()) {
          parts.putIfAbsent(key + " " + param.getName(), text(param.getDescription()));
        }
      }
    }

    private static String text(List<? extends DocTree> trees) {
      var text = new StringBuilder();
      trees.forEach(text::append);
      return text.toString();
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
      if (tree.getSimpleName().isEmpty()) {
        return null;
      }
      names.add(tree.getSimpleName().toString());
      keep(type());
      super.visitClass(tree, nothing);
      names.removeLast();
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
      keep(type() + "#" + tree.getName());
      return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void nothing) {
      keep(type() + "#" + tree.getName());
      return null;
    }
  }
}
