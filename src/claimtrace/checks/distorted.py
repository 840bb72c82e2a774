"""CT502: a mistranslated or tortured term."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from claimtrace.checks.context import Context, Draft
from claimtrace.checks.wording import replaced
from claimtrace.matching.near import near_terms
from claimtrace.matching.rarity import is_known
from claimtrace.matching.terms import stem
from claimtrace.text.word_classes import word_class

_COMPOUND = re.compile(r"\b([A-Za-z]{3,12})[-‐‑]([A-Za-z]{4,}(?:\s[a-z]{4,})?)")


def check(context: Context) -> Iterator[Draft]:
    """Known tortured phrases, and near-misses of the study's own compound terms."""
    for match in context.phrases("distorted"):
        start, end = context.at(match)
        right = str(match.sense.attrs["right"])
        yield Draft(
            "CT502", start, end,
            f"“{context.text[start:end]}” is no term of medicine; “{right}” is meant.",
            "headline" if context.headline else "term", 0.85, replaced(context.text, start, end, right), None, words=right, group="term",
        )  # fmt: skip
        return
    yield from _near_miss(context)
    yield from _misspelt(context)


def _near_miss(context: Context) -> Iterator[Draft]:
    """ "self-injection" for the study's "self-seeding": same first part, another second, and the study knows no such word."""
    written = list(_COMPOUND.finditer(context.text))
    if not written:
        return
    study = context.study.study
    own: dict[str, str] = {}
    for term in (*study.aliases, study.title):
        for match in _COMPOUND.finditer(term):
            own.setdefault(match.group(1).lower(), match.group(0).lower())
    known = " ".join(
        [
            study.title,
            *study.aliases,
            *(f.statement + " " + (f.quote or "") for f in study.findings),
            study.abstract or "",
        ]
    ).lower()
    for match in written:
        first, second = match.group(1).lower(), match.group(2).lower()
        right = own.get(first)
        if right is None or _same_word(second, right):
            continue
        if f"{first}-{second.split(' ')[0]}" in known or second.split(" ")[0].rstrip("s") in known:
            continue
        if first in _COMMON_FIRST or second in _EVERYDAY:
            continue
        if not _is_term(context.text, match.start(), match.end()):
            continue
        yield Draft(
            "CT502", match.start(), match.end(),
            f"The article writes “{match.group(0)}”; the study's term is “{right}”.",
            "headline" if context.headline else "term", 0.7, replaced(context.text, match.start(), match.start() + len(match.group(0)), right), None, words=right, group="term",
        )  # fmt: skip
        return


_EVERYDAY = word_class("everyday words after self")
_COMMON_FIRST = word_class("first parts of everyday compounds")


def _same_word(second: str, right: str) -> bool:
    """ "meta-analyses" of "meta-analysis", "self-inflicted harm" of "self-harm": another form of the word."""
    own = right.split("-", 1)[-1].split(" ")[0]
    return any(fuzz.ratio(word, own) >= _FORM for word in second.split(" "))


_FORM = 80.0


def _is_term(text: str, start: int, end: int) -> bool:
    """Written as the name of the thing: quoted, or with "of", "the", "process" beside it, or as a noun at work."""
    before, after = text[max(0, start - 14) : start].lower(), text[end : end + 12].lower()
    return before.rstrip().endswith(('"', "“", "of", "the", "that", "by", ",", "called")) or after.lstrip(
        '"”'
    ).lstrip().startswith(("of", "can", "involves", "and", "is", "process", "provides"))


_LONG = 7
_LIKE, _SAME = 84.0, 100.0


def _misspelt(context: Context) -> Iterator[Draft]:
    """ "lecanumab" for the study's "lecanemab": a long word that nobody else uses, one or two letters off."""
    own = context.study.rare_terms
    if not own or context.own_words:
        return
    tokens = context.tokens
    for at, norm in enumerate(tokens.norms):
        if (
            len(norm) < _LONG
            or not norm.isalpha()
            or norm in own
            or stem(norm) in context.study.terms
            or is_known(stem(norm))
            or near_terms(stem(norm))
        ):
            continue
        right = max(own, key=lambda one: fuzz.ratio(norm, one))
        if _LIKE <= fuzz.ratio(norm, right) < _SAME and stem(norm) != stem(right):
            start, end = tokens.starts[at], tokens.ends[at]
            yield Draft(
                "CT502", start, end, f"The article writes “{context.text[start:end]}”; the study's term is “{right}”.",
                "headline" if context.headline else "term", 0.7, replaced(context.text, start, end, right), None, words=right, group="term",
            )  # fmt: skip
            return
