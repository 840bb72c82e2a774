"""Two statements held side by side: in each dimension, what either says, by which words, and which says more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from claimtrace.model.profile import RELATION_NAMES, STRENGTH_NAMES, Profile, Span
from claimtrace.text.phrases import wider_conditions

More = Literal["more", "same", "less", "differs"]

ADVICE_NAMES = ("none", "implied", "to experts", "to readers")
_SURE = {"denied": 0, "asked": 1, "hedged": 2, "asserted": 3, "presupposed": 4}
"""How far a writer stands by a statement. What is presupposed is not even open to doubt."""
_PEOPLE = "people"


class Side(NamedTuple):
    """What one text says in a dimension, in the field's words, and its own words that decided."""

    value: str
    words: tuple[str, ...] = ()


class Contrast(NamedTuple):
    """One dimension; ``more`` is about the report: it says more, as much, less, or something else than its source."""

    dimension: str
    report: Side
    source: Side
    more: More


def contrast(report: Profile, source: Profile) -> tuple[Contrast, ...]:
    """Strength, certainty, population, condition, magnitude and advice of two statements, in this order."""
    return (
        _strength(report, source),
        _certainty(report, source),
        _population(report, source),
        _condition(report, source),
        _magnitude(report, source),
        _advice(report, source),
    )


def _ordered(first: float, second: float) -> More:
    return "more" if first > second else "less" if first < second else "same"


def _strength(report: Profile, source: Profile) -> Contrast:
    return Contrast(
        "strength", _strength_of(report), _strength_of(source), _ordered(report.relation, source.relation)
    )


def _strength_of(one: Profile) -> Side:
    name, level = STRENGTH_NAMES[one.strength], RELATION_NAMES[one.relation]
    value = name if name in (level, "no statement") else f"{level} ({name})"
    words = _words(relation.span for relation in one.relations)
    if not words:
        words = tuple(
            dict.fromkeys(
                reason.words
                for reason in one.explain()
                if reason.weight > 0 and reason.feature.startswith("words:") and reason.words in one.text.lower()
            )
        )[:1]
    return Side(value, words)


def _certainty(report: Profile, source: Profile) -> Contrast:
    sides = [
        Side(
            one.certainty,
            _words(hedge.span for hedge in one.hedges)
            or _words(relation.span for relation in one.relations if relation.presupposed or relation.denied),
        )
        for one in (report, source)
    ]
    denied = (report.certainty == "denied") != (source.certainty == "denied")
    more: More = "differs" if denied else _ordered(_SURE[report.certainty], _SURE[source.certainty])
    return Contrast("certainty", sides[0], sides[1], more)


def _population(report: Profile, source: Profile) -> Contrast:
    kinds = [frozenset(one.kind for one in profile.population) for profile in (report, source)]
    sides = [
        Side(
            ", ".join(dict.fromkeys(one.species or one.kind for one in profile.population)).replace("human", _PEOPLE)
            or "not said",
            _words(one.span for one in profile.population),
        )
        for profile in (report, source)
    ]
    models = [bool(kind - {_PEOPLE}) for kind in kinds]
    if kinds[0] == kinds[1]:
        more: More = "same"
    elif models[1] and not models[0]:
        more = "more"
    elif models[0] and not models[1]:
        more = "less"
    else:
        more = "more" if kinds[1] and not kinds[0] else "differs" if kinds[0] and kinds[1] else "less"
    return Contrast("population", sides[0], sides[1], more)


def _condition(report: Profile, source: Profile) -> Contrast:
    concepts = [frozenset(one.concept for one in profile.condition) for profile in (report, source)]
    sides = [
        Side(
            ", ".join(dict.fromkeys(one.label for one in profile.condition)) or "none named",
            _words(one.span for one in profile.condition),
        )
        for profile in (report, source)
    ]
    first, second = concepts
    if first == second or not first or not second:
        more: More = "same" if first == second else "differs"
    elif any(first & wider_conditions(one) for one in second - first):
        more = "more"
    elif any(second & wider_conditions(one) for one in first - second):
        more = "less"
    else:
        more = "differs"
    return Contrast("condition", sides[0], sides[1], more)


def _magnitude(report: Profile, source: Profile) -> Contrast:
    sizes = [[one for one in profile.magnitude if one.kind != "vague"] for profile in (report, source)]
    sides = [
        Side("; ".join(dict.fromkeys(one.kind for one in found)) or "no size", _words(one.span for one in found))
        for found in sizes
    ]
    first, second = ({(one.kind, one.value) for one in found} for found in sizes)
    more: More = "same" if first == second else "more" if not second else "less" if not first else "differs"
    return Contrast("magnitude", sides[0], sides[1], more)


def _advice(report: Profile, source: Profile) -> Contrast:
    sides = [Side(ADVICE_NAMES[one.advice], _words(one.advice_cues)) for one in (report, source)]
    return Contrast("advice", sides[0], sides[1], _ordered(report.advice, source.advice))


def _words(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(span.text for span in spans if span.text.strip()))[:3]
