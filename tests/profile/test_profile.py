"""What a statement says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrace.profile.statement import profile_statement


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Smoking causes lung cancer", {6}),
        ("Statins reduced heart attacks", {5, 6}),
        ("Coffee may protect against stroke", {4}),
        ("Eating nuts is linked to a longer life", {2, 3}),
        ("There was no association between phones and tumours", {1}),
    ],
)
def test_strength_on_plain_cases(text: str, levels: set[int]) -> None:
    assert profile_statement(text).strength in levels


def test_a_hedge_ends_with_its_clause() -> None:
    profile = profile_statement("The drug may shrink tumours, but it causes bleeding.")
    hedged = {relation.span.text: relation.hedged for relation in profile.relations}
    assert hedged["causes"] is False


def test_explain_names_the_word_that_decided() -> None:
    reasons = profile_statement("Sugar causes diabetes").explain()
    assert any("cause" in reason.words for reason in reasons[:6])


def test_population_numbers_and_kinds() -> None:
    profile = profile_statement("In a trial of 240 postmenopausal women and 12 mice, aged 50 to 60, the pill worked.")
    numbers = {(one.kind, one.number) for one in profile.population}
    assert ("people", 240) in numbers
    assert ("animals", 12) in numbers


def test_sizes() -> None:
    kinds = {
        (one.kind, one.value)
        for one in profile_statement(
            "The risk rose by 18 per cent, or 2 percentage points, in 1 in 5 people."
        ).magnitude
    }
    assert ("percent", 18.0) in kinds
    assert ("percentage points", 2.0) in kinds
    assert any(kind == "count" for kind, _ in kinds)


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_spans_lie_within_any_text(text: str) -> None:
    profile = profile_statement(text)
    spans = [
        one.span
        for part in (
            profile.population,
            profile.condition,
            profile.intervention,
            profile.outcome,
            profile.magnitude,
            profile.tone,
            profile.relations,
        )
        for one in part
    ]
    spans += [one.span for one in profile.hedges]
    for span in (*spans, *profile.novelty, *profile.advice_cues):
        assert text[span.start : span.end] == span.text
    assert 0 <= profile.strength <= 6
    assert abs(sum(profile.strength_scores) - 1) < 1e-6


@pytest.mark.parametrize(
    "text", ["(" * 200_000, "may " * 50_000, "\u202e" * 10_000, "\ud800 causes \udfff", "\u200b" * 50_000, ""]
)
def test_hostile_statements_are_read(text: str) -> None:
    assert profile_statement(text).text == text


def test_case_and_quotes_do_not_change_the_strength() -> None:
    plain = profile_statement("the drug doesn't cause cancer")
    assert profile_statement("The drug doesn’t cause cancer").strength == plain.strength


@pytest.mark.parametrize(("dimension", "least"), [("certainty", 0.5), ("direction", 0.6)])
def test_the_own_test_sets_do_not_get_worse(root: Path, dimension: str, least: float) -> None:
    rows = [
        json.loads(line)
        for line in (root / "tests" / "data" / "dimensions" / f"{dimension}.test.jsonl")
        .read_text("utf-8")
        .splitlines()
    ]
    right = sum(getattr(profile_statement(row["text"]), dimension) == row["label"] for row in rows)
    assert right / len(rows) >= least
