"""The scan as a whole: identifiers, JSON, order, problems."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

import claimtrace
from claimtrace.errors import CatalogueError, SettingsError
from claimtrace.report.jsonl import write as write_lines


@pytest.fixture(scope="module")
def seeds_scan() -> claimtrace.Scan:
    return claimtrace.scan(Path(__file__).resolve().parents[2] / "seeds")


def test_json_is_valid_and_the_same_twice(seeds_scan: claimtrace.Scan, root: Path) -> None:
    schema = json.loads((root / "src/claimtrace/data/schemas/scan.json").read_text("utf-8"))
    data = seeds_scan.to_json()
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(data)))
    again = claimtrace.scan(root / "seeds").to_json()
    assert json.dumps(data, sort_keys=True) == json.dumps(again, sort_keys=True)


def test_every_span_is_the_text(seeds_scan: claimtrace.Scan) -> None:
    for document in seeds_scan.documents:
        for claim in document.claims:
            assert document.document.text[claim.start : claim.end] == claim.text
            for one in claim.overstatements:
                assert document.document.text[one.start : one.end] == one.span
                assert claim.start <= one.start < one.end <= claim.end
                assert one.reason.strip()


def test_identifiers_are_one_each_and_outlive_moves_and_edits(
    seeds_scan: claimtrace.Scan, root: Path, tmp_path: Path
) -> None:
    ids = [claim.id for claim in seeds_scan.claims]
    assert len(ids) == len(set(ids))
    first = min((root / "seeds").iterdir())
    moved = tmp_path / "elsewhere" / first.name
    moved.parent.mkdir()
    shutil.copy(first, moved)
    alone = claimtrace.scan(moved)
    assert [claim.id for claim in alone.claims] == [claim.id for claim in seeds_scan.documents[0].claims]
    moved.write_text(moved.read_text("utf-8").replace("nausea", "sickness"), "utf-8")
    edited = claimtrace.scan(moved)
    assert sum(a.id != b.id for a, b in zip(alone.claims, edited.claims, strict=True)) == 1


def test_equal_files_have_different_claims(tmp_path: Path, article: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        shutil.copy(article, tmp_path / name / "same.txt")
    ids = [claim.id for claim in claimtrace.scan([tmp_path / "a", tmp_path / "b"]).claims]
    assert len(ids) == len(set(ids)) > 0


def test_one_bad_file_never_stops_the_others(tmp_path: Path, article: Path) -> None:
    (tmp_path / "bad.bin").write_bytes(b"\x00\x01\x02\x03" * 100)
    (tmp_path / "empty.txt").write_bytes(b"")
    scan = claimtrace.scan([tmp_path])
    assert [Path(one.document.path).name for one in scan.documents] == [article.name]
    assert {one.code for one in scan.problems} == {"binary", "empty"}


def test_selection(seeds_scan: claimtrace.Scan, root: Path) -> None:
    only = claimtrace.scan(root / "seeds", select=["CT3"], min_severity="major")
    rules = {one.rule for claim in only.claims for one in claim.overstatements}
    assert rules
    assert all(rule.startswith("CT3") for rule in rules)
    with pytest.raises(SettingsError):
        claimtrace.scan(root / "seeds", min_severity="huge")  # type: ignore[arg-type]


def test_users_records_and_a_closed_world(article: Path, study: claimtrace.Study, tmp_path: Path) -> None:
    from claimtrace.studies.plain import study_to_json

    file = tmp_path / "mine.json"
    file.write_text(json.dumps([study_to_json(study), {"id": "broken"}]), "utf-8")
    scan = claimtrace.scan(article, studies=file, bundled=False)
    assert scan.catalogue.studies == 1
    assert scan.documents[0].study is not None
    assert any("broken" in one.message for one in scan.problems)
    (tmp_path / "none.json").write_text("[{]", "utf-8")
    with pytest.raises(CatalogueError, match="not JSON"):
        claimtrace.scan(article, studies=tmp_path / "none.json")


def test_lines_are_complete_in_themselves(seeds_scan: claimtrace.Scan, tmp_path: Path) -> None:
    from claimtrace.report.options import ReportOptions

    with (tmp_path / "a.jsonl").open("w", encoding="utf-8") as out:
        write_lines(seeds_scan, out, ReportOptions())
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == len(seeds_scan.documents)
    assert all(line["schema"] == "claimtrace.scan/1" and line["claims"] for line in lines)


def test_gold(seeds_scan: claimtrace.Scan, shared: Path) -> None:
    gold = [json.loads(line) for line in (shared / "gold" / "seeds_documents.jsonl").read_text("utf-8").splitlines()]
    found = {Path(one.document.path).name: one for one in seeds_scan.documents}
    for row in gold:
        link = found[row["doc"]].study
        assert link is not None
        assert link.id == row["primary_study"]
