"""The reports for people: what is said, in which order, and how it is marked."""

from __future__ import annotations

import io
from dataclasses import replace

import claimtrace
from claimtrace.report.claim_view import write_claim
from claimtrace.report.options import ReportOptions
from claimtrace.report.registry import writer
from claimtrace.report.safe import one_line


def written(name: str, scan: claimtrace.Scan, options: ReportOptions | None = None) -> str:
    out = io.StringIO(newline="")
    writer(name)(scan, out, options or ReportOptions())
    return out.getvalue()


def test_the_headline_figure_stands_first(seed_scan: claimtrace.Scan) -> None:
    for name in ("plain", "rich", "markdown"):
        first = written(name, seed_scan).lstrip("# ").splitlines()[0]
        assert first.startswith("5 of 5 articles say more than the study")


def test_terminal_underlines_and_plain_marks_the_same_words(seed_scan: claimtrace.Scan) -> None:
    text = written("rich", seed_scan, ReportOptions(width=100, colour=True))
    underlined = [piece.split("\x1b[0m")[0].strip() for piece in text.split("\x1b[1;4m")[1:]]
    plain = " ".join(written("plain", seed_scan, ReportOptions(width=100)).split())
    assert underlined
    assert all(one in plain for one in underlined)
    assert plain.count("«") == plain.count("»") >= len([one for one in seed_scan.claims if one.overstatements])
    assert "\x1b]8;" in text  # the DOI is a link


def test_wide_terminals_hold_article_and_study_side_by_side(seed_scan: claimtrace.Scan) -> None:
    wide = written("plain", seed_scan, ReportOptions(width=140)).splitlines()
    assert any("»" in line.split("│")[0] and "study says" in line.split("│")[1] for line in wide if "│" in line)
    assert "│" not in written("plain", seed_scan, ReportOptions(width=100))


def test_a_quote_stands_in_full_once_an_article(seed_scan: claimtrace.Scan) -> None:
    document = seed_scan.documents[0]
    text = " ".join(written("plain", replace(seed_scan, documents=(document,))).split())
    quotes = {one.evidence.text for claim in document.claims for one in claim.overstatements if one.evidence.text}
    quotes -= {study.title for study in seed_scan.studies.values()}  # the article's heading names its study by title
    assert quotes
    for quote in quotes:
        assert text.count(one_line(quote)) <= 1 + text.count(f"with care: {one_line(quote)}")
    assert "(in full above)" in text


def test_the_most_severe_comes_first(seed_scan: claimtrace.Scan) -> None:
    claim = next(
        one
        for one in seed_scan.claims
        if len({found.severity for found in one.overstatements}) > 1 and one.overstatements[0].severity != "major"
    )
    document = next(one for one in seed_scan.documents if one.id == claim.document)
    out = io.StringIO()
    write_claim(seed_scan, document, claim, out, ReportOptions())
    told = [line.split()[1] for line in out.getvalue().splitlines() if line.startswith("CT")]
    assert told == sorted(told, key=("critical", "major", "minor").index)


def test_one_claim_in_full(seed_scan: claimtrace.Scan) -> None:
    document = seed_scan.documents[3]
    claim = next(one for one in document.claims if one.overstatements and one.kind != "headline")
    out = io.StringIO()
    write_claim(seed_scan, document, claim, out, ReportOptions(width=90))
    text = " ".join(out.getvalue().split())
    assert text.startswith("It says more than its study")
    for part in ("The article says", "The study says", "Measured", "In whom", "Limit", claim.id):
        assert part in text
    for one in claim.overstatements:
        assert one_line(one.reason) in text
        assert f"claimtrace explain {one.rule}" in text


def test_a_claim_without_study_is_told_so(hostile_scan: claimtrace.Scan) -> None:
    document = hostile_scan.documents[0]
    out = io.StringIO()
    write_claim(hostile_scan, document, document.claims[0], out, ReportOptions())
    assert out.getvalue().startswith("No study is known for this sentence")


def test_a_hostile_claim_in_full_obeys_nothing(hostile_scan: claimtrace.Scan) -> None:
    document = hostile_scan.documents[0]
    for colour in (True, False):
        out = io.StringIO()
        write_claim(hostile_scan, document, document.claims[1], out, ReportOptions(width=80, colour=colour))
        text = out.getvalue()
        for bad in ("\x1b]0;", "\x07", "\x00", "\u202e", "\x1b[31mred"):
            assert bad not in text
        assert "[bold]x[/bold]" in text
        assert "RETRACTED" in text


def test_hostile_text_is_made_harmless() -> None:
    assert one_line("a\x1b[31mb\u202ec\x07\n[red]d") == "a\ufffd[31mbc\ufffd [red]d"


def test_what_is_no_sentence_does_not_flood_the_screen(hostile_scan: claimtrace.Scan) -> None:
    text = written("plain", hostile_scan, ReportOptions(width=80))
    assert "wwww" in text
    assert len(text) < 40_000  # the sentence and three suggestions have 20,000 signs each
