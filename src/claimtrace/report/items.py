"""What reports for people are made of: marked lines, tables, and two texts side by side, wrapped to a width.

Plain and terminal reports draw the same rows; they differ only in how a mark is shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

Mark = str
"""plain, title, label, span, quote, good, minor, major, critical, faint."""

Part = tuple[str, Mark]
Row = list[Part]

SIDE_BY_SIDE = 110
"""Columns from which two texts stand side by side: each then has 50, the least that reads well."""
WIDEST = 140
"""No row is longer, however wide the terminal: longer ones are hard to follow back."""
_LEAST_ROOM = 8
_UNUSUAL = re.compile("[^\u0000-\u02ff\u2010-\u205e\u2500-\u257f]")
"""Signs outside Latin letters, dashes, quotes and lines, all of which take one column each."""
_WORDS = re.compile(r"\s*\S+|\s+$")


class Line(NamedTuple):
    """One paragraph of a report.

    ``parts`` are text and mark; ``indent`` is of all its rows, ``hang`` more of the rows after the first. ``link`` is an
    address for the whole line.
    """

    parts: tuple[Part, ...]
    indent: int = 0
    hang: int = 0
    link: str | None = None


class Table(NamedTuple):
    """Rows of cells with marks; the first row is the head. ``right`` are the columns of numbers."""

    rows: tuple[tuple[Part, ...], ...]
    right: frozenset[int] = frozenset()


class Columns(NamedTuple):
    """Two texts that belong together: side by side where there is room, else one under the other (``gap``: with a
    blank row between)."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    gap: bool = False


class Grid(NamedTuple):
    """Rows of wrapped cells. ``widths`` are columns of the terminal; those with 0 share what is left."""

    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...]


Item = Line | Table | Columns | Grid


def cells(text: str) -> int:
    """Columns that a text takes on a terminal."""
    if text.isascii() or not _UNUSUAL.search(text):
        return len(text)
    return sum(_cells(sign) for sign in text)


def _cells(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def wrap(line: Line, width: int) -> Iterator[Row]:
    """The rows of a line: each keeps its marks and is at most ``width`` columns wide; a longer word is cut."""
    row: Row = _stripped(list(line.parts))
    used = indent = line.indent
    if row and indent + _columns(row) <= width:
        yield _indented(row, indent)
        return
    if (
        len(row) == 1
        and row[0][0].isascii()
        and (rows := _cut(row[0][0], width - indent, width - indent - line.hang))
    ):
        for number, text in enumerate(rows):
            yield _indented([(text, row[0][1])], indent if number == 0 else indent + line.hang)
        return
    row = []
    for word in _words(line.parts):
        size = _columns(word)
        if row and used + size > width:
            yield _indented(row, indent)
            row, used = [], line.indent + line.hang
            indent = used
        if not row:
            word = _stripped(word)
            size = _columns(word)
        if size > width - indent and size > (room := max(_LEAST_ROOM, width - indent)):
            *full, word = _chunks(word, room, max(_LEAST_ROOM, width - line.indent - line.hang))
            for chunk in full:
                yield _indented(chunk, indent)
                indent = line.indent + line.hang
            used = indent
            size = _columns(word)
        row.extend(word)
        used += size
    if row or not any(text for text, _ in line.parts):
        yield _indented(row, indent) if row else []


def _cut(text: str, first: int, room: int) -> list[str] | None:
    """The rows of a plain text, most of what reports print; nothing where a word is wider than a row."""
    if " ".join(text.split()) != text:
        return None
    rows: list[str] = []
    start = 0
    while len(text) - start > first:
        end = text.rfind(" ", start, start + first + 1)
        if end < 0:
            return None
        rows.append(text[start:end])
        start, first = end + 1, room
    rows.append(text[start:])
    return rows


def _columns(row: Row) -> int:
    if len(row) == 1 and row[0][0].isascii():
        return len(row[0][0])
    return sum(cells(text) for text, _ in row)


def _words(parts: Iterable[Part]) -> Iterator[Row]:
    """Words with the space before them, each in the pieces that its marks make of it."""
    word: Row = []
    for text, mark in parts:
        for piece in _WORDS.findall(text):
            if word and piece[:1].isspace():
                yield word
                word = []
            word.append((piece, mark))
    if word:
        yield word


def _stripped(word: Row) -> Row:
    """The word without the space before it."""
    kept = [(text.lstrip(), mark) if at == 0 else (text, mark) for at, (text, mark) in enumerate(word)]
    return [(text, mark) for text, mark in kept if text]


def _chunks(word: Row, first: int, room: int) -> Iterator[Row]:
    """A word in pieces that fit their rows: ``first`` columns, then ``room`` each."""
    chunk: Row = []
    left = first
    for text, mark in word:
        start = 0
        for at, sign in enumerate(text):
            left -= _cells(sign)
            if left < 0:
                yield [*chunk, (text[start:at], mark)]
                chunk, start, left = [], at, room - _cells(sign)
        chunk.append((text[start:], mark))
    yield chunk


def _indented(row: Row, indent: int) -> Row:
    return [(" " * indent, "plain"), *row] if indent else row


def table_rows(table: Table, width: int) -> list[list[Part]]:
    """The cells padded to their columns; the first and the last column give way where the table is too wide.

    Where it is too wide even so, no rows come back: it is read better row by row (``table_lines``).
    """
    count = len(table.rows[0])
    widths = [max(cells(row[at][0]) for row in table.rows) for at in range(count)]
    spare = width - sum(widths) - 2 * (count - 1)
    for column, least in ((count - 1, 10), (0, 14)):
        if spare < 0:
            kept = min(widths[column], max(least, widths[column] + spare))
            spare += widths[column] - kept
            widths[column] = kept
    if spare < 0:
        return []
    rows: list[list[Part]] = []
    for row in table.rows:
        shown: list[Part] = []
        for at, (text, mark) in enumerate(row):
            text = _fit(text, widths[at], from_left=at == 0)
            pad = " " * (widths[at] - cells(text))
            shown.append((pad + text if at in table.right else text + pad if at < count - 1 else text, mark))
        rows.append(shown)
    return rows


def table_lines(table: Table) -> Iterator[Line]:
    """Each row of a table as two lines: its first cell, then the others with the names of their columns."""
    names = [name for name, _ in table.rows[0]]
    for row in table.rows[1:]:
        yield Line((row[0],))
        told = [(name, cell) for name, cell in zip(names[1:], row[1:], strict=True) if cell[0] != "-"]
        yield Line(
            tuple(part for name, (text, mark) in told for part in ((f"{name} ", "faint"), (f"{text}  ", mark))),
            indent=2,
        )


def grid_rows(grid: Grid, width: int) -> Iterator[Row]:
    """The rows of a grid, two columns between its cells."""
    open_columns = sum(size == 0 for size in grid.widths)
    spare = width - sum(grid.widths) - 2 * (len(grid.widths) - 1)
    widths = [size or max(12, spare // open_columns) for size in grid.widths]
    for cells_of_row in grid.rows:
        yield from side_by_side(
            [list(wrap(line, size)) for line, size in zip(cells_of_row, widths, strict=True)], widths
        )


def side_by_side(columns: list[list[Row]], widths: list[int], between: Part = ("  ", "plain")) -> Iterator[Row]:
    """Wrapped texts next to each other, each padded to its width."""
    for at in range(max(len(rows) for rows in columns)):
        row: Row = []
        for number, (rows, width) in enumerate(zip(columns, widths, strict=True)):
            shown = rows[at] if at < len(rows) else []
            row.extend([between] if number else [])
            row.extend(shown)
            row.append((" " * (width - sum(cells(text) for text, _ in shown)), "plain"))
        yield row


def _fit(text: str, width: int, *, from_left: bool) -> str:
    """A text cut to its column: a path loses its beginning, all else its end."""
    if cells(text) <= width:
        return text
    if from_left:
        return "..." + text[len(text) - width + 3 :]
    return text[: width - 3] + "..."
