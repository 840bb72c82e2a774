"""tantivy as this project uses it: which records of a catalogue share rare terms with a text.

tantivy scores with the catalogue's own word counts and with a mild length norm. Both are taken out again, so that what
comes first here is what ``index_text.fit`` puts first, whatever the catalogue: a term's weight is divided by what tantivy
will multiply it with, and of more records than are wanted the scores are corrected by what tantivy made of their lengths.

Records of like size share a field, each searched by itself: a long record shares many terms with any text and a short
one is soon covered, so in a large catalogue one size would crowd out the others, and each has some places of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import log, sqrt
from pathlib import Path
from typing import Any, NamedTuple

from claimtrace.matching.index_text import SIZES, IndexedRecord, padded_length, size_weight
from claimtrace.matching.rarity import rarity

_K1, _B = 1.2, 0.75  # tantivy's own
_FIELDS = tuple(f"size{number}" for number in range(SIZES))
_COMMON = 1.0  # rarity up to which a term is left to the re-ranker: it is in every third text, and tells little
_DEEPER = 1.5  # times as many records as are wanted are taken from each field
_OF_THEIR_SIZE = 0.25  # share of places that go to the best of each size of record
_HEAP = 64_000_000
_REMEMBERED = 100_000  # terms whose number of records is kept


class _Field(NamedTuple):
    """A field in use, its mean length as tantivy sees it, and which share of places of their own its records have."""

    name: str
    mean: float
    share: float


class TermIndex:
    """An index in a folder, or in memory.

    Args:
        folder: where it lies; it is made when it is missing. ``None`` for memory.
    """

    def __init__(self, folder: Path | None = None) -> None:
        import tantivy

        self._library: Any = tantivy
        builder = self._library.SchemaBuilder()
        # A signed number: tantivy-py finds no unsigned one to delete.
        builder.add_integer_field("number", indexed=True, fast=True)
        builder.add_unsigned_field("size", indexed=True)
        builder.add_integer_field("mass", fast=True)
        for name in _FIELDS:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._index = self._library.Index(self._schema, str(folder) if folder else None)
        self._reload()

    def add(self, records: Iterable[tuple[int, IndexedRecord]], removed: Iterable[int] = ()) -> None:
        """Remove records by number, add others, all in one commit.

        Raises:
            ValueError, OSError: it cannot be written.
        """
        writer = self._index.writer(_HEAP, 1)
        new_document = self._library.Document
        for number in removed:
            writer.delete_documents_by_term("number", number)
        for number, record in records:
            document = new_document()
            document.add_integer("number", number)
            document.add_unsigned("size", record.size)
            document.add_integer("mass", record.mass)
            document.add_text(_FIELDS[record.size], record.text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._reload()

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(self, weights: dict[str, float], limit: int) -> list[tuple[float, int]]:
        """Score (near that of ``fit``) and number of records that share weighted terms, best first.

        Most are the best of all, the others the best of their size.

        Args:
            weights: weight times rarity of each term.
            limit: at most so many.
        """
        telling = {term: weight for term, weight in weights.items() if rarity(term) > _COMMON} or weights
        found: list[tuple[float, int]] = []  # scores below nought, so that the best comes first as it is
        own: list[tuple[float, int]] = []
        for field in self._fields:
            best = self._search_field(field, telling, int(_DEEPER * limit))
            own += best[: round(limit * _OF_THEIR_SIZE * field.share)]
            found += best
        found.sort()
        chosen = set(own[:limit])
        for one in found:
            if len(chosen) == limit:
                break
            chosen.add(one)
        return [(-score, number) for score, number in sorted(chosen)]

    def _search_field(self, field: _Field, weights: dict[str, float], limit: int) -> list[tuple[float, int]]:
        query, occur = self._library.Query, self._library.Occur
        clauses: list[Any] = []
        for term, weight in weights.items():
            inverse = self._inverse(field.name, term)
            if inverse:
                one = query.term_query(self._schema, field.name, term, "freq")
                clauses.append((occur.Should, query.boost_query(one, weight / inverse)))
        if not clauses:
            return []
        hits = self._searcher.search(query.boolean_query(clauses), limit, count=False).hits
        addresses = [address for _, address in hits]
        numbers = self._searcher.fast_field_values("number", addresses)
        masses = self._searcher.fast_field_values("mass", addresses)
        mean = field.mean
        return sorted(
            [
                (-score * _correction(mean, mass), number)
                for (score, _), number, mass in zip(hits, numbers, masses, strict=True)
            ]
        )

    def _reload(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()
        total = len(self)
        query = self._library.Query
        roots: list[float] = []
        self._fields: list[_Field] = []
        for size, name in enumerate(_FIELDS):
            holders = self._searcher.doc_freq("size", size)
            if holders:
                these = query.term_query(self._schema, "size", size)
                mass = self._searcher.aggregate(these, {"mass": {"sum": {"field": "mass"}}})["mass"]["value"]
                # A field's mean length is taken over all records, and only these have any of it.
                self._fields.append(_Field(name, padded_length(mass) / total, 0.0))
                roots.append(sqrt(holders))
        self._fields = [
            field._replace(share=root / sum(roots)) for field, root in zip(self._fields, roots, strict=True)
        ]

        @lru_cache(maxsize=_REMEMBERED)
        def inverse(field: str, term: str) -> float:
            holders = self._searcher.doc_freq(field, term)
            return log(1 + (total - holders + 0.5) / (holders + 0.5)) if holders else 0.0

        self._inverse = inverse


@lru_cache(maxsize=20_000)
def _correction(mean: float, mass: int) -> float:
    """What makes ``fit`` of the score of a record in a field of a mean length."""
    norm = _K1 * (1 - _B + _B * _known_length(padded_length(mass)) / mean)
    return (1 + norm) / (_K1 + 1) * size_weight(mass)


def _known_length(length: int) -> int:
    """What is left of a text's length when tantivy keeps it in one byte: exact up to 40, then to three binary digits."""
    if length < 40:
        return length
    above = length - 24
    lost = above.bit_length() - 4
    return (above >> lost << lost) + 24
