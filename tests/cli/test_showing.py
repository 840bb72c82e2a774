"""`compare`, `explain`, `rules` and `show` as a person meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "claimtrace", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100", **variables},
        check=False,
    )


def test_compare_shows_both_and_what_decided() -> None:
    shown = run("compare", "Coffee prevents cancer", "Coffee may be linked to fewer cancers in mice").stdout
    lines = shown.splitlines()
    assert lines[0].startswith("exaggerates: The report says more than its source")
    assert "Also more in: certainty, population" in " ".join(shown.split())
    rows = {line.split()[0]: line for line in lines if line and not line.startswith(" ")}
    assert "“prevents”" in rows["strength"]
    assert rows["strength"].endswith("more")
    assert "mouse  “mice”" in rows["population"]


def test_compare_as_json() -> None:
    found = json.loads(run("compare", "Coffee prevents cancer", "Coffee may prevent cancer", "--json").stdout)
    assert found["label"] == "exaggerates"
    assert {one["dimension"]: one["report_is"] for one in found["dimensions"]}["certainty"] == "more"


def test_compare_reads_files_and_says_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Coffee was linked to less cancer.", "utf-8")
    assert "a.txt" in run("compare", str(tmp_path / "a.txt"), "Coffee prevents cancer").stdout.replace("\n", "")
    missed = run("compare", "missing.txt", "Coffee prevents cancer")
    assert missed.returncode == 2
    assert missed.stderr.startswith("claimtrace: missing.txt: there is no such file")
    assert "Nothing to compare" in run("compare", "", "Coffee prevents cancer").stdout


def test_compare_reads_what_a_scan_reads(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><body><nav><a href='/x'>Garlic causes miracles</a></nav><article><h1>Coffee and cancer</h1>"
        "<p>Coffee prevents cancer in all who drink it, researchers say after years of work.</p></article></body></html>",
        "utf-8",
    )
    found = json.loads(run("compare", str(page), "Coffee was associated with less cancer", "--json").stdout)
    assert found["label"] == "exaggerates"
    assert found["report"].startswith("Coffee prevents cancer")
    letter = "From a@b.example Mon Jan  1 00:00:00 2024\nFrom: a@b.example\nTo: c@b.example\nSubject: Coffee\n\nCoffee prevents cancer, they say.\n\n"
    (tmp_path / "letters.mbox").write_text(letter * 2, "utf-8")
    several = run("compare", str(tmp_path / "letters.mbox"), "Coffee was associated with less cancer")
    assert several.returncode == 2
    assert "holds several articles" in several.stderr
    assert len(several.stderr.splitlines()) == 1
    private = run("compare", "http://127.0.0.1:9/story", "Coffee was associated with less cancer")
    assert private.returncode == 2
    assert "Traceback" not in private.stderr


def test_compare_makes_hostile_words_harmless() -> None:
    shown = run("compare", "Coffee \x1b]0;owned\x07prevents cancer \u202eabc", "Coffee may help").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    ("asked", "hint"), [("CT102x", "CT102"), ("certainty", "CT102"), ("CT7", "CT701"), ("\x1b[31m", "rules lists")]
)
def test_explain_knows_what_was_meant(asked: str, hint: str) -> None:
    shown = run("explain", asked)
    assert shown.returncode == 2
    assert hint in shown.stderr
    assert "\x1b" not in shown.stderr
    assert len(shown.stderr.splitlines()) == 1


def test_explain_keeps_to_the_width() -> None:
    shown = run("explain", "CT202", COLUMNS="60").stdout
    assert all(len(line) <= 60 for line in shown.splitlines())
    for part in ("Source:", "Severity", "It fires on", "It is silent on", "--ignore CT202"):
        assert part in shown


def test_show_offers_near_identifiers(root: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "store.sqlite")
    scan = json.loads(run("scan", str(root / "seeds"), "--store", store, "--format", "json").stdout)
    id = next(claim["id"] for claim in scan["claims"] if claim["overstatements"])
    wrong = ("0" if id[0] != "0" else "1") + id[1:]
    missed = run("show", wrong, "--store", store)
    assert missed.returncode == 2
    assert id in missed.stderr
    missed = run("show", id[:4] + "_", "--store", store)
    assert id[:4] in missed.stderr
    assert len(missed.stderr.splitlines()) == 1
    shown = run("show", id, "--store", store, COLUMNS="140").stdout
    assert shown.startswith("It says more than its study")
    assert "│ The study says" in shown


def test_author_comes_from_the_settings(root: Path, tmp_path: Path) -> None:
    (tmp_path / "claimtrace.toml").write_text('author = "The Desk"\n', "utf-8")
    shown = subprocess.run(
        [sys.executable, "-m", "claimtrace", "scan", str(root / "seeds"), "--no-store", "-f", "claimreview"],
        capture_output=True,
        cwd=tmp_path,
        check=True,
    )
    assert json.loads(shown.stdout)["@graph"][0]["author"]["name"] == "The Desk"
