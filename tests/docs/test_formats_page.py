"""The examples of docs/formats.md, run as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from claimtrace.report.registry import FORMATS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "formats.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(sh|python)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
FIRST, REST = BLOCKS[0][1], BLOCKS[1:]
_PROGRAMS = ("jq",)
_LIBRARIES = ("pandas", "duckdb")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the page begins with, made by its own first block."""
    made = tmp_path_factory.mktemp("formats")
    shutil.copytree(ROOT / "seeds", made / "seeds")
    ran(["sh", "-e", "-c", f'claimtrace() {{ "{sys.executable}" -m claimtrace "$@"; }}\n{FIRST}'], made)
    return made


def ran(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "CLAIMTRACE_STORE": str(folder / "store.sqlite")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_block_writes_every_format_that_goes_to_a_file(folder: Path) -> None:
    asked = set(re.findall(r"--format (\w+)", FIRST))
    assert asked == set(FORMATS) - {"rich", "plain"}
    for name in re.findall(r"--output (\S+)", FIRST):
        assert (folder / name).stat().st_size > 1000


@pytest.mark.parametrize(("language", "block"), REST, ids=[f"{at}-{kind}" for at, (kind, _) in enumerate(REST)])
def test_an_example_runs(folder: Path, language: str, block: str) -> None:
    for program in _PROGRAMS:
        if block.startswith(program) and shutil.which(program) is None:
            pytest.skip(f"{program} is not here")
    for library in _LIBRARIES:
        if re.search(rf"^import {library}\b", block, re.MULTILINE) and find_spec(library) is None:
            pytest.skip(f"{library} is not installed")
    command = ["sh", "-e", "-c", block] if language == "sh" else [sys.executable, "-c", block]
    assert ran(command, folder).strip()


def test_every_format_has_its_row() -> None:
    for name in FORMATS:
        assert f"`{name}`" in PAGE
