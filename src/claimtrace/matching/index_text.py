"""The terms of a record as the index holds them, made many times faster than ``study_terms`` makes all that it makes."""

from __future__ import annotations

import json
from bisect import bisect
from collections import Counter
from collections.abc import Iterable
from itertools import repeat
from math import fsum
from typing import Any, NamedTuple

from claimtrace.matching.rarity import rarities
from claimtrace.matching.study_terms import StudyTerms, study_text
from claimtrace.matching.terms import Cutter
from claimtrace.model.studies import Study
from claimtrace.studies.plain import study_from_json

_MEMORY = 200_000
_TEXT_LIMIT = 20_000  # signs of a text, as study_terms reads them
# Records of like size share a field. A record's mass is the summed rarity of its distinct terms.
_EDGES = (75, 130, 220, 380)
SIZES = len(_EDGES) + 1
_LEAST_MASS = 60
_SIZE_POWER = 0.75
_TWICE, _OFTEN = 1, 3
_PADDING = "."


class IndexedRecord(NamedTuple):
    """What the index is told of a record.

    Attributes:
        size: number of the field, below ``SIZES``, that records of its size share.
        mass: summed rarity of its distinct terms.
        length: number of all its terms, each as often as it comes.
        text: its terms with blanks between, filled up to ``padded_length``.
    """

    size: int
    mass: int
    length: int
    text: str


class RecordTerms:
    """Makes the index's text of records; remembers the terms of the words it has met."""

    def __init__(self) -> None:
        self._known = Cutter()
        table = rarities()
        self._rarity, self._unknown = table.get, repeat(table.unknown)

    def of_line(self, line: bytes) -> IndexedRecord:
        """The terms of a record, given as its stored line."""
        record: dict[str, Any] = json.loads(line.decode("utf-8", "surrogatepass"))
        body = record.get("abstract") or study_text(study_from_json(record))
        return self._of(record["title"], body, record.get("aliases") or ())

    def of(self, study: Study) -> IndexedRecord:
        """The terms of a study."""
        return self._of(study.title, study_text(study), study.aliases)

    def _of(self, title: str, body: str, aliases: Iterable[str]) -> IndexedRecord:
        text = " ".join([title, body[:_TEXT_LIMIT], *aliases])
        known = self._known
        if len(known) >= _MEMORY:
            known.clear()
        counts = Counter(map(known.__getitem__, text.lower().split()))
        counts.pop("", None)
        if not known.several.isdisjoint(counts):
            for group in known.several.intersection(counts):
                count = counts.pop(group)
                for term in group.split(" "):
                    counts[term] += count
        # A term that comes more than once weighs twice as much, one that comes often three times.
        twice = [term for term, count in counts.items() if count > _TWICE]
        often = [term for term in twice if counts[term] > _OFTEN]
        held = [*counts, *twice, *often]
        mass = round(sum(map(self._rarity, counts, self._unknown)))
        # tantivy divides by a text's length where ``fit`` divides by a power of the mass: make them alike.
        padding = padded_length(mass) - len(held)
        return IndexedRecord(bisect(_EDGES, mass), mass, counts.total(), " ".join(held) + f" {_PADDING}" * padding)


def padded_length(mass: int) -> int:
    """Number of terms in the index's text of a record of a mass."""
    return mass // 2


def size_weight(mass: float) -> float:
    """By how much the score of a record counts, given its mass.

    An article is longer than the record of its study and repeats most of it, so what counts is how much of the
    record it covers, and a rare term that it does not repeat tells more against a record than a common one.
    """
    return 26.0 / max(_LEAST_MASS, mass) ** _SIZE_POWER


def fit(rare: dict[str, float], entry: StudyTerms) -> float:
    """How well a study fits weighted terms; the same in catalogues of any size.

    Args:
        rare: terms, each with its weight times its rarity.
        entry: the study.

    Returns:
        0 for nothing in common; a few tens for the article's own study.
    """
    whole = entry.whole
    # An exact sum, so that the order in which a set gives its terms does not matter.
    total = fsum(
        [
            rare[term] * (1 + ((count := whole[term]) > _TWICE) + (count > _OFTEN))
            for term in rare.keys() & whole.keys()
        ]
    )
    return total * size_weight(entry.mass)
