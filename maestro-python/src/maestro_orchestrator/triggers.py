"""What starts a workflow without anybody asking: the clock and signals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Union

from . import params
from ._names import quote, wrong
from ._scalars import Duration, Moment, choice, duration, moment
from ._source import Source, caller
from ._tree import Place, Tree
from .errors import DefinitionError
from .params import Param, ParamLike
from .signals import MatchLike, check_name, plain_match

CatchUp = Literal["ALL", "LATEST", "NONE"]
"""What becomes of times that passed while nothing could start: ALL of them start (the default), the
LATEST one, or NONE."""

_PREDEFINED = ("@hourly", "@daily", "@weekly", "@monthly", "@yearly")
_MOST_SIGNALS = 8


@dataclass(frozen=True)
class TimeTrigger:
    """Made by :func:`cron`, :func:`predefined` and :func:`interval`."""

    fields: Mapping[str, Any]
    source: Source | None = field(default=None, compare=False)


@dataclass(frozen=True)
class SignalMatch:
    """One signal of a trigger.

    ``match`` has values (compared with ``=``) or :func:`at_least` and the like, ``join_keys`` names
    parameters whose values must be equal to those at the same position in the other signals.
    """

    match: Mapping[str, MatchLike] = field(default_factory=dict)
    join_keys: Sequence[str] = ()


@dataclass(frozen=True)
class SignalTrigger:
    """Made by :func:`on_signals`."""

    definitions: Mapping[str, Mapping[str, Any]]
    params: Mapping[str, Param]
    condition: str | None
    dedup_expr: str | None
    source: Source | None = field(default=None, compare=False)


Trigger = Union[TimeTrigger, SignalTrigger]


def cron(
    cron: str,
    timezone: str | None = None,
    *,
    start: Moment | None = None,
    end: Moment | None = None,
    catch_up: CatchUp | None = None,
    fuzzy_max_delay: Duration | None = None,
) -> TimeTrigger:
    """Starts at the times of a cron: Unix with 5 fields, or Quartz with 6 or 7 (seconds first).

    ``timezone`` is an IANA name (default UTC); nothing starts before ``start`` or from ``end`` on;
    ``fuzzy_max_delay`` moves every workflow by an offset of its own below that duration. The
    shortest period is 2 minutes.
    """
    if not isinstance(cron, str) or not 5 <= len(cron.split()) <= 7:
        raise wrong(f"expected a cron of 5 fields (Unix) or 6 or 7 (Quartz), found {cron!r}")
    return _timed("CRON", {"cron": cron}, start, end, catch_up, timezone, fuzzy_max_delay)


def predefined(
    expression: Literal["@hourly", "@daily", "@weekly", "@monthly", "@yearly"],
    timezone: str | None = None,
    *,
    start: Moment | None = None,
    end: Moment | None = None,
    catch_up: CatchUp | None = None,
    fuzzy_max_delay: Duration | None = None,
) -> TimeTrigger:
    """Starts at the beginning of every hour, day, week, month or year. For the rest see :func:`cron`."""
    if expression not in _PREDEFINED:
        raise wrong(f"expected one of {', '.join(_PREDEFINED)}, found {expression!r}")
    own = {"expression": expression}
    return _timed("PREDEFINED", own, start, end, catch_up, timezone, fuzzy_max_delay)


def interval(
    interval: Duration,
    timezone: str | None = None,
    *,
    start: Moment | None = None,
    end: Moment | None = None,
    catch_up: CatchUp | None = None,
    fuzzy_max_delay: Duration | None = None,
) -> TimeTrigger:
    """Starts again and again after a duration of at least 2 minutes, counted from ``start``. For the
    rest see :func:`cron`."""
    own = {"interval": duration(interval, "an interval")}
    return _timed("INTERVAL", own, start, end, catch_up, timezone, fuzzy_max_delay)


def _timed(
    type: str,
    own: Mapping[str, Any],
    start: Moment | None,
    end: Moment | None,
    catch_up: str | None,
    timezone: str | None,
    fuzzy_max_delay: Duration | None,
) -> TimeTrigger:
    fields = Tree()
    fields.put("type", type)
    fields.fields.update(own)
    fields.put("start", moment(start, "start"))
    fields.put("end", moment(end, "end"))
    fields.put("catch_up", choice(catch_up, "catch_up", ("ALL", "LATEST", "NONE")))
    fields.put("timezone", timezone)
    fields.put("fuzzy_max_delay", duration(fuzzy_max_delay, "fuzzy_max_delay"))
    return TimeTrigger(fields.fields, caller())


def on_signals(
    signals: str | Sequence[str] | Mapping[str, SignalMatch | None],
    *,
    condition: str | None = None,
    dedup_expr: str | None = None,
    params: Mapping[str, ParamLike] | None = None,
) -> SignalTrigger:
    """Starts when there is a new instance of every signal that is named (1 to 8) and matches.

    ``condition`` is an SEL expression over the signals' parameters: if it is false the signals count
    as used, and nothing starts. Equal results of ``dedup_expr`` start one instance only. ``params``
    are evaluated for the trigger; steps read them with ``params.getFromSignal('name')``.

    Raises :class:`DefinitionError` if names, matches or join keys don't fit.
    """
    names = [signals] if isinstance(signals, str) else signals
    if not isinstance(names, (Mapping, Sequence)) or not all(isinstance(name, str) for name in names):
        raise _no_signals(names)
    given = names if isinstance(names, Mapping) else dict.fromkeys(names)
    for match in given.values():
        if not isinstance(match, (SignalMatch, type(None))):
            raise _no_signals(match)
    if not 1 <= len(given) <= _MOST_SIGNALS:
        raise wrong(f"expected 1 to {_MOST_SIGNALS} signals in a trigger, found {len(given)}")
    lengths = {name: len(entry.join_keys) if entry else 0 for name, entry in given.items()}
    if len(set(lengths.values())) > 1:
        raise wrong(f"expected the same number of join_keys for every signal, found {lengths}")
    definitions = {name: _entry(name, entry or SignalMatch()) for name, entry in given.items()}
    return SignalTrigger(definitions, _made(params), condition, dedup_expr, caller())


def _no_signals(found: object) -> DefinitionError:
    return wrong(
        "expected the signals of a trigger as names, or each with a SignalMatch or None, such as"
        f" {{'db/orders': SignalMatch({{'region': 'eu'}})}}, found {found!r}"
    )


def _made(given: Mapping[str, ParamLike] | None) -> dict[str, Param]:
    return params.make_all(given)


def _entry(name: str, entry: SignalMatch) -> dict[str, Any]:
    check_name(name)
    if isinstance(entry.join_keys, str):
        raise wrong(f"expected join_keys as a list, found {entry.join_keys!r}")
    both = [key for key in entry.join_keys if key in entry.match]
    if both:
        raise wrong(f"the join key {quote(both[0])} is also in match; remove it from one of them")
    if len(set(entry.join_keys)) < len(entry.join_keys):
        raise wrong(f"expected every join key once, found {list(entry.join_keys)}")
    fields = Tree()
    matches = {key: plain_match(value) for key, value in entry.match.items()}
    fields.put_unless_empty("match_params", matches)
    fields.put_unless_empty("join_keys", list(entry.join_keys))
    return fields.fields


def time_tree(trigger: TimeTrigger, at: Place) -> dict[str, Any]:
    at.mark(trigger.source)
    return dict(trigger.fields)


def signal_tree(trigger: SignalTrigger, at: Place) -> dict[str, Any]:
    at.mark(trigger.source)
    fields = Tree()
    fields.put("definitions", {name: dict(entry) for name, entry in trigger.definitions.items()})
    fields.put_unless_empty("params", params.trees(trigger.params, at.child("params")))
    fields.put("condition", trigger.condition)
    fields.put("dedup_expr", trigger.dedup_expr)
    return fields.fields


__all__ = [
    "CatchUp",
    "SignalMatch",
    "SignalTrigger",
    "TimeTrigger",
    "Trigger",
    "cron",
    "interval",
    "on_signals",
    "predefined",
]
