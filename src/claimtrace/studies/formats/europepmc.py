"""Articles of the Europe PMC REST API (https://www.ebi.ac.uk/europepmc/webservices/rest/search, result type core)."""

from __future__ import annotations

from typing import Any

from claimtrace.model.studies import PUBLISHED, Author, Status, Study
from claimtrace.studies import normal
from claimtrace.studies.formats.fields import entries, make_study, mapping, people, state_of, text_of, worst

NAME = "Europe PMC"


def fits(record: dict[str, Any]) -> bool:
    """Whether this is an article: an identifier with the name of its source database."""
    return isinstance(record.get("source"), str) and any(
        name in record for name in ("authorString", "pubYear", "abstractText", "firstPublicationDate")
    )


def study(record: dict[str, Any]) -> Study | str:
    """The study of an article."""
    listed = [mapping(one) for one in entries(mapping(record.get("authorList")).get("author"))]
    journal = mapping(mapping(record.get("journalInfo")).get("journal"))
    corrections = [
        mapping(one) for one in entries(mapping(record.get("commentCorrectionList")).get("commentCorrection"))
    ]
    states = [
        Status(state, None, f"Europe PMC: {normal.clean(one.get('reference'))[:200]}")
        for one in corrections
        if (state := state_of(one.get("type")))
    ]
    return make_study(
        text_of(record.get("title")),
        abstract=text_of(record.get("abstractText")),
        authors=_authors(listed) or people((text_of(record.get("authorString")) or "").rstrip(".").split(", ")),
        journal=text_of(journal.get("title")) or text_of(record.get("journalTitle")),
        published=text_of(record.get("firstPublicationDate"))
        or text_of(mapping(record.get("journalInfo")).get("printPublicationDate"))
        or text_of(record.get("pubYear")),
        doi=text_of(record.get("doi")),
        pmid=text_of(record.get("pmid")) or (text_of(record.get("id")) if record.get("source") == "MED" else None),
        pmcid=text_of(record.get("pmcid")),
        institutions=[place for one in listed for place in _places(one)],
        types=filter(None, map(text_of, entries(mapping(record.get("pubTypeList")).get("pubType")))),
        headings=filter(
            None,
            (
                text_of(mapping(one).get("descriptorName"))
                for one in entries(mapping(record.get("meshHeadingList")).get("meshHeading"))
            ),
        ),
        status=worst((PUBLISHED, *states)),
    )


def _authors(listed: list[dict[str, Any]]) -> list[Author]:
    found: list[Author] = []
    for one in listed:
        family = normal.clean(one.get("lastName"))
        given = normal.clean(one.get("firstName")) or normal.clean(one.get("initials"))
        if family:
            found.append(Author(family, given or None))
        else:
            found += people([one.get("fullName")])
            found += [Author(name) for name in [normal.clean(one.get("collectiveName"))] if name]
    return found


def _places(author: dict[str, Any]) -> list[str]:
    details = entries(mapping(author.get("authorAffiliationDetailsList")).get("authorAffiliation"))
    found = [text_of(mapping(one).get("affiliation")) for one in details]
    return [one for one in (found or [text_of(author.get("affiliation"))]) if one]
