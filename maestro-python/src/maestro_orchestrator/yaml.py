"""Definitions as YAML: block style, text in quotes wherever a reader might take it for anything else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from . import canonical

# No reader of YAML 1.1 or 1.2 takes these for a number, a date or an indicator.
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
# What YAML doesn't allow as it is, and what it or its readers take for the end of a line.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def write(document: Mapping[str, Any]) -> str:
    """The document as YAML that any reader reads as the same document."""
    return "".join(f"{line}\n" for line in _lines(document))


def _lines(value: Any) -> list[str]:
    """The lines of a mapping or list, not indented."""
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, item in value.items():
            lines += _entry(f"{_text(str(key))}:", item, "  ")
        return lines
    for item in value:
        if _is_block(item):
            first, *rest = _lines(item)
            lines += [f"- {first}", *(f"  {line}" if line else line for line in rest)]
        else:
            lines += _entry("-", item, "  ")
    return lines


def _entry(lead: str, item: Any, indent: str) -> list[str]:
    if _is_block(item):
        return [lead, *(f"{indent}{line}" if line else line for line in _lines(item))]
    block = _literal(item) if isinstance(item, str) else None
    if block:
        header, content = block
        return [f"{lead} {header}", *(f"{indent}{line}" if line else line for line in content)]
    return [f"{lead} {_scalar(item)}"]


def _is_block(value: Any) -> bool:
    return bool(value) and isinstance(value, (Mapping, Sequence)) and not isinstance(value, str)


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    return canonical.compact(value)


def _literal(text: str) -> tuple[str, list[str]] | None:
    """Several lines as they are, where that is safe."""
    body = text[:-1] if text.endswith("\n") else text
    lines = body.split("\n")
    is_safe = (
        len(lines) > 1
        and lines[0][:1] not in ("", " ", "\t")
        and lines[-1] != ""
        and not any(_UNPRINTABLE.search(line) or (line and not line.strip()) for line in lines)
    )
    return ("|" if text.endswith("\n") else "|-", lines) if is_safe else None


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return _UNPRINTABLE.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"
