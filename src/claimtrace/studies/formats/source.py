"""A bibliographic file as a stream: unpacked, decoded, never whole in memory."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from claimtrace.errors import CatalogueError

HEAD = 65_536
"""Signs of a file's beginning that tell its format."""

LONGEST_LINE = 1_000_000
"""Signs after which a line is handed out in pieces, so that a file without line ends stays a stream."""

LONGEST_RECORD = 8_000_000
"""Signs (or bytes) of one record; the longest records of PubMed, with thousands of authors, have some two million."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PACKED = (b"PK\x03\x04", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd")
_WINDOWS = "claimtrace-windows-1252"


class _Misfits:
    """Decoding of what is no UTF-8: byte by byte as Windows-1252, which most such files are, and counted."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        bad = error.object[error.start : error.end]
        self.count += len(bad)
        return bad.decode("cp1252", errors="replace"), error.end


_misfits = _Misfits()
codecs.register_error(_WINDOWS, _misfits)


class Source:
    """One file to be read from its beginning, as often as needed.

    Args:
        path: the file; ``.gz`` is unpacked, whatever its name.
        name: how messages call it.

    Raises:
        CatalogueError: it cannot be opened, or is no text.
    """

    def __init__(self, path: Path, name: str | None = None) -> None:
        self.path = path
        self.name = name or path.as_posix()
        self.misfits = 0
        self._encoding, self._errors = "utf-8", _WINDOWS
        with self._bytes() as stream:
            start = stream.read(HEAD)
        if start.startswith(_PACKED):
            raise CatalogueError(f"{self.name}: this is a packed archive; unpack it first (only .gz is unpacked)")
        for mark, encoding in _MARKS:
            if start.startswith(mark):
                self._encoding, self._errors = encoding, _WINDOWS if encoding == "utf-8-sig" else "replace"
                break
        else:
            if b"\x00" in start:
                raise CatalogueError(f"{self.name}: binary data, no bibliography")
        with self.text() as text:
            self.head = text.read(HEAD)
        self.misfits = 0

    @contextmanager
    def text(self, encoding: str | None = None) -> Generator[IO[str], None, None]:
        """The file as text, without byte order mark; line ends as they are.

        Bytes that are no UTF-8 are read as Windows-1252, and counted in ``misfits``.
        """
        with self._bytes() as stream:
            before = _misfits.count
            wrapped = io.TextIOWrapper(
                stream, encoding or self._encoding, "replace" if encoding else self._errors, ""
            )
            try:
                yield wrapped
            finally:
                self.misfits = _misfits.count - before

    def lines(self) -> Iterator[tuple[int, str]]:
        """Number (from 1) and text of each line, without its end; overlong lines come in pieces."""
        number, whole = 0, True
        with self.text() as text:
            while line := text.readline(LONGEST_LINE):
                number += whole
                whole = line.endswith(("\n", "\r"))
                yield number, line.rstrip("\r\n")

    @contextmanager
    def utf8(self, encoding: str | None = None) -> Generator[Utf8, None, None]:
        """The file as UTF-8 bytes for parsers that take nothing else."""
        with self.text(encoding) as text:
            yield Utf8(text)

    @contextmanager
    def _bytes(self) -> Generator[IO[bytes], None, None]:
        try:
            with self.path.open("rb") as raw:
                packed = raw.read(2) == b"\x1f\x8b"
                raw.seek(0)
                if not packed:
                    yield raw
                    return
                with gzip.open(raw) as unpacked:
                    yield cast("IO[bytes]", unpacked)
        except IsADirectoryError:
            raise CatalogueError(f"{self.name}: this is a folder; name the files in it") from None
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise CatalogueError(f"{self.name}: the packed file breaks off or is damaged ({error})") from None
        except OSError as error:
            raise CatalogueError(f"{self.name}: cannot be read ({error.strerror or error})") from None


class Utf8:
    """A text stream as a stream of UTF-8 bytes; ``taken`` counts them."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self.taken = 0

    def read(self, size: int = 65_536) -> bytes:
        """The next piece, at most some ``size`` signs long; empty at the end."""
        data = self._text.read(size).encode("utf-8", "replace")
        self.taken += len(data)
        return data
