"""The headline figure of a scan, the same in every report."""

from __future__ import annotations

from claimtrace.model.results import SEVERITIES, Scan
from claimtrace.report.judged import judged_counts


def headline(scan: Scan) -> tuple[str, str]:
    """How many articles say more than their study, and the counts behind it."""
    count = len(scan.documents)
    if not count:
        return "No article was scanned", ""
    overstated = sum(any(claim.overstatements for claim in document.claims) for document in scan.documents)
    found = [one.severity for document in scan.documents for claim in document.claims for one in claim.overstatements]
    told = ", ".join(f"{found.count(one)} {one}" for one in reversed(SEVERITIES) if one in found)
    known = sum(document.study is not None for document in scan.documents)
    return (
        f"{overstated} of {count} article{'s' * (count != 1)} say{'s' * (overstated == 1)} more than the study",
        f"{len(found)} overstatement{'s' * (len(found) != 1)}{f' ({told})' if told else ''}{judged_counts(scan)}; study known for {known}.",
    )
