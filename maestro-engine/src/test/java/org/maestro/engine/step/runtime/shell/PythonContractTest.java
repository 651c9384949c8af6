package org.maestro.engine.step.runtime.shell;

import java.util.HashMap;
import java.util.Map;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.model.definition.StepType;

/** A Python step is a job like any other, whatever it becomes. */
class PythonContractTest extends ShellContractTest {

  @Override
  public Launch script(String text) {
    var shell = super.script(text);
    var params = new HashMap<>(shell.params());
    params.put("script", "import os\nos.execv('/bin/sh', ['/bin/sh', '-c', text])");
    params.put("args", Map.of("text", text));
    return new Launch(shell.attempt(), StepType.PYTHON, shell.owner(), params, null);
  }
}
