"""RIS, as Zotero, EndNote, Mendeley, Scopus and publishers write it. Read by rispy, one record at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from claimtrace.model.studies import Study
from claimtrace.studies import normal
from claimtrace.studies.formats.fields import entries, make_study, people, text_of
from claimtrace.studies.formats.items import Broken, Found, Item, Rejected
from claimtrace.studies.formats.source import LONGEST_RECORD, Source

if TYPE_CHECKING:
    from rispy import RisParser

NAME = "RIS"

_START = re.compile(r"TY {1,2}- ?")
_END = re.compile(r"ER {1,2}-")
_HEAD = re.compile(r"^\s{0,3}TY {1,2}- ?[A-Z]", re.MULTILINE)
_PUBMED = re.compile(
    r"(?:PMID:?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{1,9})", re.IGNORECASE
)


def detect(head: str) -> bool:
    """Whether a record's first line is near the beginning."""
    return _HEAD.search(head[:4_000]) is not None


def read(source: Source) -> Iterator[Item]:
    """The records of the file."""
    for number, (line, text, cut) in enumerate(_records(source), start=1):
        if cut:
            yield Broken("the file breaks off within a record", number, line)
        elif text is None:
            yield Rejected(f"longer than {LONGEST_RECORD // 1_000_000} million signs", number, line)
        else:
            fields = _parse(text)
            study = _study(fields) if fields else "no field that can be read"
            yield Rejected(study, number, line) if isinstance(study, str) else Found(study, number, line)


def _records(source: Source) -> Iterator[tuple[int, list[str] | None, bool]]:
    """First line's number and lines of each record (none if it is too long), and whether the file ends within it.

    Some programs write no ER line at all; where others had one, a last record without it is not whole.
    """
    lines: list[str] = []
    first = size = 0
    within = ended = False
    for number, raw in source.lines():
        line = raw.lstrip("\ufeff ") if raw[:1] in "\ufeff " and _START.match(raw.lstrip("\ufeff ")) else raw
        if _START.match(line):
            if within:
                yield first, lines if size <= LONGEST_RECORD else None, False
            lines, first, size, within = [], number, 0, True
        if not within:
            continue
        size += len(line)
        if size <= LONGEST_RECORD:
            lines.append(line)
        if _END.match(line):
            yield first, lines if size <= LONGEST_RECORD else None, False
            lines, within, ended = [], False, True
    if within:
        yield first, lines if size <= LONGEST_RECORD else None, ended


@cache
def _parser() -> RisParser:
    from rispy import RisParser

    # The same tag more than once gives a list: some exports repeat AB, JO or N2.
    return RisParser(skip_unknown_tags=True, enforce_list_tags=False, delimiter_tags_mapping={})


def _parse(lines: list[str]) -> dict[str, Any] | None:
    # Some exports write "TY - JOUR", with one space; the format asks for two.
    spaced = [f"{line[:2]}  - {line[5:]}" if line[2:5] == " - " and line[:2].isupper() else line for line in lines]
    found = _parser().parse_lines(iter([*spaced, "ER  - "]))
    return found[0] if found else None


def _study(fields: dict[str, Any]) -> Study | str:
    def first(*names: str) -> str | None:
        return next((text for name in names if (text := text_of(fields.get(name)))), None)

    notes = " ".join(map(str, entries(fields.get("notes"))))[:10_000]
    urls = list(map(str, entries(fields.get("urls"))))
    in_notes = _PUBMED.search(" ".join((*urls, notes))[:20_000])
    accession = first("accession_number")
    database = (first("name_of_database") or "").lower()
    return make_study(
        first("primary_title", "title", "translated_title"),
        abstract=_joined(fields.get("abstract")) or _joined(fields.get("notes_abstract")),
        authors=people(entries(fields.get("authors") or fields.get("first_authors"))),
        journal=first("secondary_title", "alternate_title3", "journal_name", "alternate_title1", "alternate_title2"),
        published=_date(first("date"), first("year", "publication_year")),
        doi=first("doi") or next((one for one in urls if normal.doi(one)), None) or first("custom3"),
        pmid=accession
        if accession and accession.isdigit() and ("pubmed" in database or "medline" in database)
        else in_notes and in_notes.group(1),
        pmcid=first("custom2"),
        url=next(iter(urls), None),
        types=[text for name in ("type_of_work",) if (text := text_of(fields.get(name)))],
    )


def _joined(value: object) -> str | None:
    if isinstance(value, list):
        return " ".join(map(str, cast("list[object]", value)))
    return value if isinstance(value, str) else None


def _date(date: str | None, year: str | None) -> str | None:
    """The fuller of DA and PY, when they agree on the year; else the year of publication."""
    exact, published = normal.published(date), normal.published(year)
    if exact and published and exact[:4] != published[:4]:
        return published
    return max((one for one in (exact, published) if one), key=len, default=None)
