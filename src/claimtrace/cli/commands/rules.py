"""Declarations of ``claimtrace rules``, ``explain`` and ``schema``."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrace.cli import completing
from claimtrace.cli.options import command_app

app = command_app()


@app.command(epilog="Example: claimtrace rules")
def rules(json_output: Annotated[bool, typer.Option("--json", help="The rules as JSON.")] = False) -> None:
    """All rules, one line each."""
    from claimtrace.cli.explaining import list_rules

    list_rules(json_output)


@app.command(epilog="Example: claimtrace explain CT101")
def explain(
    code: Annotated[str, typer.Argument(help="Code of a rule.", metavar="CODE", autocompletion=completing.codes)],
) -> None:
    """One rule: what it finds, why, its source, examples, how to silence it."""
    from claimtrace.cli.explaining import explain_rule

    explain_rule(code)


@app.command(epilog="Example: claimtrace schema scan > scan.schema.json")
def schema(name: Annotated[str, typer.Argument(help="scan or study.", metavar="NAME")]) -> None:
    """The JSON Schema of a scan or of a study record."""
    from claimtrace.cli.explaining import print_schema

    print_schema(name)
