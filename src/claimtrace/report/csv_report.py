"""One row an overstatement or omission, for a spreadsheet."""

from __future__ import annotations

import csv
from typing import TextIO

from claimtrace.model.results import Scan
from claimtrace.report.judged import judged_cells
from claimtrace.report.options import ReportOptions
from claimtrace.report.places import address
from claimtrace.report.safe import one_line

COLUMNS = (
    "path",
    "title",
    "verdict",
    "study",
    "study_title",
    "claim",
    "sentence",
    "rule",
    "kind",
    "severity",
    "span",
    "reason",
    "suggestion",
    "confidence",
    "study_words",
    "study_address",
    "accepted",
    "in_baseline",
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write the rows; a cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP).

    A file begins with a byte order mark, without which Excel takes it for the system's old encoding.
    """
    if options.to_file:
        out.write(_BYTE_ORDER_MARK)
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for document in scan.documents:
        study = scan.studies.get(document.study.id) if document.study else None
        where = (address(study) or "") if study else ""
        head = (
            document.document.path,
            document.document.title or "",
            document.verdict,
            study.id if study else "",
            study.title if study else "",
        )
        for claim in document.claims:
            for one in claim.overstatements:
                rows.writerow(
                    _cells(
                        *head,
                        claim.id,
                        claim.text,
                        one.rule,
                        one.kind,
                        one.severity,
                        one.span,
                        one.reason,
                        one.suggestion or "",
                        f"{one.confidence:.2f}",
                        one.evidence.text,
                        where,
                        *judged_cells(one),
                    )
                )
        for omission in document.omissions:
            rows.writerow(
                _cells(
                    *head,
                    "",
                    "",
                    omission.rule,
                    f"omission: {omission.aspect}",
                    omission.severity,
                    "",
                    f"{omission.what}. {omission.reason}",
                    "",
                    "",
                    "",
                    where,
                    *judged_cells(omission),
                )
            )


def _cells(*values: str) -> list[str]:
    lines = [one_line(value) for value in values]
    return [f"'{line}" if line.startswith(_FORMULA) else line for line in lines]
