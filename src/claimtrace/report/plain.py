"""The report as text without colour, for pipes and screen readers. Spans stand between « and » (>> and << in ASCII)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TextIO

from claimtrace.model.results import Scan
from claimtrace.report.items import (
    SIDE_BY_SIDE,
    WIDEST,
    Grid,
    Item,
    Line,
    Part,
    Row,
    Table,
    cells,
    grid_rows,
    side_by_side,
    table_lines,
    table_rows,
    wrap,
)
from claimtrace.report.layout import compose
from claimtrace.report.options import ReportOptions

_WIDTH = 100
_LEAST = 40
_ASCII = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "«": ">>", "»": "<<", "│": "|", "─": "-"}
)


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write the report of a scan."""
    draw(compose(scan, options), out, options)


def draw(items: Iterable[Item], out: TextIO, options: ReportOptions) -> None:
    """Draw the items as text."""
    out.writelines(
        "".join(text for text, _ in row).rstrip() + "\n"
        for row in drawn_rows(items, options.width, marked=True, unicode=options.unicode)
    )


def drawn_rows(items: Iterable[Item], width: int | None, *, marked: bool, unicode: bool) -> Iterator[Row]:
    """The rows of a report as text and mark.

    Args:
        width: columns; ``None`` for those of a page.
        marked: whether spans are set between signs, for readers without colour.
        unicode: whether signs beyond ASCII may be used.
    """
    columns = max(_LEAST, min(width or _WIDTH, WIDEST))
    for item in items:
        yield from _rows(item, columns, marked, unicode)


def _rows(item: Item, width: int, marked: bool, unicode: bool) -> Iterator[Row]:
    if isinstance(item, Line):
        yield from wrap(_signed(item, marked, unicode), width)
        return
    if isinstance(item, Table):
        shown = Table(tuple(tuple(_text(part, unicode) for part in row) for row in item.rows), item.right)
        drawn = table_rows(shown, width)
        if not drawn:
            for line in table_lines(shown):
                yield from wrap(line, width)
        for number, row in enumerate(drawn):
            yield [part for at, cell in enumerate(row) for part in (("  " if at else "", "plain"), cell)]
            if number == 0:
                size = sum(cells(text) for text, _ in row) + 2 * len(row)
                yield [(("─" if unicode else "-") * min(width, size), "faint")]
        return
    if isinstance(item, Grid):
        rows = tuple(tuple(_signed(line, marked, unicode) for line in row) for row in item.rows)
        yield from grid_rows(Grid(rows, item.widths), width)
        return
    if width < SIDE_BY_SIDE:
        right = (Line(()), *item.right) if item.gap else (one._replace(indent=one.indent + 2) for one in item.right)
        for line in (*item.left, *right):
            yield from wrap(_signed(line, marked, unicode), width)
        return
    half = (width - 3) // 2
    sides = [
        [row for line in lines for row in wrap(_signed(line, marked, unicode), half)]
        for lines in (item.left, item.right)
    ]
    yield from side_by_side(sides, [half, half], (" │ " if unicode else " | ", "faint"))


def _signed(line: Line, marked: bool, unicode: bool) -> Line:
    parts = tuple(
        _text((f"«{text}»" if marked and mark == "span" and text else text, mark), unicode)
        for text, mark in line.parts
    )
    return line._replace(parts=parts)


def _text(part: Part, unicode: bool) -> Part:
    """The part in the signs that the reader can show: letters lose their accents, what is left becomes "?"."""
    text, mark = part
    if unicode or text.isascii():
        return part
    text = unicodedata.normalize("NFKD", text.translate(_ASCII))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return text.encode("ascii", "replace").decode(), mark
