"""``claimtrace scan``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from claimtrace.cli.output import print_text, terminal_options, write_whole
from claimtrace.engine.scanning import Scanner, Settings
from claimtrace.errors import SettingsError, StoreError
from claimtrace.model.results import SEVERITIES, Scan, Severity
from claimtrace.report.registry import writer
from claimtrace.report.safe import one_line
from claimtrace.studies.opening import open_studies

OK, FOUND, WRONG, PARTLY = 0, 1, 2, 3


class ScanRequest(NamedTuple):
    """The words of the command line."""

    paths: tuple[str, ...]
    studies: tuple[Path, ...]
    bundled: bool
    format: str | None
    output: Path | None
    select: str
    ignore: str
    min_severity: str
    min_confidence: float | None
    fail_on: str | None
    published: str | None
    baseline: Path | None
    author: str | None
    store: Path | None
    keep: bool
    quiet: bool
    verbose: bool
    save_text: Path | None = None
    allow_private: bool = False


def run(request: ScanRequest) -> int:
    """Scan, report, keep; the exit status of the contract."""
    options = terminal_options(verbose=request.verbose, quiet=request.quiet)._replace(
        author=request.author, kept=request.keep
    )
    name = request.format or ("rich" if options.colour else "plain")
    if name == "rich" and not options.colour:
        name = "plain"
    write = writer(name)
    settings = Settings(
        select=_codes(request.select, "--select"),
        ignore=_codes(request.ignore, "--ignore"),
        min_severity=_severity(request.min_severity, "--min-severity"),
        min_confidence=request.min_confidence,
        published=_date(request.published),
        allow_private=request.allow_private,
    )
    fail_on = _severity(request.fail_on, "--fail-on") if request.fail_on else None
    accepted = _accepted(request.baseline) if request.baseline else frozenset[tuple[str, str]]()
    tell = _teller() if not request.quiet else None
    known = open_studies(request.studies, bundled=request.bundled, store=request.store, tell=tell)
    scan = Scanner(known, settings, tell).scan(request.paths, _progress())
    _clear_progress()
    if request.save_text is not None:
        _save_texts(scan, request.save_text)
    if request.output is not None:
        plain = options._replace(colour=False, unicode=True, to_file=True)
        write_whole(request.output, lambda out: write(scan, out, plain))
    else:
        print_text(lambda out: write(scan, out, options))
    for problem in scan.problems:
        print(f"claimtrace: {one_line(problem.message)}", file=sys.stderr)
    if request.keep and scan.documents:
        _keep(scan, request.store)
    return _status(scan, fail_on, accepted)


def _status(scan: Scan, fail_on: Severity | None, accepted: frozenset[tuple[str, str]]) -> int:
    failed = [one for one in scan.problems if one.fatal]
    if not scan.documents:
        return WRONG
    if fail_on is not None:
        least = SEVERITIES.index(fail_on)
        for document in scan.documents:
            found = [(claim.id, one.rule, one.severity) for claim in document.claims for one in claim.overstatements]
            found += [(document.id, one.rule, one.severity) for one in document.omissions]
            if any(
                SEVERITIES.index(severity) >= least and (id, rule) not in accepted for id, rule, severity in found
            ):
                return FOUND
    return PARTLY if failed else OK


def _accepted(path: Path) -> frozenset[tuple[str, str]]:
    """Claim and rule of each finding of an earlier scan."""
    try:
        data: dict[str, Any] = json.loads(path.read_bytes())
        found = [(claim["id"], one["rule"]) for claim in data["claims"] for one in claim["overstatements"]]
        found += [(document["id"], one["rule"]) for document in data["documents"] for one in document["omissions"]]
    except OSError as error:
        raise SettingsError(f"{path}: the baseline cannot be read ({error.strerror})") from None
    except (ValueError, KeyError, TypeError):
        raise SettingsError(
            f"{path}: this is no JSON scan; write one with claimtrace scan --format json --output {path}"
        ) from None
    return frozenset(found)


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
    from claimtrace.checks.context import rules

    codes = tuple(part.strip().upper() for part in text.split(",") if part.strip())
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


def _teller() -> Callable[[str], None]:
    def tell(line: str) -> None:
        print(f"claimtrace: {one_line(line)}", file=sys.stderr, flush=True)

    return tell


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
