"""W3C Web Annotations (Recommendation of 23 February 2017) as JSON-LD: each overstatement pinned to its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, TextIO

from claimtrace.model.results import Claim, Overstatement, Scan, ScannedDocument
from claimtrace.report.json_report import write_list
from claimtrace.report.options import ReportOptions
from claimtrace.report.places import address, file_address, web_address
from claimtrace.report.safe import one_line

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 40
"""Signs before and after the words, by which they are found again in a page that changed."""


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write one page of annotations."""
    generator = {"type": "Software", "name": f"claimtrace {scan.version}"}
    out.write(f'{{\n"@context": "{_CONTEXT}",\n"id": "urn:claimtrace:annotations",\n"type": "AnnotationPage",\n')
    write_list("items", _annotations(scan, options, generator), out)
    out.write("\n}\n")


def _annotations(scan: Scan, options: ReportOptions, generator: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for document in scan.documents:
        for claim in document.claims:
            study = scan.studies.get(claim.study.id) if claim.study else None
            seen: Counter[str] = Counter()
            for one in claim.overstatements:
                number = f":{seen[one.rule]}" if seen[one.rule] else ""
                seen[one.rule] += 1
                annotation: dict[str, Any] = {
                    "id": f"urn:claimtrace:{claim.id}:{one.rule}{number}",
                    "type": "Annotation",
                    "motivation": "assessing",
                    "generator": generator,
                    "body": list(_bodies(one, address(study) if study else None)),
                    "target": _target(document, claim, one),
                }
                if options.author:
                    annotation["creator"] = {"type": "Organization", "name": one_line(options.author)}
                yield annotation


def _bodies(one: Overstatement, study: str | None) -> Iterator[dict[str, Any]]:
    def text(value: str, purpose: str) -> dict[str, Any]:
        return {"type": "TextualBody", "value": value, "format": "text/plain", "language": "en", "purpose": purpose}

    yield text(one_line(one.reason), "assessing")
    yield text(f"{one.rule} {one.severity}", "classifying")
    yield text(one.kind, "tagging")
    if one.accepted is not None:
        yield text(f"Accepted: {one_line(one.accepted.reason)}", "moderating")
    if one.evidence.text:
        yield text(f"The study says: {one_line(one.evidence.text)}", "commenting")
    if one.suggestion:
        yield text(one_line(one.suggestion), "editing")
    if study:
        yield {"type": "SpecificResource", "source": study, "purpose": "linking"}


def _target(document: ScannedDocument, claim: Claim, one: Overstatement) -> dict[str, Any]:
    text = document.document.text
    return {
        "source": web_address(document.document.url) or file_address(document.document.path),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[one.start : one.end],
                "prefix": text[max(0, one.start - _AROUND) : one.start],
                "suffix": text[one.end : one.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": one.start, "end": one.end},
        ],
        "scope": f"urn:claimtrace:{claim.id}",
    }
