"""Abstracts and titles with JATS, HTML or MathML marks to plain text."""

from __future__ import annotations

import html
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data" / "catalogues"

# A tag is short, and holds no angle bracket: what "p<0.05" begins is no tag, and nothing is tried twice.
_TAG = re.compile(r"<(/?)(?:[a-z]{1,8}:)?([a-z][a-z0-9-]{0,20})(?:\s[^<>]{0,400})?/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[^<>]{0,400}-->|<!\[CDATA\[|\]\]>|<\?[^<>]{0,200}\?>")
_HEADING_END = "\x00"
_OPENER = re.compile(r"[\s:.–—-]*")


@cache
def _marks() -> tuple[frozenset[str], frozenset[str], frozenset[str], tuple[str, ...]]:
    data: dict[str, Any] = json.loads((DATA / "markup.json").read_bytes())
    return (
        frozenset(data["headings"]),
        frozenset(data["blocks"]),
        frozenset(data["inline"]),
        tuple(data["openers"]),
    )


def plain(text: str) -> str:
    """Text without marks: headings end with a colon, blocks are parted, ``&lt;`` and its like are signs again.

    Angle brackets that are no known mark ("p < 0.05") stay.
    """
    if "<" not in text and "&" not in text:
        return text
    if "&lt;" in text and "<" not in text:  # marks that were escaped once more, as in some exports
        text = html.unescape(text)
    headings, blocks, inline, _ = _marks()

    def replaced(match: re.Match[str]) -> str:
        name = match.group(2).lower()
        if name in headings:
            return _HEADING_END if match.group(1) else " "
        if name in blocks:
            return " "
        return "" if name in inline else match.group()

    *headed, last = _TAG.sub(replaced, _COMMENT.sub(" ", text)).split(_HEADING_END)
    text = "".join(
        part.rstrip() + ("" if not part.strip() else " " if part.rstrip()[-1] in ":.?!" else ": ") for part in headed
    )
    return html.unescape(text + last)


def abstract_text(text: str) -> str:
    """An abstract without marks and without the word "Abstract" before it."""
    text = " ".join(plain(text).split())
    for opener in _marks()[3]:
        if text[: len(opener)].casefold() == opener:
            rest = text[len(opener) :]
            mark = _OPENER.match(rest)
            # "Abstract thinking improves …" is a sentence; "Abstract: …" and "AbstractBackground" are openers.
            if mark and (mark.group().strip() or rest[:1].isupper()):
                return rest[mark.end() :]
            if mark and text[: len(opener)].isupper():
                return rest[mark.end() :]
    return text
