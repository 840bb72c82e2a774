"""claimtrace's own records (``claimtrace schema study``). Without an identifier they get one, as all others do."""

from __future__ import annotations

from dataclasses import replace
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
        bool(_OURS & record.keys()) or "id" in record or {"title", "abstract"} <= record.keys()
    )


def study(record: dict[str, Any]) -> Study | RecordProblem:
    """The study, or what is wrong with the record."""
    from claimtrace.studies.record import parse_record

    if "id" in record:
        return parse_record(record, "")
    found = parse_record({**record, "id": _PLACEHOLDER}, "")
    return replace(found, id="") if isinstance(found, Study) else found._replace(id=None)
