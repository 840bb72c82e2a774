"""The scan as one JSON document (``claimtrace.scan/1``)."""

from __future__ import annotations

import json
from typing import TextIO

from claimtrace.model.results import Scan
from claimtrace.report.options import ReportOptions


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write the scan; lone surrogates are written as escapes, so that any reader takes the file."""
    text = json.dumps(scan.to_json(), ensure_ascii=False, indent=2)
    out.write(well_formed(text) + "\n")


def well_formed(text: str) -> str:
    """JSON text in which lone surrogates stand as escapes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join(f"\\u{ord(sign):04x}" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text
