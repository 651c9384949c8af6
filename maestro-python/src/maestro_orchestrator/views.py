"""What the server answers. Every view has the whole answer in ``raw``; times are epoch milliseconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .diff import Diff

ENDED = frozenset({"SUCCEEDED", "FAILED", "STOPPED", "TIMED_OUT"})
_STEP_ENDED = frozenset(
    {
        "DISABLED",
        "UNSATISFIED",
        "SKIPPED",
        "SUCCEEDED",
        "COMPLETED_WITH_ERROR",
        "FATALLY_FAILED",
        "INTERNALLY_FAILED",
        "STOPPED",
        "TIMED_OUT",
    }
)
_STEP_FAILED = frozenset({"FATALLY_FAILED", "INTERNALLY_FAILED", "TIMED_OUT"})

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Pushed:
    """What a push came to.

    ``version`` is the new version, the one that was there already if ``unchanged``, None at a dry
    run. ``diff`` is None unless it was a dry run or only changes were to be pushed. ``warnings`` says
    what was accepted and may not be meant so, such as a channel that nobody has set up.
    """

    workflow_id: str
    version: int | None
    unchanged: bool = False
    dry_run: bool = False
    diff: Diff | None = None
    raw: Raw = field(default_factory=dict, repr=False, compare=False)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Instance:
    """A run of an instance. ``status`` is CREATED (waits for its run strategy), IN_PROGRESS, PAUSED,
    SUCCEEDED, FAILED, STOPPED or TIMED_OUT."""

    workflow_id: str
    instance_id: int
    run_id: int
    version: int
    status: str
    create_time: int
    start_time: int | None
    end_time: int | None
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> Instance:
        return cls(
            raw["workflow_id"],
            raw["workflow_instance_id"],
            raw["workflow_run_id"],
            raw["workflow_version_id"],
            raw["status"],
            raw["create_time"],
            raw.get("start_time"),
            raw.get("end_time"),
            raw,
        )

    @property
    def name(self) -> str:
        """For people: ``workflow#instance.run``."""
        return f"{self.workflow_id}#{self.instance_id}.{self.run_id}"

    @property
    def ended(self) -> bool:
        """Whether the run has ended; it never leaves such a status."""
        return self.status in ENDED

    @property
    def succeeded(self) -> bool:
        return self.status == "SUCCEEDED"

    @property
    def params(self) -> dict[str, Any]:
        """The results of the workflow's parameters; empty in lists that don't have them."""
        return results(self.raw.get("params"))

    def failed_steps(self) -> list[tuple[str, str]]:
        """Ids and statuses of steps that failed; empty in views that don't have them."""
        views = (self.raw.get("aggregated_info") or {}).get("step_aggregated_views") or {}
        return [(id, view["status"]) for id, view in views.items() if view.get("status") in _STEP_FAILED]


@dataclass(frozen=True)
class StepAttempt:
    """An attempt of a step. ``status`` is one of the standard's, such as RUNNING or SUCCEEDED."""

    workflow_id: str
    instance_id: int
    run_id: int
    step_id: str
    attempt_id: int
    status: str
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> StepAttempt:
        return cls(
            raw["workflow_id"],
            raw["workflow_instance_id"],
            raw["workflow_run_id"],
            raw["step_id"],
            raw["step_attempt_id"],
            raw["runtime_state"]["status"],
            raw,
        )

    @property
    def ended(self) -> bool:
        """Whether the attempt has ended for good, and no other one follows by itself."""
        return self.status in _STEP_ENDED

    @property
    def params(self) -> dict[str, Any]:
        """The results of the step's parameters, with what its job put out."""
        return results(self.raw.get("params"))


@dataclass(frozen=True)
class Reason:
    """Why something does not run. ``code`` is stable, ``message`` for people."""

    code: str
    message: str
    details: Raw = field(repr=False, compare=False)


@dataclass(frozen=True)
class Why:
    """``running`` tells whether something is at work right now; there is at least one reason."""

    running: bool
    reasons: tuple[Reason, ...]

    @classmethod
    def of(cls, raw: Raw) -> Why:
        reasons = raw.get("reasons", ())
        return cls(raw["running"], tuple(Reason(r["code"], r["message"], r) for r in reasons))


def results(params: Raw | None) -> dict[str, Any]:
    """Evaluated parameters as plain data; those without a result are left out."""
    return {
        name: param["evaluated_result"]
        for name, param in (params or {}).items()
        if "evaluated_result" in param
    }


__all__ = ["Instance", "Pushed", "Reason", "StepAttempt", "Why"]
