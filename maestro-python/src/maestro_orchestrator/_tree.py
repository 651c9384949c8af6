"""JSON in the making, with a memory of which line of Python each part came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ._source import Source


class Sources:
    """Lines of Python by JSON pointer."""

    def __init__(self) -> None:
        self._lines: dict[str, Source] = {}

    def add(self, pointer: str, source: Source | None) -> None:
        if source is not None:
            self._lines[pointer] = source

    def find(self, pointer: str) -> Source | None:
        """The line of the nearest known part around a place."""
        while True:
            if pointer in self._lines:
                return self._lines[pointer]
            if not pointer:
                return None
            pointer = pointer.rpartition("/")[0]


class Place:
    """A spot in a document."""

    def __init__(self, sources: Sources, pointer: str = "") -> None:
        self.sources = sources
        self.pointer = pointer

    def child(self, name: str | int) -> Place:
        token = str(name).replace("~", "~0").replace("/", "~1")
        return Place(self.sources, f"{self.pointer}/{token}")

    def mark(self, source: Source | None) -> None:
        self.sources.add(self.pointer, source)


class Tree:
    """An object whose absent and empty fields are left out. Fields keep the order of writing."""

    def __init__(self) -> None:
        self.fields: dict[str, Any] = {}

    def put(self, name: str, value: Any) -> None:
        if value is not None:
            self.fields[name] = value

    def put_unless_empty(self, name: str, value: Mapping[str, Any] | Iterable[Any]) -> None:
        if value:
            self.fields[name] = value
