"""How often and when a failed attempt of a step is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Union

from ._names import wrong
from ._scalars import Number, number
from ._tree import Tree

_MOST_RETRIES = 99
_LONGEST_DELAY = 86_400


@dataclass(frozen=True)
class Growing:
    """The n-th retry waits ``delay * exponent ** n`` seconds, and at most ``limit`` seconds.

    ``delay`` and ``limit`` are 0 to 86400 seconds, ``exponent`` 0 to 99. Each may be text with a
    ``${param}`` of the workflow; None leaves it to the server: 60, 2, and 600 (errors) or 3600.
    """

    delay: Number | None = None
    exponent: Number | None = None
    limit: Number | None = None


@dataclass(frozen=True)
class Backoff:
    """Delays between tries by kind of failure: seconds for fixed ones, or :class:`Growing`.

    All three must be of the same form, as the server knows no mixture.
    """

    error: Number | Growing | None = None
    platform: Number | Growing | None = None
    timeout: Number | Growing | None = None


@dataclass(frozen=True)
class Retry:
    """How many retries there are by kind of failure; each 0 to 99.

    ``errors`` counts failures of the job (server's default 2), ``platform`` failures of what runs
    it (default 10), ``timeouts`` attempts that took too long (default 0).
    """

    errors: Number | None = None
    platform: Number | None = None
    timeouts: Number | None = None
    backoff: Backoff | None = None


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
    fields.put("backoff", _backoff(policy.backoff))
    return fields.fields


def _backoff(backoff: Backoff | None) -> dict[str, Any] | None:
    if backoff is None:
        return None
    kinds = {"error": backoff.error, "platform": backoff.platform, "timeout": backoff.timeout}
    given = {kind: delay for kind, delay in kinds.items() if delay is not None}
    growing = [isinstance(delay, Growing) for delay in given.values()]
    if any(growing) and not all(growing):
        raise wrong("expected the delays of a Backoff to be all Growing or all seconds, found both")
    fields = Tree()
    # Nothing but defaults is the server's default form.
    exponential = not growing or growing[0]
    fields.put("type", "EXPONENTIAL_BACKOFF" if exponential else "FIXED_BACKOFF")
    for kind, delay in given.items():
        if isinstance(delay, Growing):
            fields.put(f"{kind}_retry_backoff_in_secs", _seconds(delay.delay, "delay"))
            fields.put(f"{kind}_retry_exponent", _count(delay.exponent, "exponent"))
            fields.put(f"{kind}_retry_limit_in_secs", _seconds(delay.limit, "limit"))
        else:
            fields.put(f"{kind}_retry_backoff_in_secs", _seconds(delay, kind))
    return fields.fields


def _count(value: Number | None, what: str) -> int | str | None:
    return number(value, what, 0, _MOST_RETRIES)


def _seconds(value: Number | None, what: str) -> int | str | None:
    return number(value, what, 0, _LONGEST_DELAY)


__all__ = ["Backoff", "Growing", "Retry", "RetryLike"]
