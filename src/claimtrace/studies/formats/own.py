"""claimtrace's own records (``claimtrace schema study``). Without an identifier they get one, as all others do."""

from __future__ import annotations

from typing import Any

from claimtrace.model.studies import Study
from claimtrace.studies.catalogue import RecordProblem
from claimtrace.studies.plain import FIELDS

NAME = "claimtrace JSON"

_OURS = frozenset(FIELDS) - {"id", "title", "type", "abstract", "url", "source", "authors"}
_THEIRS = frozenset({"type", "issued", "container-title", "DOI", "PMID", "author", "message"})
_PLACEHOLDER = "-"


def fits(record: dict[str, Any]) -> bool:
    """Whether the record uses our fields, or at least none of others."""
    return not _THEIRS & record.keys() and (
        bool(_OURS & record.keys()) or {"id", "title"} <= record.keys() or {"title", "abstract"} <= record.keys()
    )


def study(record: dict[str, Any]) -> Study | str:
    """The study, or what is wrong with the record."""
    from dataclasses import replace

    from claimtrace.studies.record import parse_record

    named = "id" in record
    found = parse_record(record if named else {**record, "id": _PLACEHOLDER}, "")
    if isinstance(found, RecordProblem):
        who = f"{found.id}: " if found.id and found.id != _PLACEHOLDER else ""
        return f"{who}{found.field}: expected {found.expected}" if found.field else f"{who}{found.expected}"
    return found if named else replace(found, id="")
