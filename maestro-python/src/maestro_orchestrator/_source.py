"""Where in the author's code something was built."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import FrameType

_PACKAGE = __name__.partition(".")[0]


@dataclass(frozen=True)
class Source:
    """A line of Python code."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def caller() -> Source | None:
    """The nearest line on the stack that is outside of this package; None if there is none."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        # By module and not by file: code that dataclasses generate has no file.
        module = str(frame.f_globals.get("__name__", ""))
        if module != _PACKAGE and not module.startswith(_PACKAGE + "."):
            return Source(frame.f_code.co_filename, frame.f_lineno)
        frame = frame.f_back
    return None
