"""Result objects to plain data and back, field by field: what the store keeps."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
_LEFT_OUT = frozenset({"explainer"})


def to_plain(value: Any) -> Any:
    """Plain data of a frozen object: mappings without the fields at their default, plain tuples as lists."""
    original: object = value
    if value is None or isinstance(value, str | int | float | bool):
        return value
    kind: Any = type(original)
    if isinstance(value, tuple | list) and not _is_record(kind):
        return [to_plain(one) for one in cast("list[Any]", value)]
    if isinstance(value, Mapping):
        return {str(key): to_plain(one) for key, one in cast("Mapping[Any, Any]", value).items()}
    out: dict[str, Any] = {}
    for name, default in _defaults(kind).items():
        one = getattr(original, name)
        if one != default:
            out[name] = to_plain(one)
    return out


def from_plain(kind: type[T], data: Any) -> T:
    """The object that ``to_plain`` made plain.

    Raises:
        KeyError, TypeError, ValueError: the data are no such object.
    """
    return cast("T", _build(kind, data))


def _is_record(kind: Any) -> bool:
    return is_dataclass(kind) or hasattr(kind, "_fields")


@cache
def _defaults(kind: Any) -> dict[str, Any]:
    if hasattr(kind, "_fields"):
        return {name: kind._field_defaults.get(name, MISSING) for name in _names(kind)}
    found = {one.name: one for one in fields(kind) if one.name not in _LEFT_OUT}
    return {
        name: one.default_factory() if one.default_factory is not MISSING else one.default
        for name, one in found.items()
    }


@cache
def _names(kind: Any) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(kind, "_fields", ()) or tuple(one.name for one in fields(kind))
    return tuple(name for name in names if name not in _LEFT_OUT)


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {name: hints[name] for name in _names(kind)}


def _build(kind: Any, data: Any) -> Any:
    if data is None or kind is Any:
        return data
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _build(next(one for one in get_args(kind) if one is not type(None)), data)
    if origin is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_build(inner[0], one) for one in data)
        return tuple(_build(one, each) for one, each in zip(inner, data, strict=True))
    if origin is Literal or not isinstance(kind, type):
        return dict(cast("Mapping[str, Any]", data)) if isinstance(data, Mapping) else data
    made: Any = cast("Any", kind)
    if _is_record(made):
        return made(**{name: _build(hint, data[name]) for name, hint in _hints(made).items() if name in data})
    return data
