"""A study as the re-ranker sees it: its terms, their rarities and sums."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from claimtrace.matching.meaning import StudyMeaning
from claimtrace.matching.rarity import rarity
from claimtrace.matching.terms import Cutter, pairs
from claimtrace.model.studies import Study

_CUTTER = Cutter()
_REMEMBERED = 30_000  # pieces of text


class StudyTerms(NamedTuple):
    """A study as terms.

    Attributes:
        title: stems of the title, once each.
        body: counts of stems in conclusions (abstract, or statements and quotes of the findings).
        whole: counts of stems in title, body and aliases.
        pairs: neighbouring stems of title and body.
        numbers: numbers of two and more digits, or with a decimal point.
        weights: rarity of each stem of ``whole``.
        mass, title_mass, body_mass: their sums over the whole, the title and the body, each stem once.
        meaning: what title and whole are about.
    """

    study: Study
    title: frozenset[str]
    body: Counter[str]
    whole: Counter[str]
    pairs: frozenset[str]
    numbers: frozenset[str]
    length: int
    weights: dict[str, float]
    mass: float
    title_mass: float
    body_mass: float
    meaning: StudyMeaning


def study_text(study: Study) -> str:
    """What a study says, as one text: the abstract, or else the findings' statements and quotes, and who was studied."""
    if study.abstract:
        return study.abstract
    parts = [part for finding in study.findings for part in (finding.statement, finding.quote or "") if part]
    return " ".join([*parts, *(f"{one.number or ''} {one.who}" for one in study.sample)])


def study_terms(study: Study) -> StudyTerms:
    """Terms of a study for the re-ranker."""
    if len(_CUTTER) > _REMEMBERED:
        _CUTTER.clear()
    title = _CUTTER.terms(study.title)
    body = _CUTTER.terms(study_text(study)[:20_000])
    extra: list[str] = []
    for alias in study.aliases:
        extra += _CUTTER.terms(alias)
    whole = Counter((*title, *body, *extra))
    weights = {term: rarity(term) for term in whole}
    counted = Counter(body)
    return StudyTerms(
        study=study,
        title=frozenset(title),
        body=counted,
        whole=whole,
        pairs=frozenset(pairs(title) | pairs(body)),
        numbers=frozenset(one for one in counted if one[0].isdigit() and len(one) > 1),
        length=sum(whole.values()),
        weights=weights,
        mass=sum(weights.values()),
        title_mass=sum(weights[term] for term in dict.fromkeys(title)),
        body_mass=sum(weights[term] for term in counted),
        meaning=StudyMeaning(frozenset(title), whole.keys()),
    )
