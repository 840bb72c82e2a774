"""What a statement says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrace.profile.statement import profile_statement
from claimtrace.profile.voice import quoted_spans


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


def test_what_is_taken_as_given_survives_a_denial() -> None:
    assert profile_statement("Few people do not know of the harm that alcohol does.").certainty == "presupposed"
    assert profile_statement("Alcohol does not harm the liver.").certainty == "denied"


@pytest.mark.parametrize(
    ("text", "kind", "relative"),
    [
        ("The drug cut the risk by up to 30%.", "percent", True),
        ("More than 90% survived.", "percent", False),
        ("The rate fell from 2% to 1%.", "percent", False),
        ("It rose by 3 percentage points.", "percentage points", False),
    ],
)
def test_a_share_is_no_change(text: str, kind: str, relative: bool) -> None:
    assert {(one.kind, one.relative) for one in profile_statement(text).magnitude} == {(kind, relative)}


def test_numbers_that_are_no_sizes() -> None:
    text = "In women aged 50 to 70, the effect (P = 0.41; 95% CI 0.8 to 1.3) was small in 2016, in 12-year-olds too."
    assert [one.kind for one in profile_statement(text).magnitude if one.value is not None] == []


def test_human_cells_are_no_people_and_mice_with_human_tumours_are_xenografts() -> None:
    cells = profile_statement("Human lung cells were exposed to smoke.")
    assert {one.kind for one in cells.population} == {"cells"}
    mice = profile_statement("Mice bearing human breast tumours were given the drug.")
    assert {(one.kind, one.species) for one in mice.population} == {("xenograft", "mouse")}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It is too small to say,” said Prof Joan Hill, who was not involved in the study.", "expert"),
        ("“Our results show that naps help,” she said.", "author"),
        ("According to the health ministry, cases have doubled.", "institution"),
        ("Some sites claim that bleach cures autism.", "other"),
        ("The claims on the label are false.", "writer"),
    ],
)
def test_speakers(text: str, speaker: str) -> None:
    assert profile_statement(text).speaker == speaker


def test_hype_within_a_quote_is_not_the_writers() -> None:
    assert profile_statement("“This is a real miracle for us all,” she said.").tone == ()
    assert [one.tone for one in profile_statement("Miracle pill for us all").tone] == ["hype"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Choose wholegrain bread.", 3),
        ("Patients with gout should be tested for kidney disease.", 2),
        ("Cutting out sugar could help you live longer.", 1),
        ("Researchers should repeat the experiment in women.", 0),
        ("This does not mean that you should stop taking your tablets.", 0),
        ("None of this means that patients should refuse the operation.", 0),
        ("Drink driving deaths fell.", 0),
    ],
)
def test_advice(text: str, level: int) -> None:
    assert profile_statement(text).advice == level


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("The effect was small and short,” she said.", "The effect was small and short,”"),
        ('The effect was small and short," she said.', 'The effect was small and short,"'),
        ("She said: “The effect was small. It", "“The effect was small. It"),
        ("The “miracle” pill does not work.", None),
        ('A 6" scar was left on the arm.', None),
    ],
)
def test_quotes_that_run_over_sentences(text: str, quoted: str | None) -> None:
    found = [text[start:end] for start, end in quoted_spans(text)]
    assert found == ([] if quoted is None else [quoted])
