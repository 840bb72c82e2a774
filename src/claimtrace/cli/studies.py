"""``claimtrace studies list``, ``show`` and ``remove``."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Generator, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple, TextIO, cast

from claimtrace.cli.output import print_text
from claimtrace.errors import CatalogueError, SettingsError
from claimtrace.model.studies import Study
from claimtrace.report.safe import one_line
from claimtrace.studies import normal
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.catalogue import Catalogue, RecordProblem, load_catalogue
from claimtrace.studies.joining import joined, over_library
from claimtrace.studies.library import Library
from claimtrace.studies.places import library_path
from claimtrace.studies.plain import study_to_json

STATES = ("published", "corrected", "concern", "retracted")


class Filters(NamedTuple):
    """Which records are wanted; ``None`` for any."""

    search: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    journal: str | None = None
    status: str | None = None
    source: str | None = None

    @classmethod
    def of(
        cls, search: str | None, year: str | None, journal: str | None, status: str | None, source: str | None
    ) -> Filters:
        """Filters from the words of the command line.

        Raises:
            SettingsError: a word is none of those that can stand there.
        """
        years = re.fullmatch(r"(\d{4})(?:\s*[-–:]\s*(\d{4}))?", year.strip()) if year else None
        if year and not years:
            raise SettingsError(f"--year: expected a year such as 2010, or two such as 2010-2015, not {year!r}")
        if status is not None and status not in STATES:
            raise SettingsError(f"--status: expected one of {', '.join(STATES)}, not {status!r}")
        return cls(
            tuple((search or "").casefold().split()),
            (int(years.group(1)), int(years.group(2) or years.group(1))) if years else None,
            journal.casefold() if journal else None,
            status,
            source.casefold() if source else None,
        )

    def choose(self, study: Study, origin: str) -> bool:
        """Whether a record is wanted. All words have to be in it."""
        if self.status is not None and study.status.state != self.status:
            return False
        if self.years is not None and not (study.year is not None and self.years[0] <= study.year <= self.years[1]):
            return False
        if self.journal is not None and self.journal not in (study.journal or "").casefold():
            return False
        if self.source is not None and not any(
            self.source in one.casefold() for one in (origin, *(seen.where for seen in study.sources))
        ):
            return False
        if not self.search:
            return True
        words = (study.id, study.title, study.doi or "", study.pmid or "", *(one.family for one in study.authors))
        text = " ".join(words).casefold()
        return all(word in text for word in self.search)


class Shelf:
    """All records that the user has: bundled, of files, and of the library, each study once."""

    def __init__(self, memory: Catalogue, library: Library | None) -> None:
        self.library = library
        self._memory = over_library(memory, library) if library else memory
        self.problems: tuple[RecordProblem, ...] = memory.problems

    def records(self) -> Iterator[tuple[str, Study]]:
        """Where each record comes from (``bundled``, ``library`` or ``file``), and the record."""
        bundled = load_bundled()
        for study in self._memory:
            in_library = self.library is not None and study.id in self.library
            yield "library" if in_library else "bundled" if study.id in bundled else "file", study
        if self.library is not None:
            for study in self.library:
                if study.id not in self._memory:
                    yield "library", study

    def get(self, name: str) -> Study | None:
        """The record with an identifier, a DOI or a PMID."""
        found = self._memory.get(name) or (self.library.get(name) if self.library else None)
        if found is not None:
            return found
        doi, pmid = normal.doi(name), normal.pmid(name)
        if doi is None and pmid is None:
            return None
        own = self.library.find(doi=doi, pmid=pmid) if self.library else None
        if own is not None:
            return self._memory.get(own.id) or own
        return next((one for one in self._memory if (doi and one.doi == doi) or (pmid and one.pmid == pmid)), None)


@contextmanager
def shelf(files: tuple[Path, ...], bundled: bool, store: Path | None) -> Generator[Shelf, None, None]:
    """The user's records, open as long as they are looked at."""
    memory = load_bundled() if bundled else Catalogue()
    for file in files:
        memory = joined(memory, load_catalogue(file))
    path = library_path(store)
    with Library(path) if bundled and path.exists() else nullcontext() as library:
        yield Shelf(memory, library)


def list_studies(files: tuple[Path, ...], bundled: bool, store: Path | None, wanted: Filters, format: str) -> None:
    """Print the studies known."""
    check_format(format)
    with shelf(files, bundled, store) as known:
        chosen = (study for origin, study in known.records() if wanted.choose(study, origin))
        if format == "json":
            print_text(lambda out: _write_json(chosen, out))
        else:
            print_text(lambda out: out.writelines(f"{line_of(one)}\n" for one in chosen))
        for problem in known.problems:
            print(f"claimtrace: {one_line(str(problem))}", file=sys.stderr)


def show_study(name: str, files: tuple[Path, ...], store: Path | None, format: str) -> None:
    """Print one record."""
    check_format(format)
    with shelf(files, True, store) as known:
        study = known.get(name.strip())
    if study is None:
        raise CatalogueError(f"no study has the identifier {name!r}; claimtrace studies list names them")
    if format == "json":
        print_text(lambda out: print(json.dumps(study_to_json(study), ensure_ascii=False, indent=2), file=out))
    else:
        print_text(lambda out: print("\n".join(lines_of(study)), file=out))


def remove_studies(ids: tuple[str, ...], wanted: Filters, yes: bool, store: Path | None) -> None:
    """Remove records of the library."""
    by_filter = wanted != Filters()
    if not ids and not by_filter:
        raise SettingsError(
            "name the records to remove, or choose them with --search, --year, --journal, --status or --source"
        )
    path = library_path(store)
    if not path.exists():
        raise CatalogueError("the library is empty; claimtrace studies import fills it")
    with Library(path) as library:
        for id in ids:
            if id not in library:
                here = (
                    "is bundled with claimtrace, and cannot be removed"
                    if id in load_bundled()
                    else "is not in the library"
                )
                raise CatalogueError(f"{id!r} {here}; nothing was removed")
        chosen = list(ids)
        if by_filter:
            chosen += [one.id for one in library if one.id not in ids and wanted.choose(one, "library")]
            if not yes:
                print_text(lambda out: print(f"{len(chosen)} records would be removed; say so with --yes", file=out))
                return
        library.write((), chosen)
    print_text(lambda out: print(f"{len(chosen)} removed", file=out))


def check_format(format: str) -> None:
    """Raise ``SettingsError`` unless the format is one of the two."""
    if format not in ("text", "json"):
        raise SettingsError(f"--format: expected text or json, not {format!r}")


def line_of(study: Study) -> str:
    """A record in one line."""
    marks = [study.status.state] if study.status.state != "published" else []
    if not study.abstract and not study.findings:
        marks.append("no abstract")
    where = ", ".join(part for part in (study.journal, study.published) if part)
    rest = f"{study.title}{f' ({where})' if where else ''}{''.join(f' [{mark}]' for mark in marks)}"
    return f"{one_line(study.id)}  {one_line(rest)}"


def lines_of(study: Study) -> list[str]:
    """Everything known of a study, for people."""
    rows = [
        (name.replace("_", " "), text)
        for name, value in study_to_json(study).items()
        if value not in (None, [], {}) and name not in ("id", "title")
        for text in _texts(value)
    ]
    lines = [study.id, *textwrap.wrap(one_line(study.title), 96), ""]
    last = ""
    for name, text in rows:
        label = "" if name == last else name
        body = textwrap.wrap(one_line(text), 82) or [""]
        lines += [f"{label:<14}{body[0]}", *(f"{'':14}{rest}" for rest in body[1:])]
        last = name
    if not study.abstract and not study.findings:
        lines += ["", "There is neither abstract nor finding: articles can be linked to it, but not held against it."]
    return lines


def _texts(value: Any) -> list[str]:
    """A field's value as lines: one for each entry of a list."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        if set(fields) == {"family", "given", "also_known_as"}:
            return [" ".join(filter(None, (fields["given"], fields["family"])))]
        said = [
            f"{key.replace('_', ' ')}: {_texts(each)[0]}"
            for key, each in fields.items()
            if each not in (None, [], "")
        ]
        return ["; ".join(said)]
    if isinstance(value, list):
        return [line for each in cast("list[Any]", value) for line in _texts(each)]
    return [str(value)]


def _write_json(studies: Iterator[Study], out: TextIO) -> None:
    """A JSON list, written as it comes."""
    mark = "["
    for study in studies:
        print(mark, json.dumps(study_to_json(study), ensure_ascii=False, indent=1), sep="\n", end="", file=out)
        mark = ","
    print("[]" if mark == "[" else "\n]", file=out)
