"""A large table of which a scan looks up a small part: sorted lines, searched in the file where they lie."""

from __future__ import annotations

import mmap
from bisect import bisect_right
from pathlib import Path

_STRETCH = 2_048  # bytes between the keys that are kept: a search through so many costs as much as one step by halves


class SortedLines:
    """Lines of a key, a blank and a value, in the order of their bytes. Only every few dozenth key is taken out.

    Args:
        path: the file, which must not change while it is in use; no key holds a blank.

    Raises:
        OSError: it cannot be read.
        ValueError: it is empty.
    """

    __slots__ = ("_keys", "_starts", "_text")

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._text = text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._keys: list[bytes] = []
        self._starts: list[int] = []
        start = 0
        while 0 <= start < len(text):
            self._starts.append(start)
            self._keys.append(text[start : text.find(b" ", start)])
            start = text.find(b"\n", start + _STRETCH) + 1 or -1

    def get(self, key: str) -> bytes | None:
        """The value of a key; none when it has no line."""
        wanted = key.encode("utf-8", "surrogatepass")
        stretch = bisect_right(self._keys, wanted) - 1
        if stretch < 0:
            return None
        text = self._text
        start = self._starts[stretch]
        if self._keys[stretch] != wanted:
            last = self._starts[stretch + 1] if stretch + 1 < len(self._starts) else len(text)
            start = text.find(b"\n" + wanted + b" ", start, last) + 1
            if not start:
                return None
        end = text.find(b"\n", start)
        return text[start + len(wanted) + 1 : end if end >= 0 else len(text)]
