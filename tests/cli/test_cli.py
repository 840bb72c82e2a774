"""The command line as a user meets it: exit status, streams, bad input."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def run(
    *args: str, cwd: Path | None = None, stdin: str | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CLAIMTRACE_")}
    return subprocess.run(
        [sys.executable, "-m", "claimtrace", *args],
        capture_output=True,
        text=True,
        cwd=cwd,
        input=stdin,
        env={**clean, **env},
        timeout=120,
        check=False,
        encoding="utf-8",
    )


def test_scan_show_and_identifiers(root: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "s.sqlite")
    done = run("scan", "seeds", "--store", store, "--format", "json", cwd=root)
    assert done.returncode == 0
    assert done.stderr == ""
    data = json.loads(done.stdout)
    claim = next(one for one in data["claims"] if one["overstatements"] and one["study"])
    shown = run("show", claim["id"][:7], "--store", store, cwd=tmp_path)
    assert shown.returncode == 0
    assert claim["overstatements"][0]["rule"] in shown.stdout
    assert "Study" in shown.stdout
    missed = run("show", "zzzzzzzzzz", CLAIMTRACE_STORE=store)
    assert missed.returncode == 2
    assert len(missed.stderr.strip().splitlines()) == 1
    assert "Traceback" not in missed.stderr


@pytest.mark.parametrize(
    ("args", "status", "word"),
    [
        (("scan", "nowhere.txt", "--no-store"), 2, "no such file"),
        (("scan", "."), 2, "holds no files"),
        (("scan", "seeds", "--format", "word"), 2, "expected one of"),
        (("scan", "x", "--min-severity", "huge"), 2, "expected one of"),
        (("scan", "x", "--published", "soon"), 2, "ISO date"),
        (("scan", "x", "--select", "CT9"), 2, "no rule"),
        (("explain", "CT999"), 2, "no rule"),
        (("schema", "dog"), 2, "scan, study and baseline"),
        (("scan", "x", "--studies", "missing.json"), 2, "cannot be read"),
        (("studies", "show", "nobody"), 2, "no study"),
    ],
)
def test_wrong_use_is_one_line_and_two(tmp_path: Path, args: tuple[str, ...], status: int, word: str) -> None:
    done = run(*args, cwd=tmp_path)
    assert done.returncode == status
    said = done.stderr + done.stdout
    assert word in said
    assert "Traceback" not in said


def test_some_unreadable_is_three_and_fail_on_is_one(tmp_path: Path, article: Path) -> None:
    (tmp_path / "bad.bin").write_bytes(bytes(range(256)) * 8)
    assert run("scan", ".", "--no-store", cwd=tmp_path).returncode == 3
    root = Path(__file__).resolve().parents[2]
    assert run("scan", "seeds", "--no-store", "-q", "--fail-on", "critical", cwd=root).returncode == 1
    assert run("scan", "seeds", "--no-store", "-q", cwd=root).returncode == 0


def test_a_baseline_forgives_what_it_holds(root: Path, tmp_path: Path) -> None:
    base = tmp_path / "base.json"
    assert run("scan", "seeds", "--no-store", "--format", "json", "--output", str(base), cwd=root).returncode == 0
    assert (
        run("scan", "seeds", "--no-store", "-q", "--fail-on", "minor", "--baseline", str(base), cwd=root).returncode
        == 0
    )


def test_output_is_whole_or_nothing(root: Path, tmp_path: Path) -> None:
    done = run(
        "scan", "seeds", "--no-store", "--format", "csv", "--output", str(tmp_path / "none" / "a.csv"), cwd=root
    )
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_store_loses_nothing(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    done = run("scan", "seeds", "-q", "--store", str(tmp_path / "file" / "s.sqlite"), cwd=root)
    assert done.returncode == 0
    assert "not kept" in done.stderr
    assert "misleading" in done.stdout


def test_standard_input_and_settings_file(tmp_path: Path, article: Path) -> None:
    done = run("scan", "-", "--no-store", "--format", "json", stdin=article.read_text("utf-8"), cwd=tmp_path)
    assert json.loads(done.stdout)["documents"][0]["path"] == "-"
    (tmp_path / "claimtrace.toml").write_text('format = "csv"\n', "utf-8")
    assert run("scan", str(article), "--no-store", cwd=tmp_path).stdout.startswith("path,title")
    (tmp_path / "claimtrace.toml").write_text("colour = 1\n", "utf-8")
    wrong = run("scan", str(article), "--no-store", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "no setting" in wrong.stderr


def test_a_closed_pipe_is_no_error(root: Path) -> None:
    command = f"'{sys.executable}' -m claimtrace scan seeds --no-store | head -n 2"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=root, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_an_interrupt_is_130(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for seed in (root / "seeds").iterdir():
        for number in range(60):
            shutil.copy(seed, folder / f"{number}-{seed.name}")
    job = subprocess.Popen(
        [sys.executable, "-m", "claimtrace", "scan", str(folder), "--no-store"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1.0)
    job.send_signal(signal.SIGINT)
    _, said = job.communicate(timeout=60)
    assert job.returncode == 130
    assert "Traceback" not in said


def test_help_ends_with_an_example() -> None:
    for words in (
        ["scan"],
        ["show"],
        ["compare"],
        ["rules"],
        ["explain"],
        ["schema"],
        ["studies", "list"],
        ["studies", "show"],
        ["studies", "check"],
        ["studies", "import"],
        ["studies", "add"],
        ["studies", "remove"],
    ):
        done = run(*words, "--help")
        assert done.returncode == 0
        assert "Example: claimtrace" in done.stdout


def test_compare_rules_explain_schema_studies() -> None:
    assert run("compare", "Coffee causes cancer", "Coffee was not associated with cancer").stdout.startswith(
        "exaggerates"
    )
    assert "CT101" in run("rules").stdout
    assert "Source:" in run("explain", "ct701").stdout
    assert json.loads(run("schema", "study").stdout)["title"] == "Study record"
    assert json.loads(run("schema", "scan").stdout)["$id"] == "claimtrace.scan/1"
    assert "[retracted]" in run("studies", "list", "--status", "retracted").stdout
    assert json.loads(run("studies", "show", "kim-2009-self-seeding", "--format", "json").stdout)["journal"] == "Cell"
    assert "retracted" in run("studies", "check").stdout
