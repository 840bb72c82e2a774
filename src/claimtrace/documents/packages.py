"""ZIP archives, and the packages of office programs that are such archives, read within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from claimtrace.documents.given import damaged, too_large
from claimtrace.documents.limits import limits
from claimtrace.errors import InputError

_CHUNK = 262_144


def open_zip(path: str, stream: BinaryIO) -> zipfile.ZipFile:
    """Open an archive and look at its directory.

    Raises:
        InputError: it is damaged, or has more members than the limit.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError, OSError) as error:
        raise damaged(path, "archive", str(error)) from None
    if len(archive.infolist()) > limits().members:
        raise InputError(
            f"{path}: the archive has more than {limits().members} members; unpack it on disk", "too-large"
        )
    return archive


def read_member(path: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int | None = None) -> bytes:
    """The bytes of a member, counted while they are unpacked: what a directory says of sizes is not believed.

    Args:
        path: the archive's name, for messages.
        archive: where the member is.
        info: which one.
        most: bytes at which unpacking stops (default: the limit of one article).

    Raises:
        InputError: it is encrypted, damaged, too large, or unpacks to far more than text can.
    """
    known = limits()
    bound = known.article_bytes if most is None else most
    name = f"{path}/{info.filename}"
    if info.flag_bits & 1:
        raise InputError(f"{name}: encrypted; remove the password, then scan again", "encrypted")
    allowed = max(known.ratio_from_bytes, info.compress_size * known.unpacked_ratio)
    kept = io.BytesIO()
    try:
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                kept.write(chunk)
                if kept.tell() > allowed:
                    raise InputError(
                        f"{name}: unpacks to more than {known.unpacked_ratio} times its size, as bombs do; not read",
                        "bomb",
                    )
                if kept.tell() > bound:
                    raise too_large(name, bound)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise damaged(name, "archive", str(error) or type(error).__name__) from None
    return kept.getvalue()


class Package:
    """A document that is a ZIP archive of parts (Office Open XML, OpenDocument, EPUB).

    Args:
        path: its name, for messages.
        stream: its bytes, seekable.

    Raises:
        InputError: it is damaged.
    """

    def __init__(self, path: str, stream: BinaryIO) -> None:
        self.path = path
        self.archive = open_zip(path, stream)
        self._infos = {info.filename.lower(): info for info in self.archive.infolist()}

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, or ``None`` when there is none of this name (in any case of letters).

        Raises:
            InputError: it is encrypted, damaged or too large.
        """
        info = self._infos.get(name.lower().lstrip("/"))
        return None if info is None else read_member(self.path, self.archive, info, limits().markup_bytes)

    def required(self, name: str, what: str) -> bytes:
        """The bytes of a part that must be there.

        Raises:
            InputError: it is missing, encrypted, damaged or too large.
        """
        data = self.part(name)
        if data is None:
            raise damaged(self.path, what, f"its part {name} is missing")
        return data

    def names(self) -> Iterator[str]:
        """Names of all parts, as written."""
        return (info.filename for info in self.archive.infolist())


def format_of(archive: zipfile.ZipFile, path: str) -> str | None:
    """``docx``, ``odt`` or ``epub`` for such a document, ``other`` for one of another program, else ``None``."""
    names = {info.filename.lower(): info for info in archive.infolist()}
    kind = names.get("mimetype")
    if kind is not None and kind.file_size < 200:
        told = read_member(path, archive, kind, 1000).decode("ascii", "replace").strip()
        if told == "application/epub+zip":
            return "epub"
        if told.startswith("application/vnd.oasis.opendocument.text"):
            return "odt"
        if told.startswith("application/vnd.oasis.opendocument"):
            return "other"
    if "meta-inf/container.xml" in names:
        return "epub"
    if "[content_types].xml" in names:
        return "docx" if "word/document.xml" in names else "other"
    return None


def as_stream(data: bytes) -> BinaryIO:
    """Bytes as a seekable stream."""
    return cast("BinaryIO", io.BytesIO(data))
