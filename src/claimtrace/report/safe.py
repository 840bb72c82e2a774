"""Text from articles and records, made harmless."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset(
    "\u00ad\u200b\u200c\u200d\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
)


def one_line(text: str) -> str:
    """One line without control characters, escape sequences and signs that turn the writing direction."""
    words = text.split()
    return " ".join(words if text.isprintable() else filter(None, map(_harmless, words)))


def _harmless(word: str) -> str:
    if word.isprintable():
        return word
    return "".join(_shown(sign) for sign in word)


def _shown(sign: str) -> str:
    """The sign; nothing for one that only joins, parts or turns; a mark for one that a terminal might obey."""
    if sign in _UNSEEN:
        return ""
    return "\ufffd" if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") else sign


def kept(text: str) -> str:
    """One harmless line, with a space where the text began or ended in space: for pieces that are joined again."""
    line = one_line(text)
    if not line:
        return " " if text else ""
    return (" " if text[:1].isspace() else "") + line + (" " if text[-1:].isspace() else "")


def shortened(text: str, size: int) -> str:
    """One harmless line of at most ``size`` signs, cut after a word."""
    line = one_line(text)
    return line if len(line) <= size else line[: size - 4].rsplit(" ", 1)[0] + " ..."


def without_middle(text: str, size: int) -> str:
    """The text, or of one longer than ``size`` signs its beginning and its end."""
    return text if len(text) <= size else f"{text[: size // 2]} ... {text[len(text) - size // 2 :]}"
