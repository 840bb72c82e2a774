"""The command line: words to calls, errors to messages. Each command's work is imported when it is called."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="claimtrace",
    help="Finds the study behind each sentence of a health article, and where the article says more than the study.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
studies_app = typer.Typer(help="The catalogue of studies.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(studies_app, name="studies")

Paths = Annotated[
    list[str], typer.Argument(help="Files, folders and web addresses; - is standard input.", metavar="PATH...")
]


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

    context.default_map = settings_from_files(Path.cwd())


@app.command(epilog="Example: claimtrace scan seeds/ --format json --output scan.json")
def scan(
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
        str, typer.Option(help="minor, major or critical.", envvar="CLAIMTRACE_MIN_SEVERITY")
    ] = "minor",
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="0 to 1; default: each rule's own.", envvar="CLAIMTRACE_MIN_CONFIDENCE"),
    ] = None,
    fail_on: Annotated[
        str | None, typer.Option(help="Exit with 1 from this severity on.", envvar="CLAIMTRACE_FAIL_ON")
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="Date (ISO) of articles that state none.", envvar="CLAIMTRACE_PUBLISHED")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            help="An earlier JSON scan; what it holds does not count for --fail-on.", envvar="CLAIMTRACE_BASELINE"
        ),
    ] = None,
    author: Annotated[
        str | None, typer.Option(help="Who answers for claimreview and annotation.", envvar="CLAIMTRACE_AUTHOR")
    ] = None,
    save_text: Annotated[
        Path | None, typer.Option(help="Write the text that offsets refer to into this folder, one file a document.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Web addresses may lead into private networks.")
    ] = False,
    store: Annotated[Path | None, typer.Option(help="File of the store.", envvar="CLAIMTRACE_STORE")] = None,
    no_store: Annotated[bool, typer.Option("--no-store", help="Do not keep the scan.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="The summary alone.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="All linked claims.")] = False,
) -> None:
    """Scan articles, print a report, keep the result for `show`."""
    from claimtrace.cli.scanning import ScanRequest, run

    raise typer.Exit(
        run(
            ScanRequest(
                paths=tuple(paths), studies=tuple(studies or ()), bundled=bundled, format=format, output=output, select=select, ignore=ignore,
                min_severity=min_severity, min_confidence=min_confidence, fail_on=fail_on, published=published, baseline=baseline, author=author, store=store,
                keep=not no_store, quiet=quiet, verbose=verbose, save_text=save_text, allow_private=allow_private,
            )
        )
    )  # fmt: skip


@app.command(epilog="Example: claimtrace show 4k2m (the beginning of an identifier is enough)")
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
    report: Annotated[str, typer.Argument(help="A text, or a file that holds it.", metavar="REPORT")],
    source: Annotated[str, typer.Argument(help="The text, or file, that it reports.", metavar="SOURCE")],
    json_output: Annotated[bool, typer.Option("--json", help="The comparison as JSON.")] = False,
) -> None:
    """Two texts: which says more, and in what."""
    from claimtrace.cli.comparing import show_comparison

    show_comparison(report, source, json_output)


@app.command(epilog="Example: claimtrace rules")
def rules(json_output: Annotated[bool, typer.Option("--json", help="The rules as JSON.")] = False) -> None:
    """All rules, one line each."""
    from claimtrace.cli.explaining import list_rules

    list_rules(json_output)


@app.command(epilog="Example: claimtrace explain CT101")
def explain(code: Annotated[str, typer.Argument(help="Code of a rule.", metavar="CODE")]) -> None:
    """One rule: what it finds, why, its source, examples, how to silence it."""
    from claimtrace.cli.explaining import explain_rule

    explain_rule(code)


@app.command(epilog="Example: claimtrace schema scan > scan.schema.json")
def schema(name: Annotated[str, typer.Argument(help="scan or study.", metavar="NAME")]) -> None:
    """The JSON Schema of a scan or of a study record."""
    from claimtrace.cli.explaining import print_schema

    print_schema(name)


StudiesFiles = Annotated[
    list[Path] | None, typer.Option("--studies", help="A catalogue to use as well.", envvar="CLAIMTRACE_STUDIES")
]
StoreFile = Annotated[
    Path | None,
    typer.Option("--store", help="File of the store; your records lie beside it.", envvar="CLAIMTRACE_STORE"),
]
StudiesFormat = Annotated[str, typer.Option("--format", "-f", help="text or json.")]


@studies_app.command("list", epilog="Example: claimtrace studies list --status retracted --year 2000-2015")
def studies_list(
    studies: StudiesFiles = None,
    bundled: Annotated[bool, typer.Option("--bundled/--no-bundled", help="Use the bundled records.")] = True,
    search: Annotated[str | None, typer.Option(help="Words of title, author or identifier.")] = None,
    year: Annotated[str | None, typer.Option(help="2010, or 2010-2015.")] = None,
    journal: Annotated[str | None, typer.Option(help="A part of the journal's name.")] = None,
    status: Annotated[str | None, typer.Option(help="published, corrected, concern or retracted.")] = None,
    source: Annotated[
        str | None, typer.Option(help="bundled, library, or a part of where a record was seen.")
    ] = None,
    store: StoreFile = None,
    format: StudiesFormat = "text",
) -> None:
    """The studies known, one a line."""
    from claimtrace.cli.studies import Filters, list_studies

    list_studies(tuple(studies or ()), bundled, store, Filters.of(search, year, journal, status, source), format)


@studies_app.command("show", epilog="Example: claimtrace studies show kim-2009-self-seeding")
def studies_show(
    study_id: Annotated[str, typer.Argument(help="Identifier, DOI or PMID.", metavar="STUDY_ID")],
    studies: StudiesFiles = None,
    store: StoreFile = None,
    format: StudiesFormat = "text",
) -> None:
    """One record: everything that is known."""
    from claimtrace.cli.studies import show_study

    show_study(study_id, tuple(studies or ()), store, format)


@studies_app.command("check", epilog="Example: claimtrace studies check --studies data/studies.json")
def studies_check(studies: StudiesFiles = None, store: StoreFile = None, format: StudiesFormat = "text") -> None:
    """Which records are retracted, lack facts, or are likely doubles."""
    from claimtrace.cli.studies_check import check_studies

    check_studies(tuple(studies or ()), store, format)


@studies_app.command("import", epilog="Example: claimtrace studies import data/studies.json")
def studies_import(
    files: Annotated[
        list[Path],
        typer.Argument(help="RIS, BibTeX, CSL-JSON, PubMed XML, MEDLINE, JSON or CSV; also .gz.", metavar="FILE..."),
    ],
    store: StoreFile = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="All differences and rejected records.")] = False,
    format: StudiesFormat = "text",
) -> None:
    """Take records into your library; what a file holds is told by its content."""
    from claimtrace.cli.studies_import import import_records

    raise typer.Exit(import_records(tuple(files), store, verbose, format))


@studies_app.command("add", epilog="Example: claimtrace studies add 10.1016/j.cell.2009.11.025")
def studies_add(
    identifiers: Annotated[
        list[str] | None,
        typer.Argument(help="DOI, PMID, PMCID, or an address that holds one.", metavar="DOI|PMID|URL..."),
    ] = None,
    from_file: Annotated[
        Path | None, typer.Option(help="A saved answer of Crossref or Europe PMC, instead of asking.")
    ] = None,
    store: StoreFile = None,
    format: StudiesFormat = "text",
) -> None:
    """Fetch records from Crossref and Europe PMC into your library. Only this command uses the network."""
    from claimtrace.cli.studies_import import add_records

    raise typer.Exit(add_records(tuple(identifiers or ()), from_file, store, format))


@studies_app.command("remove", epilog="Example: claimtrace studies remove smith-2010-walnuts")
def studies_remove(
    study_ids: Annotated[list[str] | None, typer.Argument(help="Identifiers.", metavar="STUDY_ID...")] = None,
    search: Annotated[str | None, typer.Option(help="Words of title, author or identifier.")] = None,
    year: Annotated[str | None, typer.Option(help="2010, or 2010-2015.")] = None,
    journal: Annotated[str | None, typer.Option(help="A part of the journal's name.")] = None,
    status: Annotated[str | None, typer.Option(help="published, corrected, concern or retracted.")] = None,
    source: Annotated[str | None, typer.Option(help="A part of where a record was seen.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Remove all that the filters choose.")] = False,
    store: StoreFile = None,
) -> None:
    """Remove records from your library, by identifier or by filter."""
    from claimtrace.cli.studies import Filters, remove_studies

    remove_studies(tuple(study_ids or ()), Filters.of(search, year, journal, status, source), yes, store)


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
        app()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except ClaimtraceError as error:
        typer.echo(f"claimtrace: {' '.join(str(error).split())}", err=True)
        return 2
    except KeyboardInterrupt:
        typer.echo("claimtrace: interrupted", err=True)
        return 130
    return 0


if __name__ == "__main__":
    main()
