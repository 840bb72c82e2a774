"""Bad input through the command line: one clear line each, the exit status of the contract, the others scanned."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def lines(done: Any) -> list[str]:
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_bad_file_is_one_line_and_the_others_are_scanned(claimtrace: Any, desk: Path, jobs: str) -> None:
    (desk / "empty").mkdir()
    (desk / "blank.txt").write_bytes(b"")
    (desk / "noise.bin").write_bytes(bytes(range(256)) * 64)
    words = ("missing.txt", "empty", "blank.txt", "noise.bin", "seeds")
    done = claimtrace("scan", *words, "--no-store", "-f", "json", "--jobs", jobs)
    assert done.returncode == 3
    said = lines(done)
    assert [line.split(":")[1].strip() for line in said] == ["missing.txt", "empty", "blank.txt", "noise.bin"]
    for line, word in zip(said, ("no such file", "holds no files", "is empty", "binary data"), strict=True):
        assert word in line
    scanned = json.loads(done.stdout)
    assert len(scanned["documents"]) == 2
    assert [one["code"] for one in scanned["problems"]] == ["missing", "empty-folder", "empty", "binary"]


@pytest.mark.parametrize("name", ["missing.txt", "empty", "blank.txt", "noise.bin"])
def test_nothing_readable_is_two(claimtrace: Any, desk: Path, name: str) -> None:
    (desk / "empty").mkdir()
    (desk / "blank.txt").write_bytes(b"")
    (desk / "noise.bin").write_bytes(bytes(range(256)) * 64)
    done = claimtrace("scan", name, "--no-store")
    assert done.returncode == 2
    assert len(lines(done)) == 1


def test_one_line_of_ten_megabytes(claimtrace: Any, desk: Path) -> None:
    words = "coffee drinkers had fewer cases of liver cancer than people who drank none and "
    (desk / "long.txt").write_text(words * (10_000_000 // len(words)), "utf-8")
    done = claimtrace("scan", "long.txt", "seeds", "--no-store", "-q")
    assert done.returncode == 0
    assert lines(done) == []
    assert "long.txt" in done.stdout


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("[{", 2, "not JSON"),
        ('{"id": "x"}', 2, "title"),
        ('[{"id": "x"}]', 2, "title"),
        ('[{"id": "x"}, {"id": "a-2020-b", "title": "Nothing about anything"}]', 0, "title"),
    ],
)
def test_broken_records(claimtrace: Any, desk: Path, text: str, status: int, said: str) -> None:
    (desk / "studies.json").write_text(text, "utf-8")
    done = claimtrace("scan", "seeds", "--no-store", "--studies", "studies.json")
    assert done.returncode == status
    assert len(lines(done)) == 1
    assert "studies.json" in lines(done)[0]
    assert said in lines(done)[0]


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_store_in_a_read_only_folder(claimtrace: Any, desk: Path) -> None:
    locked = desk / "locked"
    locked.mkdir(mode=0o555)
    done = claimtrace("scan", "seeds", "-q", "--store", str(locked / "s.sqlite"))
    assert done.returncode == 0
    assert len(lines(done)) == 1
    assert "2 of 2 articles" in done.stdout


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="needs a folder in which nobody may write")
def test_a_store_where_nobody_may_write(claimtrace: Any) -> None:
    done = claimtrace("scan", "seeds", "-q", "--store", "/proc/claimtrace/s.sqlite")
    assert done.returncode == 0
    (said,) = lines(done)
    assert "was not kept" in said
    assert "--no-store" in said
    assert "2 of 2 articles" in done.stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("format", ["plain", "json", "csv", "jsonl"])
def test_a_reader_that_goes_away(desk: Path, format: str, jobs: str) -> None:
    command = f"{shlex.quote(sys.executable)} -m claimtrace scan seeds --no-store -f {format} -j {jobs}"
    done = subprocess.run(
        ["bash", "-c", f"{command} | head -n 1 >/dev/null; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        cwd=desk,
        check=False,
    )
    assert (done.stderr, done.stdout) == ("", "0\n")


def test_wrong_use_is_one_line_that_points_to_help(claimtrace: Any) -> None:
    for words, said in (
        (("scan",), "PATH"),
        (("scan", "seeds", "--bogus"), "--bogus"),
        (("explain",), "CODE"),
        (("studies", "frobnicate"), "frobnicate"),
    ):
        done = claimtrace(*words)
        assert done.returncode == 2
        (line,) = lines(done)
        assert said in line
        assert line.startswith("claimtrace: ")
        assert line.endswith("--help")
