"""Which way the outcome goes: up, down, nowhere, or not said."""

from __future__ import annotations

from claimtrace.model.profile import Direction, Relation
from claimtrace.text.phrases import Match
from claimtrace.text.word_classes import word_class

_UP = word_class("comparatives upwards")
_DOWN = word_class("comparatives downwards")
_BEFORE = word_class("verbs before a compared amount") | word_class("auxiliaries")
_AFTER = word_class("verbs after a compared amount")
_TREND = word_class("trend verbs")
_TREND_DOWN = _TREND & word_class("trend verbs down")
_MAKE = frozenset({"make", "makes", "made", "making", "leave", "leaves", "left"})
_REACH = 5
"""Tokens between a comparative and the verb that its noun goes with ("fewer second strokes were seen")."""


def read_direction(norms: list[str], main: Relation | None, match: Match | None) -> Direction:
    """The direction that the main relation gives, or else a comparison or a trend in the words."""
    if main is not None and main.denied:
        return "no effect"
    if len(norms) > 1 and norms[0] == "the" and _sign(norms[1]):
        both = _correlative(norms)
        if both is not None:
            return both
    if "neither" in norms and "nor" in norms:
        attrs = match.sense.attrs if match is not None else {"general": True}
        if attrs.get("general") or attrs.get("labile"):
            return "no effect"
    if main is None or match is None:
        return _compared(norms, 0, len(norms)) or _trend(norms)
    if norms[match.first] in _MAKE:
        return _first_comparative(norms, match.last, min(len(norms), match.last + _REACH + 1)) or main.direction
    if main.direction == "unclear" and main.group == "association":
        after = _first_comparative(norms, match.last, min(len(norms), match.last + _REACH))
        return after or _compared(norms, 0, match.first) or "unclear"
    return main.direction


def _sign(norm: str) -> Direction | None:
    return "increases" if norm in _UP else "decreases" if norm in _DOWN else None


def _first_comparative(norms: list[str], start: int, end: int) -> Direction | None:
    for at in range(start, end):
        sign = _sign(norms[at])
        if sign is not None and norms[at + 1 : at + 2] != ["than"]:
            return sign
    return None


def _compared(norms: list[str], start: int, end: int) -> Direction | None:
    """ "had shorter stays", "fewer infections were seen": an amount that is compared, not "more research"."""
    weaker: Direction | None = None
    for at in range(start, end):
        sign = _sign(norms[at])
        if sign is None or norms[at + 1 : at + 2] == ["than"]:
            continue
        if at and norms[at - 1] in _BEFORE:
            return sign
        if weaker is None and any(one in _AFTER for one in norms[at + 1 : at + 1 + _REACH]):
            weaker = sign
    return weaker


def _correlative(norms: list[str]) -> Direction | None:
    """ "The more X, the less Y": the direction of the second comparative with "the"; ``None`` without one."""
    for at in range(2, len(norms) - 1):
        if norms[at] == "the" and norms[at - 1] in (",", "and", "—", ":"):
            sign = _sign(norms[at + 1])
            if sign is not None:
                return sign
    return None


def _trend(norms: list[str]) -> Direction:
    """ "sperm counts fell in men who …": the direction of a verb that tells a trend."""
    for at in range(1, len(norms) - 1):
        if norms[at] in _TREND and norms[at - 1].isalpha() and norms[at - 1] not in ("the", "a", "of", "and"):
            return "decreases" if norms[at] in _TREND_DOWN else "increases"
    return "unclear"
