"""Globs of settings by path."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrace.engine.path_settings import PathSettings
from claimtrace.engine.settings import Settings


@pytest.mark.parametrize(
    ("glob", "path", "fits"),
    [
        ("*.md", "news/a.md", True),
        ("*.md", "news/a.txt", False),
        ("opinion", "news/opinion/a.txt", True),
        ("opinion", "news/opinions/a.txt", False),
        ("opinion/**", "opinion/2026/a.txt", True),
        ("opinion/**", "news/opinion/a.txt", False),
        ("**/opinion/*.txt", "news/old/opinion/a.txt", True),
        ("**/opinion/*.txt", "opinion/a.txt", True),
        ("**/opinion/*.txt", "opinion/a.md", False),
        ("news/*/a.txt", "news/old/a.txt", True),
        ("news/*/a.txt", "news/a.txt", False),
        ("news/*/a.txt", "news/old/er/a.txt", False),
        ("news/old", "news/old/er/a.txt", True),
        ("./news/", "news/a.txt", True),
        ("**", "anything/at/all", True),
        ("a?.txt", "ab.txt", True),
    ],
)
def test_which_files_a_glob_names(tmp_path: Path, glob: str, path: str, fits: bool) -> None:
    assert PathSettings(glob, str(tmp_path)).holds_for((tmp_path / path).as_posix()) is fits


def test_a_glob_of_many_stars_takes_no_time(tmp_path: Path) -> None:
    path = "/".join(["a"] * 60)
    assert not PathSettings("/".join(["**", "a"] * 30 + ["b"]), str(tmp_path)).holds_for((tmp_path / path).as_posix())
    assert not PathSettings("*a" * 40 + "b", str(tmp_path)).holds_for((tmp_path / ("a" * 200)).as_posix())


def test_files_elsewhere_are_held_against_their_whole_path(tmp_path: Path) -> None:
    assert PathSettings("opinion", str(tmp_path / "desk")).holds_for((tmp_path / "opinion" / "a.txt").as_posix())
    assert not PathSettings("opinion/**", str(tmp_path / "desk")).holds_for((tmp_path / "opinion" / "a").as_posix())


def test_settings_by_path_lie_on_top_of_those_of_the_scan(tmp_path: Path) -> None:
    root, file = str(tmp_path), (tmp_path / "opinion" / "a.txt").as_posix()
    settings = Settings(
        ignore=("CT6",),
        min_severity="major",
        per_path=(
            PathSettings("opinion", root, select=("CT1", "CT3", "CT6"), min_severity="minor"),
            PathSettings("a.txt", root, ignore=("CT303",)),
        ),
    )
    assert settings.tells("CT101", "minor", file)
    assert not settings.tells("CT201", "critical", file)
    assert not settings.tells("CT303", "critical", file)
    assert not settings.tells("CT601", "critical", file)
    assert not settings.tells("CT101", "minor", (tmp_path / "news.txt").as_posix())
    assert settings.tells("CT201", "major", (tmp_path / "news.txt").as_posix())
