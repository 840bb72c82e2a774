"""SARIF 2.1.0, for code review and editors (OASIS Standard, 27 March 2020)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, TextIO

from claimtrace.model.results import Claim, Overstatement, Scan, ScannedDocument
from claimtrace.report.json_report import compact, write_list
from claimtrace.report.judged import judged_in_sarif
from claimtrace.report.options import ReportOptions
from claimtrace.report.places import Lines, file_address, is_own_text
from claimtrace.report.rules import known_rules
from claimtrace.report.safe import one_line

_LEVELS = {"minor": "note", "major": "warning", "critical": "error"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_FINGERPRINT = "claimtrace/v1"


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write one run with its rules and results, result by result."""
    driver = {
        "name": "claimtrace",
        "version": scan.version,
        "rules": [_rule(one) for one in known_rules()],
    }
    notifications = [
        {"level": "error" if one.fatal else "warning", "message": {"text": one_line(one.message)}}
        for one in scan.problems
    ]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notifications}],
        "artifacts": [
            {
                "location": {"uri": file_address(one.document.path)},
                "hashes": {"sha-256": one.document.sha256},
            }
            for one in scan.documents
        ],
    }
    out.write(f'{{\n"$schema": {compact(_SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n')
    out.writelines(f"{compact(name)}: {compact(value)},\n" for name, value in run.items())
    write_list("results", _results(scan), out)
    out.write("\n}]\n}\n")


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    severities = "".join(f"\n- {row['severity']}: {row['when']}" for row in rule["severity"].values())
    return {
        "id": rule["code"],
        "name": rule["kind"],
        "shortDescription": {"text": rule["title"]},
        "fullDescription": {"text": rule["claim"]},
        "help": {
            "text": f"{rule['claim']} {rule['why']} Source: {rule['source']}.",
            "markdown": f"{rule['claim']} {rule['why']}\n{severities}\n\nSource: {rule['source']}.",
        },
        "properties": {"tags": ["claims", rule["kind"]]},
    }


def _results(scan: Scan) -> Iterator[dict[str, Any]]:
    numbers = {rule["code"]: at for at, rule in enumerate(known_rules())}
    for at, document in enumerate(scan.documents):
        artifact = {"uri": file_address(document.document.path), "index": at}
        lines = Lines(document.document.text)
        for claim in document.claims:
            seen: Counter[str] = Counter()
            for one in claim.overstatements:
                yield _result(document, claim, one, artifact, lines, numbers, seen[one.rule])
                seen[one.rule] += 1
        for omission in document.omissions:
            yield {
                "ruleId": omission.rule,
                "ruleIndex": numbers.get(omission.rule, -1),
                "level": _LEVELS[omission.severity],
                "message": {"text": f"Never told: {one_line(omission.what)}. {one_line(omission.reason)}"},
                "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": {"startLine": 1}}}],
                "partialFingerprints": {_FINGERPRINT: f"{document.id}:{omission.rule}"},
                "properties": {"severity": omission.severity, "document": document.id},
                **judged_in_sarif(omission),
            }


def _result(
    document: ScannedDocument,
    claim: Claim,
    one: Overstatement,
    artifact: dict[str, Any],
    lines: Lines,
    numbers: dict[str, int],
    before: int,
) -> dict[str, Any]:
    """One overstatement; ``before`` counts those of the same rule in the same claim, so that no two look alike."""
    words = one_line(one.evidence.text)
    result: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": numbers.get(one.rule, -1),
        "level": _LEVELS[one.severity],
        "message": {"text": one_line(one.reason) + (f" The study says: “{words}”" if words else "")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": _region(document, lines, one.start, one.end),
                    "contextRegion": _region(document, lines, claim.start, claim.end),
                }
            }
        ],
        "partialFingerprints": {_FINGERPRINT: f"{claim.id}:{one.rule}" + (f":{before}" if before else "")},
        "rank": round(100 * one.confidence, 2),
        "properties": {
            "severity": one.severity,
            "claim": claim.id,
            "confidence": round(one.confidence, 4),
            "study": one.evidence.study,
        },
        **judged_in_sarif(one),
    }
    if one.suggestion and is_own_text(document.document):
        replacement = {
            "deletedRegion": _region(document, lines, claim.start, claim.end, quoted=False),
            "insertedContent": {"text": one.suggestion},
        }
        result["fixes"] = [
            {
                "description": {"text": "A wording that the study carries"},
                "artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}],
            }
        ]
    return result


def _region(document: ScannedDocument, lines: Lines, start: int, end: int, *, quoted: bool = True) -> dict[str, Any]:
    place = lines.region(start, end)
    region: dict[str, Any] = {
        "startLine": place.start_line,
        "startColumn": place.start_column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    if quoted:
        region["snippet"] = {"text": document.document.text[start:end]}
    return region
