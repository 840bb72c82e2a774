"""Who was studied, which disease, which treatment or exposure, which outcome."""

from __future__ import annotations

from claimtrace.model.profile import Condition, Intervention, Outcome, Population
from claimtrace.profile.cues import span_of
from claimtrace.profile.numbers import number_at
from claimtrace.text.phrases import Match
from claimtrace.text.tokens import Tokens

_BEFORE_HEADS = 4  # words that may stand between a head count and the people counted ("20 postmenopausal women")
_NOT_A_COUNT = frozenset(
    {"%", "percent", "per", "year", "years", "week", "weeks", "day", "days", "month", "months", "hour", "hours", "times",
     "mg", "g", "ml", "cent", "in", "to", "aged", "age", "of", "and", ",", "fold", "minutes", "cups", "than"}
)  # fmt: skip


def populations(tokens: Tokens, matches: list[Match]) -> tuple[Population, ...]:
    """Study populations named, with head counts that stand before them."""
    found: list[Population] = []
    for match in matches:
        attrs = match.sense.attrs
        found.append(
            Population(
                span=span_of(tokens, match.first, match.last),
                kind=attrs["kind"],
                species=attrs.get("species") or ("human" if attrs["kind"] == "people" else None),
                role=attrs.get("role"),
                number=_head_count(tokens, match.first),
                sex=attrs.get("sex"),
                age=attrs.get("age"),
            )
        )
    return tuple(found)


def conditions(tokens: Tokens, matches: list[Match]) -> tuple[Condition, ...]:
    """Diseases named, as concepts of the Human Disease Ontology."""
    return tuple(
        Condition(span_of(tokens, one.first, one.last), one.sense.attrs["concept"], one.sense.group)
        for one in matches
    )


def interventions(tokens: Tokens, matches: list[Match]) -> tuple[Intervention, ...]:
    """Treatments and exposures named, with their classes."""
    return tuple(
        Intervention(
            span_of(tokens, one.first, one.last),
            one.sense.group,
            one.sense.attrs["class"],
            tuple(one.sense.attrs.get("parents", ())),
        )
        for one in matches
    )


def outcomes(tokens: Tokens, matches: list[Match]) -> tuple[Outcome, ...]:
    """Outcomes named, and whether each is the thing itself or a marker of it."""
    return tuple(
        Outcome(
            span_of(tokens, one.first, one.last),
            one.sense.group,
            one.sense.attrs["kind"] == "marker",
            tuple(one.sense.attrs.get("stands_for", ())),
            one.sense.attrs.get("polarity"),
        )
        for one in matches
    )


def _head_count(tokens: Tokens, first: int) -> int | None:
    norms = tokens.norms
    for back in range(first - 1, max(-1, first - 2 - _BEFORE_HEADS), -1):
        value = number_at(norms[back])
        if value is not None:
            following = norms[back + 1] if back + 1 < len(norms) else ""
            if following in _NOT_A_COUNT or tokens.joined(back) or value != int(value) or value < 2:
                return None
            if 1900 <= value <= 2100 and norms[back].isdigit():
                return None
            return int(value)
        if norms[back] in _NOT_A_COUNT or not norms[back][0].isalnum():
            return None
    return None
