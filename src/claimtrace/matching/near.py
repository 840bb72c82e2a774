"""Terms that mean nearly the same: "influenza" and "flu", "physician" and "doctor".

A fixed table, learned from a public sentence encoder by ``training/build_near_terms.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from claimtrace.text.sorted_lines import SortedLines

_PATH = Path(__file__).resolve().parents[1] / "data" / "linking" / "near_terms.txt"


@cache
def _table() -> SortedLines:
    return SortedLines(_PATH)


@lru_cache(maxsize=20_000)
def near_terms(term: str) -> tuple[tuple[str, float], ...]:
    """Neighbours of a term with their likeness (0.5–1), nearest first; empty for a term that the table does not hold."""
    line = _table().get(term)
    if line is None:
        return ()
    found: list[tuple[str, float]] = []
    for one in line.decode().split(" "):
        other, _, value = one.partition(":")
        found.append((other, int(value) / 100))
    return tuple(found)


def with_near_terms(stems: Iterable[str]) -> dict[str, float]:
    """The terms themselves (1.0) and what means nearly the same as one of them (its likeness)."""
    own = dict.fromkeys(stems, 1.0)
    out: dict[str, float] = {}
    for term in own:
        for other, likeness in near_terms(term):
            if likeness > out.get(other, 0.0):
                out[other] = likeness
    out.update(own)
    return out
