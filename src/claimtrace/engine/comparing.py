"""Two texts compared in causal strength, without a catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from claimtrace.model.profile import Profile
from claimtrace.profile.statement import profile_statement
from claimtrace.text.sentences import split_sentences

_SURE = 0.5


class Comparison(NamedTuple):
    """Which text says more, and the strongest statement of each (``None`` for an empty text)."""

    label: Literal["exaggerates", "same", "downplays"]
    report: Profile | None
    source: Profile | None
    more: float
    less: float


def compare_texts(report: str, source: str) -> Comparison:
    """Compare the strongest statements of two texts on the four-level scale."""
    return compare_statements(sentences_in(report), sentences_in(source))


def compare_statements(report: Iterable[str], source: Iterable[str]) -> Comparison:
    """Compare the strongest of the statements of two texts, each one sentence, on the four-level scale."""
    first, second = _strongest(report), _strongest(source)
    if first is None or second is None:
        return Comparison("same", first, second, 0.0, 0.0)
    more = sum(first.relation_scores[i] * second.relation_scores[j] for i in range(4) for j in range(i))
    less = sum(first.relation_scores[i] * second.relation_scores[j] for j in range(4) for i in range(j))
    if more > less and more > _SURE * (1 - less):
        return Comparison("exaggerates", first, second, more, less)
    if less > more and less > _SURE * (1 - more):
        return Comparison("downplays", first, second, more, less)
    return Comparison("same", first, second, more, less)


def sentences_in(text: str) -> list[str]:
    """The sentences of a text that is no article."""
    return [text[start:end] for start, end in split_sentences(text)]


def _strongest(statements: Iterable[str]) -> Profile | None:
    profiles = (profile_statement(one) for one in statements)
    return max(profiles, key=lambda one: sum(level * p for level, p in enumerate(one.relation_scores)), default=None)
