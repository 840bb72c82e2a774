"""A document as the matcher sees it: headline, lead, body, and the terms of each sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from heapq import nsmallest
from math import log, sqrt
from typing import NamedTuple

from claimtrace.matching.meaning import Direction, direction
from claimtrace.matching.near import near_terms, with_near_terms
from claimtrace.matching.rarity import rarity
from claimtrace.matching.terms import pairs, terms
from claimtrace.model.documents import Document, Sentence
from claimtrace.text.tokens import Tokens, tokenize
from claimtrace.text.word_classes import word_class

_LEAD_SENTENCES = 6
_LONGEST_HEADLINE = 40  # terms; a longer one is a text without line ends, a transcript for example
_LONGEST_LEAD = 60  # terms of one sentence that count for the lead
_LONGEST_LEAD_TEXT = 600
_PASSAGE = 25  # terms of a passage at most, so that a text without full stops still has places
_WINDOW, _STEP = 3, 2  # passages whose meaning is taken together, and from one such window to the next
_PASSAGES = 30  # that count for the meaning: what an article reports stands before
_KEY_TERMS = 10
_HEAVIEST = 120
_REPEATED = 1.5
_STUDY_WORDS = word_class("words of reports on studies")


class Kin(NamedTuple):
    """A term, what it weighs, and the terms that are near to it."""

    term: str
    weight: float
    near: tuple[tuple[str, float], ...]


class ArticleTerms(NamedTuple):
    """Terms of an article by place.

    Attributes:
        headline, lead, whole, cued: counts of terms in the headline, the first sentences, everything, and the sentences
            that speak of a study.
        heaviest: the weights of the terms that the index looks for, by count and whether a sentence that speaks of a study
            holds them; the weightiest when rarity counts as well, first first.
        near_headline, near_lead, near_whole: terms that mean nearly the same as one that stands there, with the
            likeness (0–1; 1 for the terms themselves).
        pairs: neighbouring terms.
        numbers: numbers of two and more signs.
        sentences, tokens: those of each of the document's content sentences.
        passages: how many stretches of a sentence or less the text has.
        places: in which passages a term stands.
        directions: what the article is about, by windows of a few passages.
        headline_kin, key_kin: the headline's terms, and the ten terms that are weightiest by count, place and rarity.
        headline_mass, lead_mass: summed rarities of the terms there.
        log_length: logarithm of the text's length.
        headline_text, lead_text: in lower case.
    """

    headline: Counter[str]
    lead: Counter[str]
    whole: Counter[str]
    cued: Counter[str]
    heaviest: dict[str, float]
    near_headline: dict[str, float]
    near_lead: dict[str, float]
    near_whole: dict[str, float]
    pairs: frozenset[str]
    numbers: frozenset[str]
    sentences: tuple[frozenset[str], ...]
    passages: int
    places: dict[str, list[int]]
    directions: tuple[Direction, ...]
    headline_kin: tuple[Kin, ...]
    key_kin: tuple[Kin, ...]
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
        if kind in ("headline", "standfirst") and body_seen == 0 and len(stems) <= _LONGEST_HEADLINE:
            headline.update(stems)
            headline_text = headline_text or tokens[index].text
        elif kind != "subheading":
            if body_seen < _LEAD_SENTENCES:
                lead.update(stems[:_LONGEST_LEAD])
                lead_parts.append(tokens[index].text[:_LONGEST_LEAD_TEXT])
            body_seen += 1
        if not _STUDY_WORDS.isdisjoint(tokens[index].norms):
            cued.update(stems)
    if not headline:
        headline_text = lead_parts[0] if lead_parts else ""
        headline.update(by_sentence[0][:_LONGEST_HEADLINE] if by_sentence else ())
    places: dict[str, list[int]] = {}
    passages = 0
    openings: list[set[str]] = []
    for stems in by_sentence:
        for start in range(0, len(stems), _PASSAGE):
            passage = set(stems[start : start + _PASSAGE])
            for term in passage:
                places.setdefault(term, []).append(passages)
            if passages < _PASSAGES:
                openings.append(passage)
            passages += 1
    weights = {term: 1 + log(count) for term, count in whole.items()}
    for place in (lead, headline):
        for term in place:
            weights[term] = weights.get(term, 0.0) + 1.5
    rare = {term: rarity(term) for term in weights}
    heavy = {term: weight * rare[term] for term, weight in weights.items()}
    keys = nsmallest(_KEY_TERMS, heavy, key=lambda term: (-heavy[term], term))
    # A study's record is repeated all over the article: what the index looks for is no more of the lead than of the rest.
    sought = {term: 1 + _REPEATED * log(count) + (term in cued) for term, count in whole.items()}
    by_weight = sorted([(-weight * rare[term], term) for term, weight in sought.items()])[:_HEAVIEST]
    return ArticleTerms(
        headline=headline,
        lead=lead,
        whole=whole,
        cued=cued,
        heaviest={term: sought[term] for _, term in by_weight},
        near_headline=with_near_terms(headline),
        near_lead=with_near_terms(lead),
        near_whole=with_near_terms(whole),
        pairs=frozenset(neighbours),
        numbers=frozenset(n for one in tokens for n in one.norms if n[0].isdigit() and len(n) > 1),
        sentences=tuple(frozenset(stems) for stems in by_sentence),
        passages=passages,
        places=places,
        directions=tuple(
            direction(frozenset[str]().union(*openings[start : start + _WINDOW]))
            for start in range(0, len(openings), _STEP)
        ),
        headline_kin=tuple(Kin(term, rarity(term), near_terms(term)) for term in headline),
        key_kin=tuple(Kin(term, heavy[term], near_terms(term)) for term in keys),
        headline_mass=sum(rarity(term) for term in headline),
        lead_mass=sum(rarity(term) for term in lead),
        log_length=log(1 + sqrt(sum(whole.values()))),
        tokens=tuple(tokens) if sentences else (),
        headline_text=headline_text[:400].lower(),
        lead_text=" ".join(lead_parts)[:1500].lower(),
    )
