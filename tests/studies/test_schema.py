"""The JSON Schema of a record: what claimtrace writes validates against it, and what is wrong does not."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from claimtrace.model.studies import Study
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.loading import load
from claimtrace.studies.plain import FIELDS, study_to_json
from claimtrace.studies.record import StudyRecord

SCHEMA: dict[str, Any] = StudyRecord.model_json_schema(by_alias=True)
SAMPLES = Path(__file__).resolve().parents[1] / "data" / "catalogues"


def test_it_is_a_schema_and_covers_each_field() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == set(FIELDS)
    assert {one.name for one in fields(Study)} - {"extra"} == set(FIELDS)
    assert all("description" in one for one in SCHEMA["properties"].values())
    assert SCHEMA["required"] == ["id", "title"]


def test_bundled_and_imported_records_are_valid() -> None:
    check = jsonschema.Draft202012Validator(SCHEMA)
    imported = [study for path in SAMPLES.iterdir() if path.name != "retractions.csv" for study in load(path)]
    for study in (*load_bundled(), *imported):
        assert [error.message for error in check.iter_errors(study_to_json(study))] == []


@pytest.mark.parametrize(
    "record",
    [{"id": "a"}, {"title": "A"}, {"id": "a", "title": "A", "status": {"state": "gone"}}, {"id": "", "title": "A"}],
)
def test_wrong_records_are_not(record: dict[str, Any]) -> None:
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(record)
