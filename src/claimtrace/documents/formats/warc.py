"""Web archives (WARC, ARC; packed or not): each page that a server returned, named by its address."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from claimtrace.documents.given import Given, Read, damaged, too_large
from claimtrace.documents.limits import limits
from claimtrace.documents.packages import as_stream
from claimtrace.documents.page.facts import clean_url
from claimtrace.errors import InputError
from claimtrace.model.documents import Problem

_READ = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/pdf",
    "application/rss",
    "application/atom",
    "text/xml",
    "application/xml",
    "text/markdown",
)


def read(given: Given) -> Read:
    """Read the responses with text in order, named ``crawl.warc#https://…``.

    Raises:
        InputError: the archive is damaged before its first record, or holds no page.
        ModuleNotFoundError: warcio is not installed.
    """
    archives: Any = import_module("warcio.archiveiterator")
    failures: Any = import_module("warcio.exceptions")
    records: Any = archives.ArchiveIterator(given.stream)
    count = number = 0
    try:
        for record in records:
            number += 1
            if record.rec_type not in ("response", "resource", "conversion"):
                continue
            address = clean_url(record.rec_headers.get_header("WARC-Target-URI"))
            http = record.http_headers
            if http is not None and not (http.get_statuscode() or "").startswith("2"):
                continue
            kind = (http.get_header("Content-Type") if http is not None else record.content_type) or ""
            if not kind.strip().lower().startswith(_READ):
                continue
            count += 1
            name = f"{given.path}#{address or number}"
            try:
                data = _payload(name, record)
            except InputError as error:
                yield Problem(name, error.code, str(error))
                continue
            yield from given.member(name, as_stream(data), _charset(kind), address)
    except (failures.ArchiveLoadFailed, EOFError, ValueError, OSError, AttributeError) as error:
        problem = damaged(given.path, "web archive", str(error) or type(error).__name__)
        if not count:
            raise problem from None
        yield Problem(given.path, problem.code, f"{problem} (read up to record {number})")
        return
    if not count:
        raise InputError(f"{given.path}: the web archive holds no pages", "empty")


def _payload(name: str, record: Any) -> bytes:
    most = limits().article_bytes
    data: bytes = record.content_stream().read(most + 1)
    if len(data) > most:
        raise too_large(name, most)
    return data


def _charset(kind: str) -> str | None:
    for part in kind.split(";")[1:]:
        key, _, value = part.partition("=")
        if key.strip().lower() == "charset":
            return value.strip().strip("\"'")[:40] or None
    return None
