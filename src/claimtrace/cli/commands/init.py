"""Declaration of ``claimtrace init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrace.cli.options import command_app

app = command_app()


@app.command(epilog="Example: claimtrace init")
def init(
    folder: Annotated[Path, typer.Argument(help="Where to write it.", metavar="FOLDER")] = Path("."),
) -> None:
    """Write a commented settings file, claimtrace.toml; one that is there is left alone."""
    from claimtrace.cli.starting import write_settings

    write_settings(folder)
