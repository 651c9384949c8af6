"""Defects that users of other Python SDKs for such servers have met, by what went wrong there."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import unittest
from pathlib import Path

from maestro_orchestrator import (
    ApiError,
    Client,
    DefinitionError,
    __version__,
    announce,
    expr,
    foreach,
    param,
    signal,
    step,
    subworkflow,
    workflow,
)
from maestro_orchestrator._names import RESERVED_PARAMS

from .fake_server import Answer, FakeClock, FakeServer, problem

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))


class DefectsTest(unittest.TestCase):
    def test_a_syntax_that_an_older_python_cannot_read(self) -> None:
        self.assertGreater(len(SOURCES), 10)
        for source in SOURCES:
            code = source.read_text(encoding="utf-8")
            tree = ast.parse(code, str(source), feature_version=(3, 10))
            if sys.version_info >= (3, 12):
                # From there on an f-string may have its own quotes and backslashes inside.
                for node in ast.walk(tree):
                    if isinstance(node, ast.FormattedValue):
                        inner = ast.get_source_segment(code, node.value) or ""
                        self.assertNotRegex(inner, r'["\\]', f"{source}:{node.lineno}")

    def test_b_a_range_in_a_foreach_is_no_python_tuple(self) -> None:
        with workflow("w") as wf, foreach("f", over={"h": range(24), "t": (1, 2)}):
            step("a", "NoOp")
        loop = wf.to_dict()["workflow"]["steps"][0]["foreach"]["params"]["loop_params"]["value"]
        self.assertEqual(loop["h"], {"type": "LONG_ARRAY", "expression": "Util.intsBetween(0, 24, 1)"})
        self.assertEqual(loop["t"], {"type": "LONG_ARRAY", "value": [1, 2]})
        self.assertNotIn("!!", wf.to_yaml())

    def test_c_a_subworkflows_version_is_the_parameter_that_the_server_reads(self) -> None:
        with workflow("w") as wf:
            subworkflow("s", "other", version="default")
        params = wf.to_dict()["workflow"]["steps"][0]["subworkflow"]["params"]
        self.assertEqual(set(params), {"subworkflow_id", "subworkflow_version"})

    def test_d_an_edge_to_one_step_has_the_same_form_as_to_several(self) -> None:
        with workflow("w") as wf:
            a, b = step("a", "NoOp"), step("b", "NoOp")
            a >> b
        transition = wf.to_dict()["workflow"]["steps"][0]["step"]["transition"]
        self.assertEqual(transition, {"successors": {"b": "true"}})

    def test_e_an_error_of_the_server_is_raised_by_every_call(self) -> None:
        with workflow("w") as wf:
            step("a", "NoOp")
        with FakeServer(problem(400, "no", "no")) as server:
            c = Client(server.url, clock=FakeClock())
            for call in (
                lambda: wf.push(c),
                lambda: wf.validate(c),
                lambda: wf.diff(c),
                lambda: c.start("w"),
                lambda: c.wait("w", 1),
                lambda: c.stop("w", 1),
                lambda: c.kill("w", 1),
                lambda: c.restart("w", 1),
                lambda: c.get_workflow("w"),
                lambda: c.get_instance("w", 1),
                lambda: c.steps("w", 1),
                lambda: c.why("w", 1),
                lambda: list(c.logs("w", 1, "a")),
                lambda: list(c.list_workflows()),
                lambda: list(c.list_instances()),
            ):
                with self.assertRaises(ApiError):
                    call()

    def test_f_the_reserved_names_are_those_of_the_server(self) -> None:
        reader = ROOT.parent / "maestro-dsl/src/main/java/org/maestro/dsl/ParamReader.java"
        if not reader.exists():
            self.skipTest("the server's sources are not here")
        java = reader.read_text(encoding="utf-8")
        reserved = re.search(r"RESERVED\s*=\s*Set\.of\(([^)]*)\)", java)
        assert reserved is not None
        self.assertEqual(RESERVED_PARAMS, set(re.findall(r'"([^"]+)"', reserved.group(1))))

    def test_g_a_reserved_name_is_refused_for_expressions_too(self) -> None:
        for name in sorted(RESERVED_PARAMS):
            for value in ("x", expr("1 + 1", "LONG"), param("x", mode="CONSTANT")):
                with self.subTest(name=name), workflow("w") as wf:
                    with self.assertRaisesRegex(DefinitionError, "is reserved"):
                        wf.param(name, value)
                    with self.assertRaisesRegex(DefinitionError, "is reserved"):
                        step("a", "NoOp", params={name: value})
                    with self.assertRaisesRegex(DefinitionError, "is reserved"):
                        workflow("v", params={name: value})
        with self.assertRaisesRegex(DefinitionError, "is reserved"):
            Client().start("w", {"AUTH_DATA": expr("1", "LONG")})

    def test_h_parameters_have_types_and_requests_have_identity_and_time_outs(self) -> None:
        with workflow("w") as wf:
            step("a", "NoOp", params={"x": 1})
        written = wf.to_dict()["workflow"]["steps"][0]["step"]["params"]["x"]
        self.assertEqual(written["type"], "LONG")
        for made in (signal("s", {"x": 1}), announce("s", {"x": 1})):
            self.assertEqual(made.name, "s")
        clock = FakeClock()
        with FakeServer(Answer(hang_up=True), Answer(body={})) as server:
            Client(server.url, token="t", timeout=5, clock=clock).overview("w")
            self.assertEqual(server.requests[1].headers["authorization"], "Bearer t")
        self.assertEqual(len(clock.naps), 1)
        self.assertTrue((ROOT / "src/maestro_orchestrator/py.typed").exists())

    def test_i_a_start_names_a_workflow_and_not_a_file(self) -> None:
        # What the documentation shows is run by test_docs; here is what a mistaken call says.
        with FakeServer(problem(404, "workflow-not-found", 'there is no workflow "sample-wf.yaml"')) as s:
            with self.assertRaisesRegex(ApiError, "there is no workflow"):
                Client(s.url).start("sample-wf.yaml")

    def test_j_there_is_one_version(self) -> None:
        project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        self.assertIn('dynamic = ["version"]', project)
        self.assertIn('version = { attr = "maestro_orchestrator._version.__version__" }', project)
        self.assertRegex(__version__, r"^\d+\.\d+\.\d+$")
        found = [s.name for s in SOURCES if re.search(r"^__version__ =", s.read_text(encoding="utf-8"), re.M)]
        self.assertEqual(found, ["_version.py"])


class ImportTest(unittest.TestCase):
    def test_importing_opens_nothing_and_starts_nothing(self) -> None:
        code = (
            "import sys\n"
            "seen = []\n"
            "watched = ('socket.', 'subprocess.', 'os.system', 'shutil.', '_thread.start')\n"
            "def hear(event, args):\n"
            "    if event.startswith(watched): seen.append(event)\n"
            "sys.addaudithook(hear)\n"
            "import maestro_orchestrator, json, threading\n"
            "print(json.dumps([sorted(set(seen)), threading.active_count()]))\n"
        )
        done = subprocess.run(
            [sys.executable, "-B", "-c", code],
            env={"PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
            check=True,
        )
        self.assertEqual(json.loads(done.stdout), [[], 1])

    def test_nothing_but_the_standard_library_is_needed(self) -> None:
        known = set(sys.stdlib_module_names) | {"maestro_orchestrator"}
        for source in SOURCES:
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                names = []
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and node.level == 0:
                    names = [node.module or ""]
                for name in names:
                    # Only its types are wanted, and only by type checkers.
                    if name != "typing_extensions":
                        self.assertIn(name.partition(".")[0], known, source)


if __name__ == "__main__":
    unittest.main()
