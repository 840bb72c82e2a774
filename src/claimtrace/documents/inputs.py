"""Which files a scan reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from claimtrace.documents.extracted import Extracted
from claimtrace.documents.plain_text import read_plain_text
from claimtrace.errors import InputError
from claimtrace.model.documents import Problem

STDIN = "-"


class Source(NamedTuple):
    """One file to read; ``path`` as the user named it, with ``/``; ``file`` is ``None`` for standard input."""

    path: str
    file: Path | None


def find_sources(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Source | Problem]:
    """Files below the given paths, in the order given, folders by name; a problem for each path that holds none.

    Hidden files and folders are left out. A file that is reached twice is read once.
    """
    seen: set[Path] = set()
    for given in paths:
        name = os.fspath(given)
        if name == STDIN:
            yield Source(STDIN, None)
            continue
        path = Path(name)
        shown = _shown(path)
        try:
            if path.is_dir():
                count = 0
                for file in _walk(path):
                    real = file.resolve()
                    if real not in seen:
                        seen.add(real)
                        count += 1
                        yield Source(_shown(file), file)
                if not count:
                    yield Problem(
                        shown, "empty-folder", f"{shown}: the folder holds no files; name a folder with articles"
                    )
            elif path.exists():
                real = path.resolve()
                if real not in seen:
                    seen.add(real)
                    yield Source(shown, path)
            else:
                yield Problem(shown, "missing", f"{shown}: no such file or folder; check the path")
        except OSError as error:
            yield Problem(shown, "unreadable", f"{shown}: cannot be read ({error.strerror}); check its permissions")


def read_source(source: Source) -> list[Extracted]:
    """Read one file; containers yield several articles.

    Raises:
        InputError: it cannot be read, is empty, or is no text.
    """
    try:
        data = sys.stdin.buffer.read() if source.file is None else source.file.read_bytes()
    except OSError as error:
        raise InputError(f"{source.path}: cannot be read ({error.strerror}); check its permissions") from None
    except MemoryError:
        raise InputError(f"{source.path}: too large to read; split the file", "too-large") from None
    return [read_plain_text(source.path, data)]


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry)
        elif entry.is_file():
            yield entry


def _shown(path: Path) -> str:
    return path.as_posix()
