"""The index gives the score that the exact look gives, and leaves places to each size of record."""

from __future__ import annotations

import pytest

from claimtrace.matching.index_text import SIZES, RecordTerms, fit
from claimtrace.matching.rarity import rarity
from claimtrace.matching.study_terms import study_terms
from claimtrace.matching.term_index import TermIndex
from claimtrace.model.studies import Study


def _study(number: int, words: int) -> Study:
    """A record of so many words that nothing else holds, and one that all share."""
    own = " ".join(f"word{number}x{at}" for at in range(words))
    return Study(id=str(number), title=f"Melatonin {own}", abstract=None)


def _index(studies: list[Study]) -> TermIndex:
    maker = RecordTerms()
    index = TermIndex()
    index.add((number, maker.of(study)) for number, study in enumerate(studies))
    return index


def test_scores_are_those_of_the_exact_look_whatever_the_size() -> None:
    studies = [_study(number, words) for number, words in enumerate([4, 9, 12, 20, 35, 60, 90, 150] * 3)]
    weights = {"melatonin": 2.0 * rarity("melatonin"), "word3x1": rarity("word3x1")}
    found = _index(studies).search(weights, 30)
    assert len(found) == len(studies)
    for score, number in found:
        assert score == pytest.approx(fit(weights, study_terms(studies[number])), rel=0.02)


def test_short_records_leave_places_to_the_best_of_other_sizes() -> None:
    studies = [_study(number, 4) for number in range(200)] + [_study(200 + number, 150) for number in range(200)]
    weights = {"melatonin": rarity("melatonin"), "word333x1": rarity("word333x1")}
    assert RecordTerms().of(studies[0]).size == 0
    assert RecordTerms().of(studies[333]).size == SIZES - 1
    found = [number for _, number in _index(studies).search(weights, 40)]
    assert len(found) == 40
    assert 333 in found
    assert sum(number < 200 for number in found) >= 30
