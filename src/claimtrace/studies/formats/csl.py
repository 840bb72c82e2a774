"""CSL-JSON, as Zotero, Mendeley and citation processors exchange it (schema of citation-style-language, 1.0)."""

from __future__ import annotations

import re
from typing import Any

from claimtrace.model.studies import Study
from claimtrace.studies.formats.fields import date_of_parts, make_study, people_of, text_of

NAME = "CSL-JSON"

_NOTE_PMID = re.compile(r"PMID:?\s*(\d{1,9})", re.IGNORECASE)
_NOTE_PMCID = re.compile(r"PMCID:?\s*(PMC\d{1,9})", re.IGNORECASE)


def fits(record: dict[str, Any]) -> bool:
    """Whether this is a CSL item: a type, and one of the fields that only CSL spells so."""
    return isinstance(record.get("type"), str) and any(
        name in record for name in ("title", "issued", "container-title", "DOI", "author")
    )


def study(record: dict[str, Any]) -> Study | str:
    """The study of an item."""
    note = (text_of(record.get("note")) or "")[:5_000]
    pmid, pmcid = _NOTE_PMID.search(note), _NOTE_PMCID.search(note)
    return make_study(
        text_of(record.get("title")),
        abstract=text_of(record.get("abstract")),
        authors=people_of(record.get("author")),
        journal=text_of(record.get("container-title")),
        published=date_of_parts(record.get("issued")),
        doi=text_of(record.get("DOI")),
        pmid=text_of(record.get("PMID")) or (pmid and pmid.group(1)),
        pmcid=text_of(record.get("PMCID")) or (pmcid and pmcid.group(1)),
        url=text_of(record.get("URL")),
        types=filter(None, (text_of(record.get("genre")),)),
    )
