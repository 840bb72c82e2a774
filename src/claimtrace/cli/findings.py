"""Commands for living with findings: ``baseline``, ``accept`` and ``init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrace.cli import completing
from claimtrace.cli.options import AllowPrivate, Paths


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(epilog="Example: claimtrace baseline seeds/ --output claimtrace-baseline.json")(baseline)
    app.command(epilog='Example: claimtrace accept go756 CT201 --reason "the headline was agreed with the authors"')(
        accept
    )
    app.command(epilog="Example: claimtrace init")(init)


def baseline(
    context: typer.Context,
    paths: Paths,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path(
        "claimtrace-baseline.json"
    ),
    studies: Annotated[
        list[Path] | None, typer.Option(help="A catalogue to use as well.", envvar="CLAIMTRACE_STUDIES")
    ] = None,
    bundled: Annotated[
        bool, typer.Option("--bundled/--no-bundled", help="Use the bundled records.", envvar="CLAIMTRACE_BUNDLED")
    ] = True,
    select: Annotated[
        str, typer.Option(help="Rules to take, by code or beginning.", envvar="CLAIMTRACE_SELECT")
    ] = "",
    ignore: Annotated[str, typer.Option(help="Rules to leave out.", envvar="CLAIMTRACE_IGNORE")] = "",
    min_severity: Annotated[
        str,
        typer.Option(
            help="minor, major or critical.",
            envvar="CLAIMTRACE_MIN_SEVERITY",
            autocompletion=completing.severities,
        ),
    ] = "minor",
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="0 to 1; default: each rule's own.", envvar="CLAIMTRACE_MIN_CONFIDENCE"),
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="Date (ISO) of articles that state none.", envvar="CLAIMTRACE_PUBLISHED")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=0, help="Processes; 0 for one a core.", envvar="CLAIMTRACE_JOBS"),
    ] = None,
    allow_private: AllowPrivate = False,
    store: Annotated[
        Path | None, typer.Option(help="File of the store; your records lie beside it.", envvar="CLAIMTRACE_STORE")
    ] = None,
) -> None:
    """Write down what is found today, so that a scan with `--baseline` fails on new findings only."""
    from claimtrace.cli.baseline import write_baseline
    from claimtrace.cli.scanning import ScanRequest
    from claimtrace.cli.settings import path_settings_for

    request = ScanRequest(
        paths=tuple(paths), studies=tuple(studies or ()), bundled=bundled, select=select, ignore=ignore, min_severity=min_severity,
        min_confidence=min_confidence, published=published, jobs=jobs, allow_private=allow_private, store=store, per_path=path_settings_for(context),
    )  # fmt: skip
    raise typer.Exit(write_baseline(request, output))


def accept(
    claim_id: Annotated[str, typer.Argument(help="Identifier from a scan, or its beginning.", metavar="CLAIM_ID")],
    rule: Annotated[
        str,
        typer.Argument(help="Code of the finding's rule.", metavar="RULE", autocompletion=completing.codes),
    ],
    reason: Annotated[str, typer.Option(help="Why the finding may stand.")],
    store: Annotated[Path | None, typer.Option(help="File of the store.", envvar="CLAIMTRACE_STORE")] = None,
    accepted: Annotated[
        Path | None,
        typer.Option(
            help="The file to write to; default: the nearest claimtrace-accepted.toml.", envvar="CLAIMTRACE_ACCEPTED"
        ),
    ] = None,
) -> None:
    """Let one finding stand, with the reason: it is counted and marked, and fails no scan."""
    from claimtrace.cli.accepting import accept as write

    write(claim_id, rule, reason, store, accepted)


def init(
    folder: Annotated[Path, typer.Argument(help="Where to write it.", metavar="FOLDER")] = Path("."),
) -> None:
    """Write a commented settings file, claimtrace.toml; one that is there is left alone."""
    from claimtrace.cli.starting import write_settings

    write_settings(folder)
