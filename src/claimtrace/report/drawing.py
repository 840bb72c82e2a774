"""Composed items to text: by rich where colours are wanted, else plainly. rich is imported only then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from claimtrace.report.items import Item
from claimtrace.report.options import ReportOptions


def draw(items: Iterable[Item], out: TextIO, options: ReportOptions) -> None:
    """Draw the items as the options ask."""
    if options.colour:
        from claimtrace.report.terminal import draw as drawn
    else:
        from claimtrace.report.plain import draw as drawn
    drawn(items, out, options)
