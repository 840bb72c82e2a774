"""What holds of the profile of any text: spans, independence of what follows, of letter case, quotes and spacing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrace.model.profile import Profile, Span
from claimtrace.profile.statement import profile_statement

STATEMENTS = (
    "Coffee prevents liver cancer.",
    "In a trial of 240 older women, the new pill cut hip fractures by 30%.",
    "Researchers found that mice given human tumours lived three times longer on paclitaxel.",
    "Smoking doubles the risk of stroke, a new study shows.",
    "You should eat more fish, doctors say.",
    "A third of patients had side effects.",
    "The jab doesn't cause autism.",
    "Statins lower cholesterol but they cause muscle pain in one in ten people.",
    "How sugar damages the liver",
    "“We found a fall in blood pressure of 5 mmHg,” said lead author Anna Berg.",
    "The miracle diet keeps diabetes at bay.",
    "The odds ratio for death was 1.42 (95% CI 1.10 to 1.83).",
    "Rates of asthma did not differ between the two groups.",
    "Vitamin D is linked to fewer colds in 1,200 schoolchildren.",
)
CLAIMS = (
    "Coffee prevents liver cancer.",
    "The new pill cuts hip fractures by 30%.",
    "Smoking causes strokes.",
    "Yoga lowers blood pressure.",
    "Eating nuts protects against heart disease.",
    "The drug shrinks tumours.",
)
TAILS = (
    "The weather stayed fine all week.",
    "Trains to the coast were late again.",
    "A second paragraph follows.",
    "The town hall was painted green.",
)
words = st.sampled_from(
    ["may", "not", "causes", "the", "mice", "30%", "“", "”", '"', ",", "but", "how", "of", "effect", "women", "in",
     "said", "should", "more", "a", "third", "whether", "?", "(", "\u200b", "\u202e", "patients", "1", "n", "=", "p"]
)  # fmt: skip
texts = st.one_of(
    st.text(max_size=300), st.lists(words, max_size=60).map(" ".join), st.lists(words, max_size=40).map("".join)
)


def spans(profile: Profile) -> list[Span]:
    """Every span that a profile holds."""
    parts = (
        profile.population,
        profile.condition,
        profile.intervention,
        profile.outcome,
        profile.magnitude,
        profile.tone,
        profile.relations,
        profile.hedges,
    )
    found = [one.span for part in parts for one in part]
    found += [*profile.novelty, *profile.advice_cues, *(span for span, _ in profile.dates)]
    return found + ([profile.speaker_cue] if profile.speaker_cue else [])


def values(profile: Profile) -> dict[str, object]:
    """All that a profile says, without where it says it."""
    return {
        "certainty": profile.certainty,
        "direction": profile.direction,
        "population": [one[1:] for one in profile.population],
        "condition": [one.concept for one in profile.condition],
        "intervention": [one.concept for one in profile.intervention],
        "outcome": [(one.concept, one.marker) for one in profile.outcome],
        "magnitude": [one[1:] for one in profile.magnitude],
        "advice": profile.advice,
        "tone": [one.tone for one in profile.tone],
        "novelty": len(profile.novelty),
        "relations": [one[1:] for one in profile.relations],
    }


@given(texts)
@settings(max_examples=300, deadline=None)
def test_spans_lie_within_the_text_and_hold_its_words(text: str) -> None:
    profile = profile_statement(text)
    for span in spans(profile):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    for hedge in profile.hedges:
        assert 0 <= hedge.scope_start <= hedge.span.start < hedge.span.end <= hedge.scope_end <= len(text)


@given(st.sampled_from(STATEMENTS), st.lists(st.sampled_from(TAILS), min_size=1, max_size=4))
@settings(deadline=None)
def test_unrelated_text_after_a_statement_changes_nothing_before_it(statement: str, tails: list[str]) -> None:
    alone, longer = profile_statement(statement), profile_statement(" ".join((statement, *tails)))
    for name in ("population", "condition", "intervention", "outcome", "magnitude", "relations", "tone", "novelty"):
        assert getattr(longer, name)[: len(getattr(alone, name))] == getattr(alone, name), name
    assert longer.certainty == alone.certainty
    assert longer.direction == alone.direction
    assert longer.advice == alone.advice


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize(
    "change",
    [str.upper, str.lower, str.title],
    ids=["upper case", "lower case", "title case"],
)
def test_letter_case_changes_no_value(statement: str, change: object) -> None:
    assert callable(change)
    if change is str.title and "'" in statement:
        pytest.skip("title case breaks words at apostrophes")
    assert values(profile_statement(change(statement))) == values(profile_statement(statement))


@given(st.sampled_from(STATEMENTS), st.sampled_from(["  ", "\t", "\n", "\u00a0", " \u200b", "\u2009"]))
@settings(deadline=None)
def test_spacing_changes_no_value(statement: str, space: str) -> None:
    assert values(profile_statement(statement.replace(" ", space))) == values(profile_statement(statement))


@pytest.mark.parametrize("statement", STATEMENTS)
def test_typographic_and_straight_quotes_are_the_same(statement: str) -> None:
    straight = statement.replace("“", '"').replace("”", '"').replace("’", "'")
    curly = straight.replace("'", "’")
    assert values(profile_statement(straight)) == values(profile_statement(statement))
    assert values(profile_statement(curly)) == values(profile_statement(statement))


@given(st.sampled_from(CLAIMS), st.sampled_from(["may", "might", "could"]))
@settings(deadline=None)
def test_a_modal_hedges(claim: str, modal: str) -> None:
    first, verb, rest = next(
        (claim[: at - 1], claim[at : claim.index(" ", at)], claim[claim.index(" ", at) + 1 :])
        for at in (claim.find(verb) for verb in ("prevents", "cuts", "causes", "lowers", "protects", "shrinks"))
        if at > 0
    )
    assert profile_statement(claim).certainty == "asserted"
    assert profile_statement(f"{first} {modal} {verb.rstrip('s')} {rest}").certainty == "hedged"


@given(
    st.sampled_from(CLAIMS), st.sampled_from(["Possibly, ", "Perhaps ", "It seems that ", "A study suggests that "])
)
@settings(deadline=None)
def test_a_hedge_before_a_claim_never_makes_it_firmer(claim: str, hedge: str) -> None:
    hedged = profile_statement(hedge + claim[0].lower() + claim[1:])
    assert hedged.certainty == "hedged"
    assert profile_statement("Possibly, " + hedged.text).certainty == "hedged"


HOSTILE = {
    "brackets": "(" * 1_000_000,
    "hedges": "may " * 100_000,
    "reporting hedges": ", it seems " * 100_000,
    "denials and causes": "not causes " * 100_000,
    "hows": "how " * 100_000,
    "effects": "the effect of " * 100_000,
    "quotes": '"a b c d e" ' * 100_000,
    "open quotes": "“" * 100_000,
    "right-to-left marks": "\u202e" * 100_000,
    "zero-width characters": "c\u200ba\u200bu\u200bs\u200be\u200bs " * 20_000,
    "lone surrogates": "\ud800 causes \udfff " * 20_000,
    "numbers": "1 " * 100_000,
    "digits": "9" * 1_000_000,
    "ratios": "odds ratio of " * 100_000,
    "equal signs": "p " + "= " * 100_000 + "1",
    "dates": "1/1/2011 in 2011 May 2011 " * 20_000,
    "questions": "? " * 100_000,
    "said": "said doctors , " * 100_000,
    "orders": "please " * 100_000,
    "should": "women should " * 100_000,
    "human": "human " * 100_000,
    "names": "Anna " * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read(text: str) -> None:
    assert profile_statement(text).text == text
