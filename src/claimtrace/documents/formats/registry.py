"""Which module reads which format. A new format is a module here, a line in ``READERS``, and its signs in ``recognise``."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from claimtrace.documents.given import Given, Read
from claimtrace.documents.plain_text import read_plain_text
from claimtrace.documents.recognise import HEAD, PLAIN, recognise
from claimtrace.errors import MissingExtraError

READERS = {
    "docx": "docx",
    "epub": "epub",
    "feed": "feed",
    "gz": "gz",
    "html": "html",
    "json": "json_lines",
    "mail": "mail",
    "markdown": "markdown",
    "mbox": "mbox",
    "odt": "odt",
    "ole": "ole",
    "pdf": "pdf",
    "rtf": "rtf",
    "warc": "warc",
    "xml": "xml",
    "zip": "zipped",
}
"""Name of a format to its module; ``docx``, ``odt`` and ``epub`` are named by the reader of ``zip``."""

EXTRAS = {"pypdfium2": "pdf", "warcio": "warc"}
"""Top-level module of an optional library to the extra that brings it."""


def read_any(given: Given) -> Read:
    """Read an input with the reader that its first bytes ask for.

    Raises:
        InputError: it is damaged, encrypted, too large or no text.
        MissingExtraError: its reader needs a library that is not installed.
    """
    head = given.stream.read(HEAD)
    given.stream.seek(0)
    yield from read_as(recognise(head, given.suffix), given)


def read_as(name: str, given: Given) -> Read:
    """Read an input of a known format.

    Raises:
        InputError, MissingExtraError: as ``read_any``.
    """
    if name == PLAIN:
        yield read_plain_text(given.path, given.whole())
        return
    module: Any = import_module(f"claimtrace.documents.formats.{READERS[name]}")
    try:
        yield from module.read(given)
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        raise MissingExtraError(
            f"{given.path}: reading {name} files needs {error.name}; install it with: pip install 'claimtrace-cli[{extra}]'"
        ) from None
