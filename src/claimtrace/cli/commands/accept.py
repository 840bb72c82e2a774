"""Declaration of ``claimtrace accept``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrace.cli import completing
from claimtrace.cli.options import ClaimId, StoreFile, command_app

app = command_app()


@app.command(epilog='Example: claimtrace accept go756 CT201 --reason "the headline was agreed with the authors"')
def accept(
    claim_id: ClaimId,
    rule: Annotated[
        str,
        typer.Argument(help="Code of the finding's rule.", metavar="RULE", autocompletion=completing.codes),
    ],
    reason: Annotated[str, typer.Option(help="Why the finding may stand.")],
    store: StoreFile = None,
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
