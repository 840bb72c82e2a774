"""What holds for every format, whatever was scanned."""

from __future__ import annotations

import io
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import claimtrace
from claimtrace.errors import SettingsError
from claimtrace.model.results import Scan
from claimtrace.report.options import ReportOptions
from claimtrace.report.registry import FORMATS, writer

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "=cmd() </script><img src=x onerror=alert(1)> \x1b]0;owned\x07\x1b[31mred \u202egnp.exe \x00 \ud800 \u2028 [x](javascript:1)"
SHOWN = ("rich", "plain", "markdown", "csv", "html")
"""Formats whose text people read as it is."""


def written(name: str, scan: Scan, **options: Any) -> str:
    out = io.StringIO(newline="")
    writer(name)(scan, out, ReportOptions(**options))
    return out.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_it_writes_and_writes_the_same_again(name: str, any_scan: Scan) -> None:
    text = written(name, any_scan)
    assert text or (name == "jsonl" and not any_scan.documents)
    assert text == written(name, any_scan)


@pytest.mark.parametrize("name", FORMATS)
def test_no_control_sign_of_an_article_comes_through(name: str, hostile_scan: Scan) -> None:
    text = written(name, hostile_scan)
    assert "\x00" not in text
    assert "\x1b" not in text
    assert "\x07" not in text
    if name in SHOWN:
        assert not any(unicodedata.category(sign) == "Cs" for sign in text)
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(text)
    text.encode("utf-8")  # no lone surrogate either: each reader takes the bytes


@pytest.mark.parametrize("name", ["rich", "plain"])
@pytest.mark.parametrize("width", [20, 40, 80, 109, 110, 140, 400])
def test_rows_keep_to_the_width(name: str, any_scan: Scan, width: int) -> None:
    text = written(name, any_scan, width=width)
    most = max(40, min(width, 140))
    assert max((len(line) for line in text.splitlines()), default=0) <= most


@pytest.mark.parametrize("name", ["rich", "plain"])
@pytest.mark.parametrize("colour", [True, False])
def test_ascii_for_a_terminal_that_has_no_more(name: str, any_scan: Scan, colour: bool) -> None:
    assert written(name, any_scan, unicode=False, colour=colour).isascii()


def test_a_severity_is_a_word_with_colours_and_without(seed_scan: Scan) -> None:
    for name in ("rich", "plain"):
        text = written(name, seed_scan, colour=name == "rich")
        for word in ("critical", "major", "minor", "misleading"):
            assert word in text


def test_hostile_escapes_never_come_with_those_of_the_report(hostile_scan: Scan) -> None:
    text = written("rich", hostile_scan, colour=True)
    assert "\x1b]0;" not in text
    assert "\x1b[31mred" not in text
    links = {piece.split("\x1b\\")[0] for piece in text.split("\x1b]8;")[1:]}
    assert all(not link.split(";", 1)[1] or link.split(";", 1)[1].startswith("https://doi.org/") for link in links)


@pytest.mark.parametrize("name", ["json", "sarif", "claimreview", "annotation"])
def test_json_is_json_and_names_its_schema(name: str, any_scan: Scan) -> None:
    data = json.loads(written(name, any_scan))
    assert {"json": "schema", "sarif": "$schema"}.get(name, "@context") in data


def test_quiet_is_the_summary_alone(seed_scan: Scan) -> None:
    for name in ("rich", "plain", "markdown"):
        text = written(name, seed_scan, quiet=True)
        assert "CT101" not in text
        assert "misleading" in text


def test_verbose_tells_of_linked_claims_without_overstatement(seed_scan: Scan) -> None:
    quiet = next(claim for claim in seed_scan.claims if claim.study and not claim.overstatements)
    assert quiet.id in written("plain", seed_scan, verbose=True)
    assert quiet.id not in written("plain", seed_scan)
    assert quiet.id in written("claimreview", seed_scan, verbose=True)
    assert quiet.id not in written("claimreview", seed_scan)


def test_formats_are_known_by_name() -> None:
    with pytest.raises(SettingsError, match="expected one of"):
        writer("word")


@pytest.fixture(scope="module")
def odd_files_scan(tmp_path_factory: pytest.TempPathFactory) -> Scan:
    """Files as they come: empty, blank, not UTF-8, full of escapes, with a name that no one would give."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b"\n \n\t\n")
    (folder / "latin.txt").write_bytes("Müsli prévents cancer, says a «new» study.\n".encode("latin-1"))
    text = f"{HOSTILE}\n\nA new study found that {HOSTILE} causes cancer in mice.\n"
    (folder / "hostile.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
    (folder / "=cmd()\x1b[31m\n<b>.txt").write_bytes(b"Coffee cures cancer. A study of Karagiannis showed it.\n")
    return claimtrace.scan(folder)


@pytest.mark.parametrize("name", FORMATS)
def test_odd_files_in_every_format(name: str, odd_files_scan: Scan) -> None:
    text = written(name, odd_files_scan)
    text.encode("utf-8")
    assert "\x1b" not in text
    assert "\x00" not in text
    if name == "json":
        schema = json.loads((ROOT / "src" / "claimtrace" / "data" / "schemas" / "scan.json").read_bytes())
        Draft202012Validator(schema).validate(json.loads(text))
