"""Declaration of ``claimtrace scan``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrace.cli import completing
from claimtrace.cli.options import (
    AllowPrivate,
    Bundled,
    Ignore,
    Jobs,
    MinConfidence,
    MinSeverity,
    Paths,
    Published,
    Select,
    StoreFile,
    Studies,
    command_app,
)

app = command_app()


@app.command(epilog="Example: claimtrace scan seeds/ --format json --output scan.json")
def scan(
    context: typer.Context,
    paths: Paths,
    studies: Studies = None,
    bundled: Bundled = True,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="rich, plain, json, jsonl, sarif, html, csv, markdown, claimreview or annotation.",
            envvar="CLAIMTRACE_FORMAT",
            autocompletion=completing.formats,
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, whole or not at all.")
    ] = None,
    select: Select = "",
    ignore: Ignore = "",
    min_severity: MinSeverity = "minor",
    min_confidence: MinConfidence = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            help="Exit with 1 from this severity on.",
            envvar="CLAIMTRACE_FAIL_ON",
            autocompletion=completing.severities,
        ),
    ] = None,
    published: Published = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            help="A baseline or JSON scan; what it holds does not count for --fail-on.",
            envvar="CLAIMTRACE_BASELINE",
        ),
    ] = None,
    accepted: Annotated[
        Path | None,
        typer.Option(
            help="Accepted findings; default: the nearest claimtrace-accepted.toml.", envvar="CLAIMTRACE_ACCEPTED"
        ),
    ] = None,
    jobs: Jobs = None,
    engine: Annotated[
        str | None,
        typer.Option(help="local (one process) or pool; default: what pays.", envvar="CLAIMTRACE_ENGINE"),
    ] = None,
    author: Annotated[
        str | None, typer.Option(help="Who answers for claimreview and annotation.", envvar="CLAIMTRACE_AUTHOR")
    ] = None,
    save_text: Annotated[
        Path | None,
        typer.Option(
            help="Write the text that offsets refer to into this folder, one file a document.",
            envvar="CLAIMTRACE_SAVE_TEXT",
        ),
    ] = None,
    allow_private: AllowPrivate = False,
    store: StoreFile = None,
    no_store: Annotated[
        bool, typer.Option("--no-store", help="Do not keep the scan.", envvar="CLAIMTRACE_NO_STORE")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="The summary alone.", envvar="CLAIMTRACE_QUIET")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="All linked claims.", envvar="CLAIMTRACE_VERBOSE")
    ] = False,
) -> None:
    """Scan articles, print a report, keep the result for `show`."""
    from claimtrace.cli.scanning import ScanRequest, run
    from claimtrace.cli.settings import path_settings_for

    raise typer.Exit(
        run(
            ScanRequest(
                paths=tuple(paths), studies=tuple(studies or ()), bundled=bundled, format=format, output=output, select=select, ignore=ignore,
                min_severity=min_severity, min_confidence=min_confidence, fail_on=fail_on, published=published, baseline=baseline, author=author, store=store,
                keep=not no_store, quiet=quiet, verbose=verbose, accepted=accepted, jobs=jobs, engine=engine, per_path=path_settings_for(context),
                save_text=save_text, allow_private=allow_private,
            )
        )
    )  # fmt: skip
