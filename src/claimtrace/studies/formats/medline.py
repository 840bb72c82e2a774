"""MEDLINE (``.nbib``), as PubMed's "Citation manager" and "PubMed format" write it.

Read by rispy, whose parser is made to be told another tag layout; the package ``nbib`` reads whole files only,
stops at the first line that it does not expect, and has had no release since 2021.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from claimtrace.model.studies import PUBLISHED, Author, Status, Study
from claimtrace.studies import normal
from claimtrace.studies.formats.fields import entries, make_study, people, state_of
from claimtrace.studies.formats.items import Found, Item, Rejected
from claimtrace.studies.formats.source import LONGEST_RECORD, Source

if TYPE_CHECKING:
    from rispy import RisParser

NAME = "MEDLINE"

_HEAD = re.compile(r"^PMID ?- ?\d", re.MULTILINE)
_TAG = re.compile(r"[A-Z]{2,4} {0,2}-")
_STATES = {"RIN": "retraction in", "ECI": "expression of concern in", "EIN": "erratum in"}
_TAGS = (
    "PMID",
    "TI",
    "AB",
    "FAU",
    "AU",
    "CN",
    "JT",
    "TA",
    "DP",
    "DEP",
    "LID",
    "AID",
    "PMC",
    "PT",
    "MH",
    "AD",
    *_STATES,
)
_END = "ER  - "


def detect(head: str) -> bool:
    """Whether a record begins near the beginning."""
    return _HEAD.search(head[:4_000]) is not None


def read(source: Source) -> Iterator[Item]:
    """The records of the file."""
    for number, (line, text) in enumerate(_records(source), start=1):
        if text is None:
            yield Rejected(f"longer than {LONGEST_RECORD // 1_000_000} million signs", number, line)
            continue
        found = _parser().parse_lines(iter(["PMID", *text, _END]))
        study = _study(found[0])
        yield Rejected(study, number, line) if isinstance(study, str) else Found(study, number, line)


def _records(source: Source) -> Iterator[tuple[int, list[str] | None]]:
    """First line's number and lines of each record; no lines for one that is too long."""
    lines: list[str] = []
    first = size = 0
    for number, line in source.lines():
        begins = line.startswith("PMID")
        if (begins or not line.strip()) and lines:
            yield first, lines if size <= LONGEST_RECORD else None
            lines, size = [], 0
        if not (line.strip() and (lines or _TAG.match(line))):
            continue
        size += len(line)
        if size > LONGEST_RECORD:
            continue
        if line.startswith("      ") and lines:
            lines[-1] += line[5:].rstrip()
            continue
        if not lines:
            first = number
        lines.append(line)
    if lines:
        yield first, lines if size <= LONGEST_RECORD else None


@cache
def _parser() -> RisParser:
    from rispy import RisParser

    class MedlineParser(RisParser):
        """Tags of up to four letters, then a hyphen in the fifth place."""

        START_TAG = "PMID"

        def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]:
            if line == _END:
                return "ER", ""
            if line[4:5] == "-" and line[:2].isupper():
                return line[:4].strip(), line[6:].strip()
            return None, line.strip()

    tags = [*_TAGS, "ER"]
    return MedlineParser(
        mapping={one: one for one in tags},
        list_tags=[one for one in tags if one not in ("TI", "AB", "JT", "TA", "DP", "DEP")],
        delimiter_tags_mapping={},
        skip_unknown_tags=True,
    )


def _study(fields: dict[str, Any]) -> Study | str:
    def many(tag: str) -> list[str]:
        return [str(one) for one in entries(fields.get(tag)) if one]

    identifiers = [*many("LID"), *many("AID")]
    states = [
        Status(state, None, _where(one))
        for tag, word in _STATES.items()
        for one in many(tag)
        if (state := state_of(word))
    ]
    full = many("FAU")
    return make_study(
        fields.get("TI"),
        abstract=fields.get("AB"),
        authors=[*people(full or many("AU")), *(Author(one) for one in map(normal.clean, many("CN")) if one)],
        journal=fields.get("JT") or fields.get("TA"),
        published=_date(fields.get("DP"), fields.get("DEP")),
        doi=next((one[:-5].strip() for one in identifiers if one.endswith("[doi]")), None),
        pmid=next((one for one in many("PMID") if one.isdigit()), None),
        pmcid=next(iter(many("PMC")), None),
        institutions=many("AD"),
        types=many("PT"),
        headings=[one.split("/")[0].lstrip("*") for one in many("MH")],
        status=states[0] if states else PUBLISHED,
    )


def _where(value: str) -> str:
    return f"PubMed: {normal.clean(value)[:200]}"


def _date(printed: str | None, electronic: str | None) -> str | None:
    """The date on the web (DEP, ``20170705``) when it is in the year of the issue, for it is exact; else the issue's."""
    issue = normal.published(printed)
    digits = normal.clean(electronic)
    exact = normal.published(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}") if len(digits) == 8 else None
    return exact if exact and (issue is None or exact[:4] == issue[:4]) else issue
