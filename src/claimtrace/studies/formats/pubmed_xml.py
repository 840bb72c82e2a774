"""PubMed XML (DTD pubmed_250101): exports, E-utilities answers and the yearly baseline files. Read by defusedxml."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimtrace.model.studies import PUBLISHED, Author, Status, Study
from claimtrace.studies import normal
from claimtrace.studies.formats.fields import make_study, state_of, worst
from claimtrace.studies.formats.items import Broken, Found, Item, Rejected
from claimtrace.studies.formats.source import LONGEST_RECORD, Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "PubMed XML"

_HEAD = re.compile(r"\s*<(?:\?xml|!DOCTYPE|!--|[A-Za-z])")
_OURS = re.compile(r"<(?:PubmedArticleSet|PubmedArticle|MedlineCitationSet|MedlineCitation)\b")
_ENCODING = re.compile(r"""<\?xml[^<>]{0,100}?encoding\s?=\s?["']([\w.-]{1,40})["']""")
_WRAPPED = re.compile(r"<Pubmed(?:Book)?Article\b|<PubmedArticleSet\b")
_ARTICLES = frozenset({"PubmedArticle", "PubmedBookArticle"})
_CITATIONS = frozenset({"MedlineCitation"})


def detect(head: str) -> bool:
    """Whether this is XML with an element of PubMed near the beginning."""
    return _HEAD.match(head) is not None and _OURS.search(head) is not None


def read(source: Source) -> Iterator[Item]:
    """The articles of the file."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException

    number = 0
    try:
        for article in _articles(source):
            number += 1
            study = _study(article)
            yield Rejected(study, number) if isinstance(study, str) else Found(study, number)
    except ParseError as error:
        yield Broken(f"the XML is broken from here on ({error})", number + 1, error.position[0])
    except DefusedXmlException:
        yield Broken("the XML declares entities, which no PubMed export does; it is read no further", number + 1)


def _articles(source: Source) -> Iterator[Element]:
    """Each article's element; it is emptied when the next is asked for."""
    from xml.etree.ElementTree import ParseError, TreeBuilder

    from defusedxml.ElementTree import DefusedXMLParser, iterparse

    declared = _ENCODING.match(source.head.lstrip())
    encoding = _known(declared.group(1)) if declared else None
    names = _ARTICLES if _WRAPPED.search(source.head) else _CITATIONS
    with source.utf8(encoding) as stream:
        # The stream is UTF-8 by now, whatever the file declares.
        parser = DefusedXMLParser(target=TreeBuilder(), encoding="utf-8")
        opened: list[Element] = []
        last = 0
        for event, element in iterparse(stream, ("start", "end"), parser=parser):
            if not opened:
                opened.append(element)
            if event == "end" and element.tag in names:
                yield element
                opened[0].clear()
                last = stream.taken
            elif stream.taken - last > 4 * LONGEST_RECORD:
                error = ParseError("a record that does not end")
                error.position = (0, 0)
                raise error


def _known(encoding: str) -> str | None:
    """The declared encoding, when it is one and not UTF-8 or UTF-16 (those are told by the bytes)."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return None
    return None if name.startswith("utf") else name


def _study(article: Element) -> Study | str:
    citation = article if article.tag == "MedlineCitation" else article.find("MedlineCitation")
    if citation is None:
        return (
            "a book or chapter, no article" if article.tag == "PubmedBookArticle" else "an article without citation"
        )
    paper = citation.find("Article")
    if paper is None:
        return "an article without title"
    authors = paper.findall("AuthorList/Author")
    ids = {one.get("IdType", ""): one.text or "" for one in article.findall("PubmedData/ArticleIdList/ArticleId")}
    places = {
        one.get("EIdType", ""): one.text or "" for one in paper.findall("ELocationID") if one.get("ValidYN") != "N"
    }
    status = [
        Status(state, None, f"PubMed: {' '.join(_text(one).split())[:200]}")
        for one in citation.findall("CommentsCorrectionsList/CommentsCorrections")
        if (state := state_of(one.get("RefType")))
    ]
    title = _text(paper.find("ArticleTitle")) or _text(paper.find("VernacularTitle"))
    return make_study(
        title,
        abstract=_abstract(paper),
        authors=[author for one in authors if (author := _author(one))],
        journal=_text(paper.find("Journal/Title")) or _text(paper.find("Journal/ISOAbbreviation")),
        published=_date(paper.find("ArticleDate")) or _date(paper.find("Journal/JournalIssue/PubDate")),
        doi=ids.get("doi") or places.get("doi"),
        pmid=_text(citation.find("PMID")),
        pmcid=ids.get("pmc"),
        institutions=[_text(one) for one in paper.findall("AuthorList/Author/AffiliationInfo/Affiliation")],
        types=[_text(one) for one in paper.findall("PublicationTypeList/PublicationType")],
        headings=[_text(one) for one in citation.findall("MeshHeadingList/MeshHeading/DescriptorName")],
        status=worst((PUBLISHED, *status)),
    )


def _text(element: Element | None) -> str:
    """All text of an element, that of its <i>, <sub> and <math> as well."""
    return "".join(element.itertext()) if element is not None else ""


def _abstract(paper: Element) -> str:
    parts: list[str] = []
    for one in paper.findall("Abstract/AbstractText"):
        label, text = normal.clean(one.get("Label")), _text(one)
        parts.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    return " ".join(parts)


def _author(element: Element) -> Author | None:
    family = normal.clean(_text(element.find("LastName")))
    if family:
        given = normal.clean(_text(element.find("ForeName"))) or normal.clean(_text(element.find("Initials")))
        return Author(family, given or None)
    group = normal.clean(_text(element.find("CollectiveName")))
    return Author(group) if group else None


def _date(element: Element | None) -> str | None:
    if element is None:
        return None
    words = " ".join(_text(element.find(name)) for name in ("Year", "Month", "Day"))
    year, month, day = (_text(element.find(name)) for name in ("Year", "Month", "Day"))
    if year and month.isdigit():
        return normal.published("-".join(filter(None, (year, month, day))))
    return normal.published(words) or normal.published(_text(element.find("MedlineDate")))
