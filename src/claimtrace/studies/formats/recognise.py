"""Which format a file has, told by its content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from claimtrace.errors import CatalogueError
from claimtrace.studies.formats import bibtex, json_records, medline, pubmed_xml, retraction_watch, ris, table
from claimtrace.studies.formats.items import Item
from claimtrace.studies.formats.source import Source


class Format(NamedTuple):
    """A format: its name, whether a file's beginning is of it, and the stream of what a file holds."""

    name: str
    detect: Callable[[str], bool]
    read: Callable[[Source], Iterator[Item]]


# The surest marks first: a table's heading could stand anywhere.
FORMATS = tuple(
    Format(one.NAME, one.detect, one.read)
    for one in (json_records, pubmed_xml, medline, ris, bibtex, retraction_watch, table)
)


def recognise(source: Source) -> Format:
    """The format of a file.

    Raises:
        CatalogueError: it is of no known format.
    """
    if not source.head.strip():
        raise CatalogueError(f"{source.name}: the file is empty")
    for one in FORMATS:
        if one.detect(source.head):
            return one
    raise CatalogueError(
        f"{source.name}: no bibliographic format that is known; give RIS, BibTeX, CSL-JSON, PubMed XML, MEDLINE (nbib),"
        " JSON of Crossref, OpenAlex, Europe PMC or claimtrace, or CSV with a heading (title, doi, …)"
    )
