"""Which way the outcome goes: up, down, nowhere, or not said."""

from __future__ import annotations

from claimtrace.model.profile import Direction, Relation
from claimtrace.profile.certainty import denies_comparison, is_level
from claimtrace.text.phrases import Match
from claimtrace.text.word_classes import word_class, word_values

_UP = word_class("comparatives upwards")
_DOWN = word_class("comparatives downwards")
_BEFORE = word_class("verbs before a compared amount") | word_class("auxiliaries")
_AFTER = word_class("verbs after a compared amount")
_TREND = word_class("trend verbs")
_TREND_DOWN = _TREND & word_class("trend verbs down")
_MOVES = word_class("verbs of motion up or down")
_FALLS = word_class("nouns of a fall")
_RISES = word_class("nouns of a rise")
_TIMES = word_class("words of several times as much")
_NUMERALS = frozenset(word_values("numerals")) | frozenset({"half"})
_PREPOSITIONS = word_class("prepositions")
_OFTEN = frozenset({"often", "frequently", "commonly", "severely", "quickly", "slowly", "rapidly"})
_CONNECTIVES = frozenset({"thanks", "because", "owing", "due"})
_ADVERBS = frozenset({"faster", "quicker", "sooner"})
_MAKE = frozenset({"make", "makes", "made", "making", "leave", "leaves", "left"})
_BRINGS = frozenset({"bring about", "general cause"})
"""Groups whose direction only says that something comes about: "leads to fewer strokes"."""
_NO_OUTCOME = word_class("objects that are no outcome")
_PRONE = word_class("words of proneness")
_LESSENS = word_class("verbs that lessen")
_ADDS = word_class("verbs that add")
_VERBS = _LESSENS | _ADDS
_STOPPERS = word_class("stoppers of an object")
_NO_AMOUNT = word_class("words after more that ask for no amount")
_SIGNS = _UP | _DOWN
_MULTIPLES = _TIMES | {"half"}
_MOVING = _TREND | _RISES | _FALLS | {"up", "down"}
_RELATIVES = frozenset({"who", "that", "which"})
_WEIGHT = frozenset({"weight", "pounds", "kilos", "kilograms", "fat", "muscle"})
_PUTS = frozenset({"put", "puts", "putting", "pile", "piles", "piled", "pack", "packs", "packed"})
_CHANGING = _VERBS | _PUTS
_REACH = 5
"""Tokens between a comparative and the verb that its noun goes with ("fewer second strokes were seen")."""


def read_direction(norms: list[str], main: Relation | None, match: Match | None, denies: bool) -> Direction:
    """The direction that the main relation gives, or else a comparison or a trend in the words.

    Args:
        norms: the tokens' normal forms.
        main, match: the main relation and the phrase that it came from.
        denies: whether a phrase says by itself that there is no effect.
    """
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
        if denies or denies_comparison(norms) or is_level(norms):
            return "no effect"
        return _without_relation(norms)
    if denies and match.sense.attrs.get("general"):
        return "no effect"
    if _is_of_no_outcome(norms, match):
        return "unclear"
    if norms[match.first] in _CONNECTIVES:
        return _compared(norms, match.last, len(norms)) or _multiple(norms) or _trend(norms) or main.direction
    if norms[match.first] in _MAKE:
        return _first_comparative(norms, match.last, min(len(norms), match.last + _REACH + 1)) or main.direction
    if match.sense.group in _BRINGS:
        return _brought(norms, match.last) or main.direction
    if norms[match.last - 1] == "against" or norms[match.last : match.last + 1] == ["against"]:
        return "decreases"
    if main.direction == "unclear" and main.group == "association":
        after = _first_comparative(norms, match.last, min(len(norms), match.last + _REACH))
        return after or _compared(norms, 0, match.first) or "unclear"
    return main.direction


def _without_relation(norms: list[str]) -> Direction:
    """The direction from a comparison, a trend or a verb, surest first; each is only looked for if its words occur."""
    compares = not _SIGNS.isdisjoint(norms)
    return (
        (_compared(norms, 0, len(norms)) if compares else None)
        or (None if _MULTIPLES.isdisjoint(norms) else _multiple(norms))
        or (None if _PRONE.isdisjoint(norms) else _prone(norms))
        or (None if _MOVING.isdisjoint(norms) else _trend(norms))
        or (None if _CHANGING.isdisjoint(norms) else _changed(norms))
        or (_any_comparative(norms) if compares else None)
        or "unclear"
    )


def _sign(norm: str) -> Direction | None:
    return "increases" if norm in _UP else "decreases" if norm in _DOWN else None


def _brought(norms: list[str], start: int) -> Direction | None:
    """ "led to a 30% reduction in", "help users to smoke fewer": which way what comes about goes."""
    for at in range(start, min(len(norms), start + _REACH + 1)):
        norm = norms[at]
        sign = _sign(norm)
        if sign is not None and norms[at + 1 : at + 2] != ["than"]:
            return sign
        if norms[at + 1 : at + 2] in (["in"], ["of"]):
            if norm in _FALLS:
                return "decreases"
            if norm in _RISES:
                return "increases"
        if not norm[0].isalnum() or (norm in _PREPOSITIONS and norm != "to"):
            return None
    return None


def _multiple(norms: list[str]) -> Direction | None:
    """ "twice as high", "a threefold risk", "half as common"."""
    for at in range(len(norms) - 1):
        norm = norms[at]
        after = norms[at + 1]
        if norm in _TIMES and (
            after == "as"
            or (after == "the" and norm != "times")
            or (norm not in ("times", "twice") and norm.endswith(("fold", "ble")))
        ):
            return "increases"
        if norm == "half" and after in ("as", "the") and (at == 0 or norms[at - 1] != "than"):
            return "decreases"
    return None


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
        if sign is None:
            continue
        after = norms[at + 1] if at + 1 < len(norms) else ""
        if after == "-":
            continue
        if norms[at] in _ADVERBS and norms[at - 1] in _TREND:
            return "decreases" if norms[at - 1] in _TREND_DOWN else "increases"
        if after == "than" and (at + 2 >= len(norms) or norms[at + 2] in _NUMERALS or norms[at + 2][0].isdigit()):
            continue
        if at >= 2 and not _RELATIVES.isdisjoint(norms[max(0, at - 3) : at - 1]):
            weaker = weaker or sign  # "children who slept less were fatter": whose outcome it is, not the outcome
            continue
        if at and (norms[at - 1] in _BEFORE or after in _OFTEN or _is_measured(norms, at)):
            return sign
        if weaker is None and any(one in _AFTER for one in norms[at + 1 : at + 1 + _REACH]):
            weaker = sign
    return weaker


def _is_measured(norms: list[str], at: int) -> bool:
    """ "four months longer", "5% fewer": a comparative after a measure."""
    return any(one[0].isdigit() or one in _NUMERALS for one in norms[max(0, at - 2) : at])


def _correlative(norms: list[str]) -> Direction | None:
    """ "The more X, the less Y": the direction of the second comparative with "the"; ``None`` without one."""
    for at in range(2, len(norms) - 1):
        if norms[at] == "the" and norms[at - 1] in (",", "and", "—", ":"):
            sign = _sign(norms[at + 1])
            if sign is not None:
                return sign
    return None


def _is_of_no_outcome(norms: list[str], match: Match) -> bool:
    """ "increased their efforts", "lowered the patient's bed", "the dose was increased"."""
    if norms[match.first - 1] in _BEFORE and match.first >= 2 and norms[match.first - 2] in _NO_OUTCOME:
        return True
    for norm in norms[match.last : match.last + 3]:
        if norm in _PREPOSITIONS or not norm[0].isalnum():
            return False
        if norm in _NO_OUTCOME:
            return True
    return False


def _prone(norms: list[str]) -> Direction | None:
    """ "are prone to thrombosis", "less susceptible to"."""
    for at in range(1, len(norms) - 1):
        if norms[at] in _PRONE and norms[at + 1] == "to":
            return "decreases" if norms[at - 1] in _DOWN else "increases"
    return None


def _changed(norms: list[str]) -> Direction | None:
    """ "thins the bones", "put on weight": verbs that say in which way their object changes."""
    for at in range(1, len(norms) - 1):
        norm, after = norms[at], norms[at + 1]
        if norm in _VERBS:
            if norms[at - 1] in ("the", "a", "an", "of", "to", ",") or after in _PREPOSITIONS or after in _STOPPERS:
                continue
            if after[0].isalnum():
                return "decreases" if norm in _LESSENS else "increases"
        elif norm == "on" and norms[at - 1] in _PUTS and not _WEIGHT.isdisjoint(norms[at + 1 : at + 1 + _REACH]):
            return "increases"
    return None


def _any_comparative(norms: list[str]) -> Direction | None:
    """ "wheezed more", "gave pensioners sharper minds": a comparative that nothing else tells from an amount."""
    for at in range(1, len(norms)):
        sign = _sign(norms[at])
        if (
            sign is not None
            and not norms[at].endswith("ed")
            and norms[at - 1] not in ("of", "the", "no", "for")
            and (at + 1 >= len(norms) or (norms[at + 1] not in _NO_AMOUNT and norms[at + 1] != "-"))
        ):
            return sign
    return None


def _trend(norms: list[str]) -> Direction | None:
    """ "sperm counts fell in men who …": the direction of a verb that tells a trend."""
    for at in range(1, len(norms)):
        norm = norms[at]
        before = norms[at - 1]
        if (
            norm in _TREND
            and before.isalpha()
            and before not in _NO_OUTCOME
            and before not in ("the", "a", "of", "and")
        ):
            return "decreases" if norm in _TREND_DOWN else "increases"
        if norm in ("up", "down") and before in _MOVES:
            return "increases" if norm == "up" else "decreases"
        if before == "the" and at >= 2 and norms[at - 2] == "on":
            if norm in _RISES:
                return "increases"
            if norm in _FALLS:
                return "decreases"
    return None
