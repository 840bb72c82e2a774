"""Where something is: addresses of files and studies, lines and columns of a text."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple
from urllib.parse import quote

from claimtrace.model.documents import Document
from claimtrace.model.studies import Study

_WEB = ("https://", "http://")
_OWN_TEXT = (".txt", ".text", ".md", ".markdown")


def file_address(path: str) -> str:
    """A path as a URI reference: absolute paths as ``file:``, relative ones relative."""
    if path.lower().startswith(_WEB):
        return web_address(path) or quote(path, errors="surrogatepass")
    if path[:1].isalpha() and path[1:3] == ":/":  # a drive
        return f"file:///{path[:2]}{quote(path[2:], errors='surrogatepass')}"
    quoted = quote(path, errors="surrogatepass")
    return f"file://{quoted}" if path.startswith("/") else quoted


def web_address(text: str | None) -> str | None:
    """An address of the web, percent-encoded; ``None`` for anything else."""
    if not text or not text.lower().startswith(_WEB):
        return None
    return quote(text, safe="/:;()._-?&=#%+,@!~*'$[]", errors="replace")


def address(study: Study) -> str | None:
    """Where the study can be read: its DOI, else its own address if that is one of the web, else its PubMed page."""
    if study.doi:
        return "https://doi.org/" + quote(study.doi, safe="/:;()._-", errors="replace")
    if study.pmid and study.pmid.isdigit() and not study.url:
        return f"https://pubmed.ncbi.nlm.nih.gov/{study.pmid}/"
    return web_address(study.url)


def is_own_text(document: Document) -> bool:
    """Whether offsets refer to the file itself, and not to a text taken out of a page or another format."""
    return document.path.lower().endswith(_OWN_TEXT) and all(block.path is None for block in document.blocks)


class Region(NamedTuple):
    """Lines and columns from 1; the end column is the one after the last sign. Columns count code points."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int


class Lines:
    """Finds lines and columns in one text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]

    def region(self, start: int, end: int) -> Region:
        """The region of a slice of the text."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        return Region(first + 1, start - self._starts[first] + 1, last + 1, end - self._starts[last] + 1)
