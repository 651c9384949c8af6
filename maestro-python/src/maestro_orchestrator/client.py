"""The client of a Maestro server."""

from __future__ import annotations

import json
import os
import ssl
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from . import diff as diffing
from . import params as parameters
from ._http import Clock, SystemClock, Transport, path
from ._tree import Place, Sources
from ._version import __version__
from .diff import Diff
from .errors import ApiError, ConnectionFailed, NotFound, RunFailed, WaitTimeout
from .loops import Loop
from .params import ParamLike
from .steps import TagLike, tag_trees
from .views import Instance, Pushed, StepAttempt, Why

T = TypeVar("T")

StepAction = Literal["stop", "kill", "skip", "bypass"]
RestartPolicy = Literal["RESTART_FROM_INCOMPLETE", "RESTART_FROM_BEGINNING"]

_FIRST_LOOK = 0.05
_LARGEST_PAGE = 200
_LOG_PIECE = 256 * 1024


class Client:
    """Talks to one server. Holds no connection, so there is nothing to close; any number of threads
    may share it.

    ``url`` is the server's, without ``/api``; ``token`` is sent as a bearer token; ``user`` names the
    caller to a server in development mode, which believes it. ``timeout`` is in seconds, for one
    request and for each piece of its answer. Requests that may be repeated are sent up to
    ``retries`` more times when the connection breaks or the server asks for it; starts and restarts
    keep their request id, so that they still count once. ``ssl_context`` says whom to trust.

    All methods raise :class:`ApiError` (:class:`NotFound`, :class:`Conflict` and so on) when the
    server refuses, and :class:`ConnectionFailed` when it can't be reached.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8080",
        *,
        token: str | None = None,
        user: str | None = None,
        timeout: float = 30.0,
        retries: int = 3,
        ssl_context: ssl.SSLContext | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._clock = clock or SystemClock()
        self._http = Transport(url, token, user, timeout, retries, ssl_context, self._clock)

    @classmethod
    def from_environment(cls, **options: Any) -> Client:
        """A client as MAESTRO_SERVER, MAESTRO_TOKEN and MAESTRO_USER say; ``options`` go before."""
        given = {
            "url": os.environ.get("MAESTRO_SERVER"),
            "token": os.environ.get("MAESTRO_TOKEN"),
            "user": os.environ.get("MAESTRO_USER"),
            **options,
        }
        return cls(**{name: value for name, value in given.items() if value is not None})

    def __repr__(self) -> str:
        return f"Client({self._http.url!r})"

    # ------------------------------------------------------------------ definitions

    def validate(self, definition: Mapping[str, Any]) -> tuple[str, ...]:
        """Lets the server check a definition as :meth:`push` does; nothing changes.

        Returns its warnings: what is accepted, and may not be meant so. Raises
        :class:`RejectedDefinition` with every problem.
        """
        answer = self._http.call("PUT", path("workflows", "actions", "validate"), body=definition)
        return _warnings(answer)

    def diff(self, definition: Mapping[str, Any], version: str | int = "default") -> Diff:
        """What a push of a definition would change, compared with a version on the server."""
        id = str(definition["workflow"]["id"])
        return diffing.between(self._version(id, version), definition)

    def push(
        self,
        definition: Mapping[str, Any],
        *,
        dry_run: bool = False,
        only_if_changed: bool = False,
    ) -> Pushed:
        """Makes a new version. See :meth:`Workflow.push`, which also knows the lines of Python."""
        id = str(definition["workflow"]["id"])
        known = self._version(id, "default") if dry_run or only_if_changed else None
        found = diffing.between(known, definition) if dry_run or only_if_changed else None
        if dry_run:
            warnings = self.validate(definition)
            return Pushed(id, None, not found, True, found, warnings=warnings)
        if known is not None and not found:
            version = known["metadata"]["workflow_version_id"]
            return Pushed(id, version, True, False, found, known)
        body = {
            **definition,
            "dsl_lang": "python",
            "dsl_client_version": __version__,
        }
        answer = self._http.call("POST", path("workflows"), body=body, repeatable=False)
        pushed = answer["workflow_definition"]
        return Pushed(
            id,
            pushed["metadata"]["workflow_version_id"],
            False,
            False,
            found,
            pushed,
            _warnings(answer),
        )

    def _version(self, workflow_id: str, version: str | int) -> Mapping[str, Any] | None:
        try:
            return self.get_workflow(workflow_id, version)
        except NotFound:
            return None

    def get_workflow(
        self, workflow_id: str, version: str | int = "default", *, enriched: bool = False
    ) -> dict[str, Any]:
        """A version with its metadata and the workflow's properties, as the server shows it.

        ``version`` is ``active``, ``latest``, ``default`` (the active one, else the latest) or a
        number.
        """
        query = {"enriched": enriched or None}
        return _object(self._http.call("GET", path("workflows", workflow_id, "versions", version), query))

    def list_workflows(
        self,
        *,
        owner: str | None = None,
        tag: str | None = None,
        text: str | None = None,
        active: bool | None = None,
    ) -> Iterator[dict[str, Any]]:
        """All workflows, or those of an owner, with a tag, with a text in their id or name, with or
        without an active version. Reads page after page while it is iterated."""
        query = {"owner": owner, "tag": tag, "q": text, "active": active}
        return self._all(path("workflows"), query, dict)

    def overview(self, workflow_id: str) -> dict[str, Any]:
        """A workflow with its instances in numbers."""
        return _object(self._http.call("GET", path("workflows", workflow_id, "overview")))

    def activate(self, workflow_id: str, version: str | int = "latest") -> None:
        """Makes a version the active one; its triggers take over."""
        self._put("workflows", workflow_id, "versions", version, "actions", "activate")

    def deactivate(self, workflow_id: str) -> None:
        """Leaves the workflow without an active version: nothing triggers it any more."""
        self._put("workflows", workflow_id, "actions", "deactivate")

    def pause(self, workflow_id: str) -> None:
        """Lets no further instance begin until :meth:`resume`; starts are accepted and wait."""
        self._put("workflows", workflow_id, "actions", "pause")

    def resume(self, workflow_id: str) -> None:
        """Ends :meth:`pause`."""
        self._put("workflows", workflow_id, "actions", "resume")

    def delete_workflow(self, workflow_id: str) -> None:
        """Deletes a workflow with all its versions and instances; goes on after the answer."""
        self._http.call("DELETE", path("workflows", workflow_id))

    # ------------------------------------------------------------------ runs

    def start(
        self,
        workflow_id: str,
        params: Mapping[str, ParamLike] | None = None,
        *,
        version: str | int = "active",
        request_id: str | None = None,
        step_params: Mapping[str, Mapping[str, ParamLike]] | None = None,
        runtime_tags: Iterable[TagLike] = (),
        persist_failed_run: bool = False,
    ) -> Run:
        """Starts an instance and doesn't wait for it.

        ``params`` go over the workflow's parameters (up to 128), ``step_params`` over those of steps,
        by step id. The same ``request_id`` (1 to 128 characters; a new UUID unless given) always gives
        the same run. With ``persist_failed_run`` parameters that can't be evaluated make a run that
        has failed instead of an error.
        """
        body: dict[str, Any] = {
            "initiator": {"type": "manual"},
            "request_id": request_id or str(uuid.uuid4()),
            **_given_params(params, step_params),
        }
        tags = tag_trees(runtime_tags)
        if tags:
            body["runtime_tags"] = tags
        if persist_failed_run:
            body["persist_failed_run"] = True
        where = path("workflows", workflow_id, "versions", version, "actions", "start")
        return self._run(self._http.call("POST", where, body=body))

    def run(
        self,
        workflow_id: str,
        params: Mapping[str, ParamLike] | None = None,
        *,
        version: str | int = "active",
        request_id: str | None = None,
        timeout: float | None = None,
        check: bool = True,
    ) -> Instance:
        """Starts an instance and waits for its end: :meth:`start`, then :meth:`wait`."""
        run = self.start(workflow_id, params, version=version, request_id=request_id)
        return run.wait(timeout=timeout, check=check)

    def wait(
        self,
        workflow_id: str,
        instance_id: int,
        run_id: int | None = None,
        *,
        timeout: float | None = None,
        longest_pause: float = 2.0,
        check: bool = True,
    ) -> Instance:
        """Waits for the end of a run (the latest one unless given) and gives it with its results.

        Looks at once, after 0.05 seconds, and then less and less often, down to every
        ``longest_pause`` seconds. ``timeout`` is in seconds; None waits for ever.

        Raises :class:`RunFailed` if the run doesn't end as SUCCEEDED, unless ``check`` is false;
        :class:`WaitTimeout` if it doesn't end in time. Neither that nor an interrupt stops the run.
        """
        deadline = None if timeout is None else self._clock.now() + timeout
        pause = _FIRST_LOOK
        while True:
            latest = self.latest_run(workflow_id, instance_id)
            wanted = latest.run_id if run_id is None else run_id
            # Only one run of an instance is live at a time: an earlier one has ended.
            if latest.ended or latest.run_id > wanted:
                break
            left = None if deadline is None else deadline - self._clock.now()
            if left is not None and left <= 0:
                raise WaitTimeout(latest, timeout or 0.0)
            nap = pause * self._clock.jitter()
            self._clock.sleep(nap if left is None else min(nap, left))
            pause = min(longest_pause, pause * 1.5)
        ended = self.get_instance(workflow_id, instance_id, wanted)
        if check and not ended.succeeded:
            raise RunFailed(ended, self._cause(ended))
        return ended

    def _cause(self, ended: Instance) -> str | None:
        """What failed first and why, as the server tells it; None if it doesn't."""
        try:
            why = self.why(ended.workflow_id, ended.instance_id, ended.run_id)
        except (ApiError, ConnectionFailed):
            return None  # what the caller is to hear of is the run
        return next((reason.message for reason in why.reasons if reason.code == "FAILED_FIRST"), None)

    def latest_run(self, workflow_id: str, instance_id: int) -> Instance:
        """The latest run of an instance, without parameters: the cheapest way to its status."""
        where = _of(workflow_id, instance_id, "runs")
        return Instance.of(self._http.call("GET", where, {"first": 1})["elements"][0])

    def get_instance(self, workflow_id: str, instance_id: int, run_id: int | None = None) -> Instance:
        """A run of an instance (the latest one unless given) with parameters and overviews."""
        run = "latest" if run_id is None else run_id
        where = _of(workflow_id, instance_id, "runs", run)
        return Instance.of(self._http.call("GET", where, {"aggregated": True}))

    def list_instances(
        self,
        workflow_id: str | None = None,
        *,
        owner: str | None = None,
        status: str | None = None,
        since: int | None = None,
        until: int | None = None,
    ) -> Iterator[Instance]:
        """The latest runs of instances, newest first; of all workflows unless one is given.

        ``since`` and ``until`` are epoch milliseconds of the creation. Reads page after page while it
        is iterated.
        """
        query = {
            "owner": owner,
            "workflow": workflow_id,
            "status": status,
            "from": since,
            "to": until,
        }
        return self._all(path("instances"), query, Instance.of)

    def stop(self, workflow_id: str, instance_id: int, run_id: int | None = None) -> Instance:
        """Asks a run to end as STOPPED (the latest one unless given); gives how it stands now."""
        return self._act(workflow_id, instance_id, run_id, "stop")

    def kill(self, workflow_id: str, instance_id: int, run_id: int | None = None) -> Instance:
        """Asks a run to end as FAILED (the latest one unless given); gives how it stands now."""
        return self._act(workflow_id, instance_id, run_id, "kill")

    def unblock(self, workflow_id: str, instance_id: int | None = None) -> None:
        """Lets STRICT_SEQUENTIAL go on behind a failed instance, or behind all of them."""
        instance = () if instance_id is None else ("instances", instance_id)
        self._put("workflows", workflow_id, *instance, "actions", "unblock")

    def stop_all(self, workflow_id: str) -> None:
        """Asks all runs of a workflow to end as STOPPED; goes on after the answer."""
        self._put("workflows", workflow_id, "actions", "stop")

    def kill_all(self, workflow_id: str) -> None:
        """Asks all runs of a workflow to end as FAILED; goes on after the answer."""
        self._put("workflows", workflow_id, "actions", "kill")

    def restart(
        self,
        workflow_id: str,
        instance_id: int,
        params: Mapping[str, ParamLike] | None = None,
        *,
        policy: RestartPolicy = "RESTART_FROM_INCOMPLETE",
        step_params: Mapping[str, Mapping[str, ParamLike]] | None = None,
        skip_steps: Iterable[str] = (),
        version: str | int | None = None,
        request_id: str | None = None,
    ) -> Run:
        """Starts a new run of an instance that has ended: of what is incomplete, or of everything.

        ``version`` makes it one of another version, as after a mistake that was mended: ``active``,
        ``latest``, ``default`` or a number. Refused with every reason if that version does not hold
        what has run. ``request_id`` as in :meth:`start`.
        """
        body: dict[str, Any] = {
            "restart_policy": policy,
            "request_id": request_id or str(uuid.uuid4()),
            **_given_params(params, step_params),
        }
        skipped = list(skip_steps)
        if skipped:
            body["skip_steps"] = skipped
        if version is not None:
            body["version"] = str(version)
        where = _of(workflow_id, instance_id, "actions", "restart")
        return self._run(self._http.call("POST", where, body=body))

    def why(
        self,
        workflow_id: str,
        instance_id: int,
        run_id: int | None = None,
        step_id: str | None = None,
    ) -> Why:
        """Why a run, or a step of it, is not running; the latest run unless given."""
        steps = () if step_id is None else ("steps", step_id)
        run = "latest" if run_id is None else run_id
        where = _of(workflow_id, instance_id, "runs", run, *steps, "why")
        return Why.of(self._http.call("GET", where))

    # ------------------------------------------------------------------ steps

    def steps(self, workflow_id: str, instance_id: int, run_id: int | None = None) -> list[StepAttempt]:
        """The latest attempt of each step: over all runs, or in the given one."""
        run = () if run_id is None else ("runs", run_id)
        where = _of(workflow_id, instance_id, *run, "steps")
        return [StepAttempt.of(raw) for raw in self._http.call("GET", where)]

    def step(
        self,
        workflow_id: str,
        instance_id: int,
        step_id: str,
        run_id: int | None = None,
        attempt: int | None = None,
    ) -> StepAttempt:
        """An attempt of a step; the latest one of the latest run unless given."""
        where = _of(
            workflow_id,
            instance_id,
            "runs",
            "latest" if run_id is None else run_id,
            "steps",
            step_id,
            "attempts",
            "latest" if attempt is None else attempt,
        )
        return StepAttempt.of(self._http.call("GET", where))

    def logs(
        self,
        workflow_id: str,
        instance_id: int,
        step_id: str,
        run_id: int | None = None,
        *,
        attempt: int | None = None,
        stream: Literal["stdout", "stderr"] = "stdout",
        follow: bool = False,
    ) -> Iterator[str]:
        """What an attempt of a step printed, in pieces; the latest one unless given.

        With ``follow`` it waits until the attempt begins to print, gives what it prints as it is
        printed, and ends with it; broken connections are taken up again where they broke. An attempt
        that has printed nothing, such as that of a NoOp, gives nothing. Without ``follow`` it gives
        what there is by now.

        Raises :class:`NotFound` if there is no such attempt and ``follow`` is false.
        """
        if run_id is None:
            run_id = self.latest_run(workflow_id, instance_id).run_id
        if follow:
            begun = self._await_log(workflow_id, instance_id, step_id, run_id, attempt)
            if begun is None:
                return
            attempt = begun
        where = _of(
            workflow_id,
            instance_id,
            "runs",
            run_id,
            "steps",
            step_id,
            "attempts",
            "latest" if attempt is None else attempt,
            "logs",
        )
        if follow:
            for event in self._http.events(where + "/stream", {"stream": stream}):
                if event.name == "message":
                    yield json.loads(event.data)["text"]
            return
        offset = 0
        while True:
            query = {"stream": stream, "offset": offset, "limit": _LOG_PIECE}
            try:
                piece = self._http.call("GET", where, query)
            except NotFound as e:
                if e.code == "log-not-found":
                    return
                raise
            if piece["text"]:
                yield piece["text"]
            if piece["eof"] or piece["next_offset"] <= offset:
                return
            offset = piece["next_offset"]

    def _await_log(
        self,
        workflow_id: str,
        instance_id: int,
        step_id: str,
        run_id: int,
        attempt: int | None,
    ) -> int | None:
        """The number of the attempt once it has a log; None if it ends without one."""
        pause = _FIRST_LOOK
        while True:
            ended = self.latest_run(workflow_id, instance_id).ended
            try:
                found = self.step(workflow_id, instance_id, step_id, run_id, attempt)
                ended = ended or found.ended
                where = _of(
                    workflow_id,
                    instance_id,
                    "runs",
                    run_id,
                    "steps",
                    step_id,
                    "attempts",
                    found.attempt_id,
                    "logs",
                )
                self._http.call("GET", where, {"limit": 1})
                return found.attempt_id
            except NotFound:
                if ended:
                    return None
            self._clock.sleep(pause * self._clock.jitter())
            pause = min(2.0, pause * 1.5)

    def act_on_step(
        self,
        workflow_id: str,
        instance_id: int,
        step_id: str,
        action: StepAction,
        *,
        blocking: bool = True,
    ) -> StepAttempt:
        """Asks a step of the latest run to end as STOPPED (``stop``), as failed (``kill``), as SKIPPED
        (``skip``), or to go on without its signals (``bypass``); gives how it stands now.

        ``blocking`` waits up to 5 seconds for the effect, then raises :class:`RequestTimeout`; what
        was asked for still holds. Not repeated when the connection breaks.
        """
        where = _of(workflow_id, instance_id, "steps", step_id, "actions", action)
        query = {"blocking": blocking}
        answer = self._http.call("PUT", where, query, repeatable=False)
        return self.step(workflow_id, instance_id, step_id, answer["workflow_run_id"])

    def restart_step(
        self,
        workflow_id: str,
        instance_id: int,
        step_id: str,
        *,
        step_params: Mapping[str, Mapping[str, ParamLike]] | None = None,
        request_id: str | None = None,
        blocking: bool = True,
    ) -> StepAttempt:
        """Runs a step again with what depends on it: in the run if it is still live, else in a new
        one; gives how it stands now. ``blocking`` as in :meth:`act_on_step`."""
        body = {
            "restart_policy": "RESTART_FROM_SPECIFIC",
            "request_id": request_id or str(uuid.uuid4()),
            **_given_params(None, step_params),
        }
        where = _of(workflow_id, instance_id, "steps", step_id, "actions", "restart")
        query = {"blocking": blocking}
        answer = self._http.call("POST", where, query, body, repeatable=False)
        return self.step(workflow_id, instance_id, step_id, answer["workflow_run_id"])

    # ------------------------------------------------------------------ loops

    def loop(self, workflow_id: str, instance_id: int, step_id: str, run_id: int | None = None) -> Loop:
        """A foreach step, to look into; of the latest run unless given. Asks nothing by itself."""
        return Loop(workflow_id, instance_id, run_id, step_id, self)

    # ------------------------------------------------------------------ parts

    def _put(self, *segments: str | int) -> Any:
        return self._http.call("PUT", path(*segments))

    def _act(self, workflow_id: str, instance_id: int, run_id: int | None, action: str) -> Instance:
        run = () if run_id is None else ("runs", run_id)
        answer = self._put("workflows", workflow_id, "instances", instance_id, *run, "actions", action)
        return self.get_instance(workflow_id, instance_id, answer["workflow_run_id"])

    def _run(self, answer: Mapping[str, Any]) -> Run:
        return Run(
            answer["workflow_id"],
            answer["workflow_instance_id"],
            answer["workflow_run_id"],
            answer["workflow_version_id"],
            answer["workflow_uuid"],
            answer["status"],
            self,
            tuple(answer.get("warnings", ())),
        )

    def _all(self, where: str, query: Mapping[str, Any], of: Callable[[dict[str, Any]], T]) -> Iterator[T]:
        cursor: str | None = None
        while True:
            page = self._http.call("GET", where, {**query, "first": _LARGEST_PAGE, "cursor": cursor})
            yield from (of(element) for element in page["elements"])
            if not page["page_info"]["has_next_page"]:
                return
            cursor = page["page_info"]["end_cursor"]


@dataclass(frozen=True)
class Run:
    """A run that was started or restarted, with what can be done with it.

    ``status`` is the answer to the start: CREATED, DUPLICATED (its request id was known) or STOPPED
    (its run strategy did not let it begin). ``warnings`` says what was accepted but has no effect, such
    as a parameter that nothing reads.
    """

    workflow_id: str
    instance_id: int
    run_id: int
    version: int
    uuid: str
    status: str
    _client: Client = field(repr=False, compare=False)
    warnings: tuple[str, ...] = ()

    def wait(
        self, *, timeout: float | None = None, longest_pause: float = 2.0, check: bool = True
    ) -> Instance:
        """:meth:`Client.wait`"""
        return self._client.wait(
            self.workflow_id,
            self.instance_id,
            self.run_id,
            timeout=timeout,
            longest_pause=longest_pause,
            check=check,
        )

    def instance(self) -> Instance:
        """:meth:`Client.get_instance`"""
        return self._client.get_instance(self.workflow_id, self.instance_id, self.run_id)

    def steps(self) -> list[StepAttempt]:
        """:meth:`Client.steps`"""
        return self._client.steps(self.workflow_id, self.instance_id, self.run_id)

    def step(self, step_id: str, attempt: int | None = None) -> StepAttempt:
        """:meth:`Client.step`"""
        return self._client.step(self.workflow_id, self.instance_id, step_id, self.run_id, attempt)

    def logs(
        self,
        step_id: str,
        *,
        attempt: int | None = None,
        stream: Literal["stdout", "stderr"] = "stdout",
        follow: bool = False,
    ) -> Iterator[str]:
        """:meth:`Client.logs`"""
        return self._client.logs(
            self.workflow_id,
            self.instance_id,
            step_id,
            self.run_id,
            attempt=attempt,
            stream=stream,
            follow=follow,
        )

    def loop(self, step_id: str) -> Loop:
        """:meth:`Client.loop`"""
        return self._client.loop(self.workflow_id, self.instance_id, step_id, self.run_id)

    def why(self, step_id: str | None = None) -> Why:
        """:meth:`Client.why`"""
        return self._client.why(self.workflow_id, self.instance_id, self.run_id, step_id)

    def stop(self) -> Instance:
        """:meth:`Client.stop`"""
        return self._client.stop(self.workflow_id, self.instance_id, self.run_id)

    def kill(self) -> Instance:
        """:meth:`Client.kill`"""
        return self._client.kill(self.workflow_id, self.instance_id, self.run_id)

    def restart(
        self,
        params: Mapping[str, ParamLike] | None = None,
        *,
        policy: RestartPolicy = "RESTART_FROM_INCOMPLETE",
        version: str | int | None = None,
        request_id: str | None = None,
    ) -> Run:
        """:meth:`Client.restart`"""
        return self._client.restart(
            self.workflow_id,
            self.instance_id,
            params,
            policy=policy,
            version=version,
            request_id=request_id,
        )


def _of(workflow_id: str, instance_id: int, *segments: str | int) -> str:
    return path("workflows", workflow_id, "instances", instance_id, *segments)


def _given_params(
    params: Mapping[str, ParamLike] | None,
    step_params: Mapping[str, Mapping[str, ParamLike]] | None,
) -> dict[str, Any]:
    body: dict[str, Any] = {}
    if params:
        body["run_params"] = _trees(params)
    if step_params:
        body["step_run_params"] = {step: _trees(given) for step, given in step_params.items()}
    return body


def _trees(given: Mapping[str, ParamLike]) -> dict[str, Any]:
    return parameters.trees(parameters.make_all(given), Place(Sources()))


def _warnings(answer: Any) -> tuple[str, ...]:
    return tuple(warning["message"] for warning in answer.get("warnings", ()))


def _object(answer: Any) -> dict[str, Any]:
    return dict(answer)


__all__ = ["Client", "RestartPolicy", "Run", "StepAction"]
