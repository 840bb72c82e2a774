"""One article as the HTML page lays it out: its blocks, its sentences in pieces, and what was found in them."""

from __future__ import annotations

import itertools
from typing import Any

from claimtrace.model.documents import Block
from claimtrace.model.results import Claim, Link, Scan, ScannedDocument
from claimtrace.model.studies import Study
from claimtrace.report.judged import judged_words
from claimtrace.report.places import address
from claimtrace.report.safe import kept, one_line, shortened

_FURNITURE = frozenset({"comment", "related-link", "advertisement", "boilerplate"})
"""Blocks around the article that are counted, not shown."""
_CITED = 60
_STATES = {"retracted": "RETRACTED", "concern": "EXPRESSION OF CONCERN"}


def article_data(document: ScannedDocument, scan: Scan) -> dict[str, Any]:
    """The article as plain data; texts are harmless lines, offsets are gone: each sentence comes in pieces."""
    quotes: dict[str, int] = {}
    notes: list[dict[str, Any]] = []
    sentences = [_sentence(claim, scan, notes, quotes) for claim in document.claims]
    blocks, left = _blocks(document)
    about = document.document
    used = {link.id for link in (document.study, *(claim.study for claim in document.claims)) if link is not None}
    return {
        "id": document.id,
        "title": one_line(about.title or ""),
        "path": one_line(about.path),
        "author": one_line(about.author or ""),
        "published": one_line(about.published or ""),
        "verdict": document.verdict,
        "study": {"id": document.study.id, **_link(document.study)} if document.study else None,
        "studies": {id: _study(scan.studies[id]) for id in sorted(used) if id in scan.studies},
        "blocks": blocks,
        "left": left,
        "sentences": sentences,
        "notes": notes,
        "omissions": [
            {
                "rule": one.rule,
                "kind": "omission",
                "severity": one.severity,
                "reason": f"{one_line(one.what)}. {one_line(one.reason)}{judged_words(one)}",
                "quote": None,
                "confidence": None,
            }
            for one in document.omissions
        ],
        "quotes": list(quotes),
    }


def _sentence(claim: Claim, scan: Scan, notes: list[dict[str, Any]], quotes: dict[str, int]) -> dict[str, Any]:
    first = len(notes)
    notes.extend(
        {
            "claim": claim.id,
            "rule": one.rule,
            "kind": one.kind,
            "severity": one.severity,
            "span": one_line(one.span),
            "reason": one_line(one.reason) + judged_words(one),
            "quote": _numbered(one_line(one.evidence.text), quotes),
            "suggestion": one_line(one.suggestion or ""),
            "confidence": round(one.confidence, 2),
        }
        for one in claim.overstatements
    )
    study = scan.studies.get(claim.study.id) if claim.study else None
    finding = next((one for one in study.findings if one.id == claim.finding), None) if study else None
    return {
        "id": claim.id,
        "kind": claim.kind,
        "speaker": claim.speaker,
        "study": claim.study.id if claim.study and study else None,
        "finding": _numbered(one_line(finding.statement), quotes) if finding else None,
        "pieces": _pieces(claim, first),
        "notes": list(range(first, len(notes))),
        **(_link(claim.study) if claim.study else {}),
    }


def _numbered(text: str, quotes: dict[str, int]) -> int | None:
    """A study's words stand once in an article's data, however often they are cited."""
    return quotes.setdefault(text, len(quotes)) if text else None


def _pieces(claim: Claim, first: int) -> list[tuple[str, list[int]]]:
    """The sentence cut where an overstatement begins or ends; each piece with the notes that it belongs to."""
    size = len(claim.text)
    spans = [
        (min(max(one.start - claim.start, 0), size), min(max(one.end - claim.start, 0), size), first + at)
        for at, one in enumerate(claim.overstatements)
    ]
    cuts = sorted({0, size, *(at for start, end, _ in spans for at in (start, end))})
    return [
        (text, [number for start, end, number in spans if start <= here and end >= there])
        for here, there in itertools.pairwise(cuts)
        if (text := kept(claim.text[here:there]))
    ]


def _blocks(document: ScannedDocument) -> tuple[list[tuple[str, list[str | int]]], int]:
    """The article's blocks as kind and parts (text, or the number of a sentence), and how many were left out."""
    text = document.document.text
    claims = document.claims
    blocks = document.document.blocks or tuple(Block("paragraph", one.start, one.end) for one in claims)
    drawn: list[tuple[str, list[str | int]]] = []
    at = left = 0
    for number, block in enumerate(blocks):
        until = blocks[number + 1].start if number + 1 < len(blocks) else len(text) + 1
        parts: list[str | int] = []
        here = block.start
        while at < len(claims) and claims[at].start < until:
            parts.append(kept(text[here : claims[at].start]))
            parts.append(at)
            here = claims[at].end
            at += 1
        if not parts and block.kind in _FURNITURE:
            left += 1
            continue
        parts.append(kept(text[here : block.end]))
        parts = [part for part in parts if part not in ("", " ")]
        if parts:
            drawn.append((block.kind, parts))
    return drawn, left


def _link(link: Link) -> dict[str, Any]:
    why = list(dict.fromkeys((one.why, shortened(one.text, _CITED)) for one in link.evidence[:4]))
    return {"score": round(link.score, 2), "why": why}


def _study(study: Study) -> dict[str, Any]:
    state = _STATES.get(study.status.state)
    return {
        "title": one_line(study.title),
        "where": one_line(", ".join(part for part in (study.journal, study.published) if part)),
        "href": address(study),
        "state": state + (f" on {one_line(study.status.date)}" if study.status.date else "") if state else None,
    }
