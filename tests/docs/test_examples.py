"""Every example in the README and the documentation is run.

Fenced blocks of ``bash``, ``console`` and ``python`` are run page by page, in order, in one folder that holds ``seeds/``.
In a ``console`` block, each line that begins with ``$`` is run, and the lines below it must occur in what it prints, in
that order; ``...`` stands for anything. What is not run says so where the reader sees it:

- a line that begins with ``pip install``;
- a block whose first line is ``# not run:`` and why.

Blocks after a comment ``<!-- excerpt: COMMAND -->`` are held against what the command prints.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = {
    "docs/reference/command-line.md",  # its examples are those of --help: tests/cli runs them
    "docs/catalogues.md",  # its examples need catalogues of the tests: tests/studies runs them
    "docs/formats.md",  # its examples need files and tools of their own: another test of this folder runs them
}
PAGES = [
    path
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
    if path.relative_to(ROOT).as_posix() not in ELSEWHERE
]
BLOCK = re.compile(
    r"(?:<!-- excerpt: (?P<command>[^\n]*?)(?: \| lines [0-9-]+)? -->\n+)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


class Block(NamedTuple):
    """A fenced block; ``line`` is the number of its first line in the page."""

    kind: str
    body: str
    command: str | None
    line: int


def blocks(text: str) -> list[Block]:
    return [
        Block(found["kind"], found["body"], found["command"], text.count("\n", 0, found.start("body")) + 1)
        for found in BLOCK.finditer(text)
    ]


def run(script: str, folder: Path, shell: bool) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CLAIMTRACE_")}
    return subprocess.run(
        ["bash", "-e", "-u", "-o", "pipefail", "-c", script] if shell else [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={
            **clean,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "CLAIMTRACE_STORE": str(folder.parent / "store.sqlite"),
        },
        check=False,
        timeout=300,
    )


def squeezed(text: str) -> str:
    return " ".join(text.split())


def assert_prints(printed: str, expected: list[str]) -> None:
    """The expected lines occur in that order; white space is not compared, reports break lines by width."""
    at, whole = 0, squeezed(printed)
    for line in expected:
        words = squeezed(line)
        if words in ("", "..."):
            continue
        found = whole.find(words, at)
        assert found >= 0, f"{words!r} does not come in:\n{printed}"
        at = found + len(words)


def commands(body: str) -> list[tuple[str, list[str]]]:
    """Each command of a console block with the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


@pytest.mark.parametrize("page", PAGES, ids=[path.relative_to(ROOT).as_posix() for path in PAGES])
def test_every_example_runs(page: Path, tmp_path: Path) -> None:
    found = blocks(page.read_text("utf-8"))
    folder = tmp_path / "page"
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    for block in found:
        if block.body.startswith("# not run:"):
            continue
        where = f"{page.relative_to(ROOT)}, line {block.line}"
        if block.command is not None:
            done = run(block.command, folder, shell=True)
            assert_prints(done.stdout, block.body.splitlines())
        elif block.kind == "bash":
            script = "\n".join(line for line in block.body.splitlines() if not line.startswith("pip install"))
            done = run(script, folder, shell=True)
            assert done.returncode == 0, f"{where}\n{done.stderr}"
        elif block.kind == "console":
            for command, expected in commands(block.body):
                done = run(command, folder, shell=True)
                assert done.returncode == 0, f"{where}\n{done.stderr}"
                assert_prints(done.stdout, expected)
        elif block.kind == "python":
            done = run(block.body, folder, shell=False)
            assert done.returncode == 0, f"{where}\n{done.stderr}"


def test_no_shell_example_goes_unseen() -> None:
    """A block that calls claimtrace is of a kind that is run."""
    for page in PAGES:
        for block in blocks(page.read_text("utf-8")):
            if block.kind not in ("bash", "console", "python", "yaml", "text", "toml", "json"):
                assert block.command is not None or "claimtrace" not in block.body, f"{page.name}, line {block.line}"


def test_the_runner_sees_a_wrong_example() -> None:
    page = "```console\n$ echo one two\none\n...\nthree\n```\n"
    (block,) = blocks(page)
    ((command, expected),) = commands(block.body)
    assert command == "echo one two"
    with pytest.raises(AssertionError):
        assert_prints("one two\n", expected)
    assert_prints("one two three\n", expected)
