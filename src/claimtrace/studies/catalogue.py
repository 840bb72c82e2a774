"""A catalogue: the studies that a scan knows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from claimtrace.model.studies import Study
from claimtrace.studies.plain import compact_json, record_digest


class RecordProblem(NamedTuple):
    """A record that was left out of a catalogue, and why.

    Attributes:
        where: file (or other origin) of the record.
        record: number of the record within ``where``, counted from 0, when known.
        id: the record's identifier, when it has one.
        field: path of the field at fault (``findings.0.strength``), when one is.
        expected: what should stand there, or the reason in words.
        line: line within ``where``, counted from 1, when known.
    """

    where: str
    record: int | None
    id: str | None
    field: str | None
    expected: str
    line: int | None = None

    def __str__(self) -> str:
        """One line for people."""
        place = self.where
        if self.line is not None:
            place += f", line {self.line}"
        if self.record is not None:
            place += f", record {self.record}"
        if self.id:
            place += f" ({self.id})"
        return f"{place}: {self.field}: expected {self.expected}" if self.field else f"{place}: {self.expected}"


class Catalogue:
    """Studies by identifier, in the order given. Not to be changed after it was made.

    A later study with the identifier of an earlier one takes its place. ``problems`` names the records that
    could not be used.
    """

    def __init__(self, studies: Iterable[Study] = (), problems: Iterable[RecordProblem] = ()) -> None:
        self._studies = {study.id: study for study in studies}
        self.problems = tuple(problems)

    def get(self, id: str) -> Study | None:
        """The study with this identifier, or ``None``."""
        return self._studies.get(id)

    def __iter__(self) -> Iterator[Study]:
        return iter(self._studies.values())

    def __len__(self) -> int:
        return len(self._studies)

    def __contains__(self, id: object) -> bool:
        return id in self._studies

    @cached_property
    def sha256(self) -> str:
        """Digest (64 hexadecimal digits) of the content; neither order nor origin of the records counts."""
        return combined_digest(record_digest(compact_json(study)) for study in self)

    def merged_with(self, other: Catalogue) -> Catalogue:
        """Both catalogues as one; where both know an identifier, ``other`` wins."""
        return Catalogue((*self, *other), (*self.problems, *other.problems))


def combined_digest(digests: Iterable[bytes]) -> str:
    """Digest of a set of records from those of its members, in any order.

    The members' digests are added (Bellare and Micciancio 1997, "A new paradigm for collision-free hashing:
    incrementality at reduced cost", AdHash), so that a stored catalogue can be brought up to date without
    reading all of it.
    """
    total = count = 0
    for digest in digests:
        total += int.from_bytes(digest, "big")
        count += 1
    return sum_digest(count, total)


def sum_digest(count: int, total: int) -> str:
    """Digest of a set of ``count`` records whose digests, read as numbers, sum to ``total``."""
    return hashlib.sha256(b"%d %x" % (count, total % (1 << 256))).hexdigest()


def load_catalogue(path: str | Path) -> Catalogue:
    """Read a catalogue from a file: claimtrace's own JSON list or any format that ``studies import`` reads.

    Records that cannot be used are left out and named in the catalogue's ``problems``.

    Raises:
        CatalogueError: the file is missing, unreadable or of no known format, or none of its records is usable.
    """
    from claimtrace.studies.loading import load

    return load(Path(path))
