"""Parameters: one typed value or expression each, and references to them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, Union, cast, get_args

from . import _names
from ._names import wrong
from ._scalars import choice
from ._source import Source, caller
from ._tree import Place, Tree

TypeName = Literal[
    "STRING",
    "LONG",
    "DOUBLE",
    "BOOLEAN",
    "STRING_ARRAY",
    "LONG_ARRAY",
    "DOUBLE_ARRAY",
    "BOOLEAN_ARRAY",
    "STRING_MAP",
    "MAP",
]
"""The types of parameters."""

ModeName = Literal["MUTABLE", "MUTABLE_ON_START_RESTART", "MUTABLE_ON_START", "IMMUTABLE", "CONSTANT"]
"""Who may override a parameter: MUTABLE (the default) a start, a restart and the step's own
output; MUTABLE_ON_START_RESTART a start and a restart; MUTABLE_ON_START a start only; IMMUTABLE and
CONSTANT nobody (at a restart IMMUTABLE is evaluated again, CONSTANT keeps its value)."""

_TYPES: tuple[TypeName, ...] = get_args(TypeName)
_MODES: tuple[ModeName, ...] = get_args(ModeName)
_ARRAY_OF: dict[str, TypeName] = {
    "STRING": "STRING_ARRAY",
    "LONG": "LONG_ARRAY",
    "DOUBLE": "DOUBLE_ARRAY",
    "BOOLEAN": "BOOLEAN_ARRAY",
}
_DEEPEST_MAP = 20
# What the step types read from their parameters is typed, even if every value is text.
_TYPED_MAPS = frozenset({"docker", "http", "kubernetes", "notebook", "spark", "sql", "titus"})
_IDENTIFIER = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")

ParamLike = Union["Param", "Ref", str, int, float, Decimal, bool, Sequence[Any], Mapping[str, Any], range]
"""What a parameter can be given as. Plain values get the type they look like: str STRING, bool
BOOLEAN, int LONG, float and Decimal DOUBLE, a list or range an array of its items' type (an empty
one STRING_ARRAY), a dict STRING_MAP if all its values are text and MAP otherwise."""


@dataclass(frozen=True)
class Param:
    """A parameter's definition. Made by :func:`param` and :func:`expr`."""

    type: TypeName
    value: Any = None
    expression: str | None = None
    mode: ModeName | None = None
    validator: str | None = None
    tags: tuple[str, ...] = ()
    source: Source | None = None

    def is_array(self) -> bool:
        return self.type in _ARRAY_OF.values()


def param(
    value: ParamLike,
    type: TypeName | None = None,
    *,
    mode: ModeName | None = None,
    validator: str | None = None,
    tags: Iterable[str] = (),
) -> Param:
    """A parameter with a value, for when a plain value doesn't say enough.

    ``type`` is what the value looks like unless given; ``mode`` is MUTABLE unless given;
    ``validator`` is an SEL condition over ``param``. In text, ``$name`` and ``${name}`` are replaced
    when the parameter is evaluated; :func:`escape` prevents it.

    Raises :class:`DefinitionError` if the value doesn't fit the type.
    """
    return _with(_param(value, type, 0), mode, validator, tags)


def expr(
    expression: str,
    type: TypeName,
    *,
    mode: ModeName | None = None,
    validator: str | None = None,
    tags: Iterable[str] = (),
) -> Param:
    """A parameter whose value is computed by an SEL expression when it is evaluated.

    ``type`` is that of the result. The expression itself is checked by the server at a push.

    Raises :class:`DefinitionError` if the expression is blank.
    """
    if not isinstance(expression, str) or not expression.strip():
        raise wrong(f"expected an expression, found {expression!r}")
    _names.check_text(expression, "an expression")
    made = Param(_type(type), expression=expression, source=caller())
    return _with(made, mode, validator, tags)


def escape(text: str) -> str:
    """The text with every ``$`` doubled, so that nothing in it is taken for a parameter.

    For scripts that use variables of the shell: ``escape('echo $HOME')``.
    """
    return text.replace("$", "$$")


@dataclass(frozen=True)
class Ref:
    """A reference to a parameter of the workflow, or to one of a step that runs earlier.

    As a parameter's value it becomes an expression of the same type. In text, ``f"{ref}"`` gives
    ``${name}`` or ``${step__name}``; ``ref.sel`` is what to write in an SEL expression.
    """

    step_id: str | None
    name: str
    type: TypeName | None = None
    expression: str | None = None

    @property
    def sel(self) -> str:
        """The reference as an SEL expression."""
        if self.expression is not None:
            return self.expression
        if self.step_id is None:
            plain = _IDENTIFIER.fullmatch(self.name) and "__" not in self.name
            return self.name if plain else f"params.get({_sel_text(self.name)})"
        plain = (
            _IDENTIFIER.fullmatch(self.step_id)
            and _IDENTIFIER.fullmatch(self.name)
            # An underscore beside the two in the middle makes it unclear where the id ends.
            and not self.step_id.endswith("_")
            and not self.name.startswith("_")
        )
        if plain:
            return f"{self.step_id}__{self.name}"
        return f"params.getFromStep({_sel_text(self.step_id)}, {_sel_text(self.name)})"

    def typed(self, type: TypeName) -> Ref:
        """The same reference with its type, for parameters that this program doesn't declare."""
        return Ref(self.step_id, self.name, _type(type), self.expression)

    def __str__(self) -> str:
        if self.expression is not None:
            raise wrong(f"{self.expression} can't be part of a text; make it a parameter and refer to that")
        return "${" + (self.name if self.step_id is None else f"{self.step_id}__{self.name}") + "}"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def make(value: ParamLike, source: Source | None = None, name: str | None = None) -> Param:
    """A parameter from anything that can be one; it keeps the line that it has."""
    made = _param(value, _expected(name, value), 0)
    return made if made.source else _with_source(made, source or caller())


def named(
    name: str,
    value: ParamLike,
    type: TypeName | None,
    *,
    mode: ModeName | None,
    validator: str | None,
    tags: Iterable[str],
) -> Param:
    """As :func:`param`, for a parameter whose name is known."""
    wanted = type or _expected(name, value)
    return param(value, wanted, mode=mode, validator=validator, tags=tags)


def make_all(params: Mapping[str, ParamLike] | None, reserved: bool = True) -> dict[str, Param]:
    """Parameters by name; ``reserved`` tells whether the system's names are refused."""
    given = dict(params or {})
    _names.check_param_names(given, reserved)
    here = caller()
    return {name: make(value, here, name) for name, value in given.items()}


def tree(made: Param, at: Place) -> dict[str, Any]:
    """The JSON of a parameter."""
    at.mark(made.source)
    fields = Tree()
    fields.put("type", made.type)
    if made.type == "MAP" and made.value is not None:
        inner = at.child("value")
        fields.put("value", {name: tree(p, inner.child(name)) for name, p in made.value.items()})
    else:
        fields.put("value", made.value)
    fields.put("expression", made.expression)
    fields.put("mode", made.mode)
    fields.put("validator", made.validator)
    fields.put_unless_empty("tags", [{"name": tag} for tag in made.tags])
    return fields.fields


def trees(params: Mapping[str, Param], at: Place) -> dict[str, Any]:
    """The JSON of parameters by name."""
    return {name: tree(made, at.child(name)) for name, made in params.items()}


def empty(type: TypeName) -> Param:
    """A parameter of a type with the least value: what an output is before it is set."""
    least: dict[str, Any] = {"STRING": "", "LONG": 0, "DOUBLE": 0, "BOOLEAN": False}
    known = _type(type)
    return param(least.get(known, {} if known.endswith("MAP") else []), known)


def array_of(type: TypeName | None) -> TypeName | None:
    """The array type of a scalar type; None if there is none."""
    return _ARRAY_OF.get(type) if type is not None else None


def _type(name: str) -> TypeName:
    for known in _TYPES:
        if isinstance(name, str) and name.upper() == known:
            return known
    raise wrong(f"expected one of the types {', '.join(_TYPES)}, found {name!r}")


def _with(made: Param, mode: ModeName | None, validator: str | None, tags: Iterable[str]) -> Param:
    chosen = cast("ModeName | None", choice(mode, "mode", _MODES))
    labels = tuple(tags)
    for tag in labels:
        _names.check_tag(tag)
    return Param(
        made.type,
        made.value,
        made.expression,
        chosen or made.mode,
        validator if validator is not None else made.validator,
        labels or made.tags,
        made.source or caller(),
    )


def _with_source(made: Param, source: Source | None) -> Param:
    return Param(made.type, made.value, made.expression, made.mode, made.validator, made.tags, source)


def _param(value: Any, type: TypeName | None, depth: int) -> Param:
    wanted = None if type is None else _type(type)
    if isinstance(value, Ref):
        value = _of_reference(value, wanted)
    if isinstance(value, Param):
        if wanted is not None and value.type != wanted:
            raise wrong(f"expected a parameter of type {wanted}, found one of type {value.type}")
        return value
    if isinstance(value, range) and value.step > 0 and wanted in (None, "LONG_ARRAY"):
        # The server makes the numbers, so that a large range stays a small definition.
        bounds = f"{value.start}, {value.stop}, {value.step}"
        return Param("LONG_ARRAY", expression=f"Util.intsBetween({bounds})")
    found = wanted or _inferred(value)
    if found == "MAP":
        return Param("MAP", _map(value, depth + 1))
    if found == "STRING_MAP":
        return Param("STRING_MAP", _string_map(value))
    if found.endswith("_ARRAY"):
        return Param(found, _array(value, found[: -len("_ARRAY")]))
    return Param(found, _scalar(value, found))


def _of_reference(ref: Ref, wanted: TypeName | None) -> Param:
    type = wanted or ref.type
    if type is None:
        raise wrong(
            f"expected the type of {ref.sel}, which is not declared here; write"
            f' expr({ref.sel!r}, "LONG") or .typed("LONG"), with its type'
        )
    return Param(type, expression=ref.sel)


def _inferred(value: object) -> TypeName:
    if isinstance(value, Mapping):
        texts = bool(value) and all(isinstance(item, str) for item in value.values())
        return "STRING_MAP" if texts else "MAP"
    if isinstance(value, (list, tuple, range)):
        if not value:
            return "STRING_ARRAY"
        kinds = {_scalar_type(item) for item in value}
        kind = "DOUBLE" if kinds == {"LONG", "DOUBLE"} else kinds.pop() if len(kinds) == 1 else None
        if kind is None:
            raise wrong(f"expected a list of values of one type, found {_short(value)}")
        return _ARRAY_OF[kind]
    return _scalar_type(value)


def _scalar_type(value: object) -> TypeName:
    if isinstance(value, bool):
        return "BOOLEAN"
    if isinstance(value, str):
        return "STRING"
    if isinstance(value, int):
        return "LONG"
    if isinstance(value, (float, Decimal)):
        return "DOUBLE"
    raise wrong(
        "expected text, a number, True or False, a list, a dict, param(…), expr(…) or a reference,"
        f" found {_short(value)}"
    )


def _scalar(value: object, type: str) -> object:
    found = None if value is None else _scalar_type(value)
    if found != type and not (found == "LONG" and type == "DOUBLE"):
        raise wrong(f"expected a {type}, found {_short(value)}; change the value or the type")
    if isinstance(value, str):
        _names.check_text(value, "text")
        return str(value)
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise wrong(f"expected a whole number of 64 bits, found {_short(value)}")
    if type == "DOUBLE" and isinstance(value, int):
        return Decimal(value)
    finite = value.is_finite() if isinstance(value, Decimal) else math.isfinite(cast(float, value))
    if not finite:
        raise wrong(f"expected a finite number, found {value}")
    return value


def _array(value: object, item: str) -> list[object]:
    if not isinstance(value, (list, tuple, range)):
        raise wrong(f"expected a list, found {_short(value)}; put it in [ ] or change the type")
    return [_scalar(element, item) for element in value]


def _string_map(value: object) -> dict[str, object]:
    if not isinstance(value, Mapping):
        raise wrong(f"expected a dict with text values, found {_short(value)}")
    texts: dict[str, object] = {}
    for key, item in value.items():
        # A reference inside of a text map is text like any other.
        text = str(item) if isinstance(item, Ref) else item
        if not isinstance(key, str) or not isinstance(text, str):
            raise wrong(
                f"expected text in a STRING_MAP, found {_short(key)}: {_short(item)}; or use the type MAP"
            )
        _names.check_text(key, "text")
        texts[key] = _scalar(text, "STRING")
    return texts


def _map(value: object, depth: int) -> dict[str, Param]:
    if not isinstance(value, Mapping):
        raise wrong(f"expected a dict of parameters for the type MAP, found {_short(value)}")
    if depth > _DEEPEST_MAP:
        raise wrong(f"expected at most {_DEEPEST_MAP} levels of MAP, found more; nest less deeply")
    _names.check_param_names(value, reserved=False)
    return {name: _param(item, _expected(name, item), depth) for name, item in value.items()}


def _expected(name: str | None, value: object) -> TypeName | None:
    return "MAP" if name in _TYPED_MAPS and isinstance(value, Mapping) else None


def _sel_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:60] + "…"


__all__ = ["ModeName", "Param", "ParamLike", "Ref", "TypeName", "escape", "expr", "param"]
