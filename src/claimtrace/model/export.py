"""Result objects as plain data, in the published form ``claimtrace.scan/1``. The only place that knows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claimtrace.model.documents import Problem
from claimtrace.model.profile import Profile, Span
from claimtrace.model.results import (
    SCHEMA,
    Claim,
    Evidence,
    Link,
    Omission,
    Overstatement,
    Scan,
    ScannedDocument,
)


def scan_to_json(scan: Scan) -> dict[str, Any]:
    """A whole scan as plain data."""
    return {
        **scan_header(scan),
        "documents": [document_to_json(document) for document in scan.documents],
        "claims": [claim_to_json(claim) for claim in scan.claims],
        "problems": [problem_to_json(problem) for problem in scan.problems],
    }


def scan_header(scan: Scan) -> dict[str, Any]:
    """Schema, tool and catalogue: what each export repeats so that it can be told apart later."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "claimtrace", "version": scan.version},
        "catalogue": {"studies": scan.catalogue.studies, "sha256": scan.catalogue.sha256},
    }


def document_to_json(scanned: ScannedDocument) -> dict[str, Any]:
    """One document without its claims."""
    document = scanned.document
    return {
        "id": scanned.id,
        "path": document.path,
        "title": document.title,
        "published": document.published,
        "language": document.language,
        "sha256": document.sha256,
        "study": link_to_json(scanned.study),
        "candidates": [{"id": one.id, "score": round(one.score, 4)} for one in scanned.candidates],
        "omissions": [omission_to_json(omission) for omission in scanned.omissions],
        "verdict": scanned.verdict,
        "problems": [problem_to_json(problem) for problem in scanned.problems],
    }


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """One claim with its link, profile and overstatements."""
    return {
        "id": claim.id,
        "document": claim.document,
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "kind": claim.kind,
        "speaker": claim.speaker,
        "study": link_to_json(claim.study),
        "finding": claim.finding,
        **({"element": claim.element} if claim.element else {}),
        "profile": profile_to_json(claim.profile),
        "overstatements": [overstatement_to_json(one) for one in claim.overstatements],
    }


def overstatement_to_json(one: Overstatement) -> dict[str, Any]:
    """One overstatement."""
    return {
        "rule": one.rule,
        "kind": one.kind,
        "severity": one.severity,
        "start": one.start,
        "end": one.end,
        "span": one.span,
        "reason": one.reason,
        "suggestion": one.suggestion,
        "confidence": round(one.confidence, 4),
        "evidence": {
            "study": one.evidence.study,
            "finding": one.evidence.finding,
            "text": one.evidence.text,
        },
        **_judged(one),
    }


def omission_to_json(one: Omission) -> dict[str, Any]:
    """One omission of a document."""
    return {
        "rule": one.rule,
        "aspect": one.aspect,
        "severity": one.severity,
        "what": one.what,
        "reason": one.reason,
        **_judged(one),
    }


def _judged(one: Overstatement | Omission) -> dict[str, Any]:
    """What people said of a finding: only written where they did."""
    found: dict[str, Any] = {}
    if one.accepted is not None:
        found["accepted"] = {"reason": one.accepted.reason, "date": one.accepted.date}
    if one.known:
        found["known"] = True
    return found


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """One problem of an input."""
    return {"path": problem.path, "code": problem.code, "message": problem.message}


def link_to_json(link: Link | None) -> dict[str, Any] | None:
    """A link, or ``None`` for an honest "none known"."""
    if link is None:
        return None
    return {
        "id": link.id,
        "score": round(link.score, 4),
        "basis": link.basis,
        "evidence": [_evidence(one) for one in link.evidence],
    }


def profile_to_json(profile: Profile) -> dict[str, Any]:
    """A profile; spans are relative to the claim's own text."""
    return {
        "strength": profile.strength,
        "relation": profile.relation,
        "direction": profile.direction,
        "certainty": profile.certainty,
        "hedges": [{**_span(hedge.span), "scope": [hedge.scope_start, hedge.scope_end]} for hedge in profile.hedges],
        "population": [
            {
                **_span(one.span),
                "kind": one.kind,
                "species": one.species,
                "role": one.role,
                "number": one.number,
            }
            for one in profile.population
        ],
        "condition": [{**_span(one.span), "concept": one.concept, "label": one.label} for one in profile.condition],
        "intervention": [
            {**_span(one.span), "concept": one.concept, "kind": one.kind, "wider": list(one.wider)}
            for one in profile.intervention
        ],
        "outcome": [{**_span(one.span), "concept": one.concept, "marker": one.marker} for one in profile.outcome],
        "magnitude": [
            {
                **_span(one.span),
                "kind": one.kind,
                "value": one.value,
                "unit": one.unit,
                "relative": one.relative,
            }
            for one in profile.magnitude
        ],
        "advice": profile.advice,
        "time": {
            "novelty": [_span(span) for span in profile.novelty],
            "dates": [{**_span(span), "date": date} for span, date in profile.dates],
        },
        "tone": [{**_span(one.span), "tone": one.tone, "level": one.level} for one in profile.tone],
        "speaker": profile.speaker,
    }


def iter_document_lines(scan: Scan) -> Iterator[dict[str, Any]]:
    """One self-contained object a document: the header, the document, and its claims (for JSON lines)."""
    header = scan_header(scan)
    for scanned in scan.documents:
        yield {
            **header,
            "document": document_to_json(scanned),
            "claims": [claim_to_json(claim) for claim in scanned.claims],
        }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _evidence(one: Evidence) -> dict[str, Any]:
    return {"start": one.start, "end": one.end, "text": one.text, "why": one.why}
