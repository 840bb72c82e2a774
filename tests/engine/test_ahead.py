"""Workers that load their tables while the command line is still read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimtrace.engine import ahead
from claimtrace.engine.channel import channel
from claimtrace.engine.pool import scan_ahead
from claimtrace.engine.scanning import Scanner
from claimtrace.engine.settings import Settings
from claimtrace.errors import ClaimtraceError
from claimtrace.studies.bundled import load_bundled

begins = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="begins where there is a second processor"
)


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[ahead.Ahead]:
    monkeypatch.setattr(ahead, "_begun", [])
    ahead.begin()
    begun = ahead.begun()
    assert begun is not None
    yield begun
    ahead.end()


def test_a_channel_carries_objects_both_ways_and_ends() -> None:
    here, there = channel()
    here.send({"a": [1, 2]})
    there.send("é" * 10_000)
    assert there.recv() == {"a": [1, 2]}
    assert here.recv() == "é" * 10_000
    here.close()
    with pytest.raises(EOFError):
        there.recv()
    with pytest.raises(BrokenPipeError):
        there.send(1)
    there.close()


def test_a_message_that_breaks_off_is_an_end() -> None:
    here, there = channel()
    os.write(here._outgoing, (100).to_bytes(8, "big") + b"half")
    here.close()
    with pytest.raises(EOFError):
        there.recv()
    there.close()


@begins
def test_workers_give_the_same_scan_and_are_gone_after_it(root: Path, workers: ahead.Ahead) -> None:
    settings = Settings(ignore=("CT3",))
    paths = [root / "seeds", root / "nowhere"]
    told: list[str] = []
    scan = scan_ahead(paths, workers, load_bundled, settings, 2, told.append)
    assert scan == Scanner(load_bundled(), settings).scan(paths)
    assert [Path(one).name for one in told] == [*sorted(os.listdir(root / "seeds")), "nowhere"]
    workers.wait()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@begins
def test_workers_that_could_not_load_leave_the_scan_to_others(root: Path, workers: ahead.Ahead) -> None:
    os.kill(workers._pid, signal.SIGKILL)
    assert scan_ahead([root / "seeds"], workers, load_bundled, Settings(), 2) is None


@begins
def test_a_worker_that_dies_at_work_is_told(root: Path, workers: ahead.Ahead) -> None:
    def die(_path: str) -> None:
        os.kill(workers._pid, signal.SIGKILL)

    with pytest.raises(ClaimtraceError, match="a worker process died at one of"):
        scan_ahead([root / "seeds"] * 9, workers, load_bundled, Settings(), 1, die)


@begins
def test_workers_without_work_leave(workers: ahead.Ahead) -> None:
    pid = workers._pid
    ahead.end()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def _claimtrace(*words: str) -> list[str]:
    return [sys.executable, "-m", "claimtrace", *words]


def test_the_command_line_prints_the_same_with_and_without(root: Path) -> None:
    command = _claimtrace("scan", "seeds", "--no-store")
    ahead_of = subprocess.run(command, cwd=root, capture_output=True, check=True)
    alone = subprocess.run([*command, "--jobs", "1"], cwd=root, capture_output=True, check=True)
    assert ahead_of.stdout == alone.stdout
    assert ahead_of.stderr == alone.stderr == b""


@begins
def test_an_interrupted_scan_leaves_no_worker(root: Path, tmp_path: Path) -> None:
    for number in range(300):  # some seconds of work
        (tmp_path / f"{number}.txt").write_bytes((root / "seeds" / os.listdir(root / "seeds")[0]).read_bytes())
    run = subprocess.Popen(
        _claimtrace("scan", str(tmp_path), "--no-store"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(1)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=20)
    assert run.returncode == 130
    assert said == b"claimtrace: interrupted\n"
    for _ in range(100):
        try:
            os.killpg(run.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a worker outlived its scan by five seconds")
