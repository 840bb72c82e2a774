"""The Retraction Watch list, as Crossref publishes it (CSV; columns: its README; values: its user guide, appendix A)."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.studies import normal
from claimtrace.studies.formats.fields import state_of
from claimtrace.studies.formats.items import Item, Notice, Rejected
from claimtrace.studies.formats.source import Source
from claimtrace.studies.formats.table import header, rows_of

NAME = "Retraction Watch list"

_NEEDED = frozenset({"retractionnature", "originalpaperdoi", "originalpaperpubmedid", "retractiondate"})


def detect(head: str) -> bool:
    """Whether the first line has the list's own column names."""
    return set(_names(head)) >= _NEEDED


def read(source: Source) -> Iterator[Item]:
    """The notices of the list."""
    names = _names(source.head)
    for number, (line, row) in enumerate(rows_of(source), start=1):
        if isinstance(row, str):
            yield Rejected(row, number, line)
            continue
        fields = dict(zip(names, row, strict=False))
        state = state_of(fields.get("retractionnature"))
        # "unavailable" and 0 stand for no identifier; neither is one.
        doi, pmid = normal.doi(fields.get("originalpaperdoi")), normal.pmid(fields.get("originalpaperpubmedid"))
        if state is None:
            nature = normal.clean(fields.get("retractionnature"))[:40]
            yield Rejected(f"RetractionNature {nature!r} is not known", number, line)
        elif doi or pmid:
            notice = normal.doi(fields.get("retractiondoi"))
            yield Notice(
                state=state,
                date=_date(fields.get("retractiondate", "")),
                doi=doi,
                pmid=pmid,
                title=normal.clean(fields.get("title"))[:500],
                source=f"Retraction Watch{f': {notice}' if notice else ''}",
                record=number,
                line=line,
            )
        else:
            yield Rejected("neither DOI nor PMID of the original paper", number, line)


def _names(head: str) -> list[str]:
    return [normal.clean(name).lower().replace(" ", "") for name in header(head)]


def _date(text: str) -> str | None:
    """``3/9/2026 0:00`` is the ninth of March: the list writes the month first."""
    parts = text.strip().split(" ")[0].split("/")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        return normal.iso_date(int(parts[2]), int(parts[0]), int(parts[1]))
    return normal.published(text)
