"""A plain function as a step: its text, and what of its file it needs, becomes the step's script."""

from __future__ import annotations

import ast
import contextlib
import dis
import inspect
from collections.abc import Callable, Iterable, Mapping
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from . import params
from . import retry as retries
from ._names import quote, wrong
from .params import ParamLike, escape
from .retry import RetryLike
from .steps import Step, StepOptions

if TYPE_CHECKING:
    from typing_extensions import Unpack

_OWN = __package__ or "maestro_orchestrator"


def call(
    id: str,
    function: Callable[..., Any],
    *,
    args: Mapping[str, ParamLike] | None = None,
    requirements: Iterable[str] = (),
    env: Mapping[str, str] | None = None,
    retry: RetryLike | None = None,
    **options: Unpack[StepOptions],
) -> Step:
    """A step that calls a function of this file: ``call("load", load, args={"day": day})``.

    The function, and the imports, functions, classes and assignments of its file that it uses, are sent
    as the script of a Python step; nothing else of the file runs there. Lines keep their numbers, so that
    a traceback fits the file. ``args`` are what it is called with, by name: values, parameters or
    references, each of its type. A dict that it returns becomes output parameters by its names; say their
    types in ``outputs``. ``requirements`` are packages as pip takes them, installed before; ``env`` is
    added to the job's environment. For the other options see :class:`StepOptions` and :func:`step`.

    Raises :class:`DefinitionError` at once if ``args`` don't fit, or if the function can't go alone: a
    lambda, a method, a function inside of another one, one that uses this package or a relative import.
    """
    script = _script(function)
    given = dict(args or {})
    try:
        inspect.signature(function).bind(**given)
    except TypeError as problem:
        raise wrong(f"args don't fit {function.__name__}{inspect.signature(function)}: {problem}") from None
    if "params" in options:
        both = sorted({"script", "function", "args", "requirements", "env"} & set(options["params"]))
        if both:
            raise wrong(f"expected {quote(both[0])} beside params, found it in params, too")
    own: dict[str, ParamLike] = {"script": escape(script), "function": function.__name__}
    if given:
        own["args"] = params.param(given, "MAP")
    if requirements:
        own["requirements"] = [escape(one) for one in requirements]
    if env:
        own["env"] = params.param(dict(env), "STRING_MAP")
    options["params"] = {**own, **options.get("params", {})}
    fields = {"type": "Python", "retry_policy": retries.tree(retry)}
    return Step(id, options, fields)


def _script(function: Callable[..., Any]) -> str:
    name = getattr(function, "__name__", repr(function))
    if not isinstance(function, FunctionType) or "<" in function.__qualname__ or "." in function.__qualname__:
        raise wrong(f"expected a function at the top of a file, found {name}")
    lines, tree = _file(function)
    wanted = _needed(function, tree.body)
    kept = [""] * len(lines)
    for node in wanted:
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
        last = node.end_lineno or node.lineno
        kept[first - 1 : last] = lines[first - 1 : last]
    return "\n".join(kept).rstrip() + "\n"


def _file(function: FunctionType) -> tuple[list[str], ast.Module]:
    """The lines of its file, or of the notebook's cell; of a file of another kind its own alone."""
    name = function.__name__
    try:
        lines = [line.rstrip("\r\n") for line in inspect.findsource(function)[0]]
        with contextlib.suppress(SyntaxError):
            return lines, ast.parse("\n".join(lines))
        own, first = inspect.getsourcelines(function)
        lines = [""] * (first - 1) + [line.rstrip("\r\n") for line in own]
        return lines, ast.parse("\n".join(lines))
    except (OSError, TypeError, SyntaxError):
        raise wrong(f"expected a function whose file can be read, found {name}") from None


def _needed(function: FunctionType, body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements at the top of a file that a function rests on, in their order."""
    name = function.__name__
    binding: dict[str, list[ast.stmt]] = {}
    for node in body:
        for bound in _bound(node):
            binding.setdefault(bound, []).append(node)
    wanted = {id(node): node for node in body if _is_future(node)}
    left = [name]
    seen: set[str] = set()
    while left:
        one = left.pop()
        if one in seen:
            continue
        seen.add(one)
        for node in binding.get(one, ()):
            if id(node) not in wanted:
                _refuse_what_is_not_there(name, node)
                wanted[id(node)] = node
                left.extend(found.id for found in ast.walk(node) if isinstance(found, ast.Name))
    missing = sorted(_globals(function.__code__) & set(function.__globals__) - set(binding))
    if missing:
        raise wrong(f"expected {name} to use what the top of its file defines by name, found {missing[0]}")
    return sorted(wanted.values(), key=lambda node: node.lineno)


def _globals(code: CodeType) -> set[str]:
    names = {str(one.argval) for one in dis.get_instructions(code) if one.opname == "LOAD_GLOBAL"}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            names |= _globals(inner)
    return names


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _bound(node: ast.stmt) -> set[str]:
    """The names that a statement gives a meaning to. What runs a workflow's definition gives none."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(one.asname or one.name).split(".")[0] for one in node.names}
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return {found.id for target in targets for found in ast.walk(target) if isinstance(found, ast.Name)}
    if isinstance(node, ast.Try) or (isinstance(node, ast.If) and not _is_main(node)):
        inner = [*node.body, *node.orelse]
        for handler in getattr(node, "handlers", []):
            inner.extend(handler.body)
        return {name for one in inner for name in _bound(one)}
    return set()


def _is_main(node: ast.If) -> bool:
    return any(isinstance(found, ast.Name) and found.id == "__name__" for found in ast.walk(node.test))


def _refuse_what_is_not_there(name: str, node: ast.stmt) -> None:
    for found in ast.walk(node):
        if not isinstance(found, (ast.Import, ast.ImportFrom)):
            continue
        if isinstance(found, ast.Import):
            modules = [one.name for one in found.names]
        elif found.level > 0:
            raise wrong(
                f"expected {name} to use what can be imported where it runs, found a relative import in line"
                f" {found.lineno}"
            )
        else:
            modules = [found.module or ""]
        if any(module.split(".")[0] == _OWN for module in modules):
            raise wrong(
                f"expected {name} to use what is there when it runs, found {_OWN} in line {found.lineno}"
            )
