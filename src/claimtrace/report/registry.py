"""Formats by name; each is one module with ``write(scan, out, options)``, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TextIO, cast

from claimtrace.errors import SettingsError
from claimtrace.model.results import Scan
from claimtrace.report.options import ReportOptions

Writer = Callable[[Scan, TextIO, ReportOptions], None]

FORMATS: dict[str, str] = {
    "rich": "claimtrace.report.terminal",
    "plain": "claimtrace.report.plain",
    "json": "claimtrace.report.json_report",
    "jsonl": "claimtrace.report.jsonl",
    "csv": "claimtrace.report.csv_report",
    "markdown": "claimtrace.report.markdown",
    "sarif": "claimtrace.report.sarif",
    "html": "claimtrace.report.html",
    "claimreview": "claimtrace.report.claim_review",
    "annotation": "claimtrace.report.web_annotation",
}
"""Name of each format and its module."""


def writer(name: str) -> Writer:
    """The writer of a format.

    Raises:
        SettingsError: there is no such format.
    """
    module = FORMATS.get(name)
    if module is None:
        raise SettingsError(f"--format: expected one of {', '.join(FORMATS)}, not {name!r}")
    return cast("Writer", import_module(module).write)
