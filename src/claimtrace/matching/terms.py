"""Terms by which texts are compared: stems of the words that carry meaning."""

from __future__ import annotations

import itertools
from functools import lru_cache

from claimtrace.matching.rarity import is_known, rarity
from claimtrace.text.tokens import tokenize
from claimtrace.text.word_classes import word_class

_STOP = word_class("words that tell no subject")
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=60_000)
def stem(word: str) -> str:
    """A light stem that joins inflections and British and American spelling; it may be no word itself."""
    if len(word) <= 3 or not word.isalpha():
        return word
    word = word.replace("our", "or") if len(word) > 5 else word
    word = word.replace("aem", "em").replace("oes", "es") if len(word) > 6 else word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("sses"):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix in ("isation", "ization", "ation", "ing", "ed", "ly"):
        if (
            word.endswith(suffix)
            and len(word) - len(suffix) >= 3
            and any(sign in _VOWELS for sign in word[: -len(suffix)])
        ):
            word = word[: -len(suffix)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    if word.endswith(("is", "iz")) and len(word) > 5:
        word = word[:-1] + "z"
    return word


def terms(norms: list[str]) -> list[str]:
    """Stems of the tokens that are words or numbers of meaning, in order; words that were run together are parted."""
    out: list[str] = []
    for norm in norms:
        if norm in _STOP or not norm[0].isalnum() or (len(norm) == 1 and not norm.isdigit()):
            continue
        if len(norm) >= _GLUED and norm.isalpha():
            out.extend(_parted(norm))
        else:
            out.append(stem(norm))
    return out


_MARKS = '.,;:?!()[]"%'


class Cutter(dict[str, str]):
    """Terms of each piece of text without blanks, made when first met.

    A piece has one term or none, as a rule, so its terms are one string with blanks between: pieces are counted as they
    are, and those strings of ``several`` terms are told apart once a record.
    """

    def __init__(self) -> None:
        super().__init__()
        self.several: set[str] = set()

    def __missing__(self, piece: str) -> str:
        word = piece.strip(_MARKS)
        if word.isascii() and word.isalnum():
            norms = [word]  # as most are: one token, and marks, which are no terms
        else:
            norms = tokenize(piece.encode("utf-8", "ignore").decode()).norms  # no index takes lone surrogates
        made = self[piece] = " ".join(terms(norms))
        if " " in made:
            self.several.add(made)
        return made

    def clear(self) -> None:
        """Forget all."""
        super().clear()
        self.several.clear()

    def terms(self, text: str) -> list[str]:
        """The terms of a text, in order."""
        return " ".join(map(self.__getitem__, text.lower().split())).split()


def pairs(stems: list[str]) -> set[str]:
    """Neighbouring stems."""
    return {f"{a} {b}" for a, b in itertools.pairwise(stems)}


_GLUED = 13
"""Letters from which on an unknown word may be several that lost their blanks, as happens in text taken from PDF."""
_LONGEST_GLUED = 120
_LONGEST_WORD = 18


@lru_cache(maxsize=4096)
def _parted(word: str) -> tuple[str, ...]:
    """Stems of the words that a run-together word is made of; its own stem where it is known or cannot be parted."""
    own = stem(word)
    if is_known(own) or len(word) > _LONGEST_GLUED:
        return (own,)
    # Cheapest way to each place: a rare word costs its rarity, every word a little, so that few long words win.
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * len(word)
    for end in range(2, len(word) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end - 1):
            cost = best[start][0]
            if cost < best[end][0]:
                piece = word[start:end]
                price = _PRICE_OF_STOP if piece in _STOP else _price(piece)
                if cost + price < best[end][0]:
                    best[end] = (cost + price, start)
    if best[-1][0] == float("inf"):
        return (own,)
    pieces: list[str] = []
    end = len(word)
    while end:
        start = best[end][1]
        pieces.append(word[start:end])
        end = start
    kept = [stem(piece) for piece in reversed(pieces) if piece not in _STOP]
    return tuple(kept) if sum(map(len, pieces)) >= 3.5 * len(pieces) else (own,)


_PRICE_OF_STOP = 4.0
_PRICE_OF_WORD = 3.0


def _price(piece: str) -> float:
    term = stem(piece)
    if len(piece) < 3 or not is_known(term):
        return float("inf")
    return _PRICE_OF_WORD + rarity(term) + (2.0 if len(piece) == 3 else 0.0)
