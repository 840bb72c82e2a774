"""A scan's studies come from several places, and large files are read once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from claimtrace.errors import CatalogueError
from claimtrace.model.studies import Study
from claimtrace.studies import opening
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.catalogue import Catalogue
from claimtrace.studies.layers import Layers
from claimtrace.studies.library import Library, library_path
from claimtrace.studies.opening import open_file, open_studies


def _made(*numbers: int) -> list[Study]:
    return [Study(id=f"made-{n}", title=f"Made study {n}", abstract=f"Outcome {n}") for n in numbers]


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMTRACE_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("CLAIMTRACE_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(opening, "_LARGE_FILE", 1000)
    monkeypatch.setattr(opening, "_MANY", 50)
    path = tmp_path / "large.json"
    _write(path, 100)
    return path


def _write(path: Path, count: int) -> None:
    records = [{"id": f"made-{n}", "title": f"Made study {n}"} for n in range(count)]
    path.write_text(json.dumps([*records, {"id": "broken"}]), "utf-8")


def test_layers_read_like_the_merged_catalogue(tmp_path: Path) -> None:
    bundled = load_bundled()
    changed = replace(_made(3)[0], title="Another title")
    own = replace(next(iter(bundled)), journal="My journal")
    with Library(tmp_path / "a") as low, Library(tmp_path / "b") as high:
        low.write([*_made(1, 2, 3, 4), own])
        high.write([changed, *_made(5)])
        small = Catalogue([*_made(5, 6)])
        layers = Layers([bundled, low, small, high])
        merged = bundled.merged_with(Catalogue(low)).merged_with(small).merged_with(Catalogue(high))
        assert {one.id: one for one in layers} == {one.id: one for one in merged}
        assert len(list(layers)) == len(layers) == len(merged)
        assert layers.sha256 == merged.sha256
        assert layers.get("made-3") == changed
        assert layers.get(own.id) == own
        assert "made-6" in layers
        assert "nobody" not in layers


def test_the_users_own_records_are_known_to_a_scan_unless_the_world_is_closed(tmp_path: Path) -> None:
    assert open_studies([]) is load_bundled() or open_studies([]).sha256 == load_bundled().sha256
    assert not library_path().exists()
    with Library() as library:
        library.write(_made(1))
    assert "made-1" in open_studies([])
    assert len(open_studies([], bundled=False)) == 0
    path = tmp_path / "small.json"
    _write(path, 2)
    assert {one.id for one in open_studies([path], bundled=False)} == {"made-0", "made-1"}
    assert next(iter(open_studies([path], bundled=False).problems)).id == "broken"
    with Library() as library:
        library.write(_made(*range(300)))
    known = open_studies([path])
    assert isinstance(known, Layers)
    assert len(known) == len(load_bundled()) + 300


def test_a_large_file_is_read_once(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    first = open_file(large, told.append)
    assert told == [f"reading {large}"]
    assert len(first) == 100
    assert [one.id for one in first.problems] == ["broken"]
    again = open_file(large, told.append)
    assert len(told) == 1
    assert list(again) == list(first)
    assert again.problems == first.problems
    _write(large, 120)
    assert len(open_file(large, told.append)) == 120
    assert len(told) == 2


def test_a_damaged_or_missing_cache_only_costs_time(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_file(large)
    (kept,) = (tmp_path / "cache").glob("*/*/studies.sqlite")
    kept.write_bytes(b"not a database at all" * 300)
    assert len(open_file(large)) == 100
    (tmp_path / "file").write_text("no folder", "utf-8")
    monkeypatch.setenv("CLAIMTRACE_CACHE", str(tmp_path / "file" / "cache"))
    assert len(open_file(large)) == 100
    with pytest.raises(CatalogueError, match="cannot be read"):
        open_file(tmp_path / "missing.json")
