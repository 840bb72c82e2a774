"""Declaration of ``claimtrace show``."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrace.cli.options import ClaimId, StoreFile, command_app

app = command_app()


@app.command(epilog="Example: claimtrace show go756")
def show(
    claim_id: ClaimId,
    store: StoreFile = None,
    json_output: Annotated[bool, typer.Option("--json", help="The claim as JSON.")] = False,
) -> None:
    """One claim: the sentence in its context, its study, the study's words, each overstatement."""
    from claimtrace.cli.showing import show_claim

    show_claim(claim_id, store, json_output)
