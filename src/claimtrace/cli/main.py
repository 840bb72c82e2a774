"""The command line: words to calls, errors to messages. Each command's work is imported when it is called."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from claimtrace.cli import completing, findings, studies_app
from claimtrace.cli.options import AllowPrivate, Paths

app = typer.Typer(
    name="claimtrace",
    help="Finds the study behind each sentence of a health article, and where the article says more than the study.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.add_typer(studies_app.app, name="studies")


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


@app.command(epilog="Example: claimtrace scan seeds/ --format json --output scan.json")
def scan(
    context: typer.Context,
    paths: Paths,
    studies: Annotated[
        list[Path] | None, typer.Option(help="A catalogue to use as well.", envvar="CLAIMTRACE_STUDIES")
    ] = None,
    bundled: Annotated[
        bool, typer.Option("--bundled/--no-bundled", help="Use the bundled records.", envvar="CLAIMTRACE_BUNDLED")
    ] = True,
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
    select: Annotated[
        str, typer.Option(help="Rules to tell, by code or beginning: CT1,CT701.", envvar="CLAIMTRACE_SELECT")
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
    fail_on: Annotated[
        str | None,
        typer.Option(
            help="Exit with 1 from this severity on.",
            envvar="CLAIMTRACE_FAIL_ON",
            autocompletion=completing.severities,
        ),
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="Date (ISO) of articles that state none.", envvar="CLAIMTRACE_PUBLISHED")
    ] = None,
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
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=0, help="Processes; 0 for one a core.", envvar="CLAIMTRACE_JOBS"),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(help="local (default) or pool (default with --jobs).", envvar="CLAIMTRACE_ENGINE"),
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
    store: Annotated[Path | None, typer.Option(help="File of the store.", envvar="CLAIMTRACE_STORE")] = None,
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


@app.command(epilog="Example: claimtrace show go756")
def show(
    claim_id: Annotated[str, typer.Argument(help="Identifier from a scan, or its beginning.", metavar="CLAIM_ID")],
    store: Annotated[Path | None, typer.Option(help="File of the store.", envvar="CLAIMTRACE_STORE")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="The claim as JSON.")] = False,
) -> None:
    """One claim: the sentence in its context, its study, the study's words, each overstatement."""
    from claimtrace.cli.showing import show_claim

    show_claim(claim_id, store, json_output)


@app.command(epilog='Example: claimtrace compare "Coffee prevents cancer" "Coffee was associated with fewer cancers"')
def compare(
    report: Annotated[
        str, typer.Argument(help="A text, or a file of any format or address that holds it.", metavar="REPORT")
    ],
    source: Annotated[str, typer.Argument(help="The text, file or address that it reports.", metavar="SOURCE")],
    json_output: Annotated[bool, typer.Option("--json", help="The comparison as JSON.")] = False,
    allow_private: AllowPrivate = False,
) -> None:
    """Two texts: which says more, and in what."""
    from claimtrace.cli.comparing import show_comparison

    show_comparison(report, source, json_output, allow_private)


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


findings.register(app)


def main() -> None:
    """Run the command line as a process of its own, and leave it at once.

    Taking down tables of a hundred thousand words one by one would cost a tenth of a short run; the system frees a
    process's memory as a whole (mypy leaves in the same way). All output is flushed first.
    """
    # A scan makes many small objects and no cycles: looking for those after each few hundred costs as much again.
    gc.set_threshold(50_000, 20, 50)
    status = run()
    with contextlib.suppress(BrokenPipeError):  # the reader of standard error may have gone as well
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


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


if __name__ == "__main__":
    main()
