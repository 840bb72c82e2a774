"""Wrapping marked text: nothing is lost, nothing is too wide."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from claimtrace.report.items import Grid, Line, Table, cells, grid_rows, table_lines, table_rows, wrap

words = some.text(
    some.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Mn", "Me")), max_size=60
)
marks = some.sampled_from(["plain", "span", "faint"])


@given(
    some.lists(some.tuples(words, marks), max_size=6), some.integers(20, 90), some.integers(0, 6), some.integers(0, 6)
)
def test_all_words_come_through_and_no_row_is_too_wide(
    parts: list[tuple[str, str]], width: int, indent: int, hang: int
) -> None:
    rows = list(wrap(Line(tuple(parts), indent, hang), width))
    assert all(sum(cells(text) for text, _ in row) <= width or all(text.isspace() for text, _ in row) for row in rows)
    said = "".join(text for text, _ in parts)
    shown = "".join(text for row in rows for text, _ in row)
    assert "".join(shown.split()) == "".join(said.split())


def test_marks_stay_on_their_words() -> None:
    rows = list(wrap(Line((("the ", "plain"), ("berry cures", "span"), (" all", "plain"))), 8))
    assert rows == [[("the", "plain")], [("berry", "span")], [("cures", "span")], [("all", "plain")]]


def test_wide_signs_take_two_columns() -> None:
    assert cells("漢字") == 4
    assert cells("e\u0301") == 1


def test_rows_after_the_first_hang() -> None:
    rows = ["".join(text for text, _ in row) for row in wrap(Line((("aa bb cc", "plain"),), 1, 2), 6)]
    assert rows == [" aa bb", "   cc"]


def test_a_table_that_does_not_fit_is_read_row_by_row() -> None:
    table = Table(((("article", "label"), ("verdict", "label"), ("major", "label")), (("x.txt", "plain"), ("mild", "plain"), ("-", "faint"))))  # fmt: skip
    assert len(table_rows(table, 80)) == 2
    assert table_rows(table, 20) == []
    told = ["".join(text for text, _ in line.parts) for line in table_lines(table)]
    assert told == ["x.txt", "verdict mild  "]


def test_cells_of_a_grid_are_wrapped_in_their_columns() -> None:
    grid = Grid(((Line((("name", "label"),)), Line((("one two three four five", "plain"),))),), (6, 0))
    rows = ["".join(text for text, _ in row).rstrip() for row in grid_rows(grid, 22)]
    assert rows == ["name    one two three", "        four five"]
