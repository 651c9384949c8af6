"""What the documentation shows works: as shown, from top to bottom."""

from __future__ import annotations

import contextlib
import io
import os
import re
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

from .fake_server import Answer, FakeServer, Request, problem

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "python.md"


class PretendedMaestro:
    """Just enough of a server for the documentation's examples: every run succeeds at once."""

    def __init__(self) -> None:
        self.versions: dict[str, Any] = {}
        self.params: dict[str, Any] = {}

    def answer(self, request: Request) -> Answer:
        path = request.path.partition("?")[0].removeprefix("/api/v3/workflows")
        if request.method == "POST" and path == "":
            return self.push(request.body)
        if path == "/actions/validate":
            return Answer(body={"type": "LOG"})
        if path.endswith("/versions/default"):
            found = self.versions.get(path.split("/")[1])
            return Answer(body=found) if found else problem(404, "workflow-not-found", "none")
        if path.endswith("/actions/start"):
            self.params = request.body.get("run_params", {})
            run = {**self.run(), "workflow_uuid": request.body["request_id"], "status": "CREATED"}
            return Answer(body=run)
        if path.endswith("/runs"):
            info = {"end_cursor": None, "has_next_page": False}
            return Answer(body={"page_info": info, "elements": [self.run()]})
        if path.endswith("/attempts/latest"):
            return Answer(body={**self.run(), "step_id": "greet", "step_attempt_id": 1,
                                "runtime_state": {"status": "SUCCEEDED"}})  # fmt: skip
        if path.endswith("/logs"):
            return Answer(body={"text": "H", "offset": 0, "next_offset": 1, "eof": False})
        if path.endswith("/logs/stream"):
            text = b'id: 15\ndata: {"offset":0,"text":"Hello, Maestro\\n"}\n\nevent: end\ndata: {}\n\n'
            return Answer(body=text, content_type="text/event-stream")
        return Answer(body=self.run())

    def push(self, body: Any) -> Answer:
        version = {
            "workflow": body["workflow"],
            "properties_snapshot": body["properties"],
            "metadata": {"workflow_version_id": 1},
        }
        self.versions[body["workflow"]["id"]] = version
        return Answer(body={"workflow_definition": version})

    def run(self) -> dict[str, Any]:
        params = {n: {**p, "evaluated_result": p["value"]} for n, p in self.params.items()}
        return {
            "workflow_id": "hello",
            "workflow_instance_id": 1,
            "workflow_run_id": 1,
            "workflow_version_id": 1,
            "status": "SUCCEEDED",
            "create_time": 1,
            "params": params,
        }


@unittest.skipUnless(DOCS.exists(), "the documentation is not here")
class DocumentationTest(unittest.TestCase):
    def run_all(self) -> str:
        text = DOCS.read_text(encoding="utf-8")
        printed = io.StringIO()
        names: dict[str, Any] = {"__name__": "documentation"}
        with contextlib.redirect_stdout(printed):
            for block in re.finditer(r"^```python\n(.*?)^```$", text, re.S | re.M):
                line = text.count("\n", 0, block.start(1))
                code = compile("\n" * line + block.group(1), str(DOCS), "exec")
                exec(code, names)
        return printed.getvalue()

    def test_its_examples_work_against_a_server(self) -> None:
        environment = {"MAESTRO_USER": "docs-test"}
        if os.environ.get("MAESTRO_SERVER"):
            with mock.patch.dict(os.environ, environment):
                printed = self.run_all()
        else:
            with FakeServer(PretendedMaestro().answer) as server:
                with mock.patch.dict(os.environ, {**environment, "MAESTRO_SERVER": server.url}):
                    printed = self.run_all()
        self.assertIn("found deploy -> train -> deploy", printed)
        self.assertIn("Hello, Maestro\n", printed)
        self.assertRegex(printed, r"hello#\d+\.1 SUCCEEDED Maestro")

    def test_every_name_in_its_table_exists(self) -> None:
        import maestro_orchestrator

        text = DOCS.read_text(encoding="utf-8")
        for owner, method in re.findall(r"`(run|client|hello)\.(\w+)\(", text):
            kind = {"run": maestro_orchestrator.Run, "client": maestro_orchestrator.Client, "hello": maestro_orchestrator.Workflow}[owner]
            self.assertTrue(callable(getattr(kind, method)), method)


if __name__ == "__main__":
    unittest.main()
