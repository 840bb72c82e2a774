"""Tokens, phrases, sentences and dates."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrace.text.dates import find_dates, find_times
from claimtrace.text.phrases import phrasebook, wider_conditions
from claimtrace.text.sentences import split_sentences
from claimtrace.text.tokens import normalise, tokenize


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_tokens_lie_within_the_text_in_order(text: str) -> None:
    tokens = tokenize(text)
    last = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert last <= start < end <= len(text)
        last = end


def test_spelling_of_spaces_quotes_and_hyphens_does_not_matter() -> None:
    assert normalise("Patient’s\u00a0well-being") == normalise("patient's well being")
    assert normalise("e\ufb03cient") == "efficient"


def test_longest_phrase_wins_and_pseudo_phrases_hide_what_stands_in_them() -> None:
    book = phrasebook()
    found = book.find(tokenize("The natural killer cells met a bombshell").norms)
    assert [match.sense.group for match in found["tone"]] == ["shock"]
    conditions = book.find(tokenize("type 2 diabetes").norms)["condition"]
    assert [match.sense.group for match in conditions] == ["type 2 diabetes mellitus"]


def test_breast_cancer_is_a_cancer_and_not_the_reverse() -> None:
    book = phrasebook()
    breast = book.senses_of("breast cancer")
    cancer = book.senses_of("cancer")
    narrow = next(s.attrs["concept"] for s in breast if s.lexicon == "condition")
    wide = next(s.attrs["concept"] for s in cancer if s.lexicon == "condition")
    assert wide in wider_conditions(narrow)
    assert narrow not in wider_conditions(wide)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Smith et al. gave 2.5 mg (p. 4). It worked.", 2),
        ("“It works,” he said. “We know why.”", 2),
        ("The U.S. study ended in Jan. 2019 with e.g. no harm.", 1),
        ("One line\nbroken in two. And another.", 2),
        ("   ", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    spans = split_sentences(text)
    assert len(spans) == count
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Jul 07, 2025 4 hours ago", "2025-07-07"),
        ("16-MAY-2016", "2016-05-16"),
        ("5th of March 2011", "2011-03-05"),
        ("12/21/2016 05:09", "2016-12-21"),
        ("2010-01-04", "2010-01-04"),
    ],
)
def test_dates_as_articles_print_them(text: str, iso: str) -> None:
    assert [found for _, _, found in find_dates(text)] == [iso]


def test_a_date_that_could_be_two_is_none() -> None:
    assert find_dates("03/04/2016") == []
    assert find_dates("31 February 2016") == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("It ran from 2003 to 2008.", ["2003", "2008"]),
        ("In March 2016, on 3 May 2014, and in 2012", ["2016-03", "2014-05-03", "2012"]),
        ("Roughly 2000 men, 2010 calories, room 1998, in 2000 patients", []),
        ("May 2011 was wet; between 1998 and 2004 it was dry.", ["2011-05", "1998", "2004"]),
    ],
)
def test_months_and_years_are_found_and_counts_are_not(text: str, times: list[str]) -> None:
    found = find_times(text)
    assert [iso for _, _, iso in found] == times
    assert all(iso[:4] in text[start:end] for start, end, iso in found)


def test_names_of_societies_are_no_diseases() -> None:
    book = phrasebook()
    assert "condition" not in book.find(tokenize("Cancer Research UK and the Stroke Association paid").norms)
    assert "condition" in book.find(tokenize("cancer and stroke").norms)


def test_an_invisible_sign_before_a_number_does_not_break_it() -> None:
    assert tokenize("\u200b1.42").norms == ["1.42"]
