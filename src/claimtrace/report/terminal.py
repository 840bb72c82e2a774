"""The report on a terminal, drawn by rich: spans underlined, severities in words and colours, DOIs as links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from claimtrace.model.results import Scan
from claimtrace.report.layout import Item, Line, Table, compose
from claimtrace.report.options import ReportOptions

_STYLES = {
    "plain": "",
    "title": "bold",
    "label": "bold cyan",
    "span": "bold underline",
    "quote": "italic",
    "good": "green",
    "minor": "yellow",
    "major": "bold magenta",
    "critical": "bold red",
    "faint": "dim",
}


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write the report of a scan."""
    draw(compose(scan, verbose=options.verbose, quiet=options.quiet), out, options)


def draw(items: Iterable[Item], out: TextIO, options: ReportOptions) -> None:
    """Draw lines and tables on a terminal."""
    console = Console(
        file=out,
        force_terminal=True if options.colour else None,
        no_color=not options.colour,
        width=options.width,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for item in items:
        if isinstance(item, Table):
            console.print(_table(item))
        elif not item.parts:
            console.print()
        else:
            console.print(_paragraph(item, console.width))


def _paragraph(line: Line, width: int) -> Padding | Text:
    """A paragraph with its rows indented; the rows after the first hang."""
    text = Text()
    for part, mark in line.parts:
        style = _STYLES[mark]
        text.append(part, f"{style} link {line.link}".strip() if line.link and mark == "plain" else style)
    first = text.wrap(_RULER, max(20, width - line.indent))
    if len(first) <= 1 or not line.hang:
        return Padding(text, (0, 0, 0, line.indent))
    head = first[0]
    rest = text[len(head.plain.rstrip()) :]
    rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
    rows = rest.wrap(_RULER, max(20, width - line.indent - line.hang))
    joined = Text("\n").join(
        [Text(" " * line.indent) + head, *(Text(" " * (line.indent + line.hang)) + row for row in rows)]
    )
    joined.no_wrap = True
    return joined


_RULER = Console(width=1000)


def _table(table: Table) -> RichTable:
    drawn = RichTable(box=None, pad_edge=False, show_header=True, header_style="bold cyan")
    for at, (name, _) in enumerate(table.rows[0]):
        drawn.add_column(name, justify="right" if 2 <= at <= 5 else "left", overflow="fold")
    for row in table.rows[1:]:
        drawn.add_row(*(Text(text, style=_STYLES[mark]) for text, mark in row))
    return drawn
