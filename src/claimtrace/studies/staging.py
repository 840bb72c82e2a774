"""What an import has read, on disk and already free of doubles, before the library is touched.

Reading a large file takes minutes; the library is locked only while the result is written.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from claimtrace.errors import CatalogueError
from claimtrace.model.studies import Status, Study
from claimtrace.studies.doubles import Difference, blocks, merge, near, same_study
from claimtrace.studies.formats.fields import worst
from claimtrace.studies.formats.items import Notice
from claimtrace.studies.normal import title_key
from claimtrace.studies.plain import compact_json, study_from_json

_SCHEMA = """
CREATE TABLE draft (
    number INTEGER PRIMARY KEY, given TEXT, doi TEXT, pmid TEXT, pmcid TEXT, title TEXT NOT NULL, body TEXT NOT NULL
);
CREATE UNIQUE INDEX draft_given ON draft (given) WHERE given IS NOT NULL;
CREATE INDEX draft_doi ON draft (doi) WHERE doi IS NOT NULL;
CREATE INDEX draft_pmid ON draft (pmid) WHERE pmid IS NOT NULL;
CREATE INDEX draft_pmcid ON draft (pmcid) WHERE pmcid IS NOT NULL;
CREATE TABLE block (part TEXT NOT NULL, year INTEGER NOT NULL, number INTEGER NOT NULL);
CREATE INDEX block_part ON block (part, year);
CREATE TABLE notice (doi TEXT, pmid TEXT, date TEXT NOT NULL, state TEXT NOT NULL, source TEXT NOT NULL);
"""
_MOST_LOOKED_AT = 200
"""Titles of one year that share a beginning or an end; more of them are a series, not doubles."""


class Draft(NamedTuple):
    """A study that was read; its ``id`` is empty unless its file gave one."""

    number: int
    study: Study


class Standing(NamedTuple):
    """What the notices say of the study with these identifiers, all in all."""

    doi: str | None
    pmid: str | None
    status: Status


class Staging:
    """Drafts in a temporary file; a context manager that leaves nothing behind.

    Raises:
        CatalogueError: the temporary file cannot be made, or (on any call) the disk is full.
    """

    def __init__(self) -> None:
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="claimtrace-")
            self._base = sqlite3.connect(Path(self._folder.name) / "drafts.sqlite", isolation_level=None)
            # A temporary file needs no protection from a crash: it does not outlive one.
            self._base.execute("PRAGMA journal_mode = OFF")
            self._base.execute("PRAGMA synchronous = OFF")
            self._base.executescript(_SCHEMA)
            self._base.execute("BEGIN")
        except (sqlite3.Error, OSError) as error:
            raise CatalogueError(f"no temporary file can be made ({error}); check the space on the disk") from None

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()
        self._folder.cleanup()

    def add(self, study: Study) -> tuple[Difference, ...] | None:
        """Keep a study, or merge it into the draft of the same study.

        Returns:
            ``None`` when it is the first of its kind, else in what it differs from the draft.
        """
        try:
            key = title_key(study.title)
            number = self._double(study, key)
            if number is None:
                self._insert(study, key)
                return None
            old = self._study(number)
            merged = merge(old, study)
            if merged.study != old:
                self._update(number, merged.study)
            return merged.differences
        except sqlite3.Error as error:
            raise self._failed(error) from None

    def note(self, notice: Notice) -> None:
        """Keep a notice."""
        try:
            self._base.execute(
                "INSERT INTO notice VALUES (?, ?, ?, ?, ?)",
                (notice.doi, notice.pmid, notice.date or "", notice.state, notice.source),
            )
        except sqlite3.Error as error:
            raise self._failed(error) from None

    def __len__(self) -> int:
        return int(self._base.execute("SELECT count(*) FROM draft").fetchone()[0])

    def drafts(self) -> Iterator[Draft]:
        """All drafts, in the order in which they were read."""
        for number, body in self._base.execute("SELECT number, body FROM draft ORDER BY number"):
            yield Draft(number, _restored(body))

    def draft(self, number: int) -> Study:
        """The draft with this number."""
        return self._study(number)

    def gives(self, id: str) -> bool:
        """Whether a file gave this identifier to one of its records."""
        return self._base.execute("SELECT 1 FROM draft WHERE given = ?", (id,)).fetchone() is not None

    def near(self, title: str, year: int, wanted: Callable[[int], bool]) -> Iterator[Draft]:
        """Drafts with a nearly equal title and a year at most one apart.

        Args:
            title: as printed.
            year: of publication.
            wanted: whether the draft with a number is of interest.
        """
        for number in self._near(title_key(title), year):
            if wanted(number):
                yield Draft(number, self._study(number))

    def standings(self) -> Iterator[Standing]:
        """What the notices say, one study at a time."""
        query = (
            "SELECT doi, pmid, date, state, source FROM notice ORDER BY coalesce(doi, ''), coalesce(pmid, ''), date"
        )
        doi = pmid = None
        group: list[Status] = []
        for row in self._base.execute(query):
            if group and (row[0], row[1]) != (doi, pmid):
                yield Standing(doi, pmid, _standing(group))
                group = []
            doi, pmid = row[0], row[1]
            group.append(Status(row[3], row[2] or None, row[4]))
        if group:
            yield Standing(doi, pmid, _standing(group))

    def _double(self, study: Study, key: str) -> int | None:
        if study.id:
            row = self._base.execute("SELECT number FROM draft WHERE given = ?", (study.id,)).fetchone()
            if row:
                return int(row[0])
        for column, value in (("doi", study.doi), ("pmid", study.pmid), ("pmcid", study.pmcid)):
            if value:
                row = self._base.execute(
                    f"SELECT number, given FROM draft WHERE {column} = ? LIMIT 1",  # noqa: S608 - our own columns
                    (value,),
                ).fetchone()
                if row and not (study.id and row[1]):  # two identifiers given by hand stay two records
                    return int(row[0])
        if not study.id:
            for number in self._near(key, study.year or 0):
                if same_study(self._study(number), study):
                    return number
        return None

    def _near(self, key: str, year: int) -> Iterator[int]:
        seen: set[int] = set()
        for part in blocks(key):
            rows = self._base.execute(
                "SELECT number, title FROM draft WHERE number IN"
                " (SELECT number FROM block WHERE part = ? AND year BETWEEN ? AND ? LIMIT ?)",
                (part, year - 1, year + 1, _MOST_LOOKED_AT),
            ).fetchall()
            for number, title in rows:
                if number not in seen and near(title, key):
                    yield number
                seen.add(number)

    def _insert(self, study: Study, key: str) -> None:
        number = self._base.execute(
            "INSERT INTO draft (given, doi, pmid, pmcid, title, body) VALUES (?, ?, ?, ?, ?, ?)",
            (study.id or None, study.doi, study.pmid, study.pmcid, key, compact_json(study)),
        ).lastrowid
        self._base.executemany(
            "INSERT INTO block VALUES (?, ?, ?)", [(part, study.year or 0, number) for part in blocks(key)]
        )

    def _update(self, number: int, study: Study) -> None:
        self._base.execute(
            "UPDATE draft SET given = ?, doi = ?, pmid = ?, pmcid = ?, body = ? WHERE number = ?",
            (study.id or None, study.doi, study.pmid, study.pmcid, compact_json(study), number),
        )

    def _study(self, number: int) -> Study:
        return _restored(self._base.execute("SELECT body FROM draft WHERE number = ?", (number,)).fetchone()[0])

    def _failed(self, error: sqlite3.Error) -> CatalogueError:
        return CatalogueError(
            f"the import was given up, and nothing was changed ({error}); check the space on the disk"
        )


def _restored(body: str) -> Study:
    return study_from_json(json.loads(body))


def _standing(notices: list[Status]) -> Status:
    """The state after notices in the order of their dates: a reinstatement undoes what came before it."""
    counted: list[Status] = []
    for one in notices:
        if one.state == "published":
            counted.clear()
        counted.append(one)
    return worst(counted)
