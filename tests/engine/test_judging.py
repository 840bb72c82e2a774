"""Accepted and known findings laid over a scan."""

from __future__ import annotations

from pathlib import Path

from claimtrace import scan
from claimtrace.engine.judging import Place, judged, places
from claimtrace.model.restore import from_plain, to_plain
from claimtrace.model.results import Acceptance, ScannedDocument


def test_marks_and_nothing_else(root: Path) -> None:
    before = scan(root / "seeds")
    found = list(places(before))
    claim = next(one for one in found if not one.rule.startswith("CT7"))
    gap = next(one for one in found if one.rule.startswith("CT7"))
    after = judged(before, {claim: Acceptance("agreed"), Place("zzzzzzzz", "CT101"): Acceptance("nowhere")}, {gap})
    assert list(places(after)) == found
    accepted = [
        Place(one.id, each.rule) for one in after.claims for each in one.overstatements if each.accepted is not None
    ]
    assert accepted == [claim]
    known = [Place(one.id, each.rule) for one in after.documents for each in one.omissions if each.known]
    assert known == [gap]
    assert [one.verdict for one in after.documents] == [one.verdict for one in before.documents]
    assert judged(after, {}, frozenset()) == before


def test_marks_survive_the_store(root: Path) -> None:
    before = scan(root / "seeds")
    place = next(iter(places(before)))
    after = judged(before, {place: Acceptance("agreed", "2026-01-31")}, frozenset(places(before)))
    document = after.documents[0]
    assert from_plain(ScannedDocument, to_plain(document)) == document
