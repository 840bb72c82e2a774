"""Which format a file has, from its first bytes; the name's ending decides only between kinds of plain text.

This module is on the path of every scan: no imports of readers, no patterns, a few comparisons for plain text.
"""

from __future__ import annotations

import json

HEAD = 16_384
"""Bytes that are looked at."""

PLAIN = "plain"
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_PLAIN_ENDINGS = (".txt", ".text", ".asc")
_PAGES = (".html", ".htm", ".xhtml", ".shtml")
_JSON = (".jsonl", ".ndjson", ".json")
_HEADERS = frozenset([
    "from", "to", "cc", "subject", "date", "message-id", "mime-version", "received", "return-path",
    "delivered-to", "content-type", "reply-to", "sender", "list-id", "list-unsubscribe", "dkim-signature",
    "authentication-results", "x-mailer", "user-agent", "snapshot-content-location",
    "content-transfer-encoding", "arc-seal", "x-mozilla-status", "x-gmail-labels", "envelope-to"
])  # fmt: skip
"""Header fields of RFC 5322, and what mail programs add."""
_TAGS = ("<html", "<head", "<body", "<article", "<main", "<div", "<p>", "<p ", "<h1", "<section", "<meta", "<table")


def recognise(head: bytes, suffix: str) -> str:
    """Name of the format: ``plain``, or a key of ``formats.registry.READERS``.

    Args:
        head: the first ``HEAD`` bytes.
        suffix: the name's ending in lower case with its dot, or an empty string.
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gz"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if head.startswith(b"WARC/"):
        return "warc"
    text = _text(head)
    start = text.lstrip("\ufeff \t\r\n")
    first = start[:1]
    if first == "{":
        if start.startswith("{\\rtf"):
            return "rtf"
        if suffix not in _PLAIN_ENDINGS and _is_json(start, suffix):
            return "json"
    elif first == "[" and (suffix in _JSON or (start[1:].lstrip().startswith("{") and suffix not in _PLAIN_ENDINGS)):
        return "json"
    elif first == "<":
        found = _markup(start)
        if found is not None:
            return found
    elif text.startswith("From ") and _is_mail(text.partition("\n")[2]):
        return "mbox"
    elif _is_mail(text):
        return "mail"
    if suffix in _PAGES and any(tag in text.lower() for tag in _TAGS):
        return "html"
    if suffix in _MARKDOWN or (suffix not in _PLAIN_ENDINGS and first and first in "#-[*" and _is_markdown(start)):
        return "markdown"
    return PLAIN


def _text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8", "replace")


def _is_json(start: str, suffix: str) -> bool:
    if not start[1:].lstrip().startswith('"'):
        return False
    if suffix in _JSON:
        return True
    line, end, _ = start.partition("\n")
    if not end:  # a first line longer than the head, or the only one
        return '":' in line[:200] or '" :' in line[:200]
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _markup(start: str) -> str | None:
    low = start[:HEAD].lower()
    if low.startswith("<?xml"):
        low = low.partition("?>")[2].lstrip()
    while low.startswith("<!--"):
        low = low.partition("-->")[2].lstrip()
    root = low
    if root.startswith("<!doctype") and not root.startswith("<!doctype html"):
        # An internal subset may hold anything: the reader decides what is refused there.
        rest = root.partition("]>")[2] if "[" in root.partition(">")[0] else root.partition(">")[2]
        root = rest.lstrip()
    if root.startswith(("<rss", "<feed", "<rdf:rdf", "<atom:feed")):
        return "feed"
    if root.startswith(("<office:document",)):
        return "odt"
    if root.startswith(("<!doctype html", "<html")) or any(tag in low for tag in _TAGS):
        return "html"
    return "xml" if start.startswith("<?xml") else None


def _is_mail(text: str) -> bool:
    """Header lines of RFC 5322: a known name first, and three of them, or MIME's own."""
    names: set[str] = set()
    for number, line in enumerate(text[:8000].splitlines()):
        if not line.strip():
            break
        if line[0] in " \t" and number:
            continue
        name, colon, _ = line.partition(":")
        if not colon or " " in name:
            return False
        names.add(name.lower())
        if number == 0 and name.lower() not in _HEADERS and not name.lower().startswith("x-"):
            return False
    known = names & _HEADERS
    return "mime-version" in known or (len(known) >= 3 and "from" in known)


def _is_markdown(start: str) -> bool:
    """Two different signs of Markdown that plain prose does not have by chance."""
    lines = start.splitlines()
    heading = any(line.lstrip("#")[:1] == " " and line.startswith("#") for line in lines)
    front = lines[0].strip() == "---" and any(line.strip() in ("---", "...") for line in lines[1:40])
    link = "](http" in start or "](/" in start
    strong = start.count("**") >= 2
    return heading + front * 2 + link + strong >= 2
