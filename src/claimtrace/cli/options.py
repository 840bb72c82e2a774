"""Arguments that several commands take."""

from __future__ import annotations

from typing import Annotated

import typer

Paths = Annotated[
    list[str], typer.Argument(help="Files, folders and web addresses; - is standard input.", metavar="PATH...")
]
AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private", help="Web addresses may lead into private networks.", envvar="CLAIMTRACE_ALLOW_PRIVATE"
    ),
]
