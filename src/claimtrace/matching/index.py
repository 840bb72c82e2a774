"""An index of studies: which of them share rare words with a text.

Candidates come from tantivy; the re-ranker looks at their terms, which are made when a study is first a candidate.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log
from typing import Any

from claimtrace.matching.rarity import rarity
from claimtrace.matching.study_terms import StudyTerms, study_terms
from claimtrace.studies.catalogue import Catalogue


class StudyIndex:
    """Candidates and word rarities for one catalogue. Reading is safe from several threads.

    A handful of studies is searched term by term; tantivy takes over where that would be slower than loading it.

    Args:
        catalogue: the studies to choose from.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._terms = {study.id: study_terms(study) for study in catalogue}
        self._cited: dict[str, str] = {}
        for study in catalogue:
            if study.doi:
                self._cited[study.doi] = study.id
            if study.pmid:
                self._cited[f"pmid:{study.pmid}"] = study.id
        self.count = len(self._terms)
        self.mean_length = sum(one.length for one in self._terms.values()) / self.count if self.count else 1.0
        self._search = _by_term(self._terms, self.mean_length) if self.count <= _FEW else _by_tantivy(self._terms)

    def entry(self, id: str) -> StudyTerms:
        """Terms of a study of the catalogue."""
        return self._terms[id]

    def cited(self, citations: tuple[str, ...]) -> list[str]:
        """Identifiers of the studies whose DOI or ``pmid:…`` is among the citations."""
        return list(dict.fromkeys(self._cited[one] for one in citations if one in self._cited))

    def rarity(self, term: str) -> float:
        """How rare a term is in health writing (see ``matching.rarity``); the same for catalogues of any size."""
        return rarity(term)

    def search(self, weights: dict[str, float], limit: int) -> list[tuple[str, float]]:
        """Identifiers and BM25 scores of the studies that share weighted terms, best first."""
        if not weights or not self.count:
            return []
        return sorted(self._search(weights, limit), key=lambda one: (-one[1], one[0]))[:limit]


_FEW = 200
_K1, _B = 1.2, 0.75
_Search = Callable[[dict[str, float], int], list[tuple[str, float]]]


def _by_term(entries: dict[str, StudyTerms], mean_length: float) -> _Search:
    """BM25 with tantivy's formula and constants, over plain dictionaries."""
    holders: dict[str, list[tuple[str, int]]] = {}
    for id, entry in entries.items():
        for term, count in entry.whole.items():
            holders.setdefault(term, []).append((id, count))
    norms = {id: _K1 * (1 - _B + _B * entry.length / (mean_length or 1.0)) for id, entry in entries.items()}
    total = len(entries)

    def search(weights: dict[str, float], limit: int) -> list[tuple[str, float]]:
        scores: dict[str, float] = {}
        for term, weight in weights.items():
            found = holders.get(term)
            if found:
                rare = log(1 + (total - len(found) + 0.5) / (len(found) + 0.5)) * weight * (_K1 + 1)
                for id, count in found:
                    scores[id] = scores.get(id, 0.0) + rare * count / (count + norms[id])
        return list(scores.items())

    return search


def _by_tantivy(entries: dict[str, StudyTerms]) -> _Search:
    import tantivy

    library: Any = tantivy
    builder = library.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=False, tokenizer_name="whitespace")
    schema = builder.build()
    index = library.Index(schema)
    writer = index.writer(50_000_000, 1)
    for id, entry in entries.items():
        document = library.Document()
        document.add_text("id", id)
        document.add_text("text", " ".join(entry.whole.elements()))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(weights: dict[str, float], limit: int) -> list[tuple[str, float]]:
        clauses = [
            (library.Occur.Should, library.Query.boost_query(library.Query.term_query(schema, "text", term), weight))
            for term, weight in weights.items()
        ]
        hits = searcher.search(library.Query.boolean_query(clauses), limit).hits
        return [(str(searcher.doc(address)["id"][0]), float(score)) for score, address in hits]

    return search
