"""Several processes: the same bytes, the same order, the same end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def folder(desk: Path) -> Path:
    """Folders with files of the same name and the same sentences, an empty file, and one that is no text."""
    seeds = sorted((desk / "seeds").iterdir())
    for number in range(3):
        place = desk / "many" / f"part{number}"
        place.mkdir(parents=True)
        for seed in seeds:
            shutil.copy(seed, place)
    (desk / "many" / "empty.txt").write_text("", "utf-8")
    (desk / "many" / "noise.bin").write_bytes(bytes(range(256)) * 8)
    return desk / "many"


def test_a_pool_writes_the_same_bytes(claimtrace: Any, folder: Path) -> None:
    words = ("scan", "many", "seeds", "nowhere.txt", "--no-store", "-f", "json")
    alone = claimtrace(*words, "--jobs", "1")
    assert len(alone.stderr.splitlines()) == 3
    for jobs in (("--jobs", "2"), ()):
        together = claimtrace(*words, *jobs)
        assert alone.returncode == together.returncode == 3
        assert together.stdout == alone.stdout
        assert together.stderr == alone.stderr


def test_the_pool_reads_standard_input_in_its_place(claimtrace: Any, folder: Path, article: Path) -> None:
    words = ("scan", "seeds", "-", "many", "--no-store", "-f", "json")
    text = article.read_text("utf-8")
    alone = claimtrace(*words, "--engine", "local", stdin=text).stdout
    assert claimtrace(*words, "--engine", "pool", stdin=text).stdout == alone


def test_workers_know_the_users_own_records(claimtrace: Any, folder: Path) -> None:
    (folder.parent / "own.json").write_text('[{"id": "a-2020-b", "title": "Nothing about anything"}]', "utf-8")
    words = ("scan", "many", "--no-store", "-f", "json", "--studies", "own.json", "--no-bundled")
    assert claimtrace(*words, "--jobs", "2").stdout == claimtrace(*words, "--jobs", "1").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--engine", "spark"), "--engine: expected one of local, pool, not 'spark'"),
        (("--engine", "local", "--jobs", "3"), "is one process"),
        (("--jobs", "-1"), "--jobs"),
        (("--jobs", "many"), "--jobs"),
    ],
)
def test_wrong_engines_and_jobs(claimtrace: Any, words: tuple[str, ...], said: str) -> None:
    done = claimtrace("scan", "seeds", "--no-store", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_an_interrupt_ends_all_processes(folder: Path) -> None:
    seeds = sorted((folder.parent / "seeds").iterdir())
    for number in range(300):
        for seed in seeds:
            shutil.copy(seed, folder / f"{number}-{seed.name}")
    with subprocess.Popen(
        [sys.executable, "-m", "claimtrace", "scan", str(folder), "--no-store", "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as job:
        time.sleep(2.0)
        os.killpg(job.pid, signal.SIGINT)  # as a terminal does: to this process and its workers
        out, said = job.communicate(timeout=60)
    assert job.returncode == 130
    assert said == "claimtrace: interrupted\n"
    assert out == ""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are counted in /proc")
@pytest.mark.parametrize("jobs", [(), ("--jobs", "2", "--studies", "own.json")])
def test_workers_do_not_outlive_their_parent(folder: Path, jobs: tuple[str, ...]) -> None:
    (folder.parent / "own.json").write_text('[{"id": "a-2020-b", "title": "Nothing about anything"}]', "utf-8")
    for number in range(200):
        for file in sorted((folder.parent / "seeds").iterdir()):
            shutil.copy(file, folder / f"{number}-{file.name}")
    job = subprocess.Popen(
        [sys.executable, "-m", "claimtrace", "scan", "many", "--no-store", *jobs],
        cwd=folder.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(1.5)
    job.kill()
    job.wait(timeout=30)
    until = time.monotonic() + 30
    while (left := _processes_of(job.pid)) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == []


def _processes_of(session: int) -> list[str]:
    """Running processes of a session."""
    found: list[str] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, own = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:  # it has ended meanwhile
            continue
        if int(own) == session and state != "Z":
            found.append(stat.parent.name)
    return found
