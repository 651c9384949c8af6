"""The command ``maestro`` of the package."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from maestro_orchestrator._command import launcher

CALL = [sys.executable, "-c", "from maestro_orchestrator._command import main; main()"]


class CommandTest(unittest.TestCase):
    def test_it_becomes_the_command_line_that_maestro_home_names(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder, "bin", "maestro")
            script.parent.mkdir()
            script.write_text('#!/bin/sh\necho "called with $*"\nexit 3\n', encoding="utf-8")
            self.assertEqual(launcher({"MAESTRO_HOME": folder}), script)
            done = subprocess.run(
                [*CALL, "ls", "hello"],
                env={**os.environ, "MAESTRO_HOME": folder},
                capture_output=True,
                text=True,
                check=False,
            )
        self.assertEqual((done.returncode, done.stdout), (3, "called with ls hello\n"))

    def test_without_one_it_says_how_to_come_by_it(self) -> None:
        if launcher({}) is not None:
            self.skipTest("this is an installed wheel")
        environment = {name: value for name, value in os.environ.items() if name != "MAESTRO_HOME"}
        done = subprocess.run(CALL, env=environment, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 70)
        self.assertIn("maestro-python/wheel", done.stderr)
