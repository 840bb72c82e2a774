"""From files to a scan: read, profile, link, check; one document at a time, free of global state."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from claimtrace.checks.context import Context, Place, names_model
from claimtrace.checks.omissions import Told, omissions
from claimtrace.checks.run import check_claim, make_context, tells_retraction, unlinked_claim, verdict
from claimtrace.checks.stray import may_be_told_of_study, rules_for_stray
from claimtrace.checks.study_reading import StudyReading, read_study
from claimtrace.documents.extracted import Extracted
from claimtrace.documents.inputs import ReadOptions, Source, find_sources, read_source
from claimtrace.documents.load import make_document, sentences_of
from claimtrace.engine.assembling import assemble
from claimtrace.engine.identifiers import Identifiers
from claimtrace.engine.kinds import kind_of_sentence
from claimtrace.engine.settings import Settings
from claimtrace.errors import InputError
from claimtrace.matching.evidence import find_named, name_folded
from claimtrace.matching.index import StudyIndex
from claimtrace.matching.links import DocumentLinks, link_document
from claimtrace.model.documents import Document, Problem, Sentence
from claimtrace.model.profile import Profile
from claimtrace.model.results import Claim, Omission, Overstatement, Scan, ScannedDocument
from claimtrace.profile.statement import profile_tokens
from claimtrace.studies.catalogue import Catalogue
from claimtrace.text.phrases import Match, phrasebook
from claimtrace.text.tokens import Tokens, tokenize

if TYPE_CHECKING:
    from claimtrace.studies.layers import Layers

_LEAD = 2
"""Sentences of the first paragraph that stand nearly alone: most readers read no further."""


@dataclass(slots=True)
class Scanner:
    """Scans documents against one catalogue. ``tell`` is called with a line for people when an index has to be made."""

    catalogue: Catalogue | Layers
    settings: Settings = field(default_factory=Settings)
    tell: Callable[[str], None] | None = None
    _index: StudyIndex | None = None
    _identifiers: Identifiers = field(default_factory=Identifiers)

    def scan(self, paths: Iterable[str | os.PathLike[str]], progress: Callable[[str], None] | None = None) -> Scan:
        """Scan files and folders; what cannot be read becomes a problem of the scan."""
        return self.gather(self.each(paths, progress))

    def gather(self, results: Iterable[ScannedDocument | Problem]) -> Scan:
        """Put the results of single files together to a scan."""
        scan = assemble(results, self.catalogue)
        if self._index is None:
            return scan
        told = tuple(Problem("studies", "index", problem, False) for problem in self._index.problems)
        return replace(scan, problems=(*scan.problems, *told))

    def each(
        self, paths: Iterable[str | os.PathLike[str]], progress: Callable[[str], None] | None = None
    ) -> Iterator[ScannedDocument | Problem]:
        """Documents and problems one after another, so that a large folder needs the memory of one document."""
        for source in find_sources(paths):
            if isinstance(source, Problem):
                yield source
                continue
            if progress is not None:
                progress(source.path)
            yield from self.source(source)

    def forget_identifiers(self) -> None:
        """Let the identifiers given so far be given again: a worker's caller hands them out anew."""
        self._identifiers = Identifiers()

    def source(self, source: Source) -> Iterator[ScannedDocument | Problem]:
        """The documents of one file or address, and the problems of what cannot be read of it."""
        try:
            for one in read_source(source, ReadOptions(self.settings.allow_private)):
                yield one if isinstance(one, Problem) else self.document(one)
        except InputError as error:
            yield Problem(source.path, error.code, str(error))

    def prepare(self) -> StudyIndex:
        """Index the catalogue, unless that is done; without this call the first document pays for it."""
        if self._index is None:
            self._index = StudyIndex(self.catalogue, self.tell)
        return self._index

    def document(self, extracted: Extracted) -> ScannedDocument:
        """Scan one document."""
        index = self.prepare()
        document = make_document(extracted)
        if document.published is None and self.settings.published:
            document = replace(document, published=self.settings.published)
        sentences = sentences_of(document)
        texts = [document.text[one.start : one.end] for one in sentences]
        tokens = [tokenize(text[:20_000]) for text in texts]
        book = phrasebook()
        phrases = [book.find(one.norms) for one in tokens]
        profiles = [profile_tokens(*one) for one in zip(tokens, texts, phrases, strict=True)]
        links = link_document(document, sentences, profiles, index, tokens)
        readings = {id: read_study(study) for id in _linked(links) if (study := self.catalogue.get(id)) is not None}
        own = self._identifiers.document(document.path)
        claims = self._claims(own, document, sentences, texts, tokens, phrases, profiles, links, readings)
        found = [one for claim in claims for one in claim.overstatements]
        missing = self._omissions(document, sentences, profiles, links, readings)
        headlines = {id(one) for claim in claims if claim.kind == "headline" for one in claim.overstatements}
        return ScannedDocument(
            id=own,
            document=document,
            study=links.study,
            candidates=links.candidates,
            omissions=tuple(missing),
            verdict=verdict(found, headlines, [one.severity for one in missing]) if links.study else "no study",
            claims=tuple(claims),
            problems=document.problems,
        )

    def _claims(
        self,
        own: str,
        document: Document,
        sentences: list[Sentence],
        texts: list[str],
        tokens: list[Tokens],
        phrases: list[dict[str, list[Match]]],
        profiles: list[Profile],
        links: DocumentLinks,
        readings: dict[str, StudyReading],
    ) -> list[Claim]:
        seen: Counter[str] = Counter()
        claims: list[Claim] = []
        contexts = document_contexts(document, sentences, texts, tokens, phrases, profiles, links, readings)
        for at, (sentence, text, profile, linked, context) in enumerate(
            zip(sentences, texts, profiles, links.sentences, contexts, strict=True)
        ):
            block = document.blocks[sentence.block].kind
            overstatements: tuple[Overstatement, ...] = ()
            link = linked.link
            if context is not None and link is not None:
                overstatements = check_claim(context, sentence.start, self.settings.min_confidence)
            elif link is None and links.study is not None and block not in ("subheading", "abstract"):
                if block not in _ALONE:
                    overstatements = unlinked_claim(text, tokens[at], profile, phrases[at], sentence.start)
                if not overstatements and context is not None and not context.among_others:
                    rules = rules_for_stray(context) if len(sentences) >= _MANY else None
                    overstatements = check_claim(context, sentence.start, self.settings.min_confidence, rules)
                    if overstatements:  # what is held against the study is on it
                        link = replace(
                            links.study,
                            score=round(links.study.score * context.aboutness, 4),
                            basis="contextual",
                            evidence=(),
                        )
            key = " ".join(text.split()).casefold()
            claims.append(
                Claim(
                    id=self._identifiers.claim(document.path, text, seen[key]),
                    document=own,
                    start=sentence.start,
                    end=sentence.end,
                    text=text,
                    kind=kind_of_sentence(block, profile, linked.link is not None),
                    speaker=profile.speaker,
                    profile=profile,
                    study=link,
                    finding=linked.finding,
                    overstatements=tuple(
                        one for one in overstatements if self.settings.tells(one.rule, one.severity, document.path)
                    ),
                    element=document.blocks[sentence.block].path,
                )
            )
            seen[key] += 1
        return claims

    def _omissions(
        self,
        document: Document,
        sentences: list[Sentence],
        profiles: list[Profile],
        links: DocumentLinks,
        readings: dict[str, StudyReading],
    ) -> list[Omission]:
        if links.study is None or links.study.id not in readings or len(sentences) < 3:
            return []
        reading = readings[links.study.id]
        kinds = [document.blocks[one.block].kind for one in sentences]
        own = [at for at, kind in enumerate(kinds) if kind != "abstract"]
        told = Told(
            text=" ".join(document.text[sentences[at].start : sentences[at].end] for at in own).lower(),
            profiles=tuple(profiles[at] for at in own),
            headlines=tuple(profiles[at] for at in own if kinds[at] in ("headline", "standfirst")),
            named=find_named(reading.study, document.text, name_folded(document.text), document.citations),
            published=document.published,
        )
        return [one for one in omissions(told, reading) if self.settings.tells(one.rule, one.severity, document.path)]


def document_contexts(
    document: Document,
    sentences: list[Sentence],
    texts: list[str],
    tokens: list[Tokens],
    phrases: list[dict[str, list[Match]]],
    profiles: list[Profile],
    links: DocumentLinks,
    readings: Mapping[str, StudyReading],
) -> list[Context | None]:
    """Each sentence with the study that it is linked to, or else with the article's, where it may speak of that.

    Args:
        document, sentences: the article.
        texts, tokens, phrases, profiles: of each sentence.
        links: its studies.
        readings: these studies as the checks see them, by identifier.
    """
    lead = _lead_sentences(document, sentences)
    retraction = tells_retraction(document.text, readings.values())
    main = readings.get(links.study.id) if links.study is not None else None
    many = len(sentences) >= _MANY  # of a few sentences a share says nothing
    share = sum(one.link is not None for one in links.sentences) / len(sentences) if many else 1.0
    first = True
    out: list[Context | None] = []
    for at, (sentence, linked) in enumerate(zip(sentences, links.sentences, strict=True)):
        block = document.blocks[sentence.block].kind
        reading = readings.get(linked.link.id) if linked.link else main
        running = block in _RUNNING and may_be_told_of_study(profiles[at])
        if reading is None or block == "subheading" or (linked.link is None and not running):
            out.append(None)
            continue
        alone = block in _ALONE
        if linked.link is None:
            kind = "headline" if alone else "claim"
        else:
            kind = "abstract" if block == "abstract" else kind_of_sentence(block, profiles[at], True)
        beside = [*links.sentences[max(0, at - 1) : at], *links.sentences[at + 1 : at + 2]]
        out.append(
            make_context(
                texts[at], tokens[at], profiles[at], reading,
                headline=alone, kind=kind, published=document.published, finding=linked.finding,
                names_models=_models_near(profiles, sentences, at), first=first and linked.link is not None,
                tells_retraction=retraction or linked.link is None, lead=at in lead and linked.link is not None, alone=False, in_document=True, found=phrases[at],
                place=Place(linked.chance, sum(one.link is not None for one in beside), block, share),
            )
        )  # fmt: skip
        if linked.link is not None:
            first = False
    return out


_ALONE = ("headline", "standfirst")
_MANY = 6
_RUNNING = frozenset({"paragraph", "list-item", "standfirst", "headline"})


def _linked(links: DocumentLinks) -> list[str]:
    ids = [links.study.id] if links.study else []
    return list(dict.fromkeys([*ids, *(one.link.id for one in links.sentences if one.link)]))


def _lead_sentences(document: Document, sentences: list[Sentence]) -> frozenset[int]:
    paragraphs = [at for at, one in enumerate(sentences) if document.blocks[one.block].kind == "paragraph"]
    if not paragraphs:
        return frozenset()
    block = sentences[paragraphs[0]].block
    return frozenset(at for at in paragraphs[:_LEAD] if sentences[at].block == block)


def _models_near(profiles: list[Profile], sentences: list[Sentence], at: int) -> bool:
    """The model is named in this sentence, or earlier in its paragraph."""
    for back in range(at, -1, -1):
        if sentences[back].block != sentences[at].block:
            return False
        if names_model(profiles[back]):
            return True
    return False
