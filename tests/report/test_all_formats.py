"""What holds for every format, whatever was scanned."""

from __future__ import annotations

import io
import json
import unicodedata
from typing import Any

import pytest

from claimtrace.errors import SettingsError
from claimtrace.model.results import Scan
from claimtrace.report.options import ReportOptions
from claimtrace.report.registry import FORMATS, writer

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
