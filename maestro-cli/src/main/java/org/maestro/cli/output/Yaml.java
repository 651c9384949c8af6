package org.maestro.cli.output;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Trees as YAML, for output and settings. Definitions have a reader of their own. */
public final class Yaml {
  private static final int WIDTH = 120;

  private Yaml() {}

  /** Block style, in order; text of several lines as a literal block. */
  public static String write(@Nullable Object tree) {
    var options = options();
    return new org.yaml.snakeyaml.Yaml(
            new SafeConstructor(new LoaderOptions()), new Literal(options), options)
        .dump(tree);
  }

  /**
   * Reads a tree.
   *
   * @throws org.yaml.snakeyaml.error.YAMLException if the text is no YAML
   */
  public static Tree read(String text) {
    return new Tree(
        new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(text));
  }

  private static DumperOptions options() {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setWidth(WIDTH);
    options.setSplitLines(false);
    return options;
  }

  private static final class Literal extends Representer {
    Literal(DumperOptions options) {
      super(options);
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
      var literal = tag.equals(Tag.STR) && value.indexOf('\n') >= 0;
      return super.representScalar(tag, value, literal ? ScalarStyle.LITERAL : style);
    }
  }
}
