"""The index of a library: made once, kept in the user's cache folder, brought up to date where records changed.

A folder holds tantivy's files and ``state.json``, which says for which state of which library they were made and how
large each is. It is written last; what has no state, or another than its files show, is made anew. One process at a time
writes; others wait for it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from claimtrace.matching import index_text, rarity, term_index, terms
from claimtrace.matching.index_text import IndexedRecord, RecordTerms
from claimtrace.matching.record_stream import indexed_records
from claimtrace.matching.term_index import TermIndex
from claimtrace.studies.library import Library
from claimtrace.studies.places import cache_folder
from claimtrace.text import tokens

_VERSION = 3
_WAIT_SECONDS = 1800.0
_REBUILT_FROM = 0.5  # when more than this share of the records changed, all are indexed anew
_COUNTS = Path(__file__).resolve().parents[1] / "data" / "linking" / "document_frequencies.txt"
Tell = Callable[[str], None]


class OpenedIndex(NamedTuple):
    """An index, the number of terms of all its records, and why it is not kept on disk (``None``: it is)."""

    found: TermIndex
    terms: int
    problem: str | None


class _State(NamedTuple):
    changed: int
    terms: int
    files: dict[str, int]


def open_index(library: Library, tell: Tell | None = None) -> OpenedIndex:
    """The index of a library as it is now; made or brought up to date when it has to be.

    Args:
        library: the library.
        tell: called with a line for people when something takes its time.
    """
    home = cache_folder() / "indexes"
    folder = home / f"{library.lineage}-{_fingerprint()}"
    found = _up_to_date(folder, library)
    if found is not None:
        return found
    try:
        home.mkdir(parents=True, exist_ok=True)
        with _alone(home / f"{library.lineage}.lock", tell):
            found = _up_to_date(folder, library)
            if found is None:
                _bring_up_to_date(folder, library, tell)
                found = _up_to_date(folder, library)
            if found is not None:
                return found
            problem = "it was changed by another program while it was written"
    except (OSError, sqlite3.Error, ValueError) as error:
        problem = str(error)
    if tell is not None:
        tell(f"indexing {len(library):,} studies in memory")
    index = TermIndex()
    counted = _Counted()
    index.add(counted.of(indexed_records(library)))
    where = "name a folder for it with CLAIMTRACE_CACHE"
    return OpenedIndex(index, counted.terms, f"{folder}: the index of studies cannot be kept ({problem}); {where}")


def _up_to_date(folder: Path, library: Library) -> OpenedIndex | None:
    state = _read_state(folder)
    # An index newer than what this process reads of the library is as good: records that it does not see are passed over.
    if state is None or state.changed < library.changed:
        return None
    try:
        return OpenedIndex(TermIndex(folder / "terms"), state.terms, None)
    except (ValueError, OSError):
        return None


def _read_state(folder: Path) -> _State | None:
    """The state of an index whose files are all there, or ``None``."""
    try:
        data: dict[str, Any] = json.loads((folder / "state.json").read_bytes())
        state = _State(int(data["changed"]), int(data["terms"]), dict(data["files"]))
        whole = all((folder / "terms" / name).stat().st_size == size for name, size in state.files.items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return state if whole else None


def _bring_up_to_date(folder: Path, library: Library, tell: Tell | None) -> None:
    state = _read_state(folder)
    if state is not None:
        changes = library.changes_since(state.changed)
        if changes <= _REBUILT_FROM * len(library):
            if tell is not None:
                tell(f"indexing {changes:,} changed studies")
            _update(folder, state, library)
            return
    if tell is not None:
        tell(f"indexing {len(library):,} studies")
    for other in folder.parent.iterdir():
        if other.is_dir() and (other.name.startswith(library.lineage) or _orphaned(other)):
            shutil.rmtree(other)
    made = folder.with_name(f"{folder.name}.half")
    (made / "terms").mkdir(parents=True)
    counted = _Counted()
    TermIndex(made / "terms").add(counted.of(indexed_records(library)))
    _write_state(made, library, library.changed, counted.terms)
    made.rename(folder)


def _orphaned(folder: Path) -> bool:
    """Whether the library of an index is gone."""
    try:
        return not Path(json.loads((folder / "state.json").read_bytes())["library"]).exists()
    except (OSError, ValueError, KeyError, TypeError):
        return False  # perhaps another process is making it


def _update(folder: Path, state: _State, library: Library) -> None:
    """Index what changed. Killed half-way, the old state stands, and the next time does it again."""
    maker = RecordTerms()
    rows = list(library.rows(state.changed))
    counted = _Counted()
    index = TermIndex(folder / "terms")
    index.add(
        counted.of((number, maker.of_line(line)) for number, line in rows if line is not None),
        removed=[number for number, _ in rows],
    )
    # What the records held before is not known; their mean is as good.
    mean = state.terms / max(1, len(index))
    _write_state(folder, library, library.changed, round(mean * len(index)))


def _write_state(folder: Path, library: Library, changed: int, terms: int) -> None:
    meta: dict[str, Any] = json.loads((folder / "terms" / "meta.json").read_bytes())
    live = tuple(str(segment["segment_id"]).replace("-", "") for segment in meta["segments"])
    files = {
        one.name: one.stat().st_size
        for one in (folder / "terms").iterdir()
        if one.name.startswith(live) and one.suffix != ".del"
    }
    state = {"library": str(library.path.resolve()), "changed": changed, "terms": terms, "files": files}
    waiting = folder / "state.new"
    waiting.write_text(json.dumps(state), "utf-8")
    waiting.replace(folder / "state.json")


class _Counted:
    """Passes records on and adds up their terms."""

    def __init__(self) -> None:
        self.terms = 0

    def of(self, records: Iterable[tuple[int, IndexedRecord]]) -> Iterator[tuple[int, IndexedRecord]]:
        for number, record in records:
            self.terms += record.length
            yield number, record


@contextmanager
def _alone(path: Path, tell: Tell | None) -> Generator[None, None, None]:
    """Be the only process in here; SQLite's lock goes when its process does, on every system."""
    base = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        try:
            base.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            if tell is not None:
                tell("waiting for another claimtrace that is indexing the studies")
            base.execute(f"PRAGMA busy_timeout = {_WAIT_SECONDS * 1000:.0f}")
            base.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        base.close()


@cache
def _fingerprint() -> str:
    """Which programs made an index: others may cut texts into other terms, or write other files."""
    import tantivy

    library: Any = tantivy
    digest = hashlib.sha256(f"{_VERSION} {library.__version__}".encode())
    for module in (tokens, terms, rarity, index_text, term_index):
        digest.update(Path(str(module.__file__)).read_bytes())
    digest.update(_COUNTS.read_bytes())
    return digest.hexdigest()[:12]
