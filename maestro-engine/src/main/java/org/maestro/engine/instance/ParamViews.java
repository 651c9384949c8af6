package org.maestro.engine.instance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;

/** Parameters with their results, every field spelt out even where the default holds. Pure. */
final class ParamViews {
  private ParamViews() {}

  static Map<String, Object> of(Map<String, Param> params) {
    var views = new LinkedHashMap<String, Object>();
    params.forEach((name, param) -> views.put(name, of(param)));
    return views;
  }

  static Map<String, Object> of(Param param) {
    var view = new LinkedHashMap<>(DefinitionWriter.tree(param));
    view.put("mode", param.effectiveMode().name());
    if (param.source() == null) {
      view.put("source", ParamSource.DEFINITION.name());
    }
    view.put("tags", param.tags());
    return view;
  }
}
