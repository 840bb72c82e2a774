"""The command line: words to calls, errors to messages. Each command is declared, and its work imported, when it is asked for."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated, Any

import typer

from claimtrace.cli.commands import Commands

app = typer.Typer(
    cls=Commands,
    name="claimtrace",
    help="Finds the study behind each sentence of a health article, and where the article says more than the study.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(asked: bool) -> None:
    if asked:
        from claimtrace._version import __version__

        typer.echo(f"claimtrace {__version__}")
        raise typer.Exit


@app.callback()
def settings(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read settings files before the command's options take their defaults."""
    from claimtrace.cli.settings import settings_from_files

    context.obj = settings_from_files(Path.cwd())
    context.default_map = context.obj.defaults


def run() -> int:
    """Run the command line; every foreseen error becomes one line and the documented exit status."""
    from claimtrace.errors import ClaimtraceError

    try:
        status = app(prog_name="claimtrace", standalone_mode=False)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except _WrongUse as error:
        return _tell_wrong_use(error)
    except ClaimtraceError as error:
        typer.echo(f"claimtrace: {' '.join(str(error).split())}", err=True)
        return 2
    except (KeyboardInterrupt, typer.Abort):
        status = _INTERRUPTED
    if status == _INTERRUPTED:  # typer makes this status of an interrupt
        with contextlib.suppress(BrokenPipeError):
            typer.echo("claimtrace: interrupted", err=True)
    return status if isinstance(status, int) else 0


_INTERRUPTED = 130
_WrongUse: type[Exception] = typer.BadParameter.__mro__[1]
"""What typer raises for wrong use; it has no public name there."""


def _tell_wrong_use(error: Any) -> int:
    """One line that says what is wrong and where help is; the help itself when nothing was asked for."""
    command = error.ctx.command_path if error.ctx is not None else "claimtrace"
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
    else:
        said = " ".join(error.format_message().split()).rstrip(".")
        typer.echo(f"claimtrace: {said[:1].lower()}{said[1:]}; see {command} --help", err=True)
    return 2
