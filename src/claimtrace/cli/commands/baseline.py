"""Declaration of ``claimtrace baseline``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrace.cli.options import (
    AllowPrivate,
    Bundled,
    Ignore,
    Jobs,
    LibraryFile,
    MinConfidence,
    MinSeverity,
    Paths,
    Published,
    Select,
    Studies,
    command_app,
)

app = command_app()


@app.command(epilog="Example: claimtrace baseline seeds/ --output claimtrace-baseline.json")
def baseline(
    context: typer.Context,
    paths: Paths,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path(
        "claimtrace-baseline.json"
    ),
    studies: Studies = None,
    bundled: Bundled = True,
    select: Select = "",
    ignore: Ignore = "",
    min_severity: MinSeverity = "minor",
    min_confidence: MinConfidence = None,
    published: Published = None,
    jobs: Jobs = None,
    allow_private: AllowPrivate = False,
    store: LibraryFile = None,
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
