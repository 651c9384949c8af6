"""The command ``maestro``: hands over to the command line that came with this package, or was found."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_NOT_HERE = 70


def launcher(environment: Mapping[str, str]) -> Path | None:
    """The start script: of ``MAESTRO_HOME``, else the one in this package; None if there is neither."""
    homes = [Path(__file__).resolve().parent / "_cli"]
    if environment.get("MAESTRO_HOME"):
        homes.insert(0, Path(environment["MAESTRO_HOME"]))
    for home in homes:
        script = home / "bin" / "maestro"
        if script.is_file():
            return script
    return None


def main() -> None:
    """Becomes the command line."""
    script = launcher(os.environ)
    if script is None:
        sys.stderr.write(
            "maestro: this installation of maestro-orchestrator was made from its sources, which have no"
            " command line in them. Install the wheel that maestro-python/wheel builds, or set MAESTRO_HOME"
            " to the unpacked archive maestro-cli/target/maestro-*.tar.gz.\n"
        )
        sys.exit(_NOT_HERE)
    # By the shell: a wheel keeps no rights to execute.
    os.execv("/bin/sh", ["/bin/sh", str(script), *sys.argv[1:]])
