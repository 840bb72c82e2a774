"""Extracted texts written out, so that offsets can be looked up."""

from __future__ import annotations

import os
import re
from pathlib import Path

from claimtrace.errors import ClaimtraceError

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 100  # signs of a name; with the identifier it stays below what any file system takes


def text_name(path: str, identifier: str) -> str:
    """File name for a document's text: safe in any folder, and told apart by the document's identifier.

    Args:
        path: the document's path, from a user, an archive or the web.
        identifier: the document's identifier in the scan.
    """
    name = _UNSAFE.sub("_", path.rstrip("/").rpartition("/")[2])[-_LONGEST:].strip("._-") or "document"
    return f"{name}-{identifier}.txt"


def save_text(folder: Path, path: str, identifier: str, text: str) -> Path:
    """Write a document's text into a folder, as UTF-8 and without change of line ends.

    Raises:
        ClaimtraceError: it cannot be written.
    """
    place = folder / text_name(path, identifier)
    part = place.with_name(f".{place.name}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_bytes(text.encode("utf-8", "surrogatepass"))
        os.replace(part, place)
    except OSError as error:
        raise ClaimtraceError(f"{place}: cannot be written ({error.strerror}); check the folder") from None
    return place
