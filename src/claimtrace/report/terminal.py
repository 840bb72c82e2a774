"""The report on a terminal, drawn by rich: spans underlined, severities in words and colours, DOIs as links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.color import ColorSystem
from rich.style import Style

from claimtrace.model.results import Scan
from claimtrace.report.items import Item, Line, Row
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
_LINK = "\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\"
"""A hyperlink of the terminal (OSC 8); the address is percent-encoded, so that nothing in it ends it."""


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write the report of a scan."""
    draw(compose(scan, options), out, options)


def draw(items: Iterable[Item], out: TextIO, options: ReportOptions) -> None:
    """Draw the items on a terminal.

    Rows are rendered by their styles alone: a console would measure and wrap again what is wrapped already, and takes
    ten times as long.
    """
    styles = {mark: Style.parse(style if options.colour else "") for mark, style in _STYLES.items()}
    for item in items:
        link = item.link if isinstance(item, Line) and options.colour else None
        out.writelines(
            "".join(_rendered(text, mark, styles, link) for text, mark in _trimmed(row)) + "\n"
            for row in drawn_rows((item,), options.width, marked=not options.colour, unicode=options.unicode)
        )


def _rendered(text: str, mark: str, styles: dict[str, Style], link: str | None) -> str:
    drawn = styles[mark].render(text, color_system=ColorSystem.STANDARD)
    return _LINK.format(link, drawn) if link and mark == "plain" and text.strip() else drawn


def _trimmed(row: Row) -> Row:
    """The row without the blanks at its end."""
    kept = list(row)
    while kept and not kept[-1][0].strip():
        kept.pop()
    return [*kept[:-1], (kept[-1][0].rstrip(), kept[-1][1])] if kept else kept
