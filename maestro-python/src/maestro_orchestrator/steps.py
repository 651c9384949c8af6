"""Steps, the edges between them, and the levels that hold them."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar, Token
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, TypedDict, TypeVar, Union, overload

from . import params
from . import retry as retries
from . import signals as signalling
from ._names import check_param_names, check_step_id, check_tag, check_text, quote, wrong
from ._scalars import Duration, choice, duration, max_failures as most_failures, whole
from ._source import Source, caller
from ._tree import Place, Tree
from .params import ModeName, Param, ParamLike, Ref, TypeName
from .retry import RetryLike
from .signals import SignalDependency, SignalOutput

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from .definition import Workflow

FailureMode = Literal["FAIL_IMMEDIATELY", "FAIL_AFTER_RUNNING", "IGNORE_FAILURE"]
"""What becomes of the run when a step has failed for good: the others are stopped at once; what
runs goes on and so do branches that don't depend on it (the default); or the run goes on as if
nothing had happened."""

TagLike = Union[str, Mapping[str, Any]]
"""A tag's name, or ``{"name": …, "namespace": …}`` with any further attributes."""

_FAILURE_MODES = ("FAIL_IMMEDIATELY", "FAIL_AFTER_RUNNING", "IGNORE_FAILURE")
_WRAPPERS = ("subworkflow", "foreach", "while", "template")
# Written in any case, sent in this one. Types that are not known here are the server's business.
_TYPES = (
    "NoOp",
    "Sleep",
    "Http",
    "Shell",
    "Python",
    "Jar",
    "Docker",
    "Kubernetes",
    "Notebook",
    "Titus",
    "SQL",
    "Spark",
)
_MOST_ITERATIONS_AT_ONCE = 500
_LONGEST_NAME = 256
_LONGEST_DESCRIPTION = 16_384


class StepOptions(TypedDict, total=False):
    """What every kind of step may have."""

    name: str
    """For people; up to 256 characters."""
    description: str
    """For people; up to 16384 characters."""
    params: Mapping[str, ParamLike]
    """The step's parameters."""
    outputs: Mapping[str, TypeName]
    """Parameters that the step's job sets, by type; it fails if it ends well without having set them.
    One with a first value, which may stay as it is, belongs in ``params``."""
    tags: Iterable[TagLike]
    """Labels; a tag that names a permit also limits how many steps run at the same time."""
    failure_mode: FailureMode
    """Default FAIL_AFTER_RUNNING."""
    timeout: Duration
    """Of one attempt, counted from its start; at most 120 days, default 10 days."""
    wait_for: Iterable[SignalDependency | str]
    """Signals that must have arrived before the step begins."""
    signals: Iterable[SignalOutput | str]
    """Signals that are announced when the step has succeeded."""
    needs: Iterable[Step | str]
    """Steps of the same level that must end before this one; the same as ``other >> this``."""


@dataclass(frozen=True)
class _Edge:
    condition: str | None  # None is OTHERWISE: what the conditions of the others leave over.
    source: Source | None
    # Whether it was written with when(): what otherwise() is the opposite of.
    conditional: bool


class Level:
    """Steps that stand beside each other: those of a workflow or of a loop."""

    def __init__(self, root: Workflow | None, what: str) -> None:
        self._root = root
        self._what = what
        self._steps: dict[str, Step] = {}
        self._tokens: list[Token[Level | None]] = []

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in the order in which they were made, without those inside of loops."""
        return tuple(self._steps.values())

    def __enter__(self) -> Self:
        self._tokens.append(_current.set(self))
        return self

    def __exit__(
        self,
        type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        _current.reset(self._tokens.pop())

    def _workflow(self) -> Workflow:
        assert self._root is not None
        return self._root

    def _step_trees(self, at: Place) -> list[dict[str, Any]]:
        return [
            {step.wrapper: step._tree(at.child(i).child(step.wrapper))} for i, step in enumerate(self.steps)
        ]


_current: ContextVar[Level | None] = ContextVar("maestro_level", default=None)


def _no_option(name: str) -> str:
    near = difflib.get_close_matches(name, sorted(StepOptions.__optional_keys__), 1, 0.75)
    hint = f"did you mean {near[0]}?" if near else f"a parameter goes into params={{{name!r}: …}}"
    return f"a step has no option {name}; {hint}"


class Step:
    """A node of the graph. Made by :func:`step` and the functions beside it.

    ``a >> b`` makes ``b`` run after ``a``; ``a >> [b, c]`` and ``[a, b] >> c`` do so for several.
    A step with several predecessors waits for all of them and runs if any edge to it was taken.
    ``a["x"]`` refers to a parameter of the step, such as an output of its job.
    """

    wrapper = "step"

    def __init__(self, id: str, options: StepOptions, own: Mapping[str, Any]) -> None:
        level = _current.get()
        if level is None:
            raise wrong(f'expected step {quote(id)} inside of "with workflow(…):", found none around')
        unknown = sorted(set(options) - StepOptions.__optional_keys__)
        if unknown:
            raise TypeError("; ".join(_no_option(name) for name in unknown))
        check_step_id(id)
        self.id = id
        self.source = caller()
        self._level = level
        self._own = own
        self._text = {
            "name": _text(options.get("name"), "name", _LONGEST_NAME),
            "description": _text(options.get("description"), "description", _LONGEST_DESCRIPTION),
        }
        self._tags = tag_trees(options.get("tags", ()))
        self._failure_mode = choice(options.get("failure_mode"), "failure_mode", _FAILURE_MODES)
        self._timeout = duration(options.get("timeout"), "a time-out")
        self._wait_for = [signalling.dependency(s) for s in _several(options.get("wait_for"))]
        self._signals = [signalling.output(s) for s in _several(options.get("signals"))]
        self._params = params.make_all(options.get("params"))
        self._outputs = list(options.get("outputs") or {})
        self._add_outputs(options.get("outputs") or {})
        self._edges: dict[str, _Edge] = {}
        level._workflow()._register(self)
        level._steps[id] = self
        for before in _several(options.get("needs")):
            self._beside(before)._connect(self, "true")

    def __repr__(self) -> str:
        return f"<{self.wrapper} {self.id}>"

    # ------------------------------------------------------------------ parameters

    def _add_outputs(self, outputs: Mapping[str, TypeName]) -> None:
        both = [name for name in outputs if name in self._params]
        if both:
            raise wrong(f"expected {quote(both[0])} once, found it in params and in outputs")
        self._params.update(params.make_all({n: params.empty(type) for n, type in outputs.items()}))

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
            raise wrong(f"step {quote(self.id)} already has a parameter {quote(name)}")
        self._params[name] = params.named(name, value, type, mode=mode, validator=validator, tags=tags)
        return self[name]

    def __getitem__(self, name: str) -> Ref:
        """A reference to a parameter, for steps that run later.

        Its type is known if the parameter is declared; otherwise say it with ``.typed("LONG")``.
        """
        declared = self._params.get(name)
        return Ref(self.id, name, declared.type if declared else None)

    # Or a loop over a step would ask for its parameters 0, 1, 2 and so on without end.
    __iter__: None = None

    # ------------------------------------------------------------------ edges

    @overload
    def __rshift__(self, other: Step) -> Step: ...
    @overload
    def __rshift__(self, other: Sequence[Step]) -> Group: ...
    def __rshift__(self, other: Step | Sequence[Step]) -> Step | Group:
        return _connect([self], other, "true")

    def __rrshift__(self, others: Sequence[Step]) -> Step:
        _connect(others, self, "true")
        return self

    def when(self, condition: str | bool | Ref) -> Branch:
        """The beginning of an edge that is taken if a condition holds: ``a.when("n > 5") >> b``.

        The condition is an SEL expression over this step's parameters, the workflow's and those of
        earlier steps, evaluated when this step has ended. Every edge whose condition holds is taken.
        """
        text = condition.sel if isinstance(condition, Ref) else condition
        if isinstance(text, bool):
            text = "true" if text else "false"
        if not isinstance(text, str) or not text.strip():
            raise wrong(f'expected a condition such as "x > 5", found {condition!r}')
        check_text(text, "a condition")
        return Branch(self, text)

    def otherwise(self) -> Branch:
        """The beginning of an edge that is taken if no condition of this step's edges holds."""
        return Branch(self, None)

    def _connect(self, other: Step, condition: str | None, conditional: bool = False) -> None:
        if other._level is not self._level:
            raise wrong(
                f"expected {quote(other.id)} and {quote(self.id)} on the same level; edges don't"
                " cross the border of a loop or workflow"
            )
        before = self._edges.get(other.id)
        if before is not None:
            if before.condition != condition:
                raise wrong(
                    f"expected one edge from {quote(self.id)} to {quote(other.id)}, found a second"
                    f" one; the first is at {before.source}"
                )
            return
        path = self._path_from(other)
        if path:
            cycle = " -> ".join([self.id, *path])
            raise wrong(f"expected steps without a cycle, found {cycle}; remove one of these edges")
        self._edges[other.id] = _Edge(condition, caller(), conditional)

    def _path_from(self, start: Step) -> list[str]:
        """The ids on a way from another step to this one; none if there is no way."""
        came_from: dict[str, str | None] = {start.id: None}
        waiting = [start.id]
        while waiting:
            id = waiting.pop()
            if id == self.id:
                path: list[str] = []
                step: str | None = id
                while step is not None:
                    path.insert(0, step)
                    step = came_from[step]
                return path
            for following in self._level._steps[id]._edges:
                if following not in came_from:
                    came_from[following] = id
                    waiting.append(following)
        return []

    def _beside(self, step: Step | str) -> Step:
        if isinstance(step, Step):
            return step
        found = self._level._steps.get(step)
        if found is None:
            raise wrong(
                f"expected an earlier step of the same level, found {quote(str(step))}; there is"
                f" {sorted(set(self._level._steps) - {self.id})}"
            )
        return found

    # ------------------------------------------------------------------ JSON

    def _tree(self, at: Place) -> dict[str, Any]:
        at.mark(self.source)
        fields = Tree()
        fields.put("id", self.id)
        for name in ("type", "sub_type", "sub_type_version"):
            fields.put(name, self._own.get(name))
        fields.put("name", self._text["name"])
        fields.put("description", self._text["description"])
        fields.put_unless_empty("tags", self._tags)
        fields.put("failure_mode", self._failure_mode)
        fields.put("timeout", self._timeout)
        for name, value in self._own.items():
            fields.put(name, value)
        fields.put_unless_empty(
            "signal_dependencies",
            _each(self._wait_for, at.child("signal_dependencies"), signalling.dependency_tree),
        )
        fields.put_unless_empty(
            "signal_outputs",
            _each(self._signals, at.child("signal_outputs"), signalling.output_tree),
        )
        fields.put_unless_empty("params", params.trees(self._params, at.child("params")))
        if self.wrapper == "step":
            fields.put_unless_empty("outputs", self._outputs)
        if self._edges:
            fields.put("transition", {"successors": self._successors(at.child("transition"))})
        return fields.fields

    def _successors(self, at: Place) -> dict[str, str]:
        successors = {}
        for id, edge in self._edges.items():
            at.child("successors").child(id).mark(edge.source)
            successors[id] = self._remainder() if edge.condition is None else edge.condition
        return successors

    def _remainder(self) -> str:
        conditions = [e.condition for e in self._edges.values() if e.conditional and e.condition]
        if not conditions:
            raise wrong(
                f"expected a condition beside otherwise() of step {quote(self.id)}, found none;"
                " write .when(…) >> … for another edge",
                self.source,
            )
        return "!(" + " || ".join(f"({condition})" for condition in conditions) + ")"


class Group:
    """Several steps as one end of edges; what ``a >> [b, c]`` gives."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = tuple(steps)

    @overload
    def __rshift__(self, other: Step) -> Step: ...
    @overload
    def __rshift__(self, other: Sequence[Step]) -> Group: ...
    def __rshift__(self, other: Step | Sequence[Step]) -> Step | Group:
        return _connect(self.steps, other, "true")


class Branch:
    """The beginning of an edge with a condition; what ``a.when(…)`` gives."""

    def __init__(self, step: Step, condition: str | None) -> None:
        self._step = step
        self._condition = condition

    @overload
    def __rshift__(self, other: Step) -> Step: ...
    @overload
    def __rshift__(self, other: Sequence[Step]) -> Group: ...
    def __rshift__(self, other: Step | Sequence[Step]) -> Step | Group:
        return _connect([self._step], other, self._condition, conditional=True)


def chain(*steps: Step) -> None:
    """Makes each step run after the one before it."""
    for before, after in itertools.pairwise(steps):
        before._connect(after, "true")


def _connect(
    before: Iterable[Step],
    after: Step | Sequence[Step],
    condition: str | None,
    conditional: bool = False,
) -> Step | Group:
    befores = list(before)
    afters = [after] if isinstance(after, Step) else list(after)
    for one in befores:
        for other in afters:
            if not isinstance(one, Step) or not isinstance(other, Step):
                raise wrong(f"expected steps at both ends of >>, found {one!r} and {other!r}")
            one._connect(other, condition, conditional)
    return after if isinstance(after, Step) else Group(afters)


class Subworkflow(Step):
    """A step that runs another workflow. Made by :func:`subworkflow`."""

    wrapper = "subworkflow"

    def output(self, step_id: str, name: str, type: TypeName) -> Ref:
        """A reference to a parameter of a step inside of the other workflow, which must have been
        waited for."""
        words = ", ".join(params._sel_text(word) for word in (self.id, step_id, name))
        return Ref(None, name, params._type(type), f"params.getFromSubworkflow({words})")


class Loop(Step, Level):
    """A step that holds others: ``with foreach(…) as loop:``. ``loop["x"]`` is a loop parameter."""

    def __init__(
        self, id: str, options: StepOptions, own: Mapping[str, Any], loop_params: Param | None
    ) -> None:
        Step.__init__(self, id, options, own)
        Level.__init__(self, self._level._workflow(), f"the loop {quote(id)}")
        if loop_params is not None:
            if "loop_params" in self._params:
                raise wrong("expected the loop's parameters once, found loop_params in params too")
            self._params = {"loop_params": loop_params, **self._params}

    def _tree(self, at: Place) -> dict[str, Any]:
        fields = Step._tree(self, at)
        if not self._steps:
            raise wrong(f"expected at least one step in {self._what}, found none", self.source)
        fields["steps"] = self._step_trees(at.child("steps"))
        return fields

    def _item(self, name: str) -> Param | None:
        loop = self._params.get("loop_params")
        found = loop.value.get(name) if loop is not None and loop.value is not None else None
        return found if isinstance(found, Param) else None


class Foreach(Loop):
    """A loop over arrays. Made by :func:`foreach`."""

    wrapper = "foreach"

    def __getitem__(self, name: str) -> Ref:
        """Inside of the loop: the item of one iteration."""
        array = self._item(name)
        item = None if array is None else array.type[: -len("_ARRAY")]
        return Ref(None, name, params._type(item) if item else None)

    def gather(self, ref: Ref) -> Ref:
        """Behind the loop: the values of a parameter of an inner step, one per iteration."""
        if ref.step_id is None or ref.step_id not in self._steps:
            raise wrong(f"expected a parameter of a step in {self._what}, found {ref.sel}")
        words = ", ".join(params._sel_text(word) for word in (self.id, ref.step_id, ref.name))
        type = params.array_of(ref.type)
        return Ref(None, ref.name, type, f"params.getFromForeach({words})")


class While(Loop):
    """A loop with a condition. Made by :func:`while_`."""

    wrapper = "while"

    def __getitem__(self, name: str) -> Ref:
        """Inside of the loop: the value of a loop parameter in this iteration."""
        item = self._item(name)
        return Ref(None, name, item.type if item else None)


class Template(Step):
    """A step of a job template. Made by :func:`template`."""

    wrapper = "template"


# ---------------------------------------------------------------------- making steps


def step(
    id: str,
    type: str,
    *,
    retry: RetryLike | None = None,
    sub_type: str | None = None,
    sub_type_version: str | None = None,
    **options: Unpack[StepOptions],
) -> Step:
    """A step that runs something: ``step("load", "Shell", params={"script": "…"})``.

    ``type`` is NoOp, Sleep, Shell, Http and so on, in any case; ``sub_type`` names a job template for
    it, ``sub_type_version`` the template's version (default ``default``); ``retry`` is how often it
    is tried again. For the other options see :class:`StepOptions`.

    Raises :class:`DefinitionError` at once for everything that can be told here.
    """
    if not isinstance(type, str) or not type.strip():
        raise wrong(f"expected a step type such as NoOp or Shell, found {type!r}")
    if type.lower() in _WRAPPERS:
        function = "while_" if type.lower() == "while" else type.lower()
        raise wrong(f"expected a type that runs something, found {type!r}; use {function}(…)")
    label = next((known for known in _TYPES if known.lower() == type.lower()), type)
    own = {
        "type": label,
        "sub_type": sub_type,
        "sub_type_version": sub_type_version,
        "retry_policy": retries.tree(retry),
    }
    return Step(id, options, own)


def subworkflow(
    id: str,
    workflow_id: ParamLike | None = None,
    *,
    version: ParamLike | None = None,
    sync: bool = True,
    explicit_params: bool = False,
    **options: Unpack[StepOptions],
) -> Subworkflow:
    """A step that starts an instance of another workflow and, if ``sync``, waits for its end.

    ``workflow_id`` (the step's own id unless given) and ``version`` (``active`` unless given;
    ``latest``, ``default`` or a number) may be expressions. The other workflow gets all parameters of
    this one and those written here; with ``explicit_params`` only those written here.
    """
    own = {"sync": sync, "explicit_params": explicit_params}
    given = dict(options.get("params") or {})
    for name in ("subworkflow_id", "subworkflow_version"):
        if name in given:
            raise wrong(f"expected {name} as an argument, found it in params")
    target = {"subworkflow_id": params.make(id if workflow_id is None else workflow_id)}
    if version is not None:
        target["subworkflow_version"] = params.make(str(version) if isinstance(version, int) else version)
    for name, made in target.items():
        if made.type != "STRING":
            raise wrong(f"expected {name} to be a STRING, found a {made.type}")
    options["params"] = {**target, **given}
    return Subworkflow(id, options, own)


def foreach(
    id: str,
    over: Mapping[str, ParamLike] | Param | Ref,
    *,
    concurrency: int | None = None,
    strict_ordering: bool = False,
    max_failures: int | str | None = None,
    **options: Unpack[StepOptions],
) -> Foreach:
    """A loop that runs its steps once for every combination of items: ``with foreach(…) as loop:``.

    ``over`` has an array per name (a list, a range, an expression or a reference), of which the first
    changes fastest; or it is one MAP expression. ``concurrency`` is how many iterations run at the
    same time, 1 to 500 (server's default 100); with ``strict_ordering`` iterations that run are at
    most that far apart. ``max_failures`` is how many of them may fail before no more begin: ``"all"``,
    a number, or a percentage such as ``"10%"`` (server's default 0); the step fails all the same, once
    the rest has run.
    """
    loop = _loop_params(over)
    for name, made in (loop.value or {}).items():
        if not made.is_array():
            raise wrong(f"expected an array to loop over for {quote(name)}, found a {made.type}")
    if loop.value is not None and not loop.value:
        raise wrong("expected at least one array to loop over, found none")
    own = {
        "concurrency": whole(concurrency, "concurrency", 1, _MOST_ITERATIONS_AT_ONCE),
        "strict_ordering": strict_ordering,
        "max_failures": most_failures(max_failures, "max_failures"),
    }
    return Foreach(id, options, own, loop)


def while_(
    id: str,
    condition: str,
    loop: Mapping[str, ParamLike] | Param | Ref | None = None,
    **options: Unpack[StepOptions],
) -> While:
    """A loop that runs its steps again and again while a condition holds: ``with while_(…) as w:``.

    ``condition`` is an SEL expression, evaluated before each iteration. ``loop`` has the scalars that
    change: after an iteration each gets the value of the parameter of the same name of a step in it.
    """
    made = None if loop is None else _loop_params(loop)
    for name, value in ((made.value if made else None) or {}).items():
        if value.type not in ("STRING", "LONG", "DOUBLE", "BOOLEAN"):
            raise wrong(f"expected a scalar for {quote(name)} of a while loop, found a {value.type}")
    if isinstance(condition, bool):
        condition = "true" if condition else "false"
    if not isinstance(condition, str) or not condition.strip():
        raise wrong(f'expected a condition such as "i < 10", found {condition!r}')
    return While(id, options, {"condition": condition}, made)


def template(
    id: str,
    template: str,
    *,
    version: str | None = None,
    **options: Unpack[StepOptions],
) -> Template:
    """A step that a job template describes, whatever its type is.

    ``version`` is the template's (server's default ``default``).
    """
    own = {"sub_type": template, "sub_type_version": version}
    return Template(id, options, own)


# ---------------------------------------------------------------------- parts


def tag_trees(tags: Iterable[TagLike]) -> list[dict[str, Any]]:
    """The JSON of tags; no two may have the same name."""
    made: dict[str, dict[str, Any]] = {}
    for tag in _several(tags):
        tree = {"name": tag} if isinstance(tag, str) else dict(tag)
        if isinstance(tree.get("namespace"), str):
            tree["namespace"] = tree["namespace"].upper()
        check_tag(tree.get("name", ""))
        if tree["name"] in made:
            raise wrong(f"expected every tag once, found {quote(tree['name'])} again; remove it")
        made[tree["name"]] = tree
    return list(made.values())


def _loop_params(given: Mapping[str, ParamLike] | Param | Ref) -> Param:
    value = given if isinstance(given, (Param, Ref)) else params.param(dict(given), "MAP")
    made = params.make(value)
    if made.type != "MAP":
        raise wrong(f"expected the loop's parameters as a dict or a MAP, found a {made.type}")
    return made


def _text(value: str | None, what: str, longest: int) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > longest:
        raise wrong(f"expected a {what} as text of at most {longest} characters")
    check_text(value, f"a {what}")
    return value


_T = TypeVar("_T")
_U = TypeVar("_U")


def _several(values: Iterable[_T] | None) -> list[_T]:
    if isinstance(values, (str, Step)):
        raise wrong(f"expected a list, found {values!r}; put it in [ ]")
    return list(values or ())


def _each(items: Sequence[_T], at: Place, tree: Any) -> list[Any]:
    return [tree(item, at.child(i)) for i, item in enumerate(items)]


__all__ = [
    "Branch",
    "FailureMode",
    "Foreach",
    "Group",
    "Level",
    "Step",
    "StepOptions",
    "Subworkflow",
    "TagLike",
    "Template",
    "While",
    "chain",
    "foreach",
    "step",
    "subworkflow",
    "template",
    "while_",
]
