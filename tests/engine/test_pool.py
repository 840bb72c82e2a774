"""Scanning in several processes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from claimtrace.engine.pool import scan_in_pool
from claimtrace.engine.scanning import Scanner, Settings
from claimtrace.errors import ClaimtraceError
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.catalogue import Catalogue


def dies() -> Catalogue:
    """A catalogue that takes its process with it."""
    os._exit(9)


def test_a_pool_gives_the_same_objects_and_tells_files_in_order(root: Path) -> None:
    paths = [root / "seeds", root / "nowhere"]
    settings = Settings(ignore=("CT3",))
    told: list[str] = []
    together = scan_in_pool(paths, Scanner(load_bundled(), settings), load_bundled, 2, told.append)
    assert together == Scanner(load_bundled(), settings).scan(paths)
    assert [Path(one).name for one in told] == [*sorted(os.listdir(root / "seeds")), "nowhere"]


def test_a_worker_that_dies_is_told_and_ends_the_scan(root: Path) -> None:
    with pytest.raises(ClaimtraceError, match="a worker process died at one of"):
        scan_in_pool([root / "seeds"], Scanner(load_bundled()), dies, 2)


def test_more_workers_than_files(article: Path) -> None:
    scan = scan_in_pool([article], Scanner(load_bundled()), load_bundled, 3)
    assert len(scan.documents) == 1
