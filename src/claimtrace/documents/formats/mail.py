"""One e-mail (EML), or one page that a browser saved as such (MHTML)."""

from __future__ import annotations

from claimtrace.documents.given import Given, Read
from claimtrace.documents.limits import limits
from claimtrace.documents.messages import read_message


def read(given: Given) -> Read:
    """Read the message; a saved page is read as the page that it is.

    Raises:
        InputError: it is too large, damaged, encrypted, or holds no text.
    """
    data = given.whole(limits().article_bytes)
    yield from read_message(given, data, saved_page=_is_saved_page(data))


def _is_saved_page(data: bytes) -> bool:
    head = data[:8000].partition(b"\r\n\r\n")[0].partition(b"\n\n")[0].lower()
    if b"multipart/related" not in head:
        return False
    return b"snapshot-content-location" in head or b"saved by" in head or b"\nto:" not in head
