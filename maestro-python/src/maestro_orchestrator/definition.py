"""A workflow's definition, from its first line to the push."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from . import canonical, params, yaml
from . import triggers as triggering
from ._names import MOST_STEPS, check_param_names, check_workflow_id, quote, wrong
from ._scalars import Duration, choice, duration, whole
from ._source import Source, caller
from ._tree import Place, Sources, Tree
from .diff import Diff
from .errors import RejectedDefinition
from .params import ModeName, ParamLike, Ref, TypeName
from .steps import Level, Step, TagLike, _text, tag_trees
from .triggers import SignalTrigger, TimeTrigger, Trigger

if TYPE_CHECKING:
    from .client import Client
    from .views import Pushed

RunStrategy = Literal[
    "SEQUENTIAL",
    "STRICT_SEQUENTIAL",
    "FIRST_ONLY",
    "LAST_ONLY",
    "PARALLEL",
    "SERIAL_LATEST_ONLY",
    "sequential",
    "strict_sequential",
    "first_only",
    "last_only",
    "parallel",
    "serial_latest_only",
]
"""Which instances may run at the same time: one after the other (the default); so, but none after a
failed one; a new one is dropped while one runs; a new one ends the one that runs; several; a new one
takes the place of those that wait."""

Criticality = Literal["CRITICAL", "HIGH", "MEDIUM", "LOW"]

_RULES = (
    "SEQUENTIAL",
    "STRICT_SEQUENTIAL",
    "FIRST_ONLY",
    "LAST_ONLY",
    "PARALLEL",
    "SERIAL_LATEST_ONLY",
)


_OUTCOME: dict[str, TypeName] = {
    "run_status": "STRING",
    "run_ref": "STRING",
    "run_workflow_id": "STRING",
    "run_instance_id": "LONG",
    "run_run_id": "LONG",
    "run_start_time": "LONG",
    "run_end_time": "LONG",
    "run_message": "STRING",
    "failed_step": "STRING",
    "failed_attempt": "LONG",
    "failed_status": "STRING",
    "failed_error": "STRING",
    "failed_steps": "STRING_ARRAY",
}


class Handler(Level):
    """Steps that run after a run has ended: ``with wf.on_failure as failure:``.

    ``failure["failed_error"]`` refers to what is known of how it ended, or to a parameter of the workflow.
    """

    def __getitem__(self, name: str) -> Ref:
        known = _OUTCOME.get(name)
        return self._workflow()[name] if known is None else Ref(None, name, known)

    # As for steps.
    __iter__: None = None


class Workflow(Level):
    """A workflow in the making: ``with workflow("daily", owner="me") as wf:``.

    Steps that are made inside of the ``with`` belong to it. Nothing is sent before :meth:`push`.
    """

    def __init__(
        self,
        id: str,
        *,
        owner: str | Mapping[str, Any] | None = None,
        name: str | None = None,
        description: str | None = None,
        tags: Iterable[TagLike] = (),
        params: Mapping[str, ParamLike] | None = None,
        triggers: Iterable[Trigger] = (),
        run_strategy: RunStrategy | None = None,
        workflow_concurrency: int | None = None,
        step_concurrency: int | None = None,
        instance_step_concurrency: int | None = None,
        timeout: Duration | None = None,
        criticality: Criticality | None = None,
        alerting: Mapping[str, Any] | None = None,
        access_control: Mapping[str, Any] | None = None,
        alerting_disabled: bool | None = None,
        signal_trigger_disabled: bool | None = None,
        time_trigger_disabled: bool | None = None,
        properties: Mapping[str, Any] | None = None,
        is_active: bool = True,
        git_info: Mapping[str, Any] | None = None,
        extra_info: Mapping[str, Any] | None = None,
    ) -> None:
        """What a workflow is and how it runs. None leaves a property as it is on the server, or at
        the server's default if it has never been set.

        owner: who owns it and as whom its steps run; must be given at the first push
        run_strategy: default SEQUENTIAL
        workflow_concurrency: instances at the same time, 1 to 1000, PARALLEL only; default 20
        step_concurrency: steps at the same time over all instances, 1 to 1000; default 20
        instance_step_concurrency: leaf steps at the same time in one instance, 1 to 999
        timeout: of a run, at most 120 days; default 10 days
        properties: further ones by their names in JSON: description and tags
        is_active: whether a push makes the new version the active one
        git_info: where the code lives: origin, branch, sha, path, author, timestamp
        extra_info: anything else to be kept with the version

        Raises :class:`DefinitionError` for everything that can be told here.
        """
        super().__init__(None, "the workflow")
        self._root = self
        check_workflow_id(id)
        self.id = id
        self.source = caller()
        self._beside: dict[str, Any] = {} if is_active else {"is_active": False}
        if git_info:
            self._beside["git_info"] = dict(git_info)
        for key, value in (extra_info or {}).items():
            if key in ("properties", "workflow", "is_active", "git_info"):
                raise wrong(f"expected {key} as an argument, found it in extra_info")
            self._beside[key] = value
        self._ids: dict[str, Step] = {}
        self.on_failure = Handler(self, "on_failure")
        """After a run has failed, was killed or timed out."""
        self.on_success = Handler(self, "on_success")
        """After a run has succeeded."""
        self.on_end = Handler(self, "on_end")
        """After a run has ended, however it did."""
        self._params = _made(params)
        self._tags = tag_trees(tags)
        self._time_triggers: list[TimeTrigger] = []
        self._signal_triggers: list[SignalTrigger] = []
        for given in triggers:
            self._add(given)
        self._text = {
            "name": _text(name, "name", 256),
            "description": _text(description, "description", 16_384),
        }
        self._timeout = duration(timeout, "a time-out")
        self._criticality = choice(criticality, "criticality", ("CRITICAL", "HIGH", "MEDIUM", "LOW"))
        self._instance_step_concurrency = whole(
            instance_step_concurrency, "instance_step_concurrency", 1, 999
        )
        kept = Tree()
        kept.put("owner", _owner(owner))
        kept.put("access_control", None if access_control is None else dict(access_control))
        kept.put("run_strategy", _strategy(run_strategy, workflow_concurrency))
        kept.put("step_concurrency", whole(step_concurrency, "step_concurrency", 1, 1_000))
        kept.put("alerting", None if alerting is None else dict(alerting))
        kept.put("alerting_disabled", alerting_disabled)
        kept.put("signal_trigger_disabled", signal_trigger_disabled)
        kept.put("time_trigger_disabled", time_trigger_disabled)
        further = dict(properties or {})
        for name in ("description", "tags"):
            kept.put(name, further.pop(name, None))
        if further:
            raise wrong(f"expected description and tags in properties, found {sorted(further)}")
        self._properties = kept.fields

    def __repr__(self) -> str:
        return f"<workflow {self.id}>"

    # ------------------------------------------------------------------ building

    def param(
        self,
        name: str,
        value: ParamLike,
        type: TypeName | None = None,
        *,
        mode: ModeName | None = None,
        validator: str | None = None,
        tags: Iterable[str] = (),
    ) -> Ref:
        """Adds a parameter, as :func:`maestro_orchestrator.param` makes it, and gives a reference to it."""
        check_param_names([name])
        if name in self._params:
            raise wrong(f"the workflow already has a parameter {quote(name)}")
        self._params[name] = params.named(name, value, type, mode=mode, validator=validator, tags=tags)
        return self[name]

    def __getitem__(self, name: str) -> Ref:
        """A reference to a parameter of the workflow."""
        declared = self._params.get(name)
        return Ref(None, name, declared.type if declared else None)

    # As for steps.
    __iter__: None = None

    def trigger(self, trigger: Trigger) -> None:
        """Adds what starts the workflow: :func:`cron`, :func:`on_signals` and so on."""
        self._add(trigger)

    def _add(self, trigger: Trigger) -> None:
        if isinstance(trigger, TimeTrigger):
            self._time_triggers.append(trigger)
        elif isinstance(trigger, SignalTrigger):
            self._signal_triggers.append(trigger)
        else:
            raise wrong(f"expected a trigger such as cron(…) or on_signals(…), found {trigger!r}")

    def _register(self, step: Step) -> None:
        first = self._ids.get(step.id)
        if first is not None:
            raise wrong(
                f"expected every step id once in a definition, found {quote(step.id)} also at"
                f" {first.source}; rename one of them"
            )
        if len(self._ids) == MOST_STEPS:
            raise wrong(
                f"expected at most {MOST_STEPS} steps, those in loops counted; split the workflow"
                " with subworkflow steps"
            )
        self._ids[step.id] = step

    # ------------------------------------------------------------------ output

    def to_dict(self) -> dict[str, Any]:
        """The definition as the server takes it: ``{"properties": …, "workflow": …}``.

        Raises :class:`DefinitionError` if a loop or the workflow has no step.
        """
        return copy.deepcopy(self._build(Sources()))

    def to_json(self) -> str:
        """The definition as canonical JSON: equal definitions give equal bytes in UTF-8, in
        whichever language they were written."""
        return canonical.write(self.to_dict())

    def to_yaml(self) -> str:
        """The same document as YAML, which the server takes as well."""
        return yaml.write(self.to_dict())

    def source_of(self, pointer: str) -> Source | None:
        """The line of Python that built what a JSON pointer into :meth:`to_dict` leads to."""
        sources = Sources()
        self._build(sources)
        return sources.find(pointer)

    def _build(self, sources: Sources) -> dict[str, Any]:
        if not self._steps:
            raise wrong("expected at least one step in the workflow, found none", self.source)
        root = Place(sources)
        root.mark(self.source)
        document: dict[str, Any] = {}
        if self._properties:
            document["properties"] = dict(self._properties)
        document["workflow"] = self._tree(root.child("workflow"))
        return {**document, **self._beside}

    def _tree(self, at: Place) -> dict[str, Any]:
        fields = Tree()
        fields.put("id", self.id)
        fields.put("name", self._text["name"])
        fields.put("description", self._text["description"])
        fields.put_unless_empty("tags", self._tags)
        fields.put("timeout", self._timeout)
        fields.put("criticality", self._criticality)
        fields.put("instance_step_concurrency", self._instance_step_concurrency)
        time, signal = at.child("time_triggers"), at.child("signal_triggers")
        fields.put_unless_empty(
            "time_triggers",
            [triggering.time_tree(t, time.child(i)) for i, t in enumerate(self._time_triggers)],
        )
        fields.put_unless_empty(
            "signal_triggers",
            [triggering.signal_tree(t, signal.child(i)) for i, t in enumerate(self._signal_triggers)],
        )
        fields.put_unless_empty("params", params.trees(self._params, at.child("params")))
        fields.put("steps", self._step_trees(at.child("steps")))
        for handler in (self.on_failure, self.on_success, self.on_end):
            fields.put_unless_empty(handler._what, handler._step_trees(at.child(handler._what)))
        return fields.fields

    # ------------------------------------------------------------------ the server

    def validate(self, client: Client) -> tuple[str, ...]:
        """Lets the server check everything that a push would check; nothing changes.

        Returns its warnings: what is accepted, and may not be meant so. Raises
        :class:`RejectedDefinition` with all problems and the lines of Python they come from.
        """
        with _Located(self) as document:
            return client.validate(document)

    def diff(self, client: Client, version: str | int = "default") -> Diff:
        """What a push would change, compared with a version on the server.

        ``version`` is ``active``, ``latest``, ``default`` (the active one, else the latest) or a
        number. If the workflow isn't there yet, everything is new.
        """
        return client.diff(self.to_dict(), version)

    def push(
        self,
        client: Client,
        *,
        dry_run: bool = False,
        only_if_changed: bool = False,
    ) -> Pushed:
        """Makes a new version of the workflow on the server, and the workflow at the first time.

        With ``dry_run`` the server only checks it; with ``only_if_changed`` an equal definition
        makes no version. In both cases ``diff`` of the answer says what is different.

        Raises :class:`RejectedDefinition` with all problems and the lines of Python they come from.
        """
        with _Located(self) as document:
            return client.push(
                document,
                dry_run=dry_run,
                only_if_changed=only_if_changed,
            )


class _Located:
    """Adds the lines of Python to what the server says about a definition."""

    def __init__(self, workflow: Workflow) -> None:
        self._sources = Sources()
        self._document = workflow._build(self._sources)

    def __enter__(self) -> dict[str, Any]:
        return self._document

    def __exit__(self, type: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, RejectedDefinition):
            raise error.located(self._sources.find) from None


def _made(given: Mapping[str, ParamLike] | None) -> dict[str, params.Param]:
    return params.make_all(given)


def _owner(owner: str | Mapping[str, Any] | None) -> str | dict[str, Any] | None:
    given = owner.get("name") if isinstance(owner, Mapping) else owner
    if owner is not None and (not isinstance(given, str) or not given.strip()):
        raise wrong(f"expected an owner, found {owner!r}")
    if isinstance(owner, Mapping):
        return dict(owner) if len(owner) > 1 else str(given)
    return owner


def _strategy(rule: str | None, concurrency: int | None) -> dict[str, Any] | None:
    if rule is None and concurrency is None:
        return None
    chosen = choice(rule or "PARALLEL", "run_strategy", _RULES)
    most = whole(concurrency, "workflow_concurrency", 1, 1_000)
    if chosen != "PARALLEL" and most is not None and most > 1:
        raise wrong(
            f"expected workflow_concurrency 1 with the rule {chosen}, found {most}; use the rule"
            " PARALLEL or remove workflow_concurrency"
        )
    fields = Tree()
    fields.put("rule", chosen)
    fields.put("workflow_concurrency", most)
    return fields.fields


workflow = Workflow

__all__ = ["Criticality", "Handler", "RunStrategy", "Workflow", "workflow"]
