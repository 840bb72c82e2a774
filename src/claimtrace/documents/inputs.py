"""Which files a scan reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from claimtrace.documents.extracted import Extracted
from claimtrace.documents.plain_text import read_plain_text
from claimtrace.documents.recognise import HEAD, PLAIN, recognise
from claimtrace.errors import InputError
from claimtrace.model.documents import Problem

STDIN = "-"
_SPOOL = 8_388_608  # bytes of standard input that stay in memory when its format must be read from both ends
_COMPANIONS = frozenset([
    ".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".png", ".jpg", ".jpeg", ".gif",
    ".webp", ".avif", ".svg", ".ico", ".bmp", ".tif", ".tiff", ".mp3", ".mp4", ".webm", ".ogg", ".wav", ".mov",
    ".avi"
])  # fmt: skip
"""Endings of what a browser saves beside a page: pictures, styles, scripts. In folders and archives they are passed
over; named on the command line, such a file is read like any other."""


class Source(NamedTuple):
    """One input; ``path`` as the user named it, with ``/``; ``file`` is ``None`` for standard input and addresses."""

    path: str
    file: Path | None


class ReadOptions(NamedTuple):
    """What a user allows for one scan.

    Attributes:
        allow_private: addresses on the web may lead into private networks and to this machine.
    """

    allow_private: bool = False


def is_address(name: str) -> bool:
    """Whether an input is named by an address on the web (``scheme://``)."""
    scheme, mark, _ = name[:40].partition("://")
    return bool(mark) and scheme.isalnum() and scheme[0].isalpha() and len(scheme) > 1


def is_companion(name: str) -> bool:
    """Whether a file's name says that it is a picture, style or script and no article."""
    return name[name.rfind(".") :].lower() in _COMPANIONS


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
        if is_address(name):
            yield Source(name, None)
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


def read_source(source: Source, options: ReadOptions | None = None) -> Iterator[Extracted | Problem]:
    """Read one file, one address or standard input; containers yield several articles, one after another.

    Raises:
        InputError: it cannot be read, is empty, damaged, or is no text. A part of a container that cannot be read is
            a problem between the others instead.
    """
    try:
        if source.file is not None:
            with source.file.open("rb") as stream:
                yield from _read(source.path, stream)
        elif source.path == STDIN:
            yield from _read_stdin()
        else:
            from claimtrace.documents.web.fetch import read_address

            yield from read_address(source.path, options or ReadOptions())
    except OSError as error:
        raise InputError(
            f"{source.path}: cannot be read ({error.strerror or error}); check its permissions"
        ) from None
    except MemoryError:
        raise InputError(f"{source.path}: too large to read; split the file", "too-large") from None


def _read(path: str, stream: BinaryIO) -> Iterator[Extracted | Problem]:
    head = stream.read(HEAD)
    name = path.rpartition("/")[2].lower()
    suffix = name[name.rindex(".") :] if "." in name else ""
    form = recognise(head, suffix)
    if form == PLAIN:
        yield read_plain_text(path, head + stream.read())
        return
    from claimtrace.documents.formats.registry import read_any, read_as
    from claimtrace.documents.given import Given

    stream.seek(0)
    yield from read_as(form, Given(path, stream, again=read_any))


def _read_stdin() -> Iterator[Extracted | Problem]:
    head = sys.stdin.buffer.read(HEAD)
    if recognise(head, "") == PLAIN:
        yield read_plain_text(STDIN, head + sys.stdin.buffer.read())
        return
    import shutil
    import tempfile

    with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as kept:
        kept.write(head)
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.seek(0)
        yield from _read(STDIN, cast("BinaryIO", kept))


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry)
        elif entry.is_file() and not is_companion(entry.name):
            yield entry


def _shown(path: Path) -> str:
    return path.as_posix()
