"""``claimtrace studies import`` and ``add``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, TextIO

from claimtrace.cli.output import print_text
from claimtrace.cli.studies import check_format
from claimtrace.errors import CatalogueError, SettingsError
from claimtrace.model.studies import Study
from claimtrace.report.safe import one_line
from claimtrace.studies.importing import Summary, import_files, import_studies
from claimtrace.studies.library import Library
from claimtrace.studies.places import library_path

_OK, _WRONG, _PARTLY = 0, 2, 3
_TOLD = 20


def import_records(files: tuple[Path, ...], store: Path | None, verbose: bool, format: str) -> int:
    """Import files and print what came of it; the exit status of the contract."""
    check_format(format)
    with Library(library_path(store)) as library:
        summary = import_files(files, library, _progress())
        _clear_progress()
        known = len(library)
    for problem in summary.unread:
        print(f"claimtrace: {one_line(problem)}", file=sys.stderr)
    _print(summary, known, verbose, format)
    if not summary.files:
        return _WRONG
    return _PARTLY if summary.unread else _OK


def add_records(names: tuple[str, ...], from_file: Path | None, store: Path | None, format: str) -> int:
    """Fetch records, or read a saved answer, and print what came of it."""
    check_format(format)
    if from_file is not None:
        return import_records((from_file,), store, True, format)
    if not names:
        raise SettingsError(
            "name a DOI, a PMID, or an address that holds one; or give a saved answer with --from-file"
        )
    from claimtrace.studies.fetching import fetch, wanted

    studies: list[Study] = []
    failed = 0
    for name in names:
        try:
            studies.append(
                fetch(wanted(name), tell=lambda text: print(f"claimtrace: {one_line(text)}", file=sys.stderr))
            )
        except CatalogueError as error:
            failed += 1
            print(f"claimtrace: {one_line(str(error))}", file=sys.stderr)
    if not studies:
        return _WRONG
    with Library(library_path(store)) as library:
        summary = import_studies(studies, library)
        _print(summary, len(library), True, format)
    return _PARTLY if failed else _OK


def _print(summary: Summary, known: int, verbose: bool, format: str) -> None:
    if format == "json":
        print_text(lambda out: print(json.dumps(_plain(summary, known), ensure_ascii=False, indent=1), file=out))
    else:
        print_text(lambda out: _write(summary, known, verbose, out))


def _write(summary: Summary, known: int, verbose: bool, out: TextIO) -> None:
    most = None if verbose else _TOLD

    def tell(what: str, lines: list[str], count: int) -> None:
        for line in lines[:most]:
            print(f"{what}: {one_line(line)}", file=out)
        left = count - len(lines[:most])
        if left > 0:
            print(f"{what}: … and {left} more{'' if verbose else ' (--verbose tells them)'}", file=out)

    for file in summary.files:
        print(one_line(f"{file.name}: {file.format}, {_counted(file.records)}"), file=out)
    tell("rejected", [str(one) for one in summary.problems], summary.rejected)
    tell("differs", [str(one) for one in summary.differences], summary.differing)
    tell("status", [_status(one.id, one.status) for one in summary.statuses], len(summary.statuses))
    tell("note", summary.notes, len(summary.notes))
    counts = [
        f"{summary.read} read",
        f"{summary.new} new"
        + (f" ({summary.without_abstract} without abstract)" if summary.without_abstract else ""),
        f"{summary.merged} merged",
        f"{summary.unchanged} unchanged",
        f"{summary.rejected} rejected",
    ]
    if summary.notices:
        counts.insert(1, f"{summary.notices} notices of retraction or correction")
    print(f"{', '.join(counts)}; the library holds {_counted(known)}", file=out)


def _counted(records: int) -> str:
    return f"{records} record{'' if records == 1 else 's'}"


def _status(id: str, status: Any) -> str:
    return f"{id}: {status.state}{f' on {status.date}' if status.date else ''}{f' ({status.source})' if status.source else ''}"


def _plain(summary: Summary, known: int) -> dict[str, Any]:
    return {
        "files": [one._asdict() for one in summary.files],
        "unread": summary.unread,
        "read": summary.read,
        "new": summary.new,
        "merged": summary.merged,
        "unchanged": summary.unchanged,
        "notices": summary.notices,
        "rejected": summary.rejected,
        "without_abstract": summary.without_abstract,
        "library": known,
        "problems": [
            {
                "file": one.where,
                "record": one.record,
                "line": one.line,
                "id": one.id,
                "field": one.field,
                "reason": one.expected,
            }
            for one in summary.problems
        ],
        "differences": [one._asdict() for one in summary.differences],
        "statuses": [{"id": one.id, **one.status._asdict()} for one in summary.statuses],
        "notes": summary.notes,
    }


def _progress() -> Any:
    if not sys.stderr.isatty():
        return None

    def tell(count: int) -> None:
        print(f"\r\x1b[K{count} records read", end="", file=sys.stderr, flush=True)

    return tell


def _clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
