"""Loops that run: counts, failures, single iterations, and acting on many of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ._http import path
from .errors import NotFound

if TYPE_CHECKING:
    from .client import Client
    from .views import StepAttempt

Raw = Mapping[str, Any]
LoopAction = Literal["restart", "stop", "kill"]
_LARGEST_STRIP = 512


@dataclass(frozen=True)
class FailureGroup:
    """Iterations that failed in the same way: how many, and the numbers of some, from 0."""

    signature: str
    count: int
    samples: tuple[int, ...]

    @classmethod
    def of(cls, raw: Raw) -> FailureGroup:
        return cls(raw["signature"], raw["count"], tuple(raw["samples"]))


@dataclass(frozen=True)
class LoopSummary:
    """A loop in numbers. ``counts`` has iterations by status, ``live`` whether it goes on; ``rate`` is
    in iterations per second and ``eta`` in seconds, both None while nobody can know them."""

    total: int
    live: bool
    counts: dict[str, int]
    rate: float | None
    eta: float | None
    failures: tuple[FailureGroup, ...]
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> LoopSummary:
        eta = raw.get("eta_ms")
        return cls(
            raw["total"],
            raw["live"],
            dict(raw["counts"]),
            raw.get("rate_per_second"),
            None if eta is None else eta / 1000,
            tuple(FailureGroup.of(group) for group in raw["failures"]),
            raw,
        )


@dataclass(frozen=True)
class Iteration:
    """One iteration: its number from 0, its status, the values it runs with, and what went wrong.

    ``workflow_id``, ``instance_id`` and ``run_id`` name its run; None if it has not begun.
    """

    index: int
    status: str
    items: dict[str, Any]
    failure: str | None
    workflow_id: str | None
    instance_id: int | None
    run_id: int | None
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> Iteration:
        return cls(
            raw["index"],
            raw["status"],
            dict(raw["items"]),
            raw.get("failure"),
            raw.get("workflow_id"),
            raw.get("workflow_instance_id"),
            raw.get("workflow_run_id"),
            raw,
        )


@dataclass(frozen=True)
class Acted:
    """How many iterations an action was about, and the numbers of some of them."""

    matched: int
    samples: tuple[int, ...]
    dry_run: bool


@dataclass(frozen=True)
class Loop:
    """A foreach step of a run. A filter is any of ``status``, ``signature`` (of a failure group),
    ``index`` (one of them), and ``items`` (values by loop parameter); without any it means all.

    Raises :class:`NotFound` where the step has not begun or loops over nothing.
    """

    workflow_id: str
    instance_id: int
    run_id: int | None
    step_id: str
    _client: Client = field(repr=False, compare=False)

    def summary(self) -> LoopSummary:
        """The loop in numbers; costs the same for ten iterations and for a hundred thousand."""
        return LoopSummary.of(self._get("summary"))

    def failures(self) -> list[FailureGroup]:
        """What went wrong, the most frequent first."""
        return [FailureGroup.of(group) for group in self._get("failures")["groups"]]

    def strip(self, buckets: int = _LARGEST_STRIP) -> list[tuple[int, int, dict[str, int]]]:
        """The whole loop in pieces of equal size, for a picture: from, to (not included), counts."""
        pieces = self._get("strip", {"buckets": buckets})["buckets"]
        return [(piece["from"], piece["to"], dict(piece["counts"])) for piece in pieces]

    def iterations(
        self,
        *,
        status: str | None = None,
        signature: str | None = None,
        items: Mapping[str, Any] | None = None,
    ) -> Iterator[Iteration]:
        """The iterations that a filter means, by number; reads page after page while iterated."""
        return self._client._all(self._where(), _filter(status, signature, None, items), Iteration.of)

    def iteration(self, index: int) -> Iteration:
        """One iteration, by its number from 0; ``raw`` also has the steps that it stands in."""
        return Iteration.of(self._get(str(index)))

    def __getitem__(self, index: int) -> Iteration:
        return self.iteration(index)

    def steps(self, index: int) -> list[StepAttempt]:
        """The steps of one iteration; those of its latest run."""
        workflow_id, instance_id, run_id = self._run(index)
        return self._client.steps(workflow_id, instance_id, run_id)

    def logs(
        self,
        index: int,
        step_id: str,
        *,
        attempt: int | None = None,
        stream: Literal["stdout", "stderr"] = "stdout",
        follow: bool = False,
    ) -> Iterator[str]:
        """:meth:`Client.logs` of a step of one iteration."""
        workflow_id, instance_id, run_id = self._run(index)
        return self._client.logs(
            workflow_id, instance_id, step_id, run_id, attempt=attempt, stream=stream, follow=follow
        )

    def act(
        self,
        action: LoopAction,
        *,
        status: str | None = None,
        signature: str | None = None,
        index: int | None = None,
        items: Mapping[str, Any] | None = None,
        dry_run: bool = False,
    ) -> Acted:
        """Restarts, stops or kills the iterations that a filter means, while the loop goes on; with
        ``dry_run`` only counts them. What has ended is restarted with its run: :meth:`Client.restart`.
        """
        query = {**_filter(status, signature, index, items), "dry_run": dry_run}
        where = f"{self._where()}/actions/{action}"
        answer = self._client._http.call("POST", where, query, repeatable=False)
        return Acted(answer["matched"], tuple(answer["samples"]), answer["dry_run"])

    def _run(self, index: int) -> tuple[str, int, int]:
        found = self.iteration(index)
        if found.workflow_id is None or found.instance_id is None or found.run_id is None:
            message = f"iteration {index} of step {self.step_id!r} is {found.status}: it has no run"
            raise NotFound(404, "no-such-run", message)
        return found.workflow_id, found.instance_id, found.run_id

    def _where(self) -> str:
        run = "latest" if self.run_id is None else self.run_id
        return path(
            "workflows",
            self.workflow_id,
            "instances",
            self.instance_id,
            "runs",
            run,
            "steps",
            self.step_id,
            "iterations",
        )

    def _get(self, what: str, query: Mapping[str, Any] | None = None) -> Any:
        return self._client._http.call("GET", f"{self._where()}/{what}", query)


def _filter(
    status: str | None, signature: str | None, index: int | None, items: Mapping[str, Any] | None
) -> dict[str, Any]:
    values = {f"item.{name}": value for name, value in (items or {}).items()}
    span = {} if index is None else {"from": index, "to": index + 1}
    return {"status": status, "signature": signature, **span, **values}


__all__ = ["Acted", "FailureGroup", "Iteration", "Loop", "LoopAction", "LoopSummary"]
