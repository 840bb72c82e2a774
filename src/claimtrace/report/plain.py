"""The report as text without colour, for pipes and screen readers. Spans stand between « and » (>> and << in ASCII)."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TextIO

from claimtrace.model.results import Scan
from claimtrace.report.layout import Item, Table, compose
from claimtrace.report.options import ReportOptions

_WIDTH = 100
_ASCII = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "«": ">>", "»": "<<"})


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write the report of a scan."""
    draw(compose(scan, verbose=options.verbose, quiet=options.quiet), out, options)


def draw(items: Iterable[Item], out: TextIO, options: ReportOptions) -> None:
    """Draw lines and tables as text."""
    width = max(40, options.width or _WIDTH)
    for item in items:
        if isinstance(item, Table):
            _table(item, out, width, options.unicode)
            continue
        text = "".join(f"«{part}»" if mark == "span" and part else part for part, mark in item.parts)
        if not options.unicode:
            text = text.translate(_ASCII).encode("ascii", "replace").decode()
        if not text.strip():
            out.write("\n")
            continue
        start = " " * item.indent
        rows = textwrap.wrap(
            text,
            width,
            initial_indent=start,
            subsequent_indent=start + " " * item.hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
        out.write("\n".join(row.rstrip() for row in rows) + "\n")


def _table(table: Table, out: TextIO, width: int, unicode: bool) -> None:
    cells = [[text for text, _ in row] for row in table.rows]
    columns = len(cells[0])
    widths = [max(len(row[at]) for row in cells) for at in range(columns)]
    spare = width - sum(widths) - 2 * (columns - 1)
    for column, least in ((0, 14), (columns - 1, 10)):
        if spare < 0:
            kept = max(least, widths[column] + spare)
            spare += widths[column] - kept
            widths[column] = kept
    for number, row in enumerate(cells):
        shown = [_fit(text, widths[at]) for at, text in enumerate(row)]
        line = "  ".join(
            text.rjust(widths[at]) if 2 <= at <= 5 else text.ljust(widths[at]) for at, text in enumerate(shown)
        ).rstrip()
        out.write((line if unicode else line.encode("ascii", "replace").decode()) + "\n")
        if number == 0:
            out.write(("─" if unicode else "-") * min(width, sum(widths) + 2 * (columns - 1)) + "\n")


def _fit(text: str, width: int) -> str:
    return text if len(text) <= width else "..." + text[len(text) - width + 3 :]
