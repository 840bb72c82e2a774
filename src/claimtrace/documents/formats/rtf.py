"""Rich Text Format 1.9: words, and the title and author of its information group."""

from __future__ import annotations

import codecs
import re

from claimtrace.documents.assembling import Piece, assemble
from claimtrace.documents.extracted import Extracted
from claimtrace.documents.given import Given, Read, damaged, digest, empty

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}]+)")
_LEFT_OUT = frozenset([
    "fonttbl", "colortbl", "stylesheet", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl",
    "footerr", "footerf", "footnote", "annotation", "fldinst", "themedata", "colorschememapping", "datastore",
    "latentstyles", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "mmathPr", "bkmkstart",
    "bkmkend", "tc", "xe", "nonshppict", "shpinst", "listtext", "pntext", "revtbl", "filetbl", "deleted"
])  # fmt: skip
"""Destinations whose text is no text of the article."""
_SIGNS = {
    "tab": "\t", "line": " ", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emdash": "—",
    "endash": "–", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "cell": " ", "nestcell": " ",
}  # fmt: skip
_BREAKS = frozenset({"par", "sect", "page", "row", "column", "pard"})
_MOST_DEEP = 10_000


class _Group:
    """What holds inside a pair of braces."""

    __slots__ = ("into", "skip", "unicode_skip")

    def __init__(self, skip: bool, into: str | None, unicode_skip: int) -> None:
        self.skip, self.into, self.unicode_skip = skip, into, unicode_skip


def read(given: Given) -> Read:
    """Read one document.

    Raises:
        InputError: its groups nest without end, or it holds no text.
    """
    data = given.whole()
    paragraphs, facts = _paragraphs(given.path, data)
    text, blocks = assemble(Piece(paragraph) for paragraph in paragraphs)
    if not text:
        raise empty(given.path, "document")
    yield Extracted(
        given.path,
        text,
        digest(data),
        title=facts.get("title"),
        author=facts.get("author"),
        url=given.url,
        hints=blocks,
    )


def _paragraphs(path: str, data: bytes) -> tuple[list[str], dict[str, str]]:
    paragraphs: list[str] = []
    kept: dict[str, list[str]] = {"": []}
    groups = [_Group(False, "", 1)]
    codec = "cp1252"
    pending = bytearray()
    drop = 0  # signs after \u that stand for readers without Unicode
    at, first = 0, False

    def say(text: str) -> None:
        group = groups[-1]
        if not group.skip and group.into is not None:
            kept.setdefault(group.into, []).append(text)

    def settle() -> None:
        if pending:
            say(pending.decode(codec, "replace"))
            pending.clear()

    def close_paragraph() -> None:
        settle()
        if groups[-1].into == "" and not groups[-1].skip:
            paragraphs.append("".join(kept[""]))
            kept[""].clear()

    while at < len(data):
        match = _TOKEN.match(data, at)
        if match is None:
            at += 1
            continue
        at = match.end()
        word, number, byte, sign, brace, plain = match.groups()
        if byte is not None:
            if drop:
                drop -= 1
            else:
                pending.append(int(byte, 16))
            continue
        if plain is None or plain.strip(b"\r\n"):
            settle()
        if brace == b"{":
            if len(groups) > _MOST_DEEP:
                raise damaged(path, "RTF document", "its groups nest without end")
            above = groups[-1]
            groups.append(_Group(above.skip, above.into, above.unicode_skip))
            first, drop = True, 0
        elif brace == b"}":
            if len(groups) > 1:
                groups.pop()
            first, drop = False, 0
        elif word is not None:
            name = word.decode("ascii")
            value = int(number) if number else None
            group = groups[-1]
            if name == "bin":
                at += max(0, value or 0)
            elif name == "u" and value is not None:
                say(chr(value % 65536))
                drop = group.unicode_skip
            elif name == "uc":
                group.unicode_skip = max(0, value or 0)
            elif name == "ansicpg":
                codec = _codec(value)
            elif name == "v":
                group.skip = group.skip or value != 0
            elif name in _LEFT_OUT:
                group.skip = group.skip or first or name == "deleted"
            elif name == "info" and first:
                group.into = None
            elif name in ("title", "author") and first and group.into is None:
                group.into = name
            elif name in _BREAKS:
                if name != "pard":
                    close_paragraph()
            elif name in _SIGNS:
                say(_SIGNS[name])
            first = False
        elif sign is not None:
            if sign == b"*":
                groups[-1].skip = groups[-1].skip or first  # a destination that a reader may not know
            elif sign in (b"\\", b"{", b"}"):
                say(sign.decode("ascii"))
            elif sign == b"~":
                say("\u00a0")
            elif sign == b"_":
                say("-")
            elif sign in (b"\n", b"\r"):
                close_paragraph()
            first = False
        elif plain is not None:
            text = plain.replace(b"\r", b"").replace(b"\n", b"")
            if drop and text:
                text, drop = text[drop:], max(0, drop - len(text))
            if text:
                say(text.decode(codec, "replace"))
                first = False
    settle()
    paragraphs.append("".join(kept[""]))
    facts = {name: " ".join("".join(parts).split()) for name, parts in kept.items() if name}
    return [_joined(one) for one in paragraphs], {name: text for name, text in facts.items() if text}


def _codec(page: int | None) -> str:
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return "cp1252"


def _joined(text: str) -> str:
    """Signs outside the first plane are written as two halves."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
