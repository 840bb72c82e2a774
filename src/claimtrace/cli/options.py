"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrace.cli import completing

Paths = Annotated[
    list[str], typer.Argument(help="Files, folders and web addresses; - is standard input.", metavar="PATH...")
]
ClaimId = Annotated[str, typer.Argument(help="Identifier from a scan, or its beginning.", metavar="CLAIM_ID")]
AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private", help="Web addresses may lead into private networks.", envvar="CLAIMTRACE_ALLOW_PRIVATE"
    ),
]
Studies = Annotated[
    list[Path] | None, typer.Option("--studies", help="A catalogue to use as well.", envvar="CLAIMTRACE_STUDIES")
]
Bundled = Annotated[
    bool, typer.Option("--bundled/--no-bundled", help="Use the bundled records.", envvar="CLAIMTRACE_BUNDLED")
]
Select = Annotated[
    str, typer.Option(help="Rules to tell, by code or beginning: CT1,CT701.", envvar="CLAIMTRACE_SELECT")
]
Ignore = Annotated[str, typer.Option(help="Rules to leave out.", envvar="CLAIMTRACE_IGNORE")]
MinSeverity = Annotated[
    str,
    typer.Option(
        help="minor, major or critical.", envvar="CLAIMTRACE_MIN_SEVERITY", autocompletion=completing.severities
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(min=0.0, max=1.0, help="0 to 1; default: each rule's own.", envvar="CLAIMTRACE_MIN_CONFIDENCE"),
]
Published = Annotated[
    str | None, typer.Option(help="Date (ISO) of articles that state none.", envvar="CLAIMTRACE_PUBLISHED")
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=0, help="Processes; 0 for one a core; default: as many as pay.", envvar="CLAIMTRACE_JOBS"
    ),
]
StoreFile = Annotated[Path | None, typer.Option("--store", help="File of the store.", envvar="CLAIMTRACE_STORE")]
LibraryFile = Annotated[
    Path | None,
    typer.Option("--store", help="File of the store; your records lie beside it.", envvar="CLAIMTRACE_STORE"),
]


def command_app(help: str | None = None) -> typer.Typer:
    """A part of the command line that stands in a module of its own.

    Args:
        help: for a group of commands; none for a single command.
    """
    return typer.Typer(help=help, no_args_is_help=help is not None, add_completion=False, rich_markup_mode=None)
