"""What people said of findings, laid over a scan: accepted ones, and those that a baseline holds."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from claimtrace.model.results import Acceptance, Omission, Overstatement, Scan, ScannedDocument

Finding = TypeVar("Finding", Overstatement, Omission)


class Place(NamedTuple):
    """One finding by name: the identifier of its claim (of its document for an omission), and its rule."""

    id: str
    rule: str


def places(scan: Scan) -> dict[Place, ScannedDocument]:
    """All findings of a scan, in its order, with the document of each."""
    found: dict[Place, ScannedDocument] = {}
    for document in scan.documents:
        for claim in document.claims:
            for one in claim.overstatements:
                found[Place(claim.id, one.rule)] = document
        for omission in document.omissions:
            found[Place(document.id, omission.rule)] = document
    return found


def judged(scan: Scan, accepted: Mapping[Place, Acceptance], known: Container[Place]) -> Scan:
    """The scan with its accepted and its known findings marked; verdicts and severities stay."""
    return replace(scan, documents=tuple(_document(one, accepted, known) for one in scan.documents))


def _document(
    document: ScannedDocument, accepted: Mapping[Place, Acceptance], known: Container[Place]
) -> ScannedDocument:
    def marked(id: str, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(
            replace(one, accepted=accepted.get(place), known=place in known)
            for one in found
            for place in (Place(id, one.rule),)
        )

    claims = tuple(
        replace(claim, overstatements=marked(claim.id, claim.overstatements)) if claim.overstatements else claim
        for claim in document.claims
    )
    return replace(document, claims=claims, omissions=marked(document.id, document.omissions))
