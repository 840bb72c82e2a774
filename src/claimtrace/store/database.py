"""Scans kept in one SQLite file, so that ``show`` finds a claim in a later shell."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Any

from claimtrace.errors import StoreError, UnknownClaimError
from claimtrace.model.restore import from_plain, to_plain
from claimtrace.model.results import CatalogueInfo, Claim, Scan, ScannedDocument
from claimtrace.model.studies import Study

_VERSION = 1
_BUSY_SECONDS = 20.0
_LEAST_PREFIX = 3
_SCHEMA = """
CREATE TABLE document (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL, identifier TEXT NOT NULL, version TEXT NOT NULL,
    catalogue TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (path)
);
CREATE TABLE claim (identifier TEXT NOT NULL, document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE);
CREATE INDEX claim_identifier ON claim (identifier);
CREATE TABLE study (id TEXT PRIMARY KEY, body TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim with the document that it stands in, in a scan that holds nothing else."""

    scan: Scan
    document: ScannedDocument
    claim: Claim


def default_path() -> Path:
    """``CLAIMTRACE_STORE``, or a file in the user's data folder."""
    given = os.environ.get("CLAIMTRACE_STORE")
    if given:
        return Path(given)
    from platformdirs import user_data_path

    return user_data_path("claimtrace") / "scans.sqlite"


class Store:
    """An open store; a context manager.

    Args:
        path: the file; ``None`` for ``default_path()``.
        create: make it when it is missing.

    Raises:
        StoreError: it cannot be opened, is damaged, or was written by a newer version.
    """

    def __init__(self, path: Path | None = None, *, create: bool = True) -> None:
        self.path = path or default_path()
        if not create and not self.path.exists():
            raise StoreError(f"{self.path}: no scan has been stored yet; run claimtrace scan first")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
            self._base.execute("PRAGMA foreign_keys = ON")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"{self.path}: the store cannot be opened ({error}); name another with --store, or use --no-store"
            ) from None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def save(self, scan: Scan) -> None:
        """Keep a scan, all of it or nothing. A document scanned again takes the place of its earlier result.

        Raises:
            StoreError: it cannot be written.
        """
        catalogue = json.dumps(to_plain(scan.catalogue))
        rows = [(one.document.path, one.id, scan.version, catalogue, _dump(to_plain(one))) for one in scan.documents]
        studies = [(id, _dump(to_plain(study))) for id, study in scan.studies.items()]
        with self._writing():
            self._base.executemany("INSERT OR REPLACE INTO study (id, body) VALUES (?, ?)", studies)
            for row, one in zip(rows, scan.documents, strict=True):
                self._base.execute("DELETE FROM document WHERE path = ?", (row[0],))
                self._base.execute(
                    "DELETE FROM claim WHERE identifier IN (SELECT value FROM json_each(?))",
                    (json.dumps([c.id for c in one.claims]),),
                )
                number = self._base.execute(
                    "INSERT INTO document (path, identifier, version, catalogue, body) VALUES (?, ?, ?, ?, ?)", row
                ).lastrowid
                self._base.executemany(
                    "INSERT INTO claim (identifier, document) VALUES (?, ?)",
                    [(claim.id, number) for claim in one.claims],
                )

    def find(self, identifier: str) -> StoredClaim:
        """The claim with this identifier, or with the only one that begins so.

        Raises:
            UnknownClaimError: there is none, or several.
            StoreError: the store cannot be read.
        """
        wanted = identifier.strip().lower()
        with self._reading():
            found: list[tuple[str, int]] = self._base.execute(
                "SELECT identifier, document FROM claim WHERE identifier = ?", (wanted,)
            ).fetchall()
            if not found and len(wanted) >= _LEAST_PREFIX and wanted.isalnum():
                found = self._base.execute(
                    "SELECT identifier, document FROM claim WHERE identifier >= ? AND identifier < ? ORDER BY identifier LIMIT 6",
                    (wanted, wanted + "{"),
                ).fetchall()
            names = tuple(dict.fromkeys(name for name, _ in found))
            if len(names) > 1:
                raise UnknownClaimError(
                    f"{identifier!r} fits several claims: {', '.join(names[:5])}; give more of it", names[:5]
                )
            if not names:
                known = [
                    row[0]
                    for row in self._base.execute("SELECT identifier FROM claim ORDER BY rowid DESC LIMIT 20000")
                ]
                beginnings = dict.fromkeys(name[: max(len(wanted), _LEAST_PREFIX)] for name in known)
                near = tuple(get_close_matches(wanted, known, 3, 0.6)) or tuple(
                    next(name for name in known if name.startswith(one))
                    for one in get_close_matches(wanted, beginnings, 3, 0.6)
                )
                hint = (
                    f"; did you mean {' or '.join(near)}?"
                    if near
                    else "; run claimtrace scan first, and copy an identifier from its report"
                )
                raise UnknownClaimError(f"no stored claim has the identifier {identifier!r}{hint}", near)
            row = self._base.execute(
                "SELECT version, catalogue, body FROM document WHERE id = ?", (found[-1][1],)
            ).fetchone()
            document = from_plain(ScannedDocument, json.loads(row[2]))
            ids = sorted(
                {
                    link.id
                    for link in (document.study, *(claim.study for claim in document.claims))
                    if link is not None
                }
            )
            marks = ",".join("?" * len(ids))
            studies: dict[str, Study] = {
                id: from_plain(Study, json.loads(body))
                for id, body in self._base.execute(f"SELECT id, body FROM study WHERE id IN ({marks})", ids)  # noqa: S608
            }
        scan = Scan(row[0], from_plain(CatalogueInfo, json.loads(row[1])), (document,), (), studies)
        return StoredClaim(scan, document, next(claim for claim in document.claims if claim.id == names[0]))

    def _prepare(self) -> None:
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise StoreError(
                f"{self.path}: the store was written by a newer claimtrace; update, or name another with --store"
            )
        if version == 0:
            with self._writing():
                if self._base.execute("PRAGMA user_version").fetchone()[0] == 0:
                    for statement in _SCHEMA.split(";"):
                        self._base.execute(statement)
                    self._base.execute(f"PRAGMA user_version = {_VERSION}")

    @contextmanager
    def _writing(self) -> Generator[None, None, None]:
        try:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreError(
                f"{self.path}: the store cannot be written ({error}); name another with --store, or use --no-store"
            ) from None

    @contextmanager
    def _reading(self) -> Generator[None, None, None]:
        try:
            yield
        except (sqlite3.Error, KeyError, TypeError, ValueError) as error:
            raise StoreError(f"{self.path}: the store is damaged ({error}); move it away and scan again") from None


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))
