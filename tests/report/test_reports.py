"""Each format, read by a real reader of it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import claimtrace
from claimtrace.errors import SettingsError
from claimtrace.report.options import ReportOptions
from claimtrace.report.registry import FORMATS, writer
from claimtrace.report.safe import one_line


@pytest.fixture(scope="module")
def scan() -> claimtrace.Scan:
    return claimtrace.scan(Path(__file__).resolve().parents[2] / "seeds")


def written(name: str, scan: claimtrace.Scan, options: ReportOptions | None = None) -> str:
    out = io.StringIO(newline="")
    writer(name)(scan, out, options or ReportOptions())
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 140])
def test_plain_keeps_to_its_width_and_has_no_escapes(scan: claimtrace.Scan, width: int) -> None:
    text = written("plain", scan, ReportOptions(width=width))
    assert "\x1b" not in text
    assert all(len(line) <= width for line in text.splitlines() if " " in line.strip())
    assert "CT101" in text
    assert "misleading" in text


def test_plain_in_ascii(scan: claimtrace.Scan) -> None:
    assert written("plain", scan, ReportOptions(unicode=False)).isascii()


def test_terminal_underlines_and_plain_marks_the_same_words(scan: claimtrace.Scan) -> None:
    text = written("rich", scan, ReportOptions(width=100, colour=True))
    assert "\x1b[1;4m" in text
    assert "\x1b]8;" in text  # the DOI is a link


def test_hostile_text_never_reaches_the_terminal(scan: claimtrace.Scan) -> None:
    assert one_line("a\x1b[31mb\u202ec\x07\n[red]d") == "a\ufffd[31mbc\ufffd [red]d"
    document = scan.documents[0]
    evil = replace(document, document=replace(document.document, title="\x1b]0;owned\x07[bold]x"))
    for name in ("plain", "rich"):
        text = written(name, replace(scan, documents=(evil,)), ReportOptions(colour=name == "rich"))
        assert "\x1b]0;" not in text
        assert "[bold]x" in text


def test_csv_reads_back_and_is_no_formula(scan: claimtrace.Scan) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", scan))))
    found = sum(len(claim.overstatements) for claim in scan.claims) + sum(
        len(one.omissions) for one in scan.documents
    )
    assert len(rows) == found
    document = scan.documents[0]
    evil = replace(document, document=replace(document.document, title="=HYPERLINK(1)"))
    rows = list(csv.DictReader(io.StringIO(written("csv", replace(scan, documents=(evil,))))))
    assert rows[0]["title"].startswith("'=")


def test_sarif(scan: claimtrace.Scan) -> None:
    log = json.loads(written("sarif", scan))
    run = log["runs"][0]
    assert log["version"] == "2.1.0"
    known = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    texts = {one.document.path: one.document.text for one in scan.documents}
    assert run["results"]
    for result in run["results"]:
        assert result["ruleId"] in known
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        if "snippet" in region:
            lines = texts[place["artifactLocation"]["uri"]].split("\n")
            piece = "\n".join(lines[region["startLine"] - 1 : region["endLine"]])
            assert piece[region["startColumn"] - 1 :].startswith(region["snippet"]["text"][:5])


def test_markdown_escapes(scan: claimtrace.Scan) -> None:
    document = scan.documents[0]
    evil = replace(document, document=replace(document.document, title="<script>*x*"))
    text = written("markdown", replace(scan, documents=(evil,)))
    assert "<script>" not in text
    assert "\\*x\\*" in text


def test_html_is_one_page_without_network_or_foreign_script(scan: claimtrace.Scan) -> None:
    document = scan.documents[0]
    evil = replace(document, document=replace(document.document, title="</script><img src=x onerror=alert(1)>"))
    page = written("html", replace(scan, documents=(evil, *scan.documents[1:])))
    assert "<img" not in page
    assert 'http-equiv="Content-Security-Policy"' in page
    attributes: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            attributes.update(name for name, _ in attrs)

    Reader().feed(page)
    assert not attributes & {"src", "onerror", "onclick", "srcset", "background"}
    for claim in scan.documents[1].claims:
        if claim.overstatements:
            assert f'id="{claim.id}"' in page


def test_formats_are_known_by_name(scan: claimtrace.Scan) -> None:
    for name in FORMATS:
        assert written(name, scan)
    with pytest.raises(SettingsError, match="expected one of"):
        writer("word")
