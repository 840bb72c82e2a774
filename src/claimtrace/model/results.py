"""What a scan found: links, overstatements, omissions, claims, documents and the scan itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from claimtrace.model.documents import Document, Problem
from claimtrace.model.profile import Profile, Speaker
from claimtrace.model.studies import Study

SCHEMA = "claimtrace.scan/1"

ClaimKind = Literal["headline", "claim", "background", "attribution", "caveat", "advice", "quote"]
Severity = Literal["minor", "major", "critical"]
Verdict = Literal["faithful", "mild", "strong", "misleading", "no study"]
Basis = Literal["explicit", "contextual"]

SEVERITIES: tuple[Severity, ...] = ("minor", "major", "critical")
"""Least to most severe."""


class Evidence(NamedTuple):
    """Words that speak for a link; offsets in code points of the document."""

    start: int
    end: int
    text: str
    why: str


class Candidate(NamedTuple):
    """A study that may lie behind a document; ``score`` in 0–1."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Link:
    """A study that a document or claim rests on. ``score`` is calibrated: of links at .8, some 80 % are right."""

    id: str
    score: float
    basis: Basis
    evidence: tuple[Evidence, ...] = ()


class StudyWords(NamedTuple):
    """The study's own words behind a judgement; ``finding`` is the finding's id, ``text`` a quote or statement."""

    study: str | None
    finding: str | None
    text: str


class Acceptance(NamedTuple):
    """Somebody looked at a finding and lets it stand; ``date`` is an ISO date."""

    reason: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Overstatement:
    """A place where a claim says more than its study; offsets in code points of the document
    (for ``claimtrace.check``: of the checked text).

    ``accepted`` is set when somebody lets it stand, ``known`` when the baseline holds it; neither changes what was
    found, and neither fails a scan.
    """

    rule: str
    kind: str
    severity: Severity
    start: int
    end: int
    span: str
    reason: str
    suggestion: str | None
    confidence: float
    evidence: StudyWords
    accepted: Acceptance | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Omission:
    """Something that the document never tells; ``accepted`` and ``known`` as for an overstatement."""

    rule: str
    aspect: str
    severity: Severity
    what: str
    reason: str
    accepted: Acceptance | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One content sentence. ``finding`` is the id of the study's finding that it rests on; ``element`` the path of the
    HTML element that holds the sentence, for documents that come from HTML."""

    id: str
    document: str
    start: int
    end: int
    text: str
    kind: ClaimKind
    speaker: Speaker
    profile: Profile
    study: Link | None = None
    finding: str | None = None
    overstatements: tuple[Overstatement, ...] = ()
    element: str | None = None


@dataclass(frozen=True, slots=True)
class ScannedDocument:
    """A document after the scan, with its claims in text order."""

    id: str
    document: Document
    study: Link | None
    candidates: tuple[Candidate, ...]
    omissions: tuple[Omission, ...]
    verdict: Verdict
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...] = ()


class CatalogueInfo(NamedTuple):
    """Which records were used: how many, and the digest of their content."""

    studies: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The result of a scan.

    ``studies`` holds the records that some document or claim is linked to, by id, so that a report
    needs nothing but the scan.
    """

    version: str
    catalogue: CatalogueInfo
    documents: tuple[ScannedDocument, ...]
    problems: tuple[Problem, ...] = ()
    studies: Mapping[str, Study] = field(default_factory=dict[str, Study])

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, in document order, then text order."""
        return tuple(claim for document in self.documents for claim in document.claims)

    def to_json(self) -> dict[str, Any]:
        """The scan as plain data in the form ``claimtrace.scan/1`` (see ``claimtrace schema scan``)."""
        from claimtrace.model.export import scan_to_json

        return scan_to_json(self)
