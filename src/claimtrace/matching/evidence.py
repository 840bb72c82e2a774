"""Explicit evidence: the words by which an article names its study."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import NamedTuple

from claimtrace.matching.rarity import rarity
from claimtrace.matching.terms import stem
from claimtrace.model.results import Evidence
from claimtrace.model.studies import Study
from claimtrace.text.word_classes import word_class

_SHORT_NAME = 4
_WORD = 5.0  # rarity of a word that stands in one of a hundred and fifty texts
_TITLE_WORDS = 5  # a title of fewer words may be a phrase of anybody's
_COMMON_FAMILIES = word_class("family names that many share")
_COMMON_JOURNALS = word_class("journals with everyday names")


class Named(NamedTuple):
    """What of a study a text names. ``sure`` when it suffices on its own to tell the study."""

    evidence: tuple[Evidence, ...]
    kinds: frozenset[str]

    @property
    def sure(self) -> bool:
        kinds = self.kinds
        return bool(kinds & {"doi", "pmid", "title"}) or (
            "author" in kinds and bool(kinds & {"journal", "institution", "co-author"})
        )


NOBODY = Named((), frozenset())
"""Nothing of a study is named."""


class _Folds(dict[int, str]):
    """One plain sign for each sign, made when first met."""

    def __missing__(self, code: int) -> str:
        made = self[code] = _plain(chr(code))
        return made


_FOLDS = _Folds()


def name_folded(text: str) -> str:
    """Lower case without accents, one sign for one sign, so that offsets hold."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)


def _plain(sign: str) -> str:
    if sign in "’‘ʼ":
        return "'"
    if sign in "‐‑–":
        return "-"
    if sign == "\xa0":
        return " "
    lower = sign.lower()
    base = unicodedata.normalize("NFKD", lower)[:1] if len(lower) == 1 else sign
    return base if len(base) == 1 else sign


def find_named(
    study: Study, text: str, folded: str, citations: tuple[str, ...] = (), start: int = 0, end: int | None = None
) -> Named:
    """Find identifiers, title, authors, journal and institutions of a study in ``text[start:end]``.

    Args:
        study: the study.
        text: the document's text.
        folded: ``name_folded(text)``.
        citations: identifiers that the document's metadata or text carry.
    """
    end = len(text) if end is None else end
    found: list[Evidence] = []
    kinds: set[str] = set()

    def note(at: int, length: int, why: str) -> None:
        found.append(Evidence(at, at + length, text[at : at + length], why))
        kinds.add(why)

    if study.doi and study.doi in citations:
        at = folded.find(study.doi, start, end)
        if at >= 0:
            note(at, len(study.doi), "doi")
        elif start == 0 and end == len(text):
            kinds.add("doi")
    if study.pmid and f"pmid:{study.pmid}" in citations:
        at = folded.find(study.pmid, start, end)
        if at >= 0:
            note(at, len(study.pmid), "pmid")
        elif start == 0 and end == len(text):
            kinds.add("pmid")
    title = name_folded(study.title).rstrip(".")
    if len(title.split()) >= _TITLE_WORDS:
        at = folded.find(title, start, end)
        if at >= 0:
            note(at, len(title), "title")
    authors = 0
    for author in study.authors:
        for family in (author.family, *author.also_known_as):
            at = _word(folded, name_folded(family), start, end)
            if at < 0 or not text[at].isupper():
                continue
            given = name_folded((author.given or "").split(" ")[0].rstrip("."))
            near = folded[max(start, at - 40) : at]
            if _tells_little(family) and (len(given) < 2 or given not in near):
                continue
            note(at, len(family), "author" if authors == 0 else "co-author")
            authors += 1
            break
        if authors >= 2:
            break
    if study.journal:
        journal = name_folded(study.journal)
        at = _word(folded, journal, start, end)
        while at >= 0 and journal in _COMMON_JOURNALS and not _journal_place(folded, text, at):
            at = _word(folded, journal, at + 1, end)
        if at >= 0:
            note(at, len(journal), "journal")
    for institution in study.institutions:
        at = _word(folded, name_folded(institution), start, end)
        if at >= 0:
            note(at, len(institution), "institution")
            break
    return Named(tuple(sorted(found, key=lambda one: one.start)), frozenset(kinds))


def _tells_little(family: str) -> bool:
    """Whether a family name is short, shared by many, or a word that health writing uses anyway ("Field", "Heart")."""
    lower = family.lower()
    return len(family) < _SHORT_NAME or lower in _COMMON_FAMILIES or rarity(stem(lower)) < _WORD


def named_in(study: Study, folded: str) -> Study:
    """The study without the people, institutions and journal that a document does not name: less to look for in each sentence.

    Args:
        study: the study.
        folded: ``name_folded`` of the document.
    """
    return replace(
        study,
        authors=tuple(
            one
            for one in study.authors
            if any(name_folded(family) in folded for family in (one.family, *one.also_known_as))
        ),
        journal=study.journal if study.journal and name_folded(study.journal) in folded else None,
        institutions=tuple(one for one in study.institutions if name_folded(one) in folded),
    )


def _word(text: str, word: str, start: int, end: int) -> int:
    """Where a word or phrase stands on its own."""
    at = text.find(word, start, end) if word else -1
    while at >= 0:
        before = text[at - 1] if at else " "
        after = text[at + len(word)] if at + len(word) < len(text) else " "
        if not before.isalnum() and not after.isalnum():
            return at
        at = text.find(word, at + 1, end)
    return -1


def _journal_place(folded: str, text: str, at: int) -> bool:
    """A journal with an everyday name is one only where it is written as one: "in Cell", "issue of Cell", "journal Cell"."""
    before = folded[max(0, at - 14) : at].rstrip(" \"'“‘*_")
    return text[at].isupper() and before.endswith(("in", "journal", "of", "the journal,", "journal:", "magazine"))
