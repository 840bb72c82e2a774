"""PDF: columns, hyphens, running heads, headings; locked files and scans."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimtrace.documents.pdf_layout import Line, lines_of, pieces_of, without_running_heads
from claimtrace.errors import InputError
from claimtrace.model.documents import Document, Problem

Make = Callable[..., Path]
Load = Callable[..., tuple[list[Document], list[Problem]]]
Said = Callable[[Document], list[str]]

LEFT = "A new study has found that blackthorn extract stops arthritis in many patients, scientists say. The swelling fell by half within a week, and no patient had to leave the trial because of the treat-"
RIGHT = "ment or its taste. Researchers gave the same extract to mice with collagen arthritis before that. Their joints calmed down as well, though the effect was gone a month after the last dose was given."


@pytest.fixture
def writer() -> Any:
    pytest.importorskip("pypdfium2", reason="the extra [pdf] is not installed")
    return pytest.importorskip("fpdf", reason="fpdf2 is not installed (extra [dev])").FPDF()


def test_two_columns_with_running_heads(writer: Any, make: Make, load: Load, said: Said) -> None:
    for number in range(1, 4):
        writer.add_page()
        writer.set_font("Helvetica", size=8)
        writer.set_xy(10, 5)
        writer.cell(0, 5, f"Journal of Invented Rheumatology 12 ({number})")
        writer.set_xy(100, 285)
        writer.cell(0, 5, str(number), new_x="LMARGIN", new_y="TOP")
        writer.set_auto_page_break(False)
        if number == 1:
            writer.set_font("Helvetica", "B", size=20)
            writer.set_xy(10, 15)
            writer.multi_cell(
                190, 9, "Blackthorn extract calms joints in all patients who had the patience to take it"
            )
        writer.set_font("Times", size=11)
        for column, text in enumerate((LEFT, RIGHT)):
            writer.set_xy(10 + column * 100, 45)
            words = text.split()[:: 1 if number == 1 else -1][number // 3 :]
            writer.multi_cell(90, 5, " ".join(words), align="L")
    document = load(make("two.pdf", bytes(writer.output())))[0][0]
    sentences = said(document)
    assert (
        document.title
        == sentences[0]
        == "Blackthorn extract calms joints in all patients who had the patience to take it"
    )
    assert (
        "The swelling fell by half within a week, and no patient had to leave the trial because of the treatment or its taste."
        in sentences
    )
    assert not any("Journal of Invented" in one for one in sentences)
    assert (
        sentences[1]
        == "A new study has found that blackthorn extract stops arthritis in many patients, scientists say."
    )


def test_a_locked_file(writer: Any, make: Make, load: Load) -> None:
    writer.set_encryption(owner_password="a", user_password="b")
    writer.add_page()
    writer.set_font("Times", size=11)
    writer.cell(0, 5, "Words that nobody may read.")
    with pytest.raises(InputError) as caught:
        load(make("locked.pdf", bytes(writer.output())))
    assert caught.value.code == "encrypted"


def test_a_scan_has_no_text_layer(writer: Any, make: Make, load: Load) -> None:
    writer.add_page()
    writer.rect(10, 10, 100, 100)
    with pytest.raises(InputError) as caught:
        load(make("scan.pdf", bytes(writer.output())))
    assert caught.value.code == "no-text-layer"
    assert "OCR" in str(caught.value)


def test_a_damaged_file(writer: Any, make: Make, load: Load) -> None:
    with pytest.raises(InputError) as caught:
        load(make("bad.pdf", b"%PDF-1.7\nnothing of the kind"))
    assert caught.value.code == "damaged"


def column(left: float, top: float, words: list[str], page: int = 0) -> list[Line]:
    return [Line(left, top - 12 * n - 9, left + 200, top - 12 * n, text, page) for n, text in enumerate(words)]


def test_a_title_across_two_columns_comes_first() -> None:
    left = column(50, 700, [f"left {n}" for n in range(6)])
    right = column(300, 700, [f"right {n}" for n in range(6)])
    title = Line(50, 730, 500, 750, "A title across both columns")
    found = [one.text for one in lines_of([*right, title, *left])]
    assert found == [
        "A title across both columns",
        *(f"left {n}" for n in range(6)),
        *(f"right {n}" for n in range(6)),
    ]


def test_one_column_is_left_alone() -> None:
    lines = column(50, 700, [f"line {n}" for n in range(8)])
    assert [one.text for one in lines_of(lines[::-1])] == [f"line {n}" for n in range(8)]


def test_a_superscript_stays_in_its_line() -> None:
    found = lines_of(
        [Line(50, 700, 150, 710, "calms joints"), Line(151, 706, 155, 711, "2"), Line(157, 700, 200, 710, "in mice")]
    )
    assert [one.text for one in found] == ["calms joints2 in mice"]


def test_running_heads_differ_in_numbers_alone() -> None:
    pages = [
        [
            Line(50, 780, 200, 790, f"Vol. 3, page {n}", n),
            *column(
                50,
                700,
                [
                    "Words of a text",
                    "that differ",
                    f"by page {n} too",
                    "and go on",
                    f"to the end {chr(97 + n)}",
                    f"{chr(98 + n)} x",
                    f"{chr(99 + n)} y",
                ],
                n,
            ),
        ]
        for n in range(5)
    ]
    kept = without_running_heads(pages)
    assert all(line.text != f"Vol. 3, page {n}" for n, page in enumerate(kept) for line in page)
    assert any(line.text == "to the end a" for line in kept[0])


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("because of the treat-", "ment given.", "because of the treatment given."),
        ("a well-", "known effect; it is well-known.", "a well-known effect; it is well-known."),
        ("the Smith-", "Jones trial.", "the Smith-Jones trial."),
        ("pages 3-", "4 of it.", "pages 3- 4 of it."),
    ],
)
def test_hyphens_at_line_ends(first: str, second: str, joined: str) -> None:
    assert [one.text for one in pieces_of([column(50, 700, [first, second])])] == [joined]
