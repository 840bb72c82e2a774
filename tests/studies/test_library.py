"""The user's own records change all at once or not at all."""

from __future__ import annotations

import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from claimtrace.errors import CatalogueError
from claimtrace.model.studies import Study
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.catalogue import Catalogue, combined_digest
from claimtrace.studies.library import Library, _write_ahead, library_path  # pyright: ignore[reportPrivateUsage]
from claimtrace.studies.normal import title_key


def _made(*numbers: int) -> list[Study]:
    return [
        Study(id=f"made-{n}", title=f"Made study {n}", abstract=f"Outcome {n}", pmid=str(1000 + n)) for n in numbers
    ]


def test_records_come_back_as_they_were(tmp_path: Path, study: Study) -> None:
    bundled = load_bundled()
    strange = Study(
        id="strange", title="A lone \ud800 surrogate; DROP TABLE study", extra={"unknown": [1, {"a": None}]}
    )
    with Library(tmp_path / "deep" / "l") as library:
        library.write([*bundled, study, strange])
    with Library(tmp_path / "deep" / "l") as library:
        assert list(library) == [*bundled, study, strange]
        assert library.get(study.id) == study
        assert library.get("nobody") is None
        assert study.id in library
        assert "nobody" not in library
        assert len(library) == len(bundled) + 2
        assert library.sha256 == Catalogue([strange, *bundled, study]).sha256
        assert library.sha256 == combined_digest(digest for _, digest in library.digests())
        assert library.find(doi=study.doi) == study
        assert library.find(pmid="nothing", title_key=title_key(study.title.upper())) == study
        assert library.find(doi="10.1/none") is None


def test_the_digest_follows_each_change(tmp_path: Path) -> None:
    with Library(tmp_path / "l") as library:
        assert library.sha256 == Catalogue().sha256
        library.write(_made(1, 2, 3))
        first = library.changed
        library.write(_made(1, 2, 3))
        assert library.changed == first
        other = replace(_made(2)[0], title="Another title")
        library.write([other, *_made(4)], removed=["made-1", "made-9"])
        assert library.sha256 == Catalogue([other, *_made(3, 4)]).sha256
        changes = {row.number: row.line for row in library.rows(first)}
        assert [number for number, line in changes.items() if line is None] == [1]
        assert sorted(changes) == [1, 2, 4]
        assert library.many([1, 2, 4]) == {2: other, 4: _made(4)[0]}


def test_an_import_that_fails_changes_nothing(tmp_path: Path) -> None:
    def broken(library: Library) -> Iterator[Study]:
        yield from _made(2, 3)
        assert library.find(pmid="1003") is not None
        raise OSError("the file ends here")

    with Library(tmp_path / "l") as library:
        library.write(_made(1))
        before = (library.sha256, library.changed)
        with pytest.raises(OSError, match="ends here"):
            library.write(broken(library), removed=["made-1"])
        assert (library.sha256, library.changed) == before
        assert [one.id for one in library] == ["made-1"]


def test_a_killed_import_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "l"
    with Library(path) as library:
        library.write(_made(1))
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert killed.returncode == 9, killed.stderr
    with Library(path) as library:
        assert [one.id for one in library] == ["made-1"]
        library.write(_made(2))
        assert len(library) == 2


_KILLED = """
import os, sys
from pathlib import Path
from claimtrace.model.studies import Study
from claimtrace.studies.library import Library
def studies():
    for n in range(2, 20_000):
        yield Study(id=f"made-{n}", title=f"Made study {n}", abstract="word " * 50)
    os._exit(9)
Library(Path(sys.argv[1])).write(studies())
"""


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    with Library(tmp_path / "l") as library:
        library.write(_made(1))
        library._base.execute("PRAGMA max_page_count = 60")
        with pytest.raises(CatalogueError, match=r"as it was.*full"):
            library.write(_made(*range(2, 5000)))
        assert [one.id for one in library] == ["made-1"]


def test_a_reader_keeps_what_it_holds_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "l"
    with Library(path) as writer, Library(path) as reader:
        writer.write(_made(1))
        reader.hold()
        writer.write(_made(2, 3))
        assert len(reader) == 1
        assert reader.get("made-2") is None
        copy: Library = pickle.loads(pickle.dumps(reader))
        assert len(copy) == 3
        copy.close()


def test_writers_at_once_all_succeed(tmp_path: Path) -> None:
    path = tmp_path / "l"
    program = (
        "import sys; from pathlib import Path; from claimtrace.studies.library import Library;"
        "from claimtrace.model.studies import Study;"
        "w = sys.argv[2];"
        "[Library(Path(sys.argv[1])).write([Study(id=f'{w}-{n}', title='t')]) for n in range(10)]"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, str(path), str(n)]) for n in range(3)]
    assert [one.wait(60) for one in writers] == [0, 0, 0]
    with Library(path) as library:
        assert len(library) == len(list(library)) == 30
        assert library.sha256 == Catalogue(library).sha256


def test_damage_and_newer_versions_are_told(tmp_path: Path) -> None:
    (tmp_path / "s").write_bytes(b"this is no database at all, not even close to one" * 100)
    with pytest.raises(CatalogueError, match="--store"):
        Library(tmp_path / "s")
    base = sqlite3.connect(tmp_path / "new")
    base.execute("PRAGMA user_version = 99")
    base.close()
    with pytest.raises(CatalogueError, match="newer"):
        Library(tmp_path / "new")


def test_the_library_lies_beside_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMTRACE_STORE", str(tmp_path / "mine.sqlite"))
    assert library_path() == tmp_path / "mine.sqlite.studies"
    assert library_path(tmp_path / "x" / "s") == tmp_path / "x" / "s.studies"
    monkeypatch.delenv("CLAIMTRACE_STORE")
    assert library_path().name == "studies.sqlite"


class Busy:
    """A connection to a file that others hold for a while."""

    def __init__(self, times: int, code: int) -> None:
        self.left = times
        self.code = code

    def execute(self, statement: str) -> None:
        if self.left:
            self.left -= 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = self.code
            raise error


@pytest.mark.parametrize("code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY])
def test_a_library_that_others_are_making_is_waited_for(code: int) -> None:
    connection = Busy(3, code)
    _write_ahead(cast(sqlite3.Connection, connection))
    assert connection.left == 0


def test_a_file_that_is_no_library_is_not_waited_for() -> None:
    with pytest.raises(sqlite3.OperationalError):
        _write_ahead(cast(sqlite3.Connection, Busy(1, sqlite3.SQLITE_CANTOPEN)))
