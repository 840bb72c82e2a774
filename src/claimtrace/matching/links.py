"""Which study a document rests on, and which of its sentences speak of it."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from claimtrace.matching.article import ArticleTerms, article_terms
from claimtrace.matching.evidence import NOBODY, Named, find_named, name_folded, named_in
from claimtrace.matching.index import StudyIndex
from claimtrace.matching.ranking import DEPTH, link_model, rank
from claimtrace.matching.rarity import rarity
from claimtrace.matching.sentence_numbers import StudyWords, sentence_view
from claimtrace.matching.sentences import chances_of_sentences, nearest_finding, sentence_model, study_words
from claimtrace.matching.terms import stem
from claimtrace.model.documents import Document, Sentence
from claimtrace.model.profile import Profile
from claimtrace.model.results import Basis, Candidate, Evidence, Link
from claimtrace.model.studies import Study
from claimtrace.text.tokens import Tokens

_SURE = 0.99
_NAMED = 0.5
_CANDIDATES = 10


class SentenceLink(NamedTuple):
    """The study behind one sentence, and which of its findings (``None``: no finding in particular).

    ``chance`` is the chance that it speaks of the document's study, linked or not.
    """

    link: Link | None
    finding: str | None
    chance: float = 0.0


class DocumentLinks(NamedTuple):
    """Links of a document; ``sentences`` follow the document's content sentences."""

    study: Link | None
    candidates: tuple[Candidate, ...]
    sentences: tuple[SentenceLink, ...]


def link_document(
    document: Document,
    sentences: list[Sentence],
    profiles: list[Profile],
    index: StudyIndex,
    tokens: list[Tokens] | None = None,
) -> DocumentLinks:
    """Link a document and its sentences to the studies of an index, or to none.

    Args:
        document: the document.
        sentences: its content sentences.
        profiles: their profiles.
        index: the studies to choose from.
        tokens: the sentences' tokens, where they are at hand.
    """
    article = article_terms(document, sentences, tokens)
    folded = name_folded(document.text)
    chances: dict[str, float] = {}
    named: dict[str, Named] = {}
    for place, one in enumerate(rank(article, index, DEPTH)):
        study = index.entry(one.id).study
        if place >= _CANDIDATES and name_folded(study.title) not in folded:
            continue
        found = named[one.id] = find_named(study, document.text, folded, document.citations)
        chances[one.id] = _chance(one.chance, found)
    for id in index.cited(document.citations):
        if id not in chances:
            named[id] = find_named(index.entry(id).study, document.text, folded, document.citations)
            chances[id] = _SURE
    order = sorted(chances, key=lambda id: (-chances[id], id))
    candidates = tuple(Candidate(id, chances[id]) for id in order[:_CANDIDATES])
    threshold = link_model().threshold
    best = order[0] if order and chances[order[0]] >= threshold else None
    link: Link | None = None
    if best is not None:
        sure = named[best].sure
        evidence = named[best].evidence or _shared_words(
            document, sentences, article, index.entry(best).title, index.entry(best).whole
        )
        link = Link(best, chances[best], "explicit" if sure else "contextual", evidence)
    others = [index.entry(id).study for id in order[1:] if named[id].sure]
    linked: list[SentenceLink] = []
    if link is not None and best is not None:
        study = index.entry(link.id).study
        linked = _link_sentences(
            document, folded, sentences, profiles, article, link, study, bool(named[best].kinds), others
        )
    else:
        linked = [SentenceLink(None, None)] * len(sentences)
    return DocumentLinks(link, candidates, tuple(linked))


def _chance(chance: float, named: Named) -> float:
    if named.kinds & {"doi", "pmid", "title"}:
        return _SURE
    if named.sure:
        return max(0.97, chance)
    if named.kinds & {"author", "institution", "journal"}:
        return 1 - (1 - chance) * _NAMED
    return chance


def _link_sentences(
    document: Document,
    folded: str,
    sentences: list[Sentence],
    profiles: list[Profile],
    article: ArticleTerms,
    link: Link,
    study: Study,
    named: bool,
    others: list[Study],
) -> list[SentenceLink]:
    words = study_words(study)
    looked_for = named_in(study, folded) if named else study
    names = [
        find_named(looked_for, document.text, folded, document.citations, sentence.start, sentence.end)
        if named
        else NOBODY
        for sentence in sentences
    ]
    views = [
        sentence_view(
            profiles[at], article.tokens[at].norms, article.sentences[at], document.blocks[sentence.block].kind, sentence.block,
            bool(names[at].kinds),
        )
        for at, sentence in enumerate(sentences)
    ]  # fmt: skip
    threshold = sentence_model().threshold
    out: list[SentenceLink] = []
    for at, (sentence, chance) in enumerate(zip(sentences, chances_of_sentences(views, words), strict=True)):
        other = _named_other(others, document, folded, sentence)
        if other is not None:
            out.append(other)
            continue
        explicit = bool(names[at].kinds)
        if not explicit and chance < threshold:
            out.append(SentenceLink(None, None, chance))
            continue
        evidence = names[at].evidence or _own_words(article.tokens[at], words, document.text, sentence.start)
        score = link.score * max(chance, _NAMES_IT if explicit else 0.0)
        basis: Basis = "explicit" if explicit else "contextual"
        out.append(SentenceLink(Link(link.id, score, basis, evidence), nearest_finding(study, views[at]), chance))
    return out


_NAMES_IT = 0.95
_NAMES_ANOTHER = 0.9
_MOST_WORDS = 5


def _named_other(others: list[Study], document: Document, folded: str, sentence: Sentence) -> SentenceLink | None:
    """The link of a sentence that names another study by its author or title."""
    for other in others:
        named = find_named(other, document.text, folded, (), sentence.start, sentence.end)
        if named.kinds & {"author", "title"}:
            return SentenceLink(Link(other.id, _NAMES_ANOTHER, "explicit", named.evidence), None)
    return None


def _own_words(tokens: Tokens, words: StudyWords, text: str, start: int) -> tuple[Evidence, ...]:
    """Words of a sentence that few but the study use."""
    spans = [
        (start + tokens.starts[at], start + tokens.ends[at])
        for at, norm in enumerate(tokens.norms)
        if stem(norm) in words.specific
    ]
    return tuple(Evidence(first, last, text[first:last], "term") for first, last in spans[:_MOST_WORDS])


def _shared_words(
    document: Document, sentences: list[Sentence], article: ArticleTerms, title: frozenset[str], whole: Container[str]
) -> tuple[Evidence, ...]:
    """The rarest words that article and study share, each where it stands first."""
    shared = sorted((t for t in article.whole if t in title or t in whole), key=lambda t: (-rarity(t), t))[:5]
    found: list[Evidence] = []
    wanted = set(shared)
    for sentence, tokens in zip(sentences, article.tokens, strict=False):
        for at, norm in enumerate(tokens.norms):
            term = stem(norm)
            if term in wanted:
                wanted.discard(term)
                start, end = sentence.start + tokens.starts[at], sentence.start + tokens.ends[at]
                found.append(Evidence(start, end, document.text[start:end], "term"))
    return tuple(found)
