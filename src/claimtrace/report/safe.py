"""Text from articles and records, made harmless."""

from __future__ import annotations

import unicodedata

_DIRECTION = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")


def one_line(text: str) -> str:
    """One line without control characters, escape sequences and signs that turn the writing direction."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(_harmless(sign) for sign in text).split())


def _harmless(sign: str) -> str:
    if sign in "\n\r\t":
        return " "
    if sign in _DIRECTION or unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return "" if sign in "\u00ad\u200b\u200c\u200d\ufeff" or sign in _DIRECTION else "\ufffd"
    return sign


def kept(text: str) -> str:
    """One harmless line, with a space where the text began or ended in space: for pieces that are joined again."""
    line = one_line(text)
    if not line:
        return " " if text else ""
    return (" " if text[:1].isspace() else "") + line + (" " if text[-1:].isspace() else "")
