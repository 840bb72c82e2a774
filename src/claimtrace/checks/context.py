"""What a check sees of one claim, and what it says."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from claimtrace.checks.study_reading import FindingReading, StudyReading
from claimtrace.model.profile import Profile, Relation
from claimtrace.model.results import Severity
from claimtrace.text.phrases import Match
from claimtrace.text.tokens import Tokens

_FAR_OFF = 0.12
_BY_THE_WAY = 0.2
_REACH = 60  # code points after "they call it", "the fear that" that are still the others' words
_RULES = Path(__file__).resolve().parents[1] / "data" / "rules.json"


class Place(NamedTuple):
    """Where a claim stands in its article.

    Attributes:
        linked: chance that it rests on the study; 0 where it was not linked.
        neighbours: how many of the sentences before and after it rest on the study (0–2).
        block: kind of the block that it stands in.
        share: share of the article's sentences that rest on the study.
    """

    linked: float
    neighbours: int
    block: str
    share: float


class Context(NamedTuple):
    """One claim with its study.

    Attributes:
        headline: the claim stands alone (headline or standfirst).
        lead: the claim opens the article's running text.
        quoted: spans of direct speech in the claim.
        stems: stems of the claim's words.
        names_models: the claim or the paragraph around it names the model.
        about: the study's finding that the claim is nearest to.
        document_published: the article's own date.
        alone: the claim is read without the rest of the article: a headline, the lead, a short text by itself.
        aboutness: how much of the claim's words, weighed by rarity, the study has too or nearly (0–1).
        own_words: the study itself says this, as firmly.
        in_document: the claim is one of an article's sentences.
        found: phrases by lexicon.
        place: where it stands, if it is one of an article's sentences.
    """

    text: str
    tokens: Tokens
    profile: Profile
    study: StudyReading
    about: FindingReading | None
    headline: bool
    kind: str
    quoted: tuple[tuple[int, int], ...]
    stems: frozenset[str]
    names_models: bool = False
    document_published: str | None = None
    first_of_document: bool = False
    tells_retraction: bool = False
    lead: bool = False
    alone: bool = True
    aboutness: float = 1.0
    own_words: bool = False
    in_document: bool = False
    found: Mapping[str, list[Match]] = {}
    place: Place | None = None

    def is_about(self, least: float) -> bool:
        """Whether the claim speaks of what was studied; one that stands alone is taken to, unless it is far off."""
        if self.alone and any(one.concept in self.study.conditions for one in self.profile.condition):
            return True
        return self.aboutness >= (min(least, _FAR_OFF) if self.alone else least)

    def phrases(self, lexicon: str) -> list[Match]:
        """Phrases of a lexicon in the claim, in text order."""
        return self.found.get(lexicon, [])

    def at(self, match: Match) -> tuple[int, int]:
        """Where a phrase stands, in code points of the claim."""
        return self.tokens.starts[match.first], self.tokens.ends[match.last - 1]

    def token_at(self, offset: int) -> int:
        """Number of the first token that stands at or after an offset; of the last one where none does."""
        return min(bisect_left(self.tokens.starts, offset), len(self.tokens.starts) - 1)

    def not_own_voice(self, start: int, end: int) -> bool:
        """Whether a span lies in direct speech, or in the study's printed title, or after words by
        which others call, fear or believe it."""
        if self.in_quote(start, end):
            return True
        title = self.text.lower().find(self.study.study.title.lower().rstrip("."))
        if 0 <= title <= start and end <= title + len(self.study.study.title):
            return True
        return any(self.at(one)[0] <= start <= self.at(one)[1] + _REACH for one in self.phrases("naming"))

    def in_quote(self, start: int, end: int) -> bool:
        """Whether a span lies within direct speech."""
        return any(first <= start and end <= last for first, last in self.quoted)

    @property
    def among_others(self) -> bool:
        """Whether the article is on other things, and speaks of the study by the way: a leaflet, a list of questions."""
        return self.place is not None and self.place.share < _BY_THE_WAY

    @property
    def names_given(self) -> bool:
        """Whether the claim names what the study gave or looked at, and something that it says of it."""
        given = {one.concept for one in self.profile.intervention} & self.study.interventions - _ANYTHING
        came = {one.concept for one in (*self.profile.outcome, *self.profile.condition)}
        return bool(given) and bool(came & (self.study.outcomes | self.study.conditions))

    @property
    def others_voice(self) -> bool:
        """The writer hands the claim to others without taking it over ("some say …")."""
        return self.profile.speaker == "other"


_ANYTHING = frozenset({"drug", "food", "diet", "drinks", "sleep", "body weight", "smoking"})
"""What is spoken of in studies of anything."""


class Draft(NamedTuple):
    """What a check found: offsets in code points of the claim's text.

    ``circumstance`` names the row of the rule's severity table; ``group`` marks drafts with one root cause, of which
    only the gravest is told.
    """

    rule: str
    start: int
    end: int
    reason: str
    circumstance: str
    confidence: float
    suggestion: str | None = None
    finding: FindingReading | None = None
    words: str | None = None
    group: str | None = None


@cache
def rules() -> dict[str, dict[str, Any]]:
    """The rules by code, as ``data/rules.json`` holds them."""
    return {one["code"]: one for one in json.loads(_RULES.read_bytes())}


def severity_of(rule: str, circumstance: str) -> Severity:
    """Severity of a rule under a circumstance, by the written table."""
    return cast("Severity", rules()[rule]["severity"][circumstance]["severity"])


def kind_of(rule: str) -> str:
    """Kind of overstatement that a rule finds."""
    return cast("str", rules()[rule]["kind"])


def names_model(profile: Profile) -> bool:
    """Whether a statement names an animal or laboratory model. Kinds of cells are in people too."""
    return any(
        one.kind in ("animals", "xenograft", "cells", "organoids") and one.role != "cell type"
        for one in profile.population
    )


def acts(context: Context, relation: Relation) -> bool:
    """Whether a relation acts on something of health: an outcome, disease or body part named near it in its clause."""
    first, last = relation.span.start - _NEAR, relation.span.end + _NEAR
    named = (*context.profile.outcome, *context.profile.condition)
    return any(first <= one.span.start <= last for one in named)


_NEAR = 60  # code points between a cause word and what it acts on


def whole_span(context: Context) -> tuple[int, int]:
    """The claim without the space and quotation marks around it."""
    text = context.text
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or text[start] in "\"“'‘"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\"”'’.!?"):
        end -= 1
    return (start, end) if end > start else (0, len(text))


def clause_span(context: Context, at: int) -> tuple[int, int]:
    """From the cue at offset ``at`` to the end of its clause."""
    text = context.text
    end = len(text)
    for sign in (". ", "; ", " but ", " although ", " while ", ", which ", " — ", " – ", ", and "):
        found = text.find(sign, at)
        if 0 <= found < end:
            end = found
    while end > at and text[end - 1] in ' .!?"”,':
        end -= 1
    return at, max(end, at + 1)
