"""Whose words these are, how loud they are, and how new they say the research is."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from claimtrace.model.profile import Span, Speaker, Tone
from claimtrace.profile.advice import read_advice
from claimtrace.profile.cues import span_of
from claimtrace.text.phrases import Match
from claimtrace.text.tokens import Tokens
from claimtrace.text.word_classes import word_class

_OPENING = '"“„«'
_CLOSING = '"”“»'
_MARKS = frozenset(_OPENING + _CLOSING)
_PERSON = re.compile(
    r"\b(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir|Dame)\.?\s[A-Z]|\b[A-Z][a-zà-ÿ'’-]{1,30}(?:\s[A-Z]\.?)?\s[A-Z][a-zà-ÿ'’-]{1,30}"
)
_CLAUSE_ENDS = word_class("speech clause ends")
_DETERMINERS = word_class("determiners")
_PRONOUNS = frozenset({"he", "she", "they", "we", "i"})
_BEFORE_VERB = 16
"""Tokens before a verb of saying in which its subject is looked for (names and appositions are long)."""
_AFTER_VERB = 16
_SHORTEST_QUOTE = 3
"""Blanks within quotation marks from which on they hold speech and not a term."""
_MOSTLY = 0.6
"""Share of a sentence within quotation marks that makes it somebody's speech even without a verb."""


class Voice(NamedTuple):
    """``quoted`` are the spans of direct speech (code points, start and end)."""

    speaker: Speaker
    cue: Span | None
    advice: int
    advice_cues: tuple[Span, ...]
    tone: tuple[Tone, ...]
    novelty: tuple[Span, ...]
    quoted: tuple[tuple[int, int], ...]


def quoted_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Direct speech: stretches of at least four words between quotation marks, or with a comma or stop before the second;
    shorter ones are terms.

    A quote that no mark closes runs on into the next sentence, one that none opened came from the last.
    """
    if _MARKS.isdisjoint(text):
        return ()
    spans: list[tuple[int, int]] = []
    start, seen = -1, False
    for index, sign in enumerate(text):
        if not seen and sign in _MARKS:
            seen = True
            if _closes(text, index):
                if text.count(" ", 0, index) >= _SHORTEST_QUOTE:
                    spans.append((0, index + 1))
                continue
        if start < 0 and sign in _OPENING and (index == 0 or not text[index - 1].isalnum()):
            start = index
        elif start >= 0 and sign in _CLOSING and index > start + 1:
            if text.count(" ", start, index) >= (1 if text[index - 1] in ",.!?" else _SHORTEST_QUOTE):
                spans.append((start, index + 1))
            start = -1
    if start >= 0 and text.count(" ", start) >= _SHORTEST_QUOTE:
        spans.append((start, len(text)))
    return tuple(spans)


def _closes(text: str, index: int) -> bool:
    """Whether the first quotation mark of a text ends speech that an earlier sentence began."""
    if text[index] in "”»":
        return True
    return text[index] == '"' and index > 0 and text[index - 1] in ",.!?" and text[index + 1 : index + 2] in ("", " ")


def read_voice(tokens: Tokens, found: dict[str, list[Match]]) -> Voice:
    """Read speaker, advice, tone and novelty of one statement."""
    text = tokens.text
    quoted = quoted_spans(text) if not _MARKS.isdisjoint(text) else ()
    speaker, cue = _speaker(tokens, found.get("speech", []), quoted)
    advice, cues = read_advice(tokens, found)
    tone = tuple(
        Tone(span_of(tokens, one.first, one.last), one.sense.attrs["tone"], one.sense.attrs["level"])
        for one in found.get("tone", ())
        if not quoted or not _within(quoted, tokens.starts[one.first])
    )
    novelty = tuple(
        span_of(tokens, one.first, one.last) for one in found.get("time", ()) if one.sense.attrs.get("novelty")
    )
    return Voice(speaker, cue, advice, cues, tone, novelty, quoted)


def _within(quoted: tuple[tuple[int, int], ...], at: int) -> bool:
    index = bisect_left(quoted, (at + 1, 0)) - 1
    return index >= 0 and at < quoted[index][1]


def _speaker(
    tokens: Tokens, matches: list[Match], quoted: tuple[tuple[int, int], ...]
) -> tuple[Speaker, Span | None]:
    if not matches:
        return ("author", None) if _is_all_speech(tokens, quoted) else ("writer", None)
    verbs: list[Match] = []
    subjects: list[Match] = []
    own: Match | None = None
    for match in matches:
        role = match.sense.attrs.get("role")
        if role == "distance":
            return "other", span_of(tokens, match.first, match.last)
        if role == "verb":
            verbs.append(match)
        elif role == "subject":
            subjects.append(match)
        elif own is None:
            own = match
    verbs = _outside(tokens, verbs, quoted) or verbs
    for verb in verbs:
        said = _subject_of(tokens, verb, subjects, quoted)
        if said is not None:
            kind: Speaker = said.sense.attrs["speaker"]
            if kind == "expert" and verb.sense.group == "finds" and not said.sense.attrs.get("decides"):
                kind = "study"  # "doctors report that": who finds is the team
            if own is not None and kind in ("study", "other", "expert") and quoted:
                break
            return kind, span_of(tokens, said.first, said.last)
    if own is not None:
        return "author", span_of(tokens, own.first, own.last)
    for verb in verbs:
        if verb.sense.group != "says" or not (quoted or _has_subject(tokens, verb)):
            continue
        person = _PERSON.search(tokens.text)
        if person:
            return "author" if quoted else "expert", Span(person.start(), person.end(), person.group())
        if quoted or _is_spoken(tokens, verb):
            return "other", span_of(tokens, verb.first, verb.last)
    if quoted and subjects:
        first = subjects[0]
        if not _within(quoted, tokens.starts[first.first]):
            return first.sense.attrs["speaker"], span_of(tokens, first.first, first.last)
    return ("author", None) if _is_all_speech(tokens, quoted) else ("writer", None)


def _is_all_speech(tokens: Tokens, quoted: tuple[tuple[int, int], ...]) -> bool:
    return bool(quoted) and quoted[0][1] - quoted[0][0] > len(tokens.text) * _MOSTLY


def _outside(tokens: Tokens, verbs: list[Match], quoted: tuple[tuple[int, int], ...]) -> list[Match]:
    return [one for one in verbs if not _within(quoted, tokens.starts[one.first])] if quoted else verbs


def _has_subject(tokens: Tokens, verb: Match) -> bool:
    """Whether a verb of saying has a word before it that may be its subject ("to think of" has none)."""
    before = tokens.norms[verb.first - 1] if verb.first else ""
    return (before.isalpha() and before not in _CLAUSE_ENDS and before not in _DETERMINERS) or before == ","


def _is_spoken(tokens: Tokens, verb: Match) -> bool:
    """Whether a verb of saying without a known subject is speech: "they claim", not "the gene explains why"."""
    before = tokens.norms[verb.first - 1] if verb.first else ""
    return before in _PRONOUNS or before in (",", "") or before.endswith("s")


def _subject_of(
    tokens: Tokens, verb: Match, subjects: list[Match], quoted: tuple[tuple[int, int], ...]
) -> Match | None:
    """Who says it: the nearest noun phrase before the verb, or the one after it in "…, said Dr X" and "according to X".

    Within a noun phrase with an apposition, being no part of the study or its leader counts most, then the first noun.
    """
    norms = tokens.norms
    count = len(norms)
    first = norms[verb.first]
    if first not in ("according", "in"):
        start = verb.first
        while start > 0 and verb.first - start < _BEFORE_VERB and norms[start - 1] not in _CLAUSE_ENDS:
            if quoted and _within(quoted, tokens.starts[start - 1]):
                break
            start -= 1
        found = _first_of(subjects, start, verb.first)
        if found is not None:
            return found
        if start < verb.first and norms[verb.first - 1] in _PRONOUNS:
            return None
    end = verb.last
    inverted = first in ("according", "in") or verb.first == 0 or norms[verb.first - 1] in (",", '"', "?", "!", "'")
    if not inverted:
        return None
    while end < count and end - verb.last < _AFTER_VERB and norms[end] not in (";", ":"):
        end += 1
    return _first_of(subjects, verb.last, end)


def _first_of(subjects: list[Match], start: int, end: int) -> Match | None:
    """The subject among tokens ``start`` to ``end`` that decides."""
    at = bisect_left(subjects, start, key=lambda one: one.first)
    best: Match | None = None
    while at < len(subjects) and subjects[at].first < end:
        one = subjects[at]
        if one.sense.attrs.get("decides"):
            return one
        best = best or one
        at += 1
    return best
