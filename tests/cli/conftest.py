"""The command line as a process of its own, and a folder to try it in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def desk(tmp_path: Path, root: Path) -> Path:
    """A folder with two of the seed articles in ``seeds/``."""
    folder = tmp_path / "desk"
    (folder / "seeds").mkdir(parents=True)
    for seed in sorted((root / "seeds").iterdir())[2:4]:
        shutil.copy(seed, folder / "seeds")
    return folder


@pytest.fixture
def claimtrace(desk: Path) -> Run:
    """Runs ``claimtrace`` in the folder, with a store of its own and no settings of the developer's."""

    def run(*args: str, cwd: Path = desk, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("CLAIMTRACE_")}
        return subprocess.run(
            [sys.executable, "-m", "claimtrace", *args],
            capture_output=True,
            text=True,
            cwd=cwd,
            input=stdin,
            env={**clean, "CLAIMTRACE_STORE": str(desk / "store.sqlite"), **env},
            timeout=120,
            check=False,
            encoding="utf-8",
        )

    return run
