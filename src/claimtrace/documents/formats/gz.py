"""Files packed with gzip: what is inside, read as if it lay unpacked beside them."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from typing import BinaryIO, cast

from claimtrace.documents.given import Given, Read, damaged, too_large
from claimtrace.documents.limits import limits
from claimtrace.errors import InputError

_CHUNK = 262_144
_SPOOL = 16_777_216  # bytes kept in memory; beyond, the unpacked file lies in a temporary one


def read(given: Given) -> Read:
    """Unpack and read.

    Raises:
        InputError: it is damaged, too large, or unpacks to far more than text can.
    """
    known = limits()
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as kept:
        try:
            with gzip.GzipFile(fileobj=given.stream, mode="rb") as packed:
                while chunk := packed.read(_CHUNK):
                    kept.write(chunk)
                    size = kept.tell()
                    if size > known.unpacked_bytes:
                        raise too_large(given.path, known.unpacked_bytes)
                    if size > max(known.ratio_from_bytes, given.stream.tell() * known.unpacked_ratio):
                        raise InputError(
                            f"{given.path}: unpacks to more than {known.unpacked_ratio} times its size, as bombs do; not read",
                            "bomb",
                        )
        except (gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise damaged(given.path, "gzip file", str(error)) from None
        kept.seek(0)
        yield from _inside(given, cast("BinaryIO", kept))


def _inside(given: Given, stream: BinaryIO) -> Read:
    if given.depth >= limits().nesting or given.again is None:
        raise InputError(
            f"{given.path}: containers lie too deep in each other; unpack the outer ones first", "nesting"
        )
    # The packing is no container of several: the one file inside fails or is read as the file itself.
    yield from given.again(Given(given.path, stream, given.charset, given.url, given.depth + 1, given.again))
