"""JSON texts of definitions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any


def write(document: Mapping[str, Any]) -> str:
    """The document as canonical JSON: keys in the order of the definition's fields, two blanks of
    indentation, one item per line, characters beyond ASCII as they are, a line break at the end."""
    return "".join(_pieces(document, "\n")) + "\n"


def compact(document: Any) -> str:
    """The document as JSON without blanks, for the wire."""
    return "".join(_pieces(document, None))


def number(value: float | Decimal) -> str:
    """Never an exponent; a point with at least one digit behind it, so that 5.0 isn't 5."""
    plain = format(value if isinstance(value, Decimal) else Decimal(repr(value)), "f")
    whole, _, fraction = plain.partition(".")
    return f"{'0' if whole == '-0' and not fraction.strip('0') else whole}.{fraction.rstrip('0') or '0'}"


def _pieces(value: Any, line: str | None) -> list[str]:
    if isinstance(value, Mapping):
        entries = [
            [text(str(key)), ":" if line is None else ": ", *_pieces(item, _deeper(line))]
            for key, item in value.items()
        ]
        return _enclosed("{", entries, "}", line)
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return _enclosed("[", [_pieces(item, _deeper(line)) for item in value], "]", line)
    return [_scalar(value)]


def _enclosed(opening: str, items: list[list[str]], closing: str, line: str | None) -> list[str]:
    if not items:
        return [opening, closing]
    inner = _deeper(line) or ""
    pieces = [opening]
    for i, item in enumerate(items):
        pieces += [",", inner, *item] if i else [inner, *item]
    return [*pieces, line or "", closing]


def _deeper(line: str | None) -> str | None:
    return None if line is None else line + "  "


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return text(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, (float, Decimal)):
        return number(value)
    raise TypeError(f"expected something that JSON can say, found {value!r}")


def text(value: str) -> str:
    """A string with the escapes that JSON asks for and no others."""
    return json.dumps(value, ensure_ascii=False)
