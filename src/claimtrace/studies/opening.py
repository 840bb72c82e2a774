"""All the studies that a scan knows: bundled records, the user's library, files named for this scan.

What is small is read into memory. A large file is read once: its records go into a library in the user's cache folder,
by the digest of the file, and the next scan opens that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimtrace.errors import CatalogueError
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.catalogue import Catalogue, RecordProblem, load_catalogue
from claimtrace.studies.places import cache_folder, library_path

# A scan of bundled records alone must not pay for SQLite at start-up.
if TYPE_CHECKING:
    from claimtrace.studies.layers import Layers, Part
    from claimtrace.studies.library import Library

_FEW = 200
"""Records of a library that are read whole: looking them up one by one is not worth an index on disk."""
_LARGE_FILE = 1_000_000
_MANY = 2_000
_KEPT_FILES = 8
_VERSION = 1
_PIECE = 1 << 20
Tell = Callable[[str], None]


def open_studies(
    files: Sequence[Path], *, bundled: bool = True, store: Path | None = None, tell: Tell | None = None
) -> Catalogue | Layers:
    """The bundled records, the user's own, and those of the files; the same study once (see ``studies.joining``).

    Args:
        files: catalogues in any format that is read.
        bundled: without the bundled records the files are a closed world: the user's own are left out too.
        store: the store of scans that the user named, which the library lies beside.
        tell: called with a line for people when something takes its time.

    Raises:
        CatalogueError: a file or the library cannot be read.
    """
    parts: list[Part] = []
    own = library_path(store)
    if bundled and own.exists():
        parts.append(_small_or_open(own))
    parts += [open_file(file, tell) for file in files]
    memory = load_bundled() if bundled else Catalogue()
    if not parts:
        return memory
    from claimtrace.studies.joining import joined, over_library

    large: list[Library] = []
    for part in parts:
        if not isinstance(part, Catalogue):
            large.append(part)
        elif bundled:
            memory = joined(memory, part)
        else:  # a closed world is what its files say
            memory = memory.merged_with(part)
    if not large:
        return memory
    from claimtrace.studies.layers import Layers

    if bundled:
        for library in large:
            memory = over_library(memory, library)
    return Layers((*large, memory))


def is_bundled_alone(files: Sequence[Path], *, bundled: bool = True, store: Path | None = None) -> bool:
    """Whether ``open_studies`` would give the bundled records and nothing else; nothing is read to know it."""
    return bundled and not files and not library_path(store).exists()


def open_file(path: Path, tell: Tell | None = None) -> Catalogue | Library:
    """The catalogue of a file; a large one from the cache, or into it.

    Raises:
        CatalogueError: the file cannot be read, or none of its records is usable.
    """
    try:
        seen = path.stat()
    except OSError as error:
        raise CatalogueError(f"{path}: the catalogue cannot be read ({error.strerror})") from None
    if seen.st_size < _LARGE_FILE:
        return load_catalogue(path)
    home = cache_folder() / f"files-{_VERSION}"
    note = home / f"{hashlib.sha256(str(path.resolve()).encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"
    state = [seen.st_size, seen.st_mtime_ns, seen.st_ino]
    digest = _noted(note, state) or _digest(path)
    kept = _open_kept(home / digest, path)
    if kept is None:
        if tell is not None:
            tell(f"reading {path}")
        catalogue = load_catalogue(path)
        if len(catalogue) <= _MANY or not _keep(catalogue, path, home, digest):
            return catalogue
        kept = _open_kept(home / digest, path)
        if kept is None:
            return catalogue
    _write_note(note, state, digest)
    return kept


def _small_or_open(path: Path) -> Part:
    from claimtrace.studies.library import Library

    library = Library(path)
    if len(library) <= _FEW:
        with library:
            return Catalogue(library)
    library.hold()
    return library


def _noted(note: Path, state: list[int]) -> str | None:
    """The digest of a file that has not changed since it was noted."""
    try:
        data: dict[str, Any] = json.loads(note.read_bytes())
        return str(data["digest"]) if data["state"] == state else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_note(note: Path, state: list[int], digest: str) -> None:
    text = json.dumps({"state": state, "digest": digest})
    try:
        if not note.exists() or note.read_text("utf-8") != text:
            note.write_text(text, "utf-8")
    except OSError:
        return  # the file's digest is then reckoned again next time


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        raise CatalogueError(f"{path}: the catalogue cannot be read ({error.strerror})") from None
    return digest.hexdigest()


def _open_kept(folder: Path, path: Path) -> Library | None:
    from claimtrace.studies.library import Library

    try:
        found: list[list[Any]] = json.loads((folder / "problems.json").read_bytes())
        library = Library(folder / "studies.sqlite")
    except (OSError, ValueError, CatalogueError):
        return None
    library.problems = tuple(RecordProblem(str(path), *fields) for fields in found)
    library.hold()
    return library


def _keep(catalogue: Catalogue, path: Path, home: Path, digest: str) -> bool:
    """Write the records of a file where the next scan finds them; whole or not at all."""
    import shutil
    import tempfile

    from claimtrace.studies.library import Library

    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home, prefix="half-", ignore_cleanup_errors=True) as half:
            made = Path(half) / "made"
            with Library(made / "studies.sqlite") as library:
                library.write(catalogue)
            problems = [[one.record, one.id, one.field, one.expected, one.line] for one in catalogue.problems]
            (made / "problems.json").write_text(json.dumps(problems), "utf-8")
            shutil.rmtree(home / digest, ignore_errors=True)
            made.rename(home / digest)
        others = sorted((one for one in home.iterdir() if one.is_dir()), key=lambda one: one.stat().st_mtime)
        for old in others[:-_KEPT_FILES]:
            shutil.rmtree(old, ignore_errors=True)
    except (OSError, CatalogueError):
        return False
    return True
