"""Scans to write: the seeds, none, one of hostile text in every place, one of problems alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import claimtrace
from claimtrace.model.documents import Block, Document, Problem
from claimtrace.model.results import (
    CatalogueInfo,
    Claim,
    Evidence,
    Link,
    Omission,
    Overstatement,
    Scan,
    ScannedDocument,
    StudyWords,
)
from claimtrace.model.studies import Author, Finding, Note, Sample, Status, Study

ROOT = Path(__file__).resolve().parents[2]

HOSTILE = (
    "=cmd|' /C calc'!A0 </script><script>document.title='owned'</script><img src=x onerror=alert(1)> <!-- "
    "\x1b]0;owned\x07\x1b[31mred \u202egnp.exe\u202c \x00 \ud800 \u2028 ]]> [bold]x[/bold] `**_a_**` "
    "[x](javascript:alert(1)) | cell | $style ${script} \\u003c {{x}} &lt; \"quoted\" 'single'\n# not a heading\n- no item "
)
LONG = "w" * 20_000


@pytest.fixture(scope="session")
def seed_scan() -> Scan:
    return claimtrace.scan(ROOT / "seeds")


@pytest.fixture(scope="session")
def empty_scan() -> Scan:
    return Scan("1", CatalogueInfo(0, "0" * 64), ())


@pytest.fixture(scope="session")
def problem_scan() -> Scan:
    problems = (
        Problem("no\x1b[31m.txt", "unreadable", f"no.txt: cannot be read {HOSTILE}"),
        Problem("mine.json", "record", "mine.json: record 3 has no title", False),
    )
    return Scan("1", CatalogueInfo(1, "0" * 64), (), problems)


@pytest.fixture(scope="session")
def hostile_scan() -> Scan:
    """One document with hostile text in each field that comes from outside, and one with none of anything."""
    text = f"{HOSTILE}\n\n{HOSTILE}{LONG} cures all. {HOSTILE}"
    start = len(HOSTILE) + 2
    found = tuple(
        Overstatement(
            rule="CT101", kind="causal_strength", severity=severity, start=start + at, end=start + at + 60, span=text[start + at : start + at + 60],
            reason=HOSTILE, suggestion=HOSTILE + LONG, confidence=0.9, evidence=StudyWords("evil", "f1", HOSTILE),
        )
        for at, severity in ((0, "critical"), (30, "minor"), (95, "major"))
    )  # fmt: skip
    link = Link("evil", 0.9, "explicit", (Evidence(0, 5, HOSTILE, "journal"),))
    claims = (
        Claim(
            "hostile000", "doc0000000", 0, len(HOSTILE), HOSTILE, "headline", "writer", claimtrace.profile("x cures y")
        ),
        Claim(
            id="hostile001", document="doc0000000", start=start, end=len(text), text=text[start:], kind="claim", speaker="writer",
            profile=claimtrace.profile("x cures y"), study=link, finding="f1", overstatements=found,
        ),
    )  # fmt: skip
    document = Document(
        path=f"folder/{HOSTILE[:40]}\n\x1b[31m\udcff.txt", text=text, blocks=(Block("headline", 0, len(HOSTILE)), Block("paragraph", start, len(text))),
        sha256="0" * 64, title=HOSTILE, published="2020-01-01", url="javascript:alert(1)", author=HOSTILE, problems=(Problem("x", "encoding", HOSTILE, False),),
    )  # fmt: skip
    study = Study(
        id="evil", title=HOSTILE, authors=(Author(HOSTILE),), journal=HOSTILE, published="2001", doi=f'10.1/"><script>{HOSTILE}',
        url="javascript:alert(1)", sample=(Sample(HOSTILE),), limits=(Note(HOSTILE),), status=Status("retracted", HOSTILE),
        findings=(Finding("f1", HOSTILE, quote=HOSTILE, outcome=HOSTILE, population=HOSTILE),),
    )  # fmt: skip
    scanned = ScannedDocument(
        "doc0000000", document, link, (), (Omission("CT701", "model", "critical", HOSTILE, HOSTILE),), "misleading", claims, document.problems,
    )  # fmt: skip
    bare = Document(path="-", text="", blocks=(), sha256="1" * 64)
    nothing = ScannedDocument("doc0000001", bare, None, (), (), "no study", ())
    return replace(
        Scan("1", CatalogueInfo(1, "0" * 64), (scanned, nothing)),
        studies={"evil": study},
        problems=(Problem("x", "unreadable", HOSTILE),),
    )


@pytest.fixture(scope="session", params=["seed", "empty", "problem", "hostile"])
def any_scan(
    request: pytest.FixtureRequest, seed_scan: Scan, empty_scan: Scan, problem_scan: Scan, hostile_scan: Scan
) -> Scan:
    return {"seed": seed_scan, "empty": empty_scan, "problem": problem_scan, "hostile": hostile_scan}[request.param]
