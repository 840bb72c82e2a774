"""The commands of ``claimtrace studies``. Each command's work is imported when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrace.cli.options import Bundled, LibraryFile, Studies, command_app

app = command_app("The catalogue of studies.")

StudiesFormat = Annotated[str, typer.Option("--format", "-f", help="text or json.")]


@app.command("list", epilog="Example: claimtrace studies list --status retracted --year 2000-2015")
def studies_list(
    studies: Studies = None,
    bundled: Bundled = True,
    search: Annotated[str | None, typer.Option(help="Words of title, author or identifier.")] = None,
    year: Annotated[str | None, typer.Option(help="2010, or 2010-2015.")] = None,
    journal: Annotated[str | None, typer.Option(help="A part of the journal's name.")] = None,
    status: Annotated[str | None, typer.Option(help="published, corrected, concern or retracted.")] = None,
    source: Annotated[
        str | None, typer.Option(help="bundled, library, or a part of where a record was seen.")
    ] = None,
    store: LibraryFile = None,
    format: StudiesFormat = "text",
) -> None:
    """The studies known, one a line."""
    from claimtrace.cli.studies import Filters, list_studies

    list_studies(tuple(studies or ()), bundled, store, Filters.of(search, year, journal, status, source), format)


@app.command("show", epilog="Example: claimtrace studies show kim-2009-self-seeding")
def studies_show(
    study_id: Annotated[str, typer.Argument(help="Identifier, DOI or PMID.", metavar="STUDY_ID")],
    studies: Studies = None,
    store: LibraryFile = None,
    format: StudiesFormat = "text",
) -> None:
    """One record: everything that is known."""
    from claimtrace.cli.studies import show_study

    show_study(study_id, tuple(studies or ()), store, format)


@app.command("check", epilog="Example: claimtrace studies check --studies data/studies.json")
def studies_check(studies: Studies = None, store: LibraryFile = None, format: StudiesFormat = "text") -> None:
    """Which records are retracted, lack facts, or are likely doubles."""
    from claimtrace.cli.studies_check import check_studies

    check_studies(tuple(studies or ()), store, format)


@app.command("import", epilog="Example: claimtrace studies import data/studies.json")
def studies_import(
    files: Annotated[
        list[Path],
        typer.Argument(help="RIS, BibTeX, CSL-JSON, PubMed XML, MEDLINE, JSON or CSV; also .gz.", metavar="FILE..."),
    ],
    store: LibraryFile = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="All differences and rejected records.")] = False,
    format: StudiesFormat = "text",
) -> None:
    """Take records into your library; what a file holds is told by its content."""
    from claimtrace.cli.studies_import import import_records

    raise typer.Exit(import_records(tuple(files), store, verbose, format))


@app.command("add", epilog="Example: claimtrace studies add 10.1016/j.cell.2009.11.025")
def studies_add(
    identifiers: Annotated[
        list[str] | None,
        typer.Argument(help="DOI, PMID, PMCID, or an address that holds one.", metavar="DOI|PMID|URL..."),
    ] = None,
    from_file: Annotated[
        Path | None, typer.Option(help="A saved answer of Crossref or Europe PMC, instead of asking.")
    ] = None,
    store: LibraryFile = None,
    format: StudiesFormat = "text",
) -> None:
    """Fetch records from Crossref and Europe PMC, over the network, into your library."""
    from claimtrace.cli.studies_import import add_records

    raise typer.Exit(add_records(tuple(identifiers or ()), from_file, store, format))


@app.command("remove", epilog="Example: claimtrace studies remove --status retracted")
def studies_remove(
    study_ids: Annotated[list[str] | None, typer.Argument(help="Identifiers.", metavar="STUDY_ID...")] = None,
    search: Annotated[str | None, typer.Option(help="Words of title, author or identifier.")] = None,
    year: Annotated[str | None, typer.Option(help="2010, or 2010-2015.")] = None,
    journal: Annotated[str | None, typer.Option(help="A part of the journal's name.")] = None,
    status: Annotated[str | None, typer.Option(help="published, corrected, concern or retracted.")] = None,
    source: Annotated[str | None, typer.Option(help="A part of where a record was seen.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Remove all that the filters choose.")] = False,
    store: LibraryFile = None,
) -> None:
    """Remove records from your library, by identifier or by filter."""
    from claimtrace.cli.studies import Filters, remove_studies

    remove_studies(tuple(study_ids or ()), Filters.of(search, year, journal, status, source), yes, store)
