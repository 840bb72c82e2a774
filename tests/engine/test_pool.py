"""Scanning in several processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import claimtrace
from claimtrace.engine.pool import scan_in_pool
from claimtrace.engine.processes import COPIES
from claimtrace.engine.scanning import Scanner
from claimtrace.engine.settings import Settings
from claimtrace.engine.workload import processes_for
from claimtrace.errors import ClaimtraceError
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.catalogue import Catalogue


def dies() -> Catalogue:
    """A catalogue that takes its process with it."""
    os._exit(9)


def test_a_pool_gives_the_same_objects_and_tells_files_in_order(root: Path) -> None:
    paths = [root / "seeds", root / "nowhere"]
    settings = Settings(ignore=("CT3",))
    for copies in {False, COPIES}:
        told: list[str] = []
        scanner = Scanner(load_bundled(), settings)
        together = scan_in_pool(paths, scanner, load_bundled, 2, told.append, copies=copies)
        assert together == Scanner(load_bundled(), settings).scan(paths)
        assert [Path(one).name for one in told] == [*sorted(os.listdir(root / "seeds")), "nowhere"]


def test_python_asks_for_processes(root: Path) -> None:
    mine = claimtrace.Study(id="made-1", title="Walnuts and stroke", abstract="Walnuts were linked to stroke.")
    alone = claimtrace.scan(root / "seeds", [mine])
    assert alone.catalogue.studies == len(load_bundled()) + 1
    assert claimtrace.scan(root / "seeds", [mine], jobs=2) == alone
    with pytest.raises(claimtrace.SettingsError, match="jobs: expected"):
        claimtrace.scan(root / "seeds", jobs=-1)


def test_a_pool_reads_containers_and_tells_problems(tmp_path: Path) -> None:
    letter = "From a@b.example Mon Jan  1 00:00:00 2024\nFrom: a@b.example\nTo: c@b.example\nSubject: Coffee {}\n\nCoffee prevents cancer, they say.\n\n"
    (tmp_path / "letters.mbox").write_text("".join(letter.format(number) for number in range(3)), "utf-8")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    alone = Scanner(load_bundled()).scan([tmp_path])
    assert len(alone.documents) == 3
    assert alone.problems
    assert scan_in_pool([tmp_path], Scanner(load_bundled()), load_bundled, 2) == alone


def test_a_worker_that_dies_is_told_and_ends_the_scan(root: Path) -> None:
    with pytest.raises(ClaimtraceError, match="a worker process died at one of"):
        scan_in_pool([root / "seeds"], Scanner(load_bundled()), dies, 2)


def test_more_workers_than_files(article: Path) -> None:
    scan = scan_in_pool([article], Scanner(load_bundled()), load_bundled, 3)
    assert len(scan.documents) == 1


def test_as_many_processes_as_pay(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimtrace.engine.workload.processors", lambda: 4)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("Coffee was linked to longer life. " * 1_000, "utf-8")
    assert processes_for([tmp_path], copies=True) == 3
    assert processes_for([tmp_path], copies=False) == 0
    assert processes_for([tmp_path / "0.txt"], copies=True) == 0
    assert processes_for(["-", tmp_path], copies=True) == 0
    assert processes_for([tmp_path, "https://a.example/b"], copies=False) == 0
    assert processes_for([tmp_path / "nowhere", tmp_path / "0.txt"], copies=True) == 0
    for number in range(100):
        (tmp_path / f"{number}.txt").write_text("Coffee was linked to longer life. " * 1_000, "utf-8")
    assert processes_for([tmp_path], copies=True) == 4
    assert processes_for([tmp_path], copies=False) == 3
    monkeypatch.setattr("claimtrace.engine.workload.processors", lambda: 1)
    assert processes_for([tmp_path], copies=True) == 0


def test_no_result_turns_on_the_order_of_sets(root: Path) -> None:
    """The order of a set of words differs from process to process; no sum and no tie may follow it."""
    code = (
        "import claimtrace, json, sys; from claimtrace.model.restore import to_plain; "
        "print(json.dumps([to_plain(one) for one in claimtrace.scan(sys.argv[1]).documents], sort_keys=True))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code, str(root / "seeds")],
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        ).stdout
        for seed in ("1", "7", "8")
    }
    assert len(seen) == 1
