"""The rules for ids and names: the same as the server's, so that a mistake shows at its line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ._source import Source, caller
from .errors import DefinitionError, Problem

LONGEST_ID = 128
LONGEST_PARAM_NAME = 256
MOST_STEPS = 1_000

_WORKFLOW_ID = re.compile(r"[_a-zA-Z0-9][.\-_a-zA-Z0-9]*")
_STEP_ID = re.compile(r"[_a-zA-Z][.\-_a-zA-Z0-9]*")
_TAG = re.compile(r"[\w .,:@&='(){}$+\[\]\-/\\]+", re.ASCII)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

# Names of parameters that belong to the system. A test compares them with the server's.
RESERVED_PARAMS = frozenset(
    {
        "maestro",
        "Maestro",
        "MAESTRO",
        "scheduler",
        "Scheduler",
        "SCHEDULER",
        "util",
        "Util",
        "UTIL",
        "params",
        "Params",
        "PARAMS",
        "AUTH_BLOB",
        "AUTH_DATA",
        "AUTH_ACTING_ON_BEHALF_OF_BLOB",
        "AUTH_TRIGGERING_ON_BEHALF_OF_BLOB",
        "AUTHORIZED_MANAGERS",
    }
)


def wrong(message: str, source: Source | None = None) -> DefinitionError:
    """The error for a mistake at the line that is being executed, or at ``source``."""
    return DefinitionError(Problem(message, source=source or caller()))


def check_workflow_id(id: str) -> None:
    _check_length(id, "workflow id")
    if not _WORKFLOW_ID.fullmatch(id):
        raise wrong(
            "expected a workflow id of letters, digits, _ . and -, starting with a letter, digit or"
            f" _, found {quote(id)}"
        )
    if id.startswith("maestro_") or id.endswith("_maestro"):
        raise wrong(
            "expected a workflow id that neither starts with maestro_ nor ends with _maestro, found"
            f" {quote(id)}; these belong to the system"
        )


def check_step_id(id: str) -> None:
    _check_length(id, "step id")
    if not _STEP_ID.fullmatch(id):
        raise wrong(
            "expected a step id of letters, digits, _ . and -, starting with a letter or _, found"
            f" {quote(id)}"
        )
    if "__" in id:
        raise wrong(
            f"expected a step id without __, found {quote(id)}; step__param refers to a parameter of a step"
        )
    if id.startswith("maestro_"):
        raise wrong(
            f"expected a step id that doesn't start with maestro_, found {quote(id)}; these belong"
            " to the system"
        )


def _check_length(id: object, what: str) -> None:
    if not isinstance(id, str):
        raise wrong(f"expected a {what} as text, found {id!r}")
    if len(id) > LONGEST_ID:
        raise wrong(f"expected a {what} of at most {LONGEST_ID} characters, found {len(id)}")


def check_param_names(names: Iterable[str], reserved: bool = True) -> None:
    """Reserved names are refused whatever the value is: a literal, an expression, a reference."""
    for name in names:
        if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_PARAM_NAME:
            raise wrong(f"expected a parameter name of 1 to {LONGEST_PARAM_NAME} characters, found {name!r}")
        check_text(name, "a parameter name")
        if reserved and name in RESERVED_PARAMS:
            raise wrong(f"the parameter name {quote(name)} is reserved; choose another one")


def check_tag(name: str) -> None:
    if not isinstance(name, str) or not _TAG.fullmatch(name) or len(name) > 256:
        raise wrong(
            "expected a tag of 1 to 256 letters, digits, blanks and any of"
            f" _.,:@&='(){{}}$+[]-/\\, found {name!r}"
        )


def check_text(text: str, what: str) -> None:
    """NUL and halves of surrogate pairs fit neither UTF-8 nor the server's database."""
    found = _UNSTORABLE.search(text)
    if found:
        raise wrong(
            f"expected {what} without the character U+{ord(found.group()):04X}, found it at"
            f" position {found.start()}; remove it"
        )


def quote(text: str) -> str:
    short = text if len(text) <= 60 else text[:60] + "…"
    return '"' + short.replace("\n", "\\n") + '"'
