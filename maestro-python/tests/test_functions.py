"""Functions that become steps."""

from __future__ import annotations

import importlib.util
import linecache
import tempfile
import textwrap
import unittest
from pathlib import Path
from types import ModuleType
from typing import Any

from maestro_orchestrator import DefinitionError, call, workflow

FILE = """\
from __future__ import annotations

import json
import os.path
import sys

from maestro_orchestrator import call, workflow

try:
    import tomllib as toml
except ImportError:
    toml = None

LIMIT = 3
UNUSED = 4


class Kept:
    pass


def helper(x):
    return x + LIMIT


def load(day: str, rows: list[int], limit: int = 1) -> dict:
    sign = "$day"
    kept = Kept()
    return {"n": helper(rows[0]), "name": os.path.join(day, sign), "toml": toml is not None}


def outside():
    def inside():
        pass
    return inside


def uses_maestro():
    return workflow


def build():
    with workflow("w") as wf:
        call("load", load, args={"day": "x", "rows": [1]})
    return wf


if __name__ == "__main__":
    sys.exit(json.dumps(build()))
"""


def module(folder: str, text: str = FILE) -> ModuleType:
    file = Path(folder, "flow.py")
    file.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("flow", file)
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def only_step(wf: Any) -> dict[str, Any]:
    step: dict[str, Any] = wf.to_dict()["workflow"]["steps"][0]["step"]
    return step


class FunctionsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.flow = module(self.folder.name)

    def test_what_the_function_needs_goes_with_it_at_its_own_line(self) -> None:
        step = only_step(self.flow.build())
        script = step["params"]["script"]["value"]
        lines = script.splitlines()

        self.assertEqual("Python", step["type"])
        self.assertEqual("load", step["params"]["function"]["value"])
        self.assertEqual(FILE.splitlines().index("LIMIT = 3"), lines.index("LIMIT = 3"))
        for kept in ("import os.path", "class Kept:", "def helper(x):", "    import tomllib as toml"):
            self.assertIn(kept, lines)
        for left in ("UNUSED", "maestro_orchestrator", "import json", "outside", "__main__"):
            self.assertNotIn(left, script)
        self.assertIn('sign = "$$day"', script)

    def test_the_script_runs_alone(self) -> None:
        script = only_step(self.flow.build())["params"]["script"]["value"].replace("$$", "$")
        space: dict[str, Any] = {"__name__": "script"}
        exec(compile(script, "script.py", "exec"), space)

        self.assertEqual(8, space["load"]("a", [5])["n"])

    def test_args_keep_their_types(self) -> None:
        with workflow("w") as wf:
            days = wf.param("days", [1, 2])
            call("load", self.flow.load, args={"day": "x", "rows": days}, outputs={"n": "LONG"})
        args = only_step(wf)["params"]["args"]

        self.assertEqual("MAP", args["type"])
        self.assertEqual({"type": "LONG_ARRAY", "expression": "days"}, args["value"]["rows"])
        self.assertEqual("STRING", args["value"]["day"]["type"])

    def test_args_that_dont_fit_are_refused_where_they_are_written(self) -> None:
        self.refused("args don't fit load(day: 'str', rows: 'list[int]', limit: 'int' = 1)", args={"dya": 1})

    def test_what_cant_go_alone_is_refused(self) -> None:
        self.refused("function at the top of a file", lambda: None)
        self.refused("function at the top of a file", self.flow.outside())
        self.refused("function at the top of a file", len)
        self.refused("found maestro_orchestrator in line 7", self.flow.uses_maestro)
        relative = "from . import other\n\ndef f():\n    return other\n"
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "relative.py")
            file.write_text(textwrap.dedent(relative), encoding="utf-8")
            space: dict[str, Any] = {}
            exec(compile("def f():\n    return 1\n", str(file), "exec"), space)
            self.refused("relative import in line 1", space["f"])
            file.write_text("for n in [1]:\n    pass\n\ndef f():\n    return n\n", encoding="utf-8")
            linecache.checkcache()
            exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), space)
            self.refused("by name, found n", space["f"])

    def refused(self, message: str, function: Any = None, **options: Any) -> None:
        with workflow("w"):
            with self.assertRaises(DefinitionError) as caught:
                call("load", function or self.flow.load, **options)
        self.assertIn(message, str(caught.exception))
