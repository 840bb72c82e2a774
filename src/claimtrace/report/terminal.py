"""The report on a terminal, drawn by rich: spans underlined, severities in words and colours, DOIs as links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.style import Style
from rich.text import Text

from claimtrace.model.results import Scan
from claimtrace.report.items import Item, Line
from claimtrace.report.layout import compose
from claimtrace.report.options import ReportOptions
from claimtrace.report.plain import drawn_rows

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
    """Draw the items on a terminal."""
    console = Console(
        file=out,
        force_terminal=True if options.colour else None,
        no_color=not options.colour,
        width=1000,  # the rows are wrapped already
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    styles = {mark: Style.parse(style) for mark, style in _STYLES.items()}
    for item in items:
        link = Style(link=item.link) if isinstance(item, Line) and item.link else None
        for row in drawn_rows((item,), options.width or console_width(), marked=False, unicode=options.unicode):
            text = Text(no_wrap=True, end="\n")
            for part, mark in row:
                style = styles[mark]
                text.append(part, style + link if link is not None and mark == "plain" and part.strip() else style)
            text.rstrip()
            console.print(text, soft_wrap=True)


def console_width() -> int:
    """Columns of the terminal that rich finds."""
    return Console().width
