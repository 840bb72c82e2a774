"""The bundled records: valid, no doubles, each with its source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimtrace.studies.bundled import bundled_path, load_bundled
from claimtrace.studies.normal import title_key
from claimtrace.studies.plain import study_from_json, study_to_json
from claimtrace.studies.record import parse_records

RECORDS = json.loads(bundled_path().read_text("utf-8"))


def test_all_are_valid() -> None:
    studies, problems = parse_records(RECORDS, "data/studies.json")
    assert [str(one) for one in problems] == []
    assert len(studies) == len(load_bundled()) == len(RECORDS)


@pytest.mark.parametrize("field", ["id", "doi", "pmid", "pmcid", "title"])
def test_no_doubles(field: str) -> None:
    values = [title_key(one["title"]) if field == "title" else one.get(field) for one in RECORDS]
    values = [value for value in values if value]
    assert len(values) == len(set(values))


@pytest.mark.parametrize("record", RECORDS, ids=[one["id"] for one in RECORDS])
def test_each_says_where_it_was_checked(record: dict[str, object]) -> None:
    study = study_from_json(record)
    assert study.sources
    assert all(source.where and source.checked for source in study.sources)
    assert study.findings
    assert study.abstract is None
    assert len({one.id for one in study.findings}) == len(study.findings)
    if study.status.state in ("retracted", "concern"):
        assert study.status.date
        assert study.status.source


def test_retracted_ones_are_known() -> None:
    assert sum(one.status.state == "retracted" for one in load_bundled()) >= 3


def test_a_record_comes_back_as_it_was() -> None:
    for study in load_bundled():
        assert study_from_json(study_to_json(study)) == study


def test_a_broken_record_is_named_and_the_others_load() -> None:
    studies, problems = parse_records(
        [
            {"id": "a", "title": "A"},
            {"id": "b"},
            7,
            {"id": "c", "title": "C", "design": "magic", "findings": [{"strength": 9}]},
        ],
        "x.json",
    )
    assert [one.id for one in studies] == ["a"]
    assert [one.record for one in problems] == [1, 2, 3]
    assert all(one.expected for one in problems)


def test_the_wheel_finds_the_same_file(root: Path) -> None:
    assert bundled_path() == root / "data" / "studies.json"
