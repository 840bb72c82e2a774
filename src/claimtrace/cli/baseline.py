"""``claimtrace baseline``, and reading what it wrote: findings that were there before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from claimtrace._version import __version__
from claimtrace.cli.output import write_whole
from claimtrace.cli.scanning import ScanRequest, exit_status, scan_request, tell_problems
from claimtrace.engine.judging import Place, places
from claimtrace.errors import SettingsError

SCHEMA = "claimtrace.baseline/1"


def write_baseline(request: ScanRequest, path: Path) -> int:
    """Scan, and write what was found as the baseline; the exit status of the contract."""
    scan = scan_request(request)
    tell_problems(scan)
    if scan.documents:
        data = {
            "schema": SCHEMA,
            "tool": {"name": "claimtrace", "version": __version__},
            "findings": [
                {"id": place.id, "rule": place.rule, "file": document.document.path.rsplit("/", 1)[-1]}
                for place, document in places(scan).items()
            ],
        }
        write_whole(path, lambda out: print(json.dumps(data, ensure_ascii=True, indent=1), file=out))
    return exit_status(scan, None)


def read_baseline(path: Path) -> frozenset[Place]:
    """The findings of a baseline, or of a scan in JSON.

    Raises:
        SettingsError: the file is neither.
    """
    try:
        data: Any = json.loads(path.read_bytes())
    except OSError as error:
        raise SettingsError(
            f"{path}: the baseline cannot be read ({error.strerror}); write one with claimtrace baseline PATH"
        ) from None
    except (ValueError, RecursionError):
        data = None
    try:
        if data["schema"] == SCHEMA:
            return frozenset(Place(str(one["id"]), str(one["rule"])) for one in data["findings"])
        found = [Place(claim["id"], one["rule"]) for claim in data["claims"] for one in claim["overstatements"]]
        found += [Place(one["id"], gap["rule"]) for one in data["documents"] for gap in one["omissions"]]
    except (KeyError, TypeError):
        raise SettingsError(
            f"{path}: this is neither a baseline nor a scan in JSON; write one with claimtrace baseline PATH"
        ) from None
    return frozenset(found)
