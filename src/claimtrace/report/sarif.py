"""SARIF 2.1.0, for code review and editors."""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from claimtrace.model.results import Scan, ScannedDocument
from claimtrace.report.json_report import well_formed
from claimtrace.report.judged import judged_in_sarif
from claimtrace.report.options import ReportOptions

_LEVELS = {"minor": "note", "major": "warning", "critical": "error"}
_RULES = Path(__file__).resolve().parents[1] / "data" / "rules.json"


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write one run with its rules and results."""
    results: list[dict[str, Any]] = []
    for document in scan.documents:
        starts = _line_starts(document.document.text)
        for claim in document.claims:
            for one in claim.overstatements:
                region = _region(document, starts, one.start, one.end)
                result: dict[str, Any] = {
                    "ruleId": one.rule,
                    "level": _LEVELS[one.severity],
                    "message": {"text": one.reason},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": quote(document.document.path)},
                                "region": region,
                            }
                        }
                    ],
                    "partialFingerprints": {"claimtrace/v1": f"{claim.id}:{one.rule}"},
                    "properties": {
                        "confidence": round(one.confidence, 4),
                        "severity": one.severity,
                        "study": one.evidence.study,
                    },
                    **judged_in_sarif(one),
                }
                if one.suggestion:
                    whole = _region(document, starts, claim.start, claim.end)
                    result["fixes"] = [
                        {
                            "description": {"text": "A wording that the study carries"},
                            "artifactChanges": [
                                {
                                    "artifactLocation": {"uri": quote(document.document.path)},
                                    "replacements": [
                                        {"deletedRegion": whole, "insertedContent": {"text": one.suggestion}}
                                    ],
                                }
                            ],
                        }
                    ]
                results.append(result)
        results.extend(
            {
                "ruleId": omission.rule,
                "level": _LEVELS[omission.severity],
                "message": {"text": f"Never told: {omission.what}. {omission.reason}"},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": quote(document.document.path)},
                            "region": {"startLine": 1},
                        }
                    }
                ],
                "partialFingerprints": {"claimtrace/v1": f"{document.id}:{omission.rule}"},
                **judged_in_sarif(omission),
            }
            for omission in document.omissions
        )
    rules = [
        {
            "id": rule["code"],
            "name": rule["kind"],
            "shortDescription": {"text": rule["title"]},
            "fullDescription": {"text": rule["claim"]},
            "help": {"text": f"{rule['why']} Source: {rule['source']}."},
        }
        for rule in _rules()
    ]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "claimtrace", "version": scan.version, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": results,
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": [
                            {"level": "warning", "message": {"text": problem.message}} for problem in scan.problems
                        ],
                    }
                ],
            }
        ],
    }
    out.write(well_formed(json.dumps(log, ensure_ascii=False, indent=2)) + "\n")


@cache
def _rules() -> list[dict[str, Any]]:
    return json.loads(_RULES.read_bytes())


def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _region(document: ScannedDocument, starts: list[int], start: int, end: int) -> dict[str, Any]:
    first, last = bisect_right(starts, start) - 1, bisect_right(starts, max(start, end - 1)) - 1
    return {
        "startLine": first + 1,
        "startColumn": start - starts[first] + 1,
        "endLine": last + 1,
        "endColumn": end - starts[last] + 1,
        "snippet": {"text": document.document.text[start:end]},
    }
