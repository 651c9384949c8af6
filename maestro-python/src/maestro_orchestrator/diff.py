"""What is different between two definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

_ABSENT: Any = object()
# What the server adds to the properties that it shows.
_SNAPSHOT = ("workflow_id", "create_time", "author")


@dataclass(frozen=True)
class Change:
    """One difference. ``path`` leads to it, with steps by id: ``steps/load/params/day``."""

    kind: Literal["added", "removed", "changed"]
    path: str
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        if self.kind == "added":
            return f"+ {self.path}: {_short(self.after)}"
        if self.kind == "removed":
            return f"- {self.path}: {_short(self.before)}"
        return f"~ {self.path}: {_short(self.before)} -> {_short(self.after)}"


@dataclass(frozen=True)
class Diff:
    """All differences; true if there are any. ``new`` tells that there was nothing before."""

    changes: tuple[Change, ...]
    new: bool = False

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __str__(self) -> str:
        return "\n".join(str(change) for change in self.changes) or "no difference"


def between(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Diff:
    """Compares a version as the server shows it (None if there is none) with a definition.

    Properties that the definition doesn't mention stay as they are, so they make no difference.
    """
    if before is None:
        return Diff(tuple(_changes("", _ABSENT, _plain(after))), new=True)
    wanted = after.get("properties") or {}
    known = before.get("properties_snapshot") or {}
    found = {name: known[name] for name in wanted if name in known and name not in _SNAPSHOT}
    old = {"properties": found, "workflow": before.get("workflow") or {}}
    new = {"properties": wanted, "workflow": after.get("workflow") or {}}
    return Diff(tuple(_changes("", _plain(old), _plain(new))))


def _changes(path: str, before: Any, after: Any) -> Iterator[Change]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(name for name in after if name not in before)]:
            inner = f"{path}/{name}" if path else name
            yield from _changes(inner, before.get(name, _ABSENT), after.get(name, _ABSENT))
    elif before is _ABSENT and isinstance(after, dict) and path in _OPENED:
        yield from _changes(path, {}, after)
    elif before is _ABSENT:
        yield Change("added", path, after=after)
    elif after is _ABSENT:
        yield Change("removed", path, before=before)
    elif before != after:
        yield Change("changed", path, before, after)


# Not one change for a whole new definition, but one for each part of it.
_OPENED = ("", "properties", "workflow", "workflow/steps")


def _plain(tree: Any) -> Any:
    """The tree with steps by id, so that a new one doesn't move the others, and plain numbers."""
    if isinstance(tree, Mapping):
        return {
            name: _by_id(value) if name == "steps" and isinstance(value, list) else _plain(value)
            for name, value in tree.items()
        }
    if isinstance(tree, (list, tuple)):
        return [_plain(item) for item in tree]
    return float(tree) if isinstance(tree, Decimal) else tree


def _by_id(steps: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for wrapped in steps:
        ((wrapper, fields),) = wrapped.items()
        found[str(fields.get("id"))] = {"kind": wrapper, **_plain(fields)}
    return found


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 200 else text[:200] + "…"


__all__ = ["Change", "Diff"]
