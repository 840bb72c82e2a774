"""How rare a term is in health writing.

A fixed table, so that a score means the same in a catalogue of forty studies and of a million. Counted by
``training/count_terms.py`` over health articles and study abstracts.
"""

from __future__ import annotations

from functools import cache
from math import log
from pathlib import Path

_TABLE = Path(__file__).resolve().parents[1] / "data" / "linking" / "document_frequencies.txt"


@cache
def _rarities() -> tuple[dict[str, float], float]:
    lines = _TABLE.read_text("utf-8").split("\n")
    total = int(lines[0])
    table: dict[str, float] = {}
    for line in lines[1:]:
        count, _, stems = line.partition(" ")
        value = _inverse(total, int(count))
        for stem in stems.split(" "):
            table[stem] = value
    return table, _inverse(total, 1)


def rarity(term: str) -> float:
    """Inverse document frequency (Robertson and Spärck Jones 1976, always positive); unknown terms are the rarest."""
    table, unknown = _rarities()
    return table.get(term, unknown)


def is_known(term: str) -> bool:
    """Whether a term was met in health writing at all."""
    return term in _rarities()[0]


def _inverse(total: int, count: int) -> float:
    return log(1 + (total - count + 0.5) / (count + 0.5))
