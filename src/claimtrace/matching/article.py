"""A document as the matcher sees it: headline, lead, body, and the terms of each sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt
from typing import NamedTuple

from claimtrace.matching.rarity import rarity
from claimtrace.matching.terms import pairs, terms
from claimtrace.model.documents import Document, Sentence
from claimtrace.text.tokens import Tokens, tokenize

_LEAD_SENTENCES = 6
_STUDY_WORDS = frozenset(
    [
        "study",
        "research",
        "researchers",
        "scientists",
        "trial",
        "published",
        "journal",
        "findings",
        "participants",
        "analysis",
        "authors",
        "team",
        "report",
        "review",
    ]
)


class ArticleTerms(NamedTuple):
    """Terms of an article by place. ``sentences`` and ``tokens`` follow the document's content sentences.

    ``places`` says in which sentences a term stands; ``headline_mass`` and ``lead_mass`` are the summed rarities of the
    terms there; the two texts are in lower case.
    """

    headline: Counter[str]
    lead: Counter[str]
    whole: Counter[str]
    cued: Counter[str]
    pairs: frozenset[str]
    numbers: frozenset[str]
    sentences: tuple[frozenset[str], ...]
    places: dict[str, list[int]]
    headline_mass: float
    lead_mass: float
    log_length: float
    tokens: tuple[Tokens, ...]
    headline_text: str
    lead_text: str


def article_terms(
    document: Document, sentences: list[Sentence], tokens: Sequence[Tokens] | None = None
) -> ArticleTerms:
    """Terms of a document's content sentences (of the whole text when it has none).

    Args:
        document: the document.
        sentences: its content sentences.
        tokens: their tokens, where they are at hand.
    """
    if tokens is None:
        tokens = [tokenize(document.text[one.start : one.end]) for one in sentences]
    if not sentences:
        tokens = [tokenize(document.text[:5000])]
    by_sentence = [terms(one.norms) for one in tokens]
    headline: Counter[str] = Counter()
    lead: Counter[str] = Counter()
    cued: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    neighbours: set[str] = set()
    headline_text = ""
    lead_parts: list[str] = []
    body_seen = 0
    for index, stems in enumerate(by_sentence):
        whole.update(stems)
        neighbours |= pairs(stems)
        kind = document.blocks[sentences[index].block].kind if sentences else "paragraph"
        if kind in ("headline", "standfirst") and body_seen == 0:
            headline.update(stems)
            headline_text = headline_text or tokens[index].text
        elif kind != "subheading":
            if body_seen < _LEAD_SENTENCES:
                lead.update(stems)
                lead_parts.append(tokens[index].text)
            body_seen += 1
        if not _STUDY_WORDS.isdisjoint(tokens[index].norms):
            cued.update(stems)
    if not headline:
        headline_text = lead_parts[0] if lead_parts else ""
        headline.update(by_sentence[0] if by_sentence else ())
    by_place = tuple(frozenset(stems) for stems in by_sentence)
    places: dict[str, list[int]] = {}
    for index, held in enumerate(by_place):
        for term in held:
            places.setdefault(term, []).append(index)
    return ArticleTerms(
        headline=headline,
        lead=lead,
        whole=whole,
        cued=cued,
        pairs=frozenset(neighbours),
        numbers=frozenset(n for one in tokens for n in one.norms if n[0].isdigit() and len(n) > 1),
        sentences=by_place,
        places=places,
        headline_mass=sum(rarity(term) for term in headline),
        lead_mass=sum(rarity(term) for term in lead),
        log_length=log(1 + sqrt(sum(whole.values()))),
        tokens=tuple(tokens) if sentences else (),
        headline_text=headline_text[:400].lower(),
        lead_text=" ".join(lead_parts)[:1500].lower(),
    )
