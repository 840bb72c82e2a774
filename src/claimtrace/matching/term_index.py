"""tantivy as this project uses it: which records of a catalogue share rare terms with a text.

tantivy scores with the catalogue's own word counts and with a mild length norm. Both are taken out again, so that what
comes first here is what ``index_text.fit`` puts first, whatever the catalogue: a term's weight is divided by what tantivy
will multiply it with, and each size of record is a field of its own, searched by itself, in which the norm is strong
because the field's mean length is taken over all records.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Any

from claimtrace.matching.index_text import SIZES, IndexedRecord, size_weight
from claimtrace.matching.rarity import rarity

_K1, _B = 1.2, 0.75  # tantivy's own
_FIELDS = tuple(f"size{number}" for number in range(len(SIZES)))
_COMMON = 1.0  # rarity up to which a term is left to the re-ranker: it is in every third text, and tells little
_HEAP = 64_000_000
_REMEMBERED = 100_000  # terms whose number of records is kept


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
            document.add_text(_FIELDS[record.size], record.text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._reload()

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(self, weights: dict[str, float], limit: int) -> list[tuple[float, int]]:
        """Score (near that of ``fit``) and number of the records that share weighted terms, best first.

        Args:
            weights: weight times rarity of each term.
            limit: at most so many.
        """
        query, occur = self._library.Query, self._library.Occur
        telling = {term: weight for term, weight in weights.items() if rarity(term) > _COMMON} or weights
        found: list[tuple[float, Any]] = []
        for field, scale in self._scales:
            clauses: list[Any] = []
            for term, weight in telling.items():
                inverse = self._inverse(field, term)
                if inverse:
                    one = query.term_query(self._schema, field, term, "freq")
                    clauses.append((occur.Should, query.boost_query(one, weight * scale / inverse)))
            if clauses:
                found += self._searcher.search(query.boolean_query(clauses), limit, count=False).hits
        found.sort(key=lambda one: -one[0])
        del found[limit:]
        numbers = self._searcher.fast_field_values("number", [address for _, address in found])
        scored = [(score, int(number)) for (score, _), number in zip(found, numbers, strict=True)]
        return sorted(scored, key=lambda one: (-one[0], one[1]))

    def _reload(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()
        total = len(self)
        self._scales: list[tuple[str, float]] = []
        for size, field in enumerate(_FIELDS):
            holders = self._searcher.doc_freq("size", size)
            if holders:
                # A field's mean length is taken over all records, and only these have any of it.
                norm = _K1 * (1 - _B + _B * total / holders)
                self._scales.append((field, 10.0 * size_weight(SIZES[size]) * (1 + norm) / (_K1 + 1)))

        @lru_cache(maxsize=_REMEMBERED)
        def inverse(field: str, term: str) -> float:
            holders = self._searcher.doc_freq(field, term)
            return log(1 + (total - holders + 0.5) / (holders + 0.5)) if holders else 0.0

        self._inverse = inverse
