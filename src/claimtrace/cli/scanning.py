"""``claimtrace scan``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from claimtrace.cli.output import print_text, terminal_options, write_whole
from claimtrace.engine import ahead
from claimtrace.engine.path_settings import PathSettings
from claimtrace.engine.processes import COPIES, has_one_thread
from claimtrace.engine.settings import Settings
from claimtrace.engine.workload import processes_for
from claimtrace.errors import SettingsError, StoreError
from claimtrace.model.results import SEVERITIES, Scan, Severity
from claimtrace.report.registry import writer
from claimtrace.report.safe import one_line
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.catalogue import Catalogue
from claimtrace.studies.opening import is_bundled_alone, open_studies

if TYPE_CHECKING:
    from claimtrace.engine.pool import Loader
    from claimtrace.studies.layers import Layers

OK, FOUND, WRONG, PARTLY = 0, 1, 2, 3
ENGINES = ("local", "pool")


class ScanRequest(NamedTuple):
    """The words of the command line, with what the environment and settings files add to them."""

    paths: tuple[str, ...]
    studies: tuple[Path, ...] = ()
    bundled: bool = True
    format: str | None = None
    output: Path | None = None
    select: str = ""
    ignore: str = ""
    min_severity: str = "minor"
    min_confidence: float | None = None
    fail_on: str | None = None
    published: str | None = None
    baseline: Path | None = None
    author: str | None = None
    accepted: Path | None = None
    jobs: int | None = None
    engine: str | None = None
    store: Path | None = None
    keep: bool = True
    quiet: bool = False
    verbose: bool = False
    save_text: Path | None = None
    allow_private: bool = False
    per_path: tuple[PathSettings, ...] = ()


def run(request: ScanRequest) -> int:
    """Scan, report, keep; the exit status of the contract."""
    options = terminal_options(verbose=request.verbose, quiet=request.quiet)._replace(
        author=request.author, kept=request.keep
    )
    name = request.format or ("rich" if options.colour else "plain")
    if name == "rich" and not options.colour:
        name = "plain"
    write = writer(name)
    fail_on = _severity(request.fail_on, "--fail-on") if request.fail_on else None
    scan = scan_request(request)
    if request.save_text is not None:
        _save_texts(scan, request.save_text)
    if request.output is not None:
        plain = options._replace(colour=False, unicode=True, to_file=True)
        write_whole(request.output, lambda out: write(scan, out, plain))
    else:
        print_text(lambda out: write(scan, out, options))
    tell_problems(scan)
    if request.keep and scan.documents:
        _keep(scan, request.store)
    return exit_status(scan, fail_on)


def scan_request(request: ScanRequest) -> Scan:
    """The scan that was asked for, with accepted and known findings marked; nothing is printed but progress."""
    settings = Settings(
        select=_codes(request.select, "--select"),
        ignore=_codes(request.ignore, "--ignore"),
        min_severity=_severity(request.min_severity, "--min-severity"),
        min_confidence=request.min_confidence,
        published=_date(request.published),
        allow_private=request.allow_private,
        per_path=request.per_path,
    )
    jobs = _jobs(request.jobs, request.engine)
    load = partial(open_studies, request.studies, bundled=request.bundled, store=request.store)
    judge = _judge(request, settings)
    tell = None if request.quiet else _tell
    scan = _scan_ahead(request, settings) if jobs is None else None
    if scan is None:
        ahead.end()
        scan = _scan(request, load(tell=tell), settings, load, jobs)
    _clear_progress()
    return judge(scan)


def _scan_ahead(request: ScanRequest, settings: Settings) -> Scan | None:
    """The scan by workers that have loaded what it needs already; nothing if there are none, or they would not pay."""
    workers = ahead.begun()
    if workers is None or not is_bundled_alone(request.studies, bundled=request.bundled, store=request.store):
        return None
    jobs = processes_for(request.paths, copies=True)
    if not 0 < jobs <= workers.most:
        return None
    from claimtrace.engine.pool import scan_ahead

    return scan_ahead(request.paths, workers, load_bundled, settings, jobs, _progress())


def _scan(
    request: ScanRequest, catalogue: Catalogue | Layers, settings: Settings, load: Loader, jobs: int | None
) -> Scan:
    """The scan by this process, or by as many as pay."""
    from claimtrace.engine.scanning import Scanner

    scanner = Scanner(catalogue, settings, None if request.quiet else _tell)
    copies = jobs != 0 and COPIES and isinstance(catalogue, Catalogue)
    if copies:
        scanner.prepare()  # copies have the index, if it runs no thread of its own
        copies = has_one_thread()
    if jobs is None:
        jobs = processes_for(request.paths, copies=copies)
    if not jobs:
        return scanner.scan(request.paths, _progress())
    from claimtrace.engine.pool import scan_in_pool

    return scan_in_pool(request.paths, scanner, load, jobs, _progress(), copies=copies)


def tell_problems(scan: Scan) -> None:
    """Print the problems of a scan to standard error, one a line."""
    for problem in scan.problems:
        print(f"claimtrace: {one_line(problem.message)}", file=sys.stderr)


def exit_status(scan: Scan, fail_on: Severity | None) -> int:
    """The exit status of the contract; accepted and known findings do not fail a scan."""
    if not scan.documents:
        return WRONG
    if fail_on is not None:
        least = SEVERITIES.index(fail_on)
        for document in scan.documents:
            for one in (*(one for claim in document.claims for one in claim.overstatements), *document.omissions):
                if SEVERITIES.index(one.severity) >= least and one.accepted is None and not one.known:
                    return FOUND
    return PARTLY if any(one.fatal for one in scan.problems) else OK


def _judge(request: ScanRequest, settings: Settings) -> Callable[[Scan], Scan]:
    """What lays accepted and known findings over a scan; the files are read before the scan, so that a bad one costs no wait."""
    from claimtrace.cli.accepting import find_accepted, read_accepted, unused

    path = request.accepted or find_accepted(Path.cwd())
    if path is None and request.baseline is None:
        return lambda scan: scan
    from claimtrace.cli.baseline import read_baseline
    from claimtrace.engine.judging import judged

    entries = read_accepted(path) if path is not None else ()
    known = read_baseline(request.baseline) if request.baseline is not None else frozenset[Any]()

    def judge(scan: Scan) -> Scan:
        stale = unused(entries, scan, settings, path) if path is not None else ()
        marked = judged(scan, {one.place: one.acceptance for one in entries}, known)
        return replace(marked, problems=(*scan.problems, *stale))

    return judge


def _jobs(jobs: int | None, engine: str | None) -> int | None:
    """Number of worker processes; 0 for this process alone; none when the user leaves it to the inputs."""
    if engine is not None and engine not in ENGINES:
        raise SettingsError(f"--engine: expected one of {', '.join(ENGINES)}, not {engine!r}")
    if engine == "local":
        if jobs not in (None, 1):
            raise SettingsError("--engine local is one process; say --engine pool for several, or leave --jobs out")
        return 0
    if engine is None and jobs in (None, 1):
        return None if jobs is None else 0
    return jobs or os.cpu_count() or 1


def _save_texts(scan: Scan, folder: Path) -> None:
    from claimtrace.documents.saving import save_text

    for one in scan.documents:
        save_text(folder, one.document.path, one.id, one.document.text)


def _keep(scan: Scan, path: Path | None) -> None:
    from claimtrace.store.database import Store

    try:
        with Store(path) as store:
            store.save(scan)
    except StoreError as error:
        print(f"claimtrace: the scan was not kept: {error}", file=sys.stderr)


def _codes(text: str, option: str) -> tuple[str, ...]:
    codes = tuple(part.strip().upper() for part in text.split(",") if part.strip())
    if not codes:
        return ()
    from claimtrace.checks.context import rules

    for code in codes:
        if not any(rule.startswith(code) for rule in rules()):
            raise SettingsError(f"{option}: no rule begins with {code!r}; claimtrace rules lists them")
    return codes


def _severity(text: str, option: str) -> Severity:
    if text not in SEVERITIES:
        raise SettingsError(f"{option}: expected one of {', '.join(SEVERITIES)}, not {text!r}")
    return text


def _date(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise SettingsError(f"--published: expected an ISO date such as 2017-07-05, not {text!r}") from None


def _tell(line: str) -> None:
    print(f"claimtrace: {one_line(line)}", file=sys.stderr, flush=True)


def _progress() -> Any:
    if not sys.stderr.isatty():
        return None

    def tell(path: str) -> None:
        print(
            f"\r\x1b[Kscanning {path[-60:].encode('ascii', 'replace').decode()}", end="", file=sys.stderr, flush=True
        )

    return tell


def _clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
