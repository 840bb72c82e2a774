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
    """Plain data of a frozen object: dataclasses as mappings without the fields at their default, tuples as lists."""
    original: object = value
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple | list):
        return [to_plain(one) for one in cast("list[Any]", value)]
    if isinstance(value, Mapping):
        return {str(key): to_plain(one) for key, one in cast("Mapping[Any, Any]", value).items()}
    out: dict[str, Any] = {}
    for name, default in _defaults(type(original)).items():
        one = getattr(value, name)
        if one != default:
            out[name] = to_plain(one)
    return out


def from_plain(kind: type[T], data: Any) -> T:
    """The object that ``to_plain`` made plain.

    Raises:
        KeyError, TypeError, ValueError: the data are no such object.
    """
    return cast("T", _build(kind, data))


@cache
def _defaults(kind: Any) -> dict[str, Any]:
    found = {one.name: one for one in fields(kind) if one.name not in _LEFT_OUT}
    return {
        name: one.default_factory() if one.default_factory is not MISSING else one.default
        for name, one in found.items()
    }


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.name not in _LEFT_OUT)


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
    if is_dataclass(kind):
        return kind(**{name: _build(hint, data[name]) for name, hint in _hints(kind).items() if name in data})
    return data
