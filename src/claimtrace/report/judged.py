"""What people said of findings, in the words of each report: accepted ones, and those that the baseline holds."""

from __future__ import annotations

from typing import Any

from claimtrace.model.results import Omission, Overstatement, Scan
from claimtrace.report.safe import one_line


def judged_words(one: Overstatement | Omission) -> str:
    """For people, to be set behind a finding; empty where nobody said anything."""
    said = " [in the baseline]" if one.known else ""
    return f"{said} [accepted: {one_line(one.accepted.reason)}]" if one.accepted is not None else said


def judged_cells(one: Overstatement | Omission) -> tuple[str, str]:
    """For a table: why it may stand, where somebody said so; "yes" where the baseline holds it."""
    return one.accepted.reason if one.accepted is not None else "", "yes" if one.known else ""


def judged_counts(scan: Scan) -> str:
    """For the headline figure: how many findings are accepted, old and new; empty where nobody said anything."""
    found: list[Overstatement | Omission] = []
    for document in scan.documents:
        found.extend(one for claim in document.claims for one in claim.overstatements)
        found.extend(document.omissions)
    accepted = sum(one.accepted is not None for one in found)
    known = sum(one.known for one in found)
    said = f"; {accepted} accepted" if accepted else ""
    return f"{said}; {known} in the baseline, {len(found) - known} new" if known else said


def judged_in_sarif(one: Overstatement | Omission) -> dict[str, Any]:
    """Accepted findings are suppressed (SARIF 2.1.0, 3.35), those of the baseline unchanged (3.27.24)."""
    said: dict[str, Any] = {"baselineState": "unchanged"} if one.known else {}
    if one.accepted is not None:
        said["suppressions"] = [{"kind": "external", "status": "accepted", "justification": one.accepted.reason}]
    return said
