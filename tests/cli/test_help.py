"""Help, its examples, completion, and the settings file to begin with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from claimtrace.cli.main import app
from claimtrace.cli.settings import settings_from_files


def commands(command: Any = None, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with its words."""
    command = command or typer.main.get_command(app)
    inner = getattr(command, "commands", None)
    if inner is None:
        yield words, command
        return
    for name, one in inner.items():
        yield from commands(one, (*words, name))


COMMANDS = {" ".join(words): command for words, command in commands()}


@pytest.mark.parametrize("name", list(COMMANDS))
def test_help_ends_with_an_example_that_works(claimtrace: Any, desk: Path, root: Path, name: str) -> None:
    done = claimtrace(*name.split(), "--help", COLUMNS="200")
    assert done.returncode == 0
    last = done.stdout.strip().splitlines()[-1].strip()
    assert last.startswith("Example: claimtrace "), last
    example = last.removeprefix("Example: ")
    assert example.startswith(f"claimtrace {name}")
    if name == "studies add":
        pytest.skip("the example asks Crossref and Europe PMC: tests/studies/test_fetching.py holds their answers")
    shutil.copytree(root / "data", desk / "data")
    assert claimtrace("scan", "seeds", "-q").returncode == 0  # what show and its like look into
    if name == "studies remove":
        assert claimtrace("studies", "import", "data/studies.json").returncode == 0
    folder = Path(sys.executable).parent
    tried = subprocess.run(
        ["bash", "-c", example],
        capture_output=True,
        text=True,
        cwd=desk,
        env={
            **{key: value for key, value in os.environ.items() if not key.startswith("CLAIMTRACE_")},
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
            "CLAIMTRACE_STORE": str(desk / "store.sqlite"),
        },
        check=False,
    )
    assert tried.returncode == 0, tried.stderr
    assert "Traceback" not in tried.stderr


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_option_says_what_it_is(name: str) -> None:
    for option in COMMANDS[name].params:
        if type(option).__name__.endswith("Option"):
            assert option.help, f"{name} {option.opts}"


def test_the_package_runs_as_a_module(claimtrace: Any) -> None:
    done = claimtrace("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("claimtrace ")


def test_importing_the_module_runs_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import claimtrace.__main__; print('still here')"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "still here\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion(claimtrace: Any, shell: str) -> None:
    script = claimtrace("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert script.returncode == 0
    assert "_CLAIMTRACE_COMPLETE" in script.stdout


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("claimtrace comp", {"compare"}),
        ("claimtrace scan seeds --min-sev", {"--min-severity"}),
        ("claimtrace scan seeds --format js", {"json", "jsonl"}),
        ("claimtrace scan seeds --fail-on ma", {"major"}),
        ("claimtrace explain CT70", {f"CT70{number}" for number in range(1, 10)}),
    ],
)
def test_what_a_shell_offers(claimtrace: Any, line: str, offered: set[str]) -> None:
    words = line.split()
    done = claimtrace(
        _CLAIMTRACE_COMPLETE="complete_bash", COMP_WORDS=line.replace(" ", "\n"), COMP_CWORD=str(len(words) - 1)
    )
    assert set(done.stdout.split()) == offered


def test_init_writes_a_settings_file_that_says_the_defaults(claimtrace: Any, desk: Path) -> None:
    done = claimtrace("init")
    assert (done.returncode, done.stderr) == (0, "")
    text = (desk / "claimtrace.toml").read_text("utf-8")
    assert tomllib.loads(text) == {}
    before = claimtrace("scan", "seeds", "--no-store", "-f", "json").stdout
    # With the comment signs taken off, every line is a setting that claimtrace knows.
    settings = [line[2:] for line in text.splitlines() if line.startswith("# ") and ("= " in line or "# [" in line)]
    (desk / "claimtrace.toml").write_text("\n".join(settings), "utf-8")
    assert len(settings_from_files(desk).defaults["scan"]) >= 12
    assert len(settings_from_files(desk).per_path) == 1
    (desk / "claimtrace.toml").write_text(text, "utf-8")
    assert claimtrace("scan", "seeds", "--no-store", "-f", "json").stdout == before


def test_init_refuses_to_overwrite(claimtrace: Any, desk: Path) -> None:
    (desk / "claimtrace.toml").write_text("quiet = true\n", "utf-8")
    done = claimtrace("init")
    assert done.returncode == 2
    assert "already" in done.stderr
    assert (desk / "claimtrace.toml").read_text("utf-8") == "quiet = true\n"
    done = claimtrace("init", "nowhere")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
