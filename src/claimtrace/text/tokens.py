"""Tokens with offsets into the original text, and a normal form beside each.

The text itself is never changed: typographic quotes, no-break spaces, soft hyphens, ligatures and
zero-width characters are folded in the token's normal form only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Characters that may stand inside a word without being seen: soft hyphen, zero-width and direction marks.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"

# Each alternative consumes what it looks at and never gives it back to be tried again, so matching is
# linear. Numbers with separators first ("1,200", "0.05"), then words with inner apostrophes, then any
# single visible character.
_TOKEN = re.compile(rf"[{_INVISIBLE}]*\d+(?:[.,]\d+)+|[\w{_INVISIBLE}]+(?:['’][\w{_INVISIBLE}]+)*|\S")
_ASCII_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:'\w+)*|\S", re.ASCII)
_INVISIBLE_RUN = re.compile(f"[{_INVISIBLE}]+")
_FOLD = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-"})


@dataclass(slots=True)
class Tokens:
    """The tokens of one text, as parallel lists.

    Attributes:
        text: the text, unchanged.
        norms: normal form of each token: lower case, ASCII quotes, no possessive ``'s``.
        starts, ends: offsets in code points; ``text[starts[i]:ends[i]]`` is the token as printed.
    """

    text: str
    norms: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.norms)

    def joined(self, index: int) -> bool:
        """Whether a hyphen ties token ``index`` to the next one (``chemotherapy-induced``)."""
        end = self.ends[index]
        return index + 1 < len(self.norms) and self.starts[index + 1] == end + 1 and self.text[end] in "-‐‑"


def tokenize(text: str) -> Tokens:
    """Split ``text`` into words, numbers and single signs. Hyphens inside compounds are no tokens.

    Takes time linear in the length of the text and accepts any string, lone surrogates included.
    """
    if text.isascii():
        return _tokenize_ascii(text)
    norms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    previous_end = -1
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        norm = match.group().lower()
        if not norm.isascii():
            norm = fold(norm)
            if not norm:
                continue
        if norm in "-‐‑" and start == previous_end and end < len(text) and text[end].isalnum():
            continue
        if norm.endswith("'s") and len(norm) > 2:
            norm = norm[:-2]
        norms.append(norm)
        starts.append(start)
        ends.append(end)
        previous_end = end
    return Tokens(text, norms, starts, ends)


def _tokenize_ascii(text: str) -> Tokens:
    """As ``tokenize``; most sentences need no folding, and lower case is then the same length for the whole text."""
    norms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    previous_end = -1
    for match in _ASCII_TOKEN.finditer(text.lower()):
        norm = match[0]
        start, end = match.span()
        if norm == "-" and start == previous_end and text[end : end + 1].isalnum():
            continue
        if norm[-2:] == "'s" and len(norm) > 2:
            norm = norm[:-2]
        norms.append(norm)
        starts.append(start)
        ends.append(end)
        previous_end = end
    return Tokens(text, norms, starts, ends)


def fold(word: str) -> str:
    """Normal form of a word with characters beyond ASCII: compatibility forms, plain quotes, nothing invisible."""
    folded = unicodedata.normalize("NFKC", _INVISIBLE_RUN.sub("", word)).translate(_FOLD)
    return folded.lower()


def normalise(phrase: str) -> str:
    """A phrase as its tokens' normal forms joined by single blanks: the key under which lexicons hold it."""
    return " ".join(tokenize(phrase).norms)
