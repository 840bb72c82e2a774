"""Which study a document rests on, and which of its sentences speak of it."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from claimtrace.matching.article import ArticleTerms, article_terms
from claimtrace.matching.evidence import Named, find_named, name_folded
from claimtrace.matching.index import StudyIndex
from claimtrace.matching.ranking import DEPTH, link_model, rank
from claimtrace.matching.rarity import rarity
from claimtrace.matching.sentences import SentenceLinker, tells_of_study
from claimtrace.model.documents import Document, Sentence
from claimtrace.model.profile import Profile
from claimtrace.model.results import Candidate, Evidence, Link
from claimtrace.model.studies import Study
from claimtrace.text.tokens import Tokens

_SURE = 0.99
_NAMED = 0.5
_SPEAKS = 0.6  # chance from which on a sentence is said to speak of the study; below, general knowledge comes in
_CANDIDATES = 10


class SentenceLink(NamedTuple):
    """The study behind one sentence, and which of its findings (``None``: no finding in particular)."""

    link: Link | None
    finding: str | None


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
    if link is not None:
        main = SentenceLinker(index.entry(link.id).study)
        linked = _link_sentences(document, folded, sentences, profiles, article, link, main, others)
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
    main: SentenceLinker,
    others: list[Study],
) -> list[SentenceLink]:
    out: list[SentenceLink] = []
    opening = next(
        (
            at
            for at, sentence in enumerate(sentences)
            if document.blocks[sentence.block].kind in ("paragraph", "list-item", "abstract")
            and document.text[sentence.start] not in '"“'
            and tells_of_study(profiles[at], article.tokens[at].norms)
        ),
        len(sentences),
    )
    for at, sentence in enumerate(sentences):
        other = next(
            (
                o
                for o in others
                if find_named(o, document.text, folded, (), sentence.start, sentence.end).kinds & {"author", "title"}
            ),
            None,
        )
        if other is not None:
            named = find_named(other, document.text, folded, (), sentence.start, sentence.end)
            out.append(SentenceLink(Link(other.id, 0.9, "explicit", named.evidence), None))
            main.follow(False)
            continue
        block = document.blocks[sentence.block]
        decided = main.judge(
            profiles[at], article.tokens[at], article.sentences[at], block.kind, sentence.block, at >= opening
        )
        named = find_named(main.study, document.text, folded, document.citations, sentence.start, sentence.end)
        explicit = bool(named.kinds)
        if explicit or decided.chance >= _SPEAKS:
            evidence = named.evidence or tuple(
                Evidence(
                    sentence.start + start,
                    sentence.start + end,
                    document.text[sentence.start + start : sentence.start + end],
                    "term",
                )
                for start, end in decided.words
            )
            score = link.score * max(decided.chance, 0.95 if explicit else 0.0)
            out.append(
                SentenceLink(
                    Link(link.id, score, "explicit" if explicit else "contextual", evidence), decided.finding
                )
            )
            main.follow(True)
        else:
            out.append(SentenceLink(None, None))
            main.follow(False)
    return out


def _shared_words(
    document: Document, sentences: list[Sentence], article: ArticleTerms, title: frozenset[str], whole: Container[str]
) -> tuple[Evidence, ...]:
    """The rarest words that article and study share, each where it stands first."""
    from claimtrace.matching.terms import stem

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
