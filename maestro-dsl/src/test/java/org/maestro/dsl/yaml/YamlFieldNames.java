package org.maestro.dsl.yaml;

import java.util.Collection;
import java.util.LinkedHashSet;

/** Lets tests of other packages see the fields of the YAML form. */
public final class YamlFieldNames {
  private YamlFieldNames() {}

  /** Every field that the YAML form has anywhere. */
  public static Collection<String> all() {
    var all = new LinkedHashSet<String>();
    all.addAll(YamlFields.PUSH);
    all.addAll(YamlFields.WORKFLOW);
    YamlFields.JOBS.values().forEach(all::addAll);
    all.addAll(YamlFields.TRIGGER);
    all.addAll(YamlFields.SIGNAL_TRIGGER);
    all.addAll(YamlFields.TRIGGER_ENTRY);
    all.addAll(YamlFields.WAIT);
    all.addAll(YamlFields.ANNOUNCE);
    all.addAll(YamlFields.RETRY);
    all.addAll(YamlFields.RANGE);
    return all;
  }
}
