"""The examples: what they build, and that they run."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import unittest
from pathlib import Path
from types import ModuleType

from maestro_orchestrator import ApiError, Client

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples" / "python"


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"example_{name}", EXAMPLES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def client() -> Client:
    return Client.from_environment(**({} if os.environ.get("MAESTRO_TOKEN") else {"user": "me"}))


@unittest.skipUnless(EXAMPLES.is_dir(), "the examples are not here")
class ExamplesTest(unittest.TestCase):
    def test_the_back_fill_loops_over_the_dates_that_a_step_finds(self) -> None:
        steps = example("backfill").definition().to_dict()["workflow"]["steps"]
        loop = steps[1]["foreach"]
        self.assertEqual(
            loop["params"]["loop_params"]["value"],
            {"date": {"type": "LONG_ARRAY", "expression": "days__dates"}},
        )
        self.assertEqual([s["step"]["id"] for s in loop["steps"]], ["load", "check"])
        self.assertEqual(loop["transition"]["successors"], {"report": "true"})

    def test_the_training_branches(self) -> None:
        steps = example("train").definition().to_dict()["workflow"]["steps"]
        self.assertEqual(
            steps[1]["step"]["transition"]["successors"],
            {"deploy": "accuracy >= goal", "reject": "!((accuracy >= goal))"},
        )
        self.assertIn('"epoch $$epoch"', steps[0]["step"]["params"]["script"]["value"])

    @unittest.skipUnless(os.environ.get("MAESTRO_SERVER"), "MAESTRO_SERVER is not set")
    def test_the_training_runs(self) -> None:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            self.assertEqual(example("train").main(client(), 0.9), "deploy")
            self.assertEqual(example("train").main(client(), 0.99), "reject")
        self.assertIn("epoch 3\ndeploy: deploying model-3\n", printed.getvalue())
        self.assertIn("reject: 0.93 is not enough\n", printed.getvalue())

    @unittest.skipUnless(os.environ.get("MAESTRO_SERVER"), "MAESTRO_SERVER is not set")
    def test_the_functions_run(self) -> None:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            example("functions").main(client(), [19.5, 5.0, 7.25])
        self.assertEqual("SUCCEEDED 2 sold, 13.38 EUR each\n", printed.getvalue().rstrip("\n") + "\n")

    @unittest.skipUnless(os.environ.get("MAESTRO_SERVER"), "MAESTRO_SERVER is not set")
    def test_the_back_fill_runs(self) -> None:
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                example("backfill").main(client(), 20210101, 20210104)
        except ApiError as e:
            if e.code != "not-yet":
                raise
            self.skipTest("this server can't run loops yet")
        self.assertIn("SUCCEEDED", printed.getvalue())


if __name__ == "__main__":
    unittest.main()
