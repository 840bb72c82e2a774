"""Works of the Crossref REST API (https://api.crossref.org), single, in answers, or in its public data files."""

from __future__ import annotations

from typing import Any

from claimtrace.model.studies import PUBLISHED, Status, Study
from claimtrace.studies import normal
from claimtrace.studies.formats.fields import (
    date_of_parts,
    entries,
    make_study,
    mapping,
    people_of,
    state_of,
    text_of,
    worst,
)

NAME = "Crossref"


def fits(record: dict[str, Any]) -> bool:
    """Whether this is a work: a DOI with a list of titles, or with fields that only Crossref has."""
    return "DOI" in record and (
        isinstance(record.get("title"), list) or ("indexed" in record and "deposited" in record)
    )


def study(record: dict[str, Any]) -> Study | str:
    """The study of a work."""
    update_to = [mapping(one) for one in entries(record.get("update-to"))]
    if any(state_of(one.get("type")) for one in update_to):
        return "a notice on another article, no study"
    title = text_of(record.get("title"))
    subtitle = text_of(record.get("subtitle"))
    if title and subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    authors = [mapping(one) for one in entries(record.get("author"))]
    return make_study(
        title,
        abstract=text_of(record.get("abstract")),
        authors=people_of(authors),
        journal=text_of(record.get("container-title")),
        published=date_of_parts(record.get("published"))
        or date_of_parts(record.get("published-online"))
        or date_of_parts(record.get("published-print"))
        or date_of_parts(record.get("issued")),
        doi=text_of(record.get("DOI")),
        url=text_of(record.get("URL")),
        institutions=[
            name
            for author in authors
            for place in entries(author.get("affiliation"))
            if (name := text_of(mapping(place).get("name")))
        ],
        status=_status(record),
    )


def _status(record: dict[str, Any]) -> Status:
    """What the notices that update this work say of it."""
    found = [PUBLISHED]
    for one in map(mapping, entries(record.get("updated-by"))):
        state = state_of(one.get("type"))
        if state:
            notice = normal.doi(text_of(one.get("DOI")))
            found.append(
                Status(state, date_of_parts(one.get("updated")), f"Crossref: {notice}" if notice else "Crossref")
            )
    return worst(found)
