"""The strength model's own workings: packed sums, features that cannot be mixed up, reasons in the statement's words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrace.profile import strength
from claimtrace.profile.cues import read_cues
from claimtrace.profile.features import Feature, folded_words, sequence_features, signs_of, word_features
from claimtrace.profile.statement import profile_statement
from claimtrace.text.phrases import phrasebook
from claimtrace.text.tokens import tokenize

WORDS = (
    "may",
    "cause",
    "causes",
    "risk",
    "of",
    "not",
    "linked",
    "to",
    "reduced",
    "12",
    "cancer",
    ",",
    "but",
    "shows",
)


def features_of(text: str) -> list[Feature]:
    tokens = tokenize(text)
    words = folded_words(tokens)
    own: list[Feature] = [feature for word in set(words) for feature in word_features(word)]
    return own + sequence_features(words, read_cues(tokens, phrasebook().find(tokens.norms)))


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=200).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_packed_sums_hold_each_number_apart(text: str) -> None:
    model = strength._model()  # pyright: ignore[reportPrivateUsage]
    packed = [model.packed[model.places[one]] for one in features_of(text) if one in model.places]
    apart = [strength._numbers(one) for one in packed]  # pyright: ignore[reportPrivateUsage]
    whole = strength._numbers(sum(packed))  # pyright: ignore[reportPrivateUsage]
    assert whole == [sum(column) for column in zip(*apart, strict=True)]


def test_words_and_cues_are_never_the_same_feature() -> None:
    features = features_of("^ , but < may THEN cause certainty=asserted NONE")
    words = {part for feature in features if isinstance(feature, tuple) for part in feature if part.islower()}
    assert "then" in words
    assert ("THEN", "^", "MOD") in features
    assert ("then", "cause") in features
    assert (",,", ",but") in features
    assert (",", "but") in features


@pytest.mark.parametrize(
    ("word", "signs"),
    [
        ("caused", ("CAU", "CAUed")),
        ("lowered", ("DOWN", "DOWNed")),
        ("may", ("MOD", "MOD0", "MAY")),
        ("but", (",but",)),
        ("table", ()),
    ],
)
def test_cues_by_their_longest_beginning(word: str, signs: tuple[str, ...]) -> None:
    assert signs_of(word) == signs


def test_reasons_are_in_the_words_of_the_statement() -> None:
    reasons = profile_statement("Red wine may prevent strokes").explain()
    assert any(reason.words == "may prevent" for reason in reasons)
    assert all(word in "red wine may prevent strokes" for reason in reasons for word in reason.words.split())
    assert all(reason.weight for reason in reasons)
    assert {type(reason.feature) for reason in reasons} == {str}


def test_more_words_than_are_kept_change_nothing() -> None:
    text = "Coffee may prevent strokes " + "and so on " * 100
    assert profile_statement(text).strength_scores == profile_statement(text + "and so on " * 100).strength_scores
