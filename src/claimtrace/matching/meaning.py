"""What a stretch of text is about, as a direction: texts that share no word may still point the same way.

A fixed table gives each term a small vector; a text's direction is that of the sum of its terms' vectors. The table is
made by ``training/build_meanings.py`` so that these sums come close to what a sentence encoder makes of whole passages.

Vectors are packed into long whole numbers, a lane for each of their numbers. Adding two vectors is then one addition,
and a passage is compared with all candidates at once; plain Python does it fast, and no machine rounds otherwise.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache
from math import sqrt
from pathlib import Path

from claimtrace.text.sorted_lines import SortedLines

_table_path = Path(__file__).resolve().parents[1] / "data" / "linking" / "meanings.txt"
WIDTH = 64
"""Numbers of a direction."""
UNIT = 1000
"""Length of a direction."""
ZERO = 48
"""A line is a term, a blank, a sign for its weight, and a sign for each number: this code and 0 to 63 more."""
MIDDLE = 32
"""What stands for nought among a vector's numbers."""
_LANE = 4  # bytes
_BIAS = 1 << 31
_SQUARE = UNIT * UNIT
_REMEMBERED = 30_000

Direction = tuple[int, ...]
"""``WIDTH`` whole numbers of length ``UNIT``; empty when no term is known."""


def direction(terms: Iterable[str]) -> Direction:
    """The direction of the summed vectors of some terms; those that the table does not hold count nothing."""
    lanes = weight = 0
    for term in terms:
        known = _vector(term)
        if known is not None:
            lanes += known[0]
            weight += known[1]
    if not weight:
        return ()
    offset = MIDDLE * weight
    numbers = [one - offset for one in array("I", lanes.to_bytes(_LANE * WIDTH, "little"))]
    length = sqrt(sum([one * one for one in numbers]))
    return tuple([round(one * UNIT / length) for one in numbers]) if length else ()


class StudyMeaning:
    """Directions of a study's title and of all that it says, made when they are first asked for.

    Args:
        title, whole: their terms, each once.
    """

    def __init__(self, title: Iterable[str], whole: Iterable[str]) -> None:
        self._terms = (title, whole)

    @cached_property
    def directions(self) -> tuple[Direction, Direction]:
        """Of the title and of the whole."""
        title, whole = self._terms
        return direction(title), direction(whole)


def likenesses(passages: Sequence[Direction], others: Sequence[Direction]) -> list[tuple[float, ...]]:
    """For each of some directions, how like it is to each passage that has one: -1 to 1, 0 where it is empty itself."""
    columns = [_packed([one[at] + UNIT if one else UNIT for one in others]) for at in range(WIDTH)]
    ones = _packed([1] * len(others))
    size = _LANE * len(others)
    found: list[array[int]] = []
    for passage in passages:
        if passage:
            # What the lanes were raised by, to hold no number below nought, is taken off again.
            total = (_BIAS - UNIT * sum(passage)) * ones
            for number, column in zip(passage, columns, strict=True):
                total += number * column
            found.append(array("I", total.to_bytes(size, "little")))
    return [tuple([(one - _BIAS) / _SQUARE for one in column]) for column in zip(*found, strict=True)]


def _packed(numbers: list[int]) -> int:
    return int.from_bytes(array("I", numbers).tobytes(), "little")


@cache
def _table() -> SortedLines:
    return SortedLines(_table_path)


def read_table(path: Path) -> None:
    """Read another table from now on; for training, which must not use one that has seen what is measured on."""
    global _table_path
    _table_path = path
    _table.cache_clear()
    _vector.cache_clear()


@lru_cache(maxsize=_REMEMBERED)
def _vector(term: str) -> tuple[int, int] | None:
    """A term's packed vector times its weight, and the weight."""
    codes = _table().get(term)
    if codes is None:
        return None
    weight = codes[0] - ZERO
    lanes = bytearray(_LANE * WIDTH)
    lanes[::_LANE] = codes[1:].translate(_SHIFTED)
    return weight * int.from_bytes(lanes, "little"), weight


_SHIFTED = bytes(max(0, code - ZERO) for code in range(256))
