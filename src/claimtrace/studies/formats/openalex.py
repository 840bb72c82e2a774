"""Works of OpenAlex (https://api.openalex.org), single, in answers, or in its snapshot's JSON lines."""

from __future__ import annotations

from typing import Any

from claimtrace.model.studies import PUBLISHED, Status, Study
from claimtrace.studies.formats.fields import entries, make_study, mapping, people, text_of

NAME = "OpenAlex"

_LONGEST_ABSTRACT = 20_000
"""Words; a damaged index could name a place in the millions."""


def fits(record: dict[str, Any]) -> bool:
    """Whether this is a work: an identifier of openalex.org, or an abstract turned inside out."""
    return "openalex.org/W" in str(record.get("id", "")) or "abstract_inverted_index" in record


def study(record: dict[str, Any]) -> Study | str:
    """The study of a work."""
    ids = mapping(record.get("ids"))
    place = mapping(mapping(record.get("primary_location")).get("source")) or mapping(record.get("host_venue"))
    authorships = [mapping(one) for one in entries(record.get("authorships"))]
    return make_study(
        text_of(record.get("title")) or text_of(record.get("display_name")),
        abstract=text_of(record.get("abstract")) or _abstract(record.get("abstract_inverted_index")),
        authors=people(mapping(one.get("author")).get("display_name") for one in authorships),
        journal=text_of(place.get("display_name")),
        published=text_of(record.get("publication_date")) or text_of(record.get("publication_year")),
        doi=text_of(record.get("doi")) or text_of(ids.get("doi")),
        pmid=text_of(ids.get("pmid")),
        pmcid=text_of(ids.get("pmcid")),
        url=text_of(mapping(record.get("primary_location")).get("landing_page_url")),
        institutions=[
            name
            for one in authorships
            for each in entries(one.get("institutions"))
            if (name := text_of(mapping(each).get("display_name")))
        ],
        headings=filter(None, (text_of(mapping(one).get("descriptor_name")) for one in entries(record.get("mesh")))),
        status=Status("retracted", None, "OpenAlex") if record.get("is_retracted") is True else PUBLISHED,
    )


def _abstract(index: object) -> str | None:
    """The text of an abstract from the places of its words."""
    placed = [
        (place, word)
        for word, places in mapping(index).items()
        for place in entries(places)
        if isinstance(place, int) and 0 <= place < _LONGEST_ABSTRACT
    ]
    return " ".join(word for _, word in sorted(placed)) or None
