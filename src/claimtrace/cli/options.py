"""Arguments that several commands take."""

from __future__ import annotations

from typing import Annotated

import typer

Paths = Annotated[list[str], typer.Argument(help="Files and folders; - is standard input.", metavar="PATH...")]
