"""One claim in full, for ``claimtrace show``."""

from __future__ import annotations

from typing import TextIO

from claimtrace.model.results import Claim, Scan, ScannedDocument
from claimtrace.report.layout import compose_claim
from claimtrace.report.options import ReportOptions


def write_claim(scan: Scan, document: ScannedDocument, claim: Claim, out: TextIO, options: ReportOptions) -> None:
    """Write the sentence in its paragraph, the study and its words, and each overstatement."""
    items = compose_claim(scan, document, claim)
    if options.colour:
        from claimtrace.report.terminal import draw
    else:
        from claimtrace.report.plain import draw
    draw(items, out, options)
