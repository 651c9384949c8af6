package org.maestro.dsl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.model.tag.Tag;
import org.maestro.model.tag.TagNamespace;

/** Tags: a name, or an object with a name and anything else. */
final class TagReader {
  private static final int LONGEST_NAME = 256;
  private static final Pattern NAME = Pattern.compile("[\\w .,:@&='(){}$+\\[\\]\\-/\\\\]+");

  private TagReader() {}

  /** The tags in a field; no two may have the same name. */
  static List<Tag> tags(Fields fields, String name) {
    return tags(fields.list(name), fields.at(name));
  }

  static List<Tag> tags(List<Object> items, Place place) {
    var tags = new ArrayList<Tag>(items.size());
    var names = new HashSet<String>();
    for (var i = 0; i < items.size(); i++) {
      var tag = tag(items.get(i), place.child(i));
      if (!tag.name().isEmpty() && !names.add(tag.name())) {
        place
            .child(i)
            .report(
                "expected every tag once, found " + Found.quote(tag.name()) + " again; remove it");
      }
      tags.add(tag);
    }
    return tags;
  }

  static Tag tag(@Nullable Object tree, Place place) {
    var name = Scalars.text(tree);
    if (name != null) {
      checkName(name, place);
      return Tag.of(name);
    }
    var fields = Fields.of(tree, place, "a tag");
    if (!(tree instanceof Map)) {
      return Tag.of("");
    }
    var written = fields.requiredText("name", LONGEST_NAME);
    if (!written.isBlank()) {
      checkName(written, fields.at("name"));
    }
    var namespace = fields.choice("namespace", TagNamespace.class);
    // Filled in by the system in what it shows; it isn't part of the tag.
    fields.raw("permit");
    return new Tag(written, namespace, new LinkedHashMap<>(fields.others()));
  }

  private static void checkName(String name, Place place) {
    if (name.length() > LONGEST_NAME) {
      place.report(
          "expected a tag of at most " + LONGEST_NAME + " characters, found " + name.length());
    } else if (!NAME.matcher(name).matches()) {
      place.report(
          "expected a tag of letters, digits, blanks and any of _.,:@&='(){}$+[]-/\\, found "
              + Found.quote(name));
    }
  }
}
