"""One document a line, each complete in itself."""

from __future__ import annotations

import json
from typing import TextIO

from claimtrace.model.export import iter_document_lines
from claimtrace.model.results import Scan
from claimtrace.report.json_report import well_formed
from claimtrace.report.options import ReportOptions


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write the documents of the scan."""
    out.writelines(
        well_formed(json.dumps(line, ensure_ascii=False, separators=(",", ":"))) + "\n"
        for line in iter_document_lines(scan)
    )
