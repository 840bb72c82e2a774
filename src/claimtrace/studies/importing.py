"""Files of records into the user's library: read, freed of doubles, merged with what is there, written as a whole."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from claimtrace.errors import CatalogueError
from claimtrace.model.studies import Source as Seen
from claimtrace.model.studies import Status, Study
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.catalogue import RecordProblem
from claimtrace.studies.doubles import Difference, Identified, merge, same_study, telling
from claimtrace.studies.formats.fields import worst
from claimtrace.studies.formats.items import Broken, Found, Item, Notice, Rejected
from claimtrace.studies.formats.recognise import recognise
from claimtrace.studies.formats.source import Source
from claimtrace.studies.library import Library
from claimtrace.studies.loading import problem_of
from claimtrace.studies.naming import base_identifier, numbered
from claimtrace.studies.normal import title_key
from claimtrace.studies.staging import Staging

_FEW = 10
_MOST_TOLD = 10_000
"""Differences and rejected records that a summary holds; it counts all."""


class FileRead(NamedTuple):
    """A file that was read: its name, its format, and how many records it held."""

    name: str
    format: str
    records: int


class NewStatus(NamedTuple):
    """A study whose status an import changed."""

    id: str
    status: Status


@dataclass(slots=True)
class Summary:
    """What an import did.

    Attributes:
        files: the files that could be read.
        unread: files that could not be read, or not to their end, and why.
        read: records read; it is the sum of ``new``, ``merged``, ``unchanged``, ``notices`` and ``rejected``.
        new: studies that the library did not have.
        merged: records that added something to a study of the library, or of the same import.
        unchanged: records that added nothing.
        notices: lines of a list of retractions.
        rejected: records that cannot be used.
        without_abstract: new studies without abstract.
        problems: the rejected records, each with file, record or line and reason (the first ten thousand).
        differences: where merged records differed (the first ten thousand); ``differing`` counts all.
        statuses: studies that are retracted, corrected or of concern since this import, or no more.
        notes: what else is worth knowing, such as a file in another encoding.
    """

    files: list[FileRead] = field(default_factory=list[FileRead])
    unread: list[str] = field(default_factory=list[str])
    read: int = 0
    new: int = 0
    merged: int = 0
    unchanged: int = 0
    notices: int = 0
    rejected: int = 0
    without_abstract: int = 0
    differing: int = 0
    problems: list[RecordProblem] = field(default_factory=list[RecordProblem])
    differences: list[Difference] = field(default_factory=list[Difference])
    statuses: list[NewStatus] = field(default_factory=list[NewStatus])
    notes: list[str] = field(default_factory=list[str])

    def reject(self, problem: RecordProblem) -> None:
        """Count a record that cannot be used."""
        self.rejected += 1
        if len(self.problems) < _MOST_TOLD:
            self.problems.append(problem)

    def differ(self, differences: Iterable[Difference]) -> None:
        """Count differences between merged records."""
        for one in differences:
            self.differing += 1
            if len(self.differences) < _MOST_TOLD:
                self.differences.append(one)


def import_files(paths: Iterable[Path], library: Library, progress: Callable[[int], None] | None = None) -> Summary:
    """Take the records of files into the library, all of them or (when writing fails) none.

    Args:
        paths: files of any known format; lists of retractions as well.
        library: the user's library.
        progress: is told how many records have been read, every thousand.

    Raises:
        CatalogueError: the library cannot be written, or no temporary file; the library is as it was.
    """
    summary = Summary()
    with Staging() as staging:
        for path in paths:
            _read(path, staging, summary, progress)
        library.write(_changes(staging, library, summary))
    return summary


def import_studies(studies: Iterable[Study], library: Library) -> Summary:
    """Take studies into the library as ``import_files`` does."""
    summary = Summary()
    with Staging() as staging:
        for study in studies:
            summary.read += 1
            _stage(study, staging, summary)
        library.write(_changes(staging, library, summary))
    return summary


def items_of(path: Path) -> tuple[Source, str, Iterator[Item]]:
    """A file, the name of its format, and the stream of what it holds.

    Raises:
        CatalogueError: it cannot be read, or is of no known format.
    """
    source = Source(path)
    kind = recognise(source)
    return source, kind.name, kind.read(source)


def _read(path: Path, staging: Staging, summary: Summary, progress: Callable[[int], None] | None) -> None:
    before = summary.read
    kinds: dict[str, None] = {}
    try:
        source, format, items = items_of(path)
    except CatalogueError as error:
        summary.unread.append(str(error))
        return
    try:
        for item in items:
            if isinstance(item, Broken):
                place = f", line {item.line}" if item.line else ""
                summary.unread.append(f"{source.name}{place}: {item.reason}; what came before it was taken")
                break
            summary.read += 1
            if progress and summary.read % 1000 == 0:
                progress(summary.read)
            match item:
                case Found(study=study):
                    kinds[item.kind or format] = None
                    seen = Seen("record", f"{item.kind or format}: {path.name}"[:300])
                    _stage(study if study.sources else replace(study, sources=(seen,)), staging, summary)
                case Notice():
                    summary.notices += 1
                    staging.note(item)
                case Rejected():
                    summary.reject(problem_of(item, source.name))
    except CatalogueError as error:
        summary.unread.append(f"{error}; what came before it was taken")
    summary.files.append(FileRead(source.name, " and ".join(kinds) or format, summary.read - before))
    if source.misfits:
        summary.notes.append(f"{source.name}: {source.misfits} bytes are not UTF-8 and were read as Windows-1252")


def _stage(study: Study, staging: Staging, summary: Summary) -> None:
    differences = staging.add(study)
    if differences is not None:
        summary.merged += 1
        summary.differ(differences)


def _changes(staging: Staging, library: Library, summary: Summary) -> Iterator[Study]:
    """What is to be written, made while the library is locked: no other import can come between look and change."""
    bundled = Identified(load_bundled())
    known = len(library)
    open_drafts = array("q")
    for draft in staging.drafts():
        old = _exact(draft.study, library) if known else None
        if old is None:
            open_drafts.append(draft.number)
        else:
            yield from _merged(old, draft.study, summary)
    near = _near(staging, open_drafts, library) if known and open_drafts else {}
    for number in open_drafts:
        study = staging.draft(number)
        old = library.get(near[number]) if number in near else None
        if old is not None:
            yield from _merged(old, study, summary)
            continue
        same = bundled.match(study)
        summary.new += 1
        summary.without_abstract += study.abstract is None
        named = replace(study, id=study.id or (same.id if same else _free(base_identifier(study), library, staging)))
        if study.status.state not in ("published", "corrected"):
            summary.statuses.append(NewStatus(named.id, study.status))
        yield named
    yield from _standings(staging, library, bundled, summary)


def _exact(study: Study, library: Library) -> Study | None:
    """The library's record of this study by identifier of ours or others, or by equal title and year."""
    if study.id:
        own = library.get(study.id)
        if own is not None:
            return own
    found = library.find(doi=study.doi, pmid=study.pmid, pmcid=study.pmcid)
    if found is not None:
        return found
    key = title_key(study.title)
    if telling(key):
        return next((one for one in library.titled(key) if same_study(one, study)), None)
    # A thousand records may be called "Editorial": those of the same author, year and word are looked at, some of them.
    base = base_identifier(study)
    alike = (library.get(numbered(base, number)) for number in range(1, _FEW))
    return next((one for one in alike if one is not None and same_study(one, study)), None)


def _near(staging: Staging, numbers: array[int], library: Library) -> dict[int, str]:
    """Drafts that are likely records of the library under a slightly different title, and which."""
    wanted = set(numbers)
    found: dict[int, str] = {}
    for _, line in library.rows():
        record: dict[str, Any] = json.loads(line) if line is not None else {}
        year = str(record.get("published") or "")[:4]
        if not year.isdigit() or not telling(title_key(record["title"])):
            continue
        for draft in staging.near(record["title"], int(year), lambda number: number in wanted):
            old = library.get(record["id"])
            if old is not None and same_study(old, draft.study):
                found.setdefault(draft.number, old.id)
    return found


def _merged(old: Study, study: Study, summary: Summary) -> Iterator[Study]:
    merged = merge(old, study, newer=bool(study.id) and study.id == old.id)
    summary.differ(merged.differences)
    if merged.study == old:
        summary.unchanged += 1
        return
    summary.merged += 1
    if merged.study.status.state != old.status.state:
        summary.statuses.append(NewStatus(old.id, merged.study.status))
    yield merged.study


def _free(base: str, library: Library, staging: Staging) -> str:
    """The first identifier of its kind that nobody has; found by doubling, since a thousand may be taken."""

    def taken(number: int) -> bool:
        id = numbered(base, number)
        return id in library or id in load_bundled() or staging.gives(id)

    if not taken(1):
        return base
    high = 2
    while taken(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if taken(middle) else (low, middle)
    return numbered(base, high)


def _standings(staging: Staging, library: Library, bundled: Identified, summary: Summary) -> Iterator[Study]:
    """Studies of the library, and bundled ones, whose status the notices change."""
    for doi, pmid, status in staging.standings():
        study = library.find(doi=doi, pmid=pmid) if doi or pmid else None
        if study is None:
            known = bundled.find(doi=doi, pmid=pmid)
            if known is None:
                continue
            # Enough to be joined with the bundled record when a catalogue is loaded.
            study = Study(
                id=known.id, title=known.title, published=known.published, doi=known.doi, pmid=known.pmid,
                status=known.status, sources=(Seen("status", status.source or "a list of notices"),),
            )  # fmt: skip
        reinstated = status.state == "published"
        after = status if reinstated and study.status.state != "published" else worst((study.status, status))
        if after.state != study.status.state and (not reinstated or study.status.state == "retracted"):
            summary.statuses.append(NewStatus(study.id, after))
            yield replace(study, status=after)
