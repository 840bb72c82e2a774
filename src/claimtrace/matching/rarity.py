"""How rare a term is in health writing.

A fixed table, so that a score means the same in a catalogue of forty studies and of a million. Counted by
``training/count_terms.py`` over health articles and study abstracts.
"""

from __future__ import annotations

from functools import cache
from math import log
from pathlib import Path

_TABLE = Path(__file__).resolve().parents[1] / "data" / "linking" / "document_frequencies.txt"


class Rarities(dict[str, float]):
    """Inverse document frequency of each known term; unknown terms are the rarest."""

    unknown = 0.0

    def __missing__(self, term: str) -> float:
        return self.unknown


@cache
def rarities() -> Rarities:
    """The table, read once a process."""
    lines = _TABLE.read_text("utf-8").split("\n")
    total = int(lines[0])
    table = Rarities()
    table.unknown = _inverse(total, 1)
    for line in lines[1:]:
        count, _, stems = line.partition(" ")
        value = _inverse(total, int(count))
        for stem in stems.split(" "):
            table[stem] = value
    return table


def rarity(term: str) -> float:
    """Inverse document frequency (Robertson and Spärck Jones 1976, always positive); unknown terms are the rarest."""
    return rarities()[term]


def is_known(term: str) -> bool:
    """Whether a term was met in health writing at all."""
    return term in rarities()


def _inverse(total: int, count: int) -> float:
    return log(1 + (total - count + 0.5) / (count + 0.5))
