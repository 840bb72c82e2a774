"""How a report is drawn."""

from __future__ import annotations

from typing import NamedTuple


class ReportOptions(NamedTuple):
    """What the caller wants of a report.

    Attributes:
        width: columns; ``None`` for the terminal's own, or 100 in a pipe.
        colour: colours and underlining may be used.
        unicode: signs beyond ASCII may be used for frames and marks.
        verbose: all linked claims, not only the overstated ones.
        quiet: the summary alone.
        author: who answers for the rating, where a format asks for it.
        to_file: the report goes to a file of its own.
        kept: the scan is stored, so that ``claimtrace show`` finds its claims.
    """

    width: int | None = None
    colour: bool = False
    unicode: bool = True
    verbose: bool = False
    quiet: bool = False
    author: str | None = None
    to_file: bool = False
    kept: bool = False
