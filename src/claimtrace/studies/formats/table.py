"""CSV and tab-separated tables whose first line names the columns."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from claimtrace.model.studies import Study
from claimtrace.studies import normal
from claimtrace.studies.formats.fields import make_study, people
from claimtrace.studies.formats.items import Found, Item, Rejected
from claimtrace.studies.formats.markup import DATA
from claimtrace.studies.formats.source import LONGEST_RECORD, Source

NAME = "CSV"

_DELIMITERS = ",;\t|"
_PMID = re.compile(r"PMID:?\s*(\d{1,9})", re.IGNORECASE)
_PMCID = re.compile(r"PMCID:?\s*(PMC\d{1,9})", re.IGNORECASE)
_INITIALED = re.compile(r"[^,]{1,60} [A-Z]{1,4}")


def detect(head: str) -> bool:
    """Whether the first line names a column of titles, among others that are known."""
    return "title" in named_columns(header(head)).values()


def header(head: str) -> list[str]:
    """The fields of the first line, parted by the delimiter that parts it most."""
    rows = _rows(iter(head.splitlines(keepends=True)), delimiter(head))
    return next(rows, list[str]())


def delimiter(head: str) -> str:
    """The sign between fields: the one that the first line holds most of."""
    line = head.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=line.count)


def named_columns(names: list[str]) -> dict[int, str]:
    """Which columns hold which fields; of two for one field the first counts."""
    known = _columns()
    found: dict[int, str] = {}
    for place, name in enumerate(names[:500]):
        field = known.get(normal.clean(name).lower())
        if field and field not in found.values():
            found[place] = field
    return found


def rows_of(source: Source) -> Iterator[tuple[int, list[str] | str]]:
    """Line number and fields of each row, the first one left out; in words what is wrong with a row."""
    import itertools

    at = 0

    def lines() -> Iterator[str]:
        nonlocal at
        with source.text() as text:
            while line := text.readline(LONGEST_RECORD):
                at += 1
                yield line.replace("\x00", "")

    rows = _rows(lines(), delimiter(source.head))
    for number in itertools.count():
        start = at + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield start, f"a row that cannot be read ({error})"
            continue
        if number and any(field.strip() for field in row):
            yield start, row


def read(source: Source) -> Iterator[Item]:
    """The rows of the table."""
    columns = named_columns(header(source.head))
    for number, (line, row) in enumerate(rows_of(source), start=1):
        if isinstance(row, str):
            yield Rejected(row, number, line)
            continue
        fields = {field: row[place] for place, field in columns.items() if place < len(row)}
        study = _study(fields)
        yield Rejected(study, number, line) if isinstance(study, str) else Found(study, number, line)


def _rows(lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_RECORD)
    return csv.reader(lines, delimiter=separator)


@cache
def _columns() -> dict[str, str]:
    data: dict[str, Any] = json.loads((DATA / "columns.json").read_bytes())
    return {name: field for field, names in data["columns"].items() for name in names}


def _study(fields: dict[str, str]) -> Study | str:
    from dataclasses import replace

    extra = fields.get("extra", "")[:5_000]
    pmid, pmcid = _PMID.search(extra), _PMCID.search(extra)
    year, date = normal.published(fields.get("year")), normal.published(fields.get("published"))
    study = make_study(
        fields.get("title"),
        abstract=fields.get("abstract"),
        authors=people(_names(fields.get("authors", ""))),
        journal=fields.get("journal"),
        # PubMed's "Create Date" may lie in another year than the paper.
        published=date if date and (not year or date[:4] == year[:4]) else year,
        doi=fields.get("doi"),
        pmid=normal.pmid(fields.get("pmid")) or (pmid and pmid.group(1)),
        pmcid=normal.pmcid(fields.get("pmcid")) or (pmcid and pmcid.group(1)),
        url=fields.get("url"),
        institutions=fields.get("institutions", "").split(";")[:200],
        types=fields.get("types", "").split(";")[:50],
    )
    own = normal.clean(fields.get("id"))
    return study if isinstance(study, str) or not _is_identifier(own) else replace(study, id=own)


def _is_identifier(text: str) -> bool:
    """Whether a column "id" holds identifiers of the form that records have, and not row numbers."""
    return re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+){1,12}", text) is not None


def _names(text: str) -> list[str]:
    """Names from ``Kim, A.; Lee, B.``, or from ``Kim A, Lee B.`` as PubMed prints them."""
    text = text[:200_000].strip().rstrip(".")
    if ";" in text:
        return text.split(";")
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and not _INITIALED.fullmatch(parts[0]):
        return [text]
    if len(parts) > 2 and len(parts) % 2 == 0 and not any(_INITIALED.fullmatch(part) for part in parts[::2]):
        initials = [part for part in parts[1::2] if len(part.replace(".", "").replace(" ", "")) <= 4]
        if len(initials) == len(parts) // 2:
            return [f"{parts[place]}, {parts[place + 1]}" for place in range(0, len(parts), 2)]
    return parts
