"""The user's own records: a catalogue on disk, in one SQLite file beside the stored scans.

It reads like ``Catalogue``, holds a million records in the memory of a few, and changes all at once or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
import uuid
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from claimtrace.errors import CatalogueError
from claimtrace.model.studies import Study
from claimtrace.studies.catalogue import RecordProblem, sum_digest
from claimtrace.studies.normal import title_key as key_of_title
from claimtrace.studies.places import library_path
from claimtrace.studies.plain import compact_json, record_digest, study_from_json

_VERSION = 1
_BUSY_SECONDS = 20.0
_PAUSE = 0.02
_DIGESTS = 1 << 256
# ``number`` is a record's own for ever, ``changed`` the change of the library that wrote it, ``title`` a digest of its
# title's key. A record that is gone leaves its number, so that an index can be brought up to date.
_SCHEMA = """
CREATE TABLE study (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, changed INTEGER NOT NULL,
    doi TEXT, pmid TEXT, pmcid TEXT, title INTEGER NOT NULL, body BLOB NOT NULL
);
CREATE INDEX study_doi ON study (doi) WHERE doi IS NOT NULL;
CREATE INDEX study_pmid ON study (pmid) WHERE pmid IS NOT NULL;
CREATE INDEX study_pmcid ON study (pmcid) WHERE pmcid IS NOT NULL;
CREATE INDEX study_title ON study (title);
CREATE INDEX study_changed ON study (changed);
CREATE TABLE gone (number INTEGER PRIMARY KEY, changed INTEGER NOT NULL);
CREATE TABLE state (lineage TEXT NOT NULL, changed INTEGER NOT NULL, studies INTEGER NOT NULL, total TEXT NOT NULL);
"""


class Row(NamedTuple):
    """A record as it is stored: its number, and its canonical line (``None``: the record is gone)."""

    number: int
    line: bytes | None


class Library:
    """An open library; a context manager. Several processes may read while one writes.

    Args:
        path: the file; ``None`` for ``library_path()``. It is made when it is missing.

    Raises:
        CatalogueError: it cannot be opened, is damaged, or was written by a newer version.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or library_path()
        self.problems: tuple[RecordProblem, ...] = ()
        self._held = False
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._open()
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            raise CatalogueError(
                f"{self.path}: the library of studies cannot be opened ({error}); name another place with --store"
            ) from None

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> tuple[type[Library], tuple[Path]]:
        return type(self), (self.path,)

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def get(self, id: str) -> Study | None:
        """The study with this identifier, or ``None``."""
        return self._one("SELECT body FROM study WHERE id = ?", id)

    def find(
        self,
        *,
        doi: str | None = None,
        pmid: str | None = None,
        pmcid: str | None = None,
        title_key: str | None = None,
    ) -> Study | None:
        """The study that carries one of these identifiers or this title, looked for in this order.

        Args:
            doi, pmid, pmcid: in the normal form of ``studies.normal``.
            title_key: ``studies.normal.title_key`` of a title. Of several studies with it, the first that was added.
        """
        for column, value in (("doi", doi), ("pmid", pmid), ("pmcid", pmcid)):
            if value:
                found = self._one(f"SELECT body FROM study WHERE {column} = ? ORDER BY number", value)  # noqa: S608 - names of our own columns
                if found is not None:
                    return found
        return next(self.titled(title_key), None) if title_key else None

    def titled(self, title_key: str) -> Iterator[Study]:
        """Studies whose title has this key, in the order in which they were added."""
        with self._reading():
            bodies: list[tuple[bytes]] = self._base.execute(
                "SELECT body FROM study WHERE title = ? ORDER BY number", (_title_number(title_key),)
            ).fetchall()
            for (body,) in bodies:
                study = _study(body)
                if key_of_title(study.title) == title_key:
                    yield study

    def __iter__(self) -> Iterator[Study]:
        with self._reading():
            for _, line in self.rows():
                if line is not None:
                    yield _study(line)

    def __len__(self) -> int:
        return self._state()[2]

    def __contains__(self, id: object) -> bool:
        with self._reading():
            return self._base.execute("SELECT 1 FROM study WHERE id = ?", (str(id),)).fetchone() is not None

    @property
    def sha256(self) -> str:
        """Digest of the content, the same as a ``Catalogue`` of these studies has."""
        return sum_digest(len(self), self.total)

    @property
    def total(self) -> int:
        """Sum of the records' digests (see ``studies.catalogue.sum_digest``)."""
        return int(self._state()[3], 16)

    @property
    def lineage(self) -> str:
        """A name that this file got when it was made; with ``changed`` it tells whether an index is up to date."""
        return self._state()[0]

    @property
    def changed(self) -> int:
        """Number of the last change."""
        return self._state()[1]

    def digests(self) -> Iterator[tuple[str, bytes]]:
        """Identifiers and record digests (32 bytes), in no particular order."""
        with self._reading():
            yield from self._base.execute("SELECT id, digest FROM study")

    def digest_of(self, id: str) -> bytes | None:
        """Digest (32 bytes) of the record with this identifier."""
        with self._reading():
            row = self._base.execute("SELECT digest FROM study WHERE id = ?", (id,)).fetchone()
        return row[0] if row else None

    def rows(self, since: int = -1) -> Iterator[Row]:
        """Records by number, with their canonical lines; the file is read as they are taken.

        Args:
            since: only what changed after this change; records that have gone since then come first.
        """
        with self._reading():
            if since >= 0:
                for (number,) in self._base.execute("SELECT number FROM gone WHERE changed > ?", (since,)):
                    yield Row(number, None)
                rows = self._base.execute("SELECT number, body FROM study WHERE changed > ?", (since,))
            else:
                rows = self._base.execute("SELECT number, body FROM study ORDER BY number")
            yield from map(Row._make, rows)

    def block(self, first: int, last: int) -> Iterator[Row]:
        """The records with numbers from ``first`` up to, not including, ``last``, by number."""
        with self._reading():
            yield from map(
                Row._make,
                self._base.execute(
                    "SELECT number, body FROM study WHERE number >= ? AND number < ? ORDER BY number", (first, last)
                ),
            )

    @property
    def last_number(self) -> int:
        """The highest number of a record; 0 for an empty library."""
        with self._reading():
            return self._base.execute("SELECT coalesce(max(number), 0) FROM study").fetchone()[0]

    def changes_since(self, changed: int) -> int:
        """How many records were added, changed or removed after a change."""
        with self._reading():
            return self._base.execute(
                "SELECT (SELECT count(*) FROM study WHERE changed > ?1) + (SELECT count(*) FROM gone WHERE changed > ?1)",
                (changed,),
            ).fetchone()[0]

    def many(self, numbers: Iterable[int]) -> dict[int, Study]:
        """The studies with these numbers (see ``rows``); those that are gone are left out."""
        with self._reading():
            rows: list[tuple[int, bytes]] = self._base.execute(
                "SELECT number, body FROM study WHERE number IN (SELECT value FROM json_each(?))",
                (json.dumps(list(numbers)),),
            ).fetchall()
            return {number: _study(body) for number, body in rows}

    def hold(self) -> None:
        """From here on until ``close``, read the library as it is now, whatever other processes write."""
        with self._reading():
            self._held = True
            self._base.execute("BEGIN")
            self._base.execute("SELECT 1 FROM state").fetchone()

    def write(self, studies: Iterable[Study], removed: Iterable[str] = ()) -> None:
        """Remove and add records in one change: all of it, or none if anything fails or the process dies.

        A study takes the place of the one with its identifier; a study that is stored already costs nothing. The
        studies are written as they come, so they may be streamed, and whoever makes them sees in this library those
        that were written before.

        Args:
            studies: the studies to add.
            removed: identifiers of records to remove first; unknown ones are passed over.

        Raises:
            CatalogueError: the file cannot be written (disk full, no permission, another process writes for long).
        """
        with self._writing():
            _, changed, count, total = self._state()
            mark, summed = changed + 1, int(total, 16)
            touched = False
            for id in removed:
                old = self._base.execute("SELECT number, digest FROM study WHERE id = ?", (id,)).fetchone()
                if old:
                    self._base.execute("DELETE FROM study WHERE number = ?", (old[0],))
                    self._base.execute("INSERT INTO gone (number, changed) VALUES (?, ?)", (old[0], mark))
                    count, summed, touched = count - 1, summed - int.from_bytes(old[1], "big"), True
            for study in studies:
                line = compact_json(study)
                digest = record_digest(line)
                old = self._base.execute("SELECT number, digest FROM study WHERE id = ?", (study.id,)).fetchone()
                if old and old[1] == digest:
                    continue
                self._base.execute(
                    "INSERT OR REPLACE INTO study (number, id, digest, changed, doi, pmid, pmcid, title, body)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        old[0] if old else None,
                        study.id,
                        digest,
                        mark,
                        study.doi,
                        study.pmid,
                        study.pmcid,
                        _title_number(key_of_title(study.title)),
                        line.encode("utf-8", "surrogatepass"),
                    ),
                )
                summed += int.from_bytes(digest, "big") - (int.from_bytes(old[1], "big") if old else 0)
                count, touched = count + (0 if old else 1), True
            if touched:
                self._base.execute(
                    "UPDATE state SET changed = ?, studies = ?, total = ?", (mark, count, f"{summed % _DIGESTS:x}")
                )

    @property
    def _base(self) -> sqlite3.Connection:
        if self._process != os.getpid():
            # A connection must not cross a fork. The parent's is kept, because closing it here would undo its locks.
            self._parents = self._connection
            self._open()
            if self._held:
                self.hold()
        return self._connection

    def _open(self) -> None:
        self._process = os.getpid()
        fixed = self.path.exists() and not os.access(self.path.parent, os.W_OK)
        where = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1" if fixed else str(self.path)
        # One connection may serve several threads: SQLite itself lets one at a time in.
        self._connection = sqlite3.connect(
            where, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=fixed
        )
        if not fixed:
            _write_ahead(self._connection)
            self._connection.execute("PRAGMA synchronous = NORMAL")

    def _prepare(self) -> None:
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise CatalogueError(
                f"{self.path}: the library was written by a newer claimtrace; update, or name another place with --store"
            )
        if version == 0:
            with self._writing():
                if self._base.execute("PRAGMA user_version").fetchone()[0] == 0:
                    for statement in _SCHEMA.split(";"):
                        self._base.execute(statement)
                    self._base.execute("INSERT INTO state VALUES (?, 0, 0, '0')", (uuid.uuid4().hex,))
                    self._base.execute(f"PRAGMA user_version = {_VERSION}")

    def _state(self) -> tuple[str, int, int, str]:
        with self._reading():
            return self._base.execute("SELECT lineage, changed, studies, total FROM state").fetchone()

    def _one(self, query: str, value: str | int) -> Study | None:
        with self._reading():
            row = self._base.execute(query, (value,)).fetchone()
            return _study(row[0]) if row else None

    @contextmanager
    def _writing(self) -> Generator[None, None, None]:
        try:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise
        except (sqlite3.Error, UnicodeEncodeError) as error:
            raise CatalogueError(
                f"{self.path}: the library of studies is as it was; it cannot be written ({error})"
            ) from None

    @contextmanager
    def _reading(self) -> Generator[None, None, None]:
        try:
            yield
        except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
            raise CatalogueError(
                f"{self.path}: the library of studies cannot be read ({error}); if it is damaged, move it away and"
                " import again"
            ) from None


def _study(line: bytes) -> Study:
    return study_from_json(json.loads(line))


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers read on while a long import writes (write-ahead log).

    SQLite waits for others at all else, but not when the kind of the journal changes: two processes that make a library
    at once would fail.

    Raises:
        sqlite3.Error: others held the file all the time.
    """
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA user_version")
            return
        except sqlite3.OperationalError as error:
            # The lowest eight bits are the kind of error, the others its finer shade (busy while recovering …).
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)


def _title_number(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
