"""How often and when a failed attempt of a step is tried again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Union

from ._names import wrong
from ._scalars import Number, number
from ._tree import Tree

_MOST_RETRIES = 99
_LONGEST_DELAY = 86_400
_KINDS = ("error", "platform", "timeout")


@dataclass(frozen=True)
class Each:
    """A number of its own for each kind of failure; None leaves it to the server."""

    error: Number | None = None
    platform: Number | None = None
    timeout: Number | None = None


@dataclass(frozen=True)
class Retry:
    """How many retries there are by kind of failure, and how long to wait before them.

    ``errors`` counts failures of the job (the server's default is 2), ``platform`` failures of what
    runs it (10), ``timeouts`` attempts that took too long (0); each 0 to 99.

    With the ``exponential`` back-off the n-th retry waits ``delay * exponent ** n`` seconds and at
    most ``max_delay`` seconds (60, 2 and 600; the last is 3600 for platform and timeouts); with the
    ``fixed`` one always ``delay`` seconds. Delays are 0 to 86400 seconds, for all kinds or
    :class:`Each`. Any number may be text with a ``${param}`` of the workflow.
    """

    errors: Number | None = None
    platform: Number | None = None
    timeouts: Number | None = None
    delay: Number | Each | None = None
    exponent: Number | Each | None = None
    max_delay: Number | Each | None = None
    backoff: Literal["exponential", "fixed"] | None = None


RetryLike = Union[Retry, Number]
"""A :class:`Retry`, or just how many times a failing job is tried again."""


def tree(policy: RetryLike | None) -> dict[str, Any] | None:
    """The JSON of a retry policy."""
    if policy is None:
        return None
    if not isinstance(policy, Retry):
        policy = Retry(errors=policy)
    fields = Tree()
    fields.put("error_retry_limit", _count(policy.errors, "errors"))
    fields.put("platform_retry_limit", _count(policy.platform, "platform"))
    fields.put("timeout_retry_limit", _count(policy.timeouts, "timeouts"))
    fields.put("backoff", _backoff(policy))
    return fields.fields


def _backoff(policy: Retry) -> dict[str, Any] | None:
    if policy.backoff not in (None, "exponential", "fixed"):
        raise wrong(f"expected backoff to be exponential or fixed, found {policy.backoff!r}")
    is_fixed = policy.backoff == "fixed"
    if is_fixed and (policy.exponent is not None or policy.max_delay is not None):
        raise wrong("expected only a delay with the fixed back-off, found exponent or max_delay")
    delays = _each(policy.delay, "delay", _seconds)
    exponents = _each(policy.exponent, "exponent", _count)
    limits = _each(policy.max_delay, "max_delay", _seconds)
    fields = Tree()
    for kind in _KINDS:
        fields.put(f"{kind}_retry_backoff_in_secs", delays.get(kind))
        fields.put(f"{kind}_retry_exponent", exponents.get(kind))
        fields.put(f"{kind}_retry_limit_in_secs", limits.get(kind))
    if not fields.fields and policy.backoff is None:
        return None
    return {"type": "FIXED_BACKOFF" if is_fixed else "EXPONENTIAL_BACKOFF", **fields.fields}


def _each(
    given: Number | Each | None, what: str, check: Callable[[Number | None, str], int | str | None]
) -> dict[str, int | str | None]:
    each = given if isinstance(given, Each) else Each(given, given, given)
    return {kind: check(getattr(each, kind), what) for kind in _KINDS}


def _count(value: Number | None, what: str) -> int | str | None:
    return number(value, what, 0, _MOST_RETRIES)


def _seconds(value: Number | None, what: str) -> int | str | None:
    return number(value, what, 0, _LONGEST_DELAY)


__all__ = ["Each", "Retry", "RetryLike"]
