"""What a step waits for and what it announces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Union

from . import params
from ._names import quote, wrong
from ._source import Source, caller
from ._tree import Place, Tree
from .params import Param, ParamLike

_LONGEST_NAME = 512


@dataclass(frozen=True)
class Match:
    """A comparison with a parameter of a signal; plain values are compared with ``=``."""

    operator: str
    value: ParamLike


def more_than(value: ParamLike) -> Match:
    """The signal's parameter must be greater: a number, text (compared as such) or parameter."""
    return Match(">", value)


def at_least(value: ParamLike) -> Match:
    """The signal's parameter must be greater or equal."""
    return Match(">=", value)


def less_than(value: ParamLike) -> Match:
    """The signal's parameter must be less."""
    return Match("<", value)


def at_most(value: ParamLike) -> Match:
    """The signal's parameter must be less or equal."""
    return Match("<=", value)


MatchLike = Union[Match, ParamLike]


@dataclass(frozen=True)
class SignalDependency:
    """A step's wait for a signal. Made by :func:`signal`."""

    name: str
    match: Mapping[str, tuple[str, Param]]
    source: Source | None = field(default=None, compare=False)


@dataclass(frozen=True)
class SignalOutput:
    """A signal that a step announces. Made by :func:`announce`."""

    name: str
    params: Mapping[str, Param]
    payload: Any = None
    source: Source | None = field(default=None, compare=False)


def signal(name: str, match: Mapping[str, MatchLike] | None = None) -> SignalDependency:
    """A step's wait for a signal of this name, past or to come, whose parameters match.

    ``name`` may contain ``${param}``. ``match`` has values (compared with ``=``) or
    :func:`at_least` and the like, at most one of the latter; each STRING or LONG. Expressions see
    the workflow's parameters and the outputs of earlier steps.

    Raises :class:`DefinitionError` if that doesn't hold.
    """
    check_name(name)
    matches = {}
    for key, given in (match or {}).items():
        operator, value = _parts(given)
        matches[key] = (operator, _signal_param(key, value))
    ranges = [key for key, (operator, _) in matches.items() if operator != "="]
    if len(ranges) > 1:
        raise wrong(
            f"expected at most one parameter with an operator other than =, found {ranges}; use ="
            " for the others"
        )
    return SignalDependency(name, matches, caller())


def announce(name: str, params: Mapping[str, ParamLike] | None = None, payload: Any = None) -> SignalOutput:
    """A signal that the step announces after its job has succeeded.

    ``params`` are STRING or LONG and may be expressions over the step's parameters; ``payload`` is
    any JSON.

    Raises :class:`DefinitionError` if a parameter is of another type.
    """
    check_name(name)
    made = {key: _signal_param(key, value) for key, value in (params or {}).items()}
    return SignalOutput(name, made, payload, caller())


def dependency(given: SignalDependency | str) -> SignalDependency:
    return signal(given) if isinstance(given, str) else given


def output(given: SignalOutput | str) -> SignalOutput:
    return announce(given) if isinstance(given, str) else given


def dependency_tree(made: SignalDependency, at: Place) -> dict[str, Any]:
    at.mark(made.source)
    fields = Tree()
    fields.put("name", made.name)
    place = at.child("match_params")
    matches = {
        key: {
            "param": params.tree(value, place.child(key).child("param")),
            "operator": operator,
        }
        for key, (operator, value) in made.match.items()
    }
    fields.put_unless_empty("match_params", matches)
    return fields.fields


def output_tree(made: SignalOutput, at: Place) -> dict[str, Any]:
    at.mark(made.source)
    fields = Tree()
    fields.put("name", made.name)
    fields.put_unless_empty("params", params.trees(made.params, at.child("params")))
    fields.put("payload", made.payload)
    return fields.fields


def plain_match(given: MatchLike) -> dict[str, Any]:
    """The match of a trigger, which compares with text and whole numbers only."""
    operator, value = _parts(given)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise wrong(f"expected text or a whole number to match with, found {value!r}")
    return {"value": value, "operator": operator}


def check_name(name: object) -> None:
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST_NAME:
        raise wrong(f"expected a signal name of 1 to {_LONGEST_NAME} characters, found {name!r}")


def _parts(given: MatchLike) -> tuple[str, ParamLike]:
    return (given.operator, given.value) if isinstance(given, Match) else ("=", given)


def _signal_param(key: str, value: ParamLike) -> Param:
    made = params.make(value)
    if made.type not in ("STRING", "LONG"):
        raise wrong(
            f"expected the type STRING or LONG in a signal, found {made.type} for {quote(key)}; convert it"
        )
    return made


__all__ = [
    "Match",
    "MatchLike",
    "SignalDependency",
    "SignalOutput",
    "announce",
    "at_least",
    "at_most",
    "less_than",
    "more_than",
    "signal",
]
