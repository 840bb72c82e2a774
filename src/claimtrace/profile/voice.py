"""Whose words these are, what they urge, how loud they are, and how new they say the research is."""

from __future__ import annotations

import re
from typing import NamedTuple

from claimtrace.model.profile import Span, Speaker, Tone
from claimtrace.profile.cues import span_of
from claimtrace.text.phrases import Match
from claimtrace.text.tokens import Tokens

_OPENING = '"“„«'
_CLOSING = '"”“»'
_PERSON = re.compile(
    r"\b(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir|Dame)\.?\s[A-Z]|\b[A-Z][a-zà-ÿ'’-]+(?:\s[A-Z]\.?)?\s[A-Z][a-zà-ÿ'’-]+"
)
_IMPERATIVE_STARTS = frozenset(
    {"and", "then", "so", "please", "to", ":", "—", "-", "just", ",", "but", "now", "instead"}
)


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
    """Direct speech: stretches of at least four words between quotation marks; shorter ones are terms."""
    spans: list[tuple[int, int]] = []
    start = -1
    for index, sign in enumerate(text):
        if start < 0 and sign in _OPENING and (index == 0 or not text[index - 1].isalnum()):
            start = index
        elif start >= 0 and sign in _CLOSING and index > start + 1:
            if text.count(" ", start, index) >= 3:
                spans.append((start, index + 1))
            start = -1
    if start >= 0 and text.count(" ", start) >= 3:
        spans.append((start, len(text)))
    return tuple(spans)


def read_voice(tokens: Tokens, found: dict[str, list[Match]]) -> Voice:
    """Read speaker, advice, tone and novelty of one statement."""
    quoted = quoted_spans(tokens.text) if any(sign in tokens.text for sign in _OPENING) else ()
    speaker, cue = _speaker(tokens, found.get("speech", []), quoted)
    advice, cues = _advice(tokens, found.get("advice", []))
    tone = tuple(
        Tone(span_of(tokens, one.first, one.last), one.sense.attrs["tone"], one.sense.attrs["level"])
        for one in found.get("tone", [])
    )
    novelty = tuple(
        span_of(tokens, one.first, one.last) for one in found.get("time", []) if one.sense.attrs.get("novelty")
    )
    return Voice(speaker, cue, advice, cues, tone, novelty, quoted)


def _speaker(
    tokens: Tokens, matches: list[Match], quoted: tuple[tuple[int, int], ...]
) -> tuple[Speaker, Span | None]:
    if not matches and not quoted:
        return "writer", None
    verb = next((m for m in matches if m.sense.attrs.get("role") == "verb"), None)
    distance = next((m for m in matches if m.sense.attrs.get("role") == "distance"), None)
    if distance is not None:
        return "other", span_of(tokens, distance.first, distance.last)
    by_kind: dict[Speaker, Match] = {}
    for match in matches:
        if match.sense.attrs.get("role") == "subject":
            by_kind.setdefault(match.sense.attrs["speaker"], match)
    said = verb is not None and verb.sense.group == "says"
    for kind in ("expert", "author", "institution"):
        if kind in by_kind and (verb is not None or quoted):
            match = by_kind[kind]
            return kind, span_of(tokens, match.first, match.last)
    if said and verb is not None:
        if "study" in by_kind:
            match = by_kind["study"]
            return "study", span_of(tokens, match.first, match.last)
        person = _PERSON.search(tokens.text)
        if person:
            return "author" if quoted else "expert", Span(person.start(), person.end(), person.group())
        return "other", span_of(tokens, verb.first, verb.last)
    if "study" in by_kind and verb is not None:
        match = by_kind["study"]
        return "study", span_of(tokens, match.first, match.last)
    if quoted and quoted[0][1] - quoted[0][0] > len(tokens.text) * 0.6:
        return "author", None
    return "writer", None


def _advice(tokens: Tokens, matches: list[Match]) -> tuple[int, tuple[Span, ...]]:
    level = 0
    cues: list[Span] = []
    norms = tokens.norms
    for match in matches:
        attrs = match.sense.attrs
        if attrs.get("imperative"):
            before = norms[match.first - 1] if match.first else ""
            opens = match.first == 0 or before in _IMPERATIVE_STARTS or before in "\"'.!?;"
            if not opens or (
                before == "to"
                and (match.first < 2 or norms[match.first - 2] not in ("advised", "urged", "want", "best", "time"))
            ):
                continue
        level = max(level, attrs["level"])
        cues.append(span_of(tokens, match.first, match.last))
    return level, tuple(cues)
