"""The project's own cases have the form that ``benchmarks/cases.py`` relies on; how well they are told is its affair."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import claimtrace
from claimtrace.model.results import Severity, StudyWords
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.record import parse_records
from claimtrace.text.sentences import split_sentences

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "data" / "cases"
Row = dict[str, Any]

FIELDS = {"id", "half", "study", "text", "headline", "published", "expected", "spans", "note"}
BLIND = "a35ff16727063dedbcf54f8e4542e6a262d4c7d6c05847a86758142d6bca668e"
"""Digest of the half that was written before any result was seen: it is never changed."""
WIDE = "575eded0b5a36fe440e1e15f5d26e939ddfa716984e1a98d0d5f8215fabebbb8"
LATE = "80d142b8abc2431619aef267ec419d2ebdde41c1549eb58042a47aa4aa3d213e"
"""Digests of the parts that were written later, before any result on them was seen: what an editor would say of their cases
does not change with what the tool says."""


def lines(name: str) -> list[Row]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def overstated() -> list[Row]:
    return lines("overstated")


@pytest.fixture(scope="module")
def faithful() -> list[Row]:
    return lines("faithful")


@pytest.fixture(scope="module")
def records() -> list[Row]:
    return json.loads((CASES / "studies.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def severities() -> dict[str, set[str]]:
    """Kinds of overstatement, each with the severities that its rule has."""
    rules = json.loads((Path(str(files("claimtrace"))) / "data" / "rules.json").read_text("utf-8"))
    return {
        rule["kind"]: {one["severity"] for one in rule["severity"].values()}
        for rule in rules
        if rule["kind"] != "omission"
    }


def test_there_are_enough_of_them(
    overstated: list[Row], faithful: list[Row], severities: dict[str, set[str]]
) -> None:
    for cases in (overstated, faithful):
        assert len(cases) >= 40
        assert min(Counter(case["half"] for case in cases).values()) >= 20
    assert len({case["study"].removesuffix("-bare") for case in overstated + faithful}) >= 18
    kinds = Counter(one["kind"] for case in overstated for one in case["expected"])
    assert set(kinds) == set(severities)
    assert min(kinds.values()) >= 3


def test_each_case_is_well_formed(
    overstated: list[Row], faithful: list[Row], records: list[Row], severities: dict[str, set[str]]
) -> None:
    known = {study.id for study in load_bundled()} | {record["id"] for record in records}
    for case in overstated + faithful:
        assert set(case) - {"also"} == FIELDS, case["id"]
        assert case["half"] in ("blind", "open", "wide", "late")
        assert case["study"] in known, case["id"]
        assert case["text"] == case["text"].strip() != ""
        assert isinstance(case["headline"], bool)
        assert case["published"] is None or date.fromisoformat(case["published"])
        assert len(case["spans"]) == len(case["expected"])
        for one, words in zip(case["expected"], case["spans"], strict=True):
            assert one["severity"] in severities[one["kind"]], case["id"]
            assert words in case["text"], case["id"]
        kinds = [one["kind"] for one in case["expected"]]
        assert len(set(kinds)) == len(kinds), case["id"]
        assert set(case.get("also", ())) <= set(severities) - set(kinds), case["id"]
    assert all(case["expected"] for case in overstated)
    assert not any(case["expected"] or "also" in case for case in faithful)


def test_no_case_twice(overstated: list[Row], faithful: list[Row]) -> None:
    cases = overstated + faithful
    assert len({case["id"] for case in cases}) == len(cases)
    assert len({" ".join(case["text"].lower().split()) for case in cases}) == len(cases)


@pytest.mark.parametrize(("part", "digest"), [("blind", BLIND), ("wide", WIDE), ("late", LATE)])
def test_parts_are_as_they_were_written(part: str, digest: str) -> None:
    written = [
        line
        for name in ("overstated", "faithful")
        for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()
        if json.loads(line)["half"] == part
    ]
    assert hashlib.sha256("\n".join(written).encode()).hexdigest() == digest


def test_the_wide_part_holds_every_kind_and_articles(overstated: list[Row], faithful: list[Row]) -> None:
    wide = [case for case in overstated if case["half"] == "wide"]
    kinds = Counter(one["kind"] for case in wide for one in case["expected"])
    assert min(kinds.values()) >= 4
    assert len(kinds) == 13
    for cases in (overstated, faithful):
        assert sum("\n" in case["text"] for case in cases if case["half"] == "wide") >= 5


def test_records_are_usable_and_say_where_they_were_checked(records: list[Row]) -> None:
    studies, problems = parse_records(records, "studies.json")
    assert not problems
    full = [study for study in studies if not study.id.endswith("-bare")]
    assert len(full) >= 9
    for study in full:
        assert study.findings, study.id
        assert study.sources, study.id
        assert study.abstract is None, "a summary of our own is not the abstract"
        for finding in study.findings:
            assert finding.quote is None or len(split_sentences(finding.quote)) == 1, study.id
    bare = [record for record in records if record["id"].endswith("-bare")]
    assert len(bare) >= 6
    assert all(set(record) == {"id", "title", "abstract"} for record in bare)
    assert not {study.id for study in studies} & {study.id for study in load_bundled()}


def test_innocent_writing_is_plenty_and_names_no_study(records: list[Row]) -> None:
    texts = {path.name: path.read_text("utf-8") for path in sorted((CASES / "innocent").glob("*.txt"))}
    assert len(texts) >= 12
    sentences = [
        line[start:end]
        for text in texts.values()
        for line in text.split("\n")
        for start, end in split_sentences(line)
    ]
    assert len(set(sentences)) >= 1200
    titles = [record["title"].lower() for record in records] + [study.title.lower() for study in load_bundled()]
    for name, text in texts.items():
        assert "doi" not in text.lower().split(), name
        assert not [title for title in titles if title in text.lower()], name


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_cases", ROOT / "benchmarks" / "cases.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_scorer_tells_hits_misses_and_false_alarms_apart(
    benchmark: ModuleType, study: claimtrace.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(kind: str, severity: Severity, start: int, end: int) -> claimtrace.Overstatement:
        words = StudyWords(study.id, None, "")
        return claimtrace.Overstatement("CT000", kind, severity, start, end, "", "", None, 0.9, words)

    told = [
        found("novelty", "minor", 40, 44),
        found("novelty", "major", 2, 5),
        found("magnitude", "minor", 6, 13),
        found("sensationalism", "major", 6, 13),
    ]
    monkeypatch.setattr(claimtrace, "check", lambda *_, **__: told)
    case = {"text": "A new miracle remedy for swollen joints.", "headline": False, "published": "2021-05-03"}
    asked = {
        "expected": [{"kind": "novelty", "severity": "major"}, {"kind": "advice", "severity": "minor"}],
        "spans": ["new", "remedy"],
        "also": ["sensationalism"],
    }
    judged = benchmark.judge(case | asked, study)
    assert judged["hits"] == [{"kind": "novelty", "severity": True, "words": True}]
    assert (judged["missed"], judged["false"]) == (["advice"], ["magnitude"])
    nothing = benchmark.judge(case | {"expected": [], "spans": []}, study)
    assert nothing["false"] == ["magnitude", "novelty", "sensationalism"]
    figures = benchmark.summary([judged, nothing])
    assert (figures["found"], figures["missed"], figures["flagged"]) == (1, 0, 1)
    assert figures["kinds"]["novelty"] == {"expected": 1, "told": 2, "right": 1, "precision": 0.5, "recall": 1.0}
    assert (figures["precision of kinds"], figures["recall of kinds"]) == (0.2, 0.5)
