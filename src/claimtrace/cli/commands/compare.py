"""Declaration of ``claimtrace compare``."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrace.cli.options import AllowPrivate, command_app

app = command_app()


@app.command(epilog='Example: claimtrace compare "Coffee prevents cancer" "Coffee was associated with fewer cancers"')
def compare(
    report: Annotated[
        str, typer.Argument(help="A text, or a file of any format or address that holds it.", metavar="REPORT")
    ],
    source: Annotated[str, typer.Argument(help="The text, file or address that it reports.", metavar="SOURCE")],
    json_output: Annotated[bool, typer.Option("--json", help="The comparison as JSON.")] = False,
    allow_private: AllowPrivate = False,
) -> None:
    """Two texts: which says more, and in what."""
    from claimtrace.cli.comparing import show_comparison

    show_comparison(report, source, json_output, allow_private)
