"""An index of studies: which of them share rare words with a text.

A handful of studies is searched term by term in plain dictionaries, more by tantivy: in memory for studies that are in
memory, on disk for a library. All give the same score (``index_text.fit``), so that a scan may draw on several.
The re-ranker looks at the candidates' terms, which are made when a study is first a candidate.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from claimtrace.matching.index_text import fit
from claimtrace.matching.rarity import rarity
from claimtrace.matching.study_terms import StudyTerms, study_terms
from claimtrace.model.studies import Study
from claimtrace.studies.catalogue import Catalogue

# A scan of bundled records alone must not pay for SQLite at start-up.
if TYPE_CHECKING:
    from claimtrace.studies.layers import Layers
    from claimtrace.studies.library import Library

_FEW = 200
_DEPTH = 60  # candidates from a library: reading one costs more than weighing it, and the 60th is next to never right
_REMEMBERED = 1_000
"""Studies of a large catalogue whose terms are kept; some 30 kB each."""


class StudyIndex:
    """Candidates and word rarities for one catalogue. Reading is safe from several threads.

    Args:
        catalogue: the studies to choose from.
        tell: called with a line for people when an index has to be made, which may take its time.

    Attributes:
        count: number of studies.
        mean_length: mean number of terms of a study.
        problems: lines for people: what keeps an index from being stored.
    """

    def __init__(self, catalogue: Catalogue | Layers, tell: Callable[[str], None] | None = None) -> None:
        self.catalogue = catalogue
        parts = (catalogue,) if isinstance(catalogue, Catalogue) else catalogue.parts
        self._parts = [_part(part, tell) for part in parts]
        self.count = sum(len(part) for part in parts)
        self.mean_length = (sum(part.terms for part in self._parts) / self.count if self.count else 0.0) or 1.0
        self.problems = tuple(part.problem for part in self._parts if part.problem)

    def entry(self, id: str) -> StudyTerms:
        """Terms of a study of the catalogue.

        Raises:
            KeyError: there is no such study.
        """
        for part in reversed(self._parts):
            found = part.entry(id)
            if found is not None:
                return found
        raise KeyError(id)

    def cited(self, citations: tuple[str, ...]) -> list[str]:
        """Identifiers of the studies whose DOI or ``pmid:…`` is among the citations."""
        found = [
            id
            for one in citations
            for at, part in enumerate(self._parts)
            for id in part.cited(one)
            if self._shown(at, id)
        ]
        return list(dict.fromkeys(found))

    def rarity(self, term: str) -> float:
        """How rare a term is in health writing (see ``matching.rarity``); the same for catalogues of any size."""
        return rarity(term)

    def search(self, weights: dict[str, float], limit: int) -> list[tuple[str, float]]:
        """Identifiers and scores (``index_text.fit``) of the studies that share weighted terms, best first.

        Args:
            weights: terms with their weights.
            limit: at most so many of each catalogue.
        """
        rare = {term: weight * rarity(term) for term, weight in weights.items()}
        scores: dict[str, float] = {}
        for at, part in enumerate(self._parts):
            for entry in part.entries([key for _, key in part.near(rare, limit)]):
                if self._shown(at, entry.study.id):
                    scores[entry.study.id] = fit(rare, entry)
        return sorted(scores.items(), key=lambda one: (-one[1], one[0]))

    def _shown(self, at: int, id: str) -> bool:
        return isinstance(self.catalogue, Catalogue) or not self.catalogue.hidden(id, at)


class _Part(Protocol):
    """The index of one catalogue. A key is a study's number within it."""

    terms: int
    problem: str | None

    def near(self, rare: dict[str, float], limit: int) -> list[tuple[float, int]]: ...

    def entries(self, keys: list[int]) -> list[StudyTerms]: ...

    def entry(self, id: str) -> StudyTerms | None: ...

    def cited(self, citation: str) -> list[str]: ...


def _part(catalogue: Catalogue | Library, tell: Callable[[str], None] | None) -> _Part:
    if isinstance(catalogue, Catalogue):
        return _Few(catalogue) if len(catalogue) <= _FEW else _Many(catalogue)
    return _Stored(catalogue, tell)


class _Few:
    """Every study is weighed."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.problem: str | None = None
        self._terms = {study.id: study_terms(study) for study in catalogue}
        self._listed = list(self._terms.values())
        self._cited = _citations(catalogue)
        self.terms = sum(one.length for one in self._listed)

    def near(self, rare: dict[str, float], limit: int) -> list[tuple[float, int]]:
        scored = ((fit(rare, entry), key) for key, entry in enumerate(self._listed))
        return sorted((one for one in scored if one[0] > 0), reverse=True)[:limit]

    def entries(self, keys: list[int]) -> list[StudyTerms]:
        return [self._listed[key] for key in keys]

    def entry(self, id: str) -> StudyTerms | None:
        return self._terms.get(id)

    def cited(self, citation: str) -> list[str]:
        return self._cited.get(citation, [])


class _Many:
    """Studies in memory, searched by tantivy."""

    def __init__(self, catalogue: Catalogue) -> None:
        from claimtrace.matching.index_text import RecordTerms
        from claimtrace.matching.term_index import TermIndex

        self.problem: str | None = None
        self._studies = list(catalogue)
        self._catalogue = catalogue
        self._cited = _citations(catalogue)
        self._made = _Remembered()
        maker = RecordTerms()
        records = [maker.of(study) for study in self._studies]
        self.terms = sum(one.length for one in records)
        self._index = TermIndex()
        self._index.add(enumerate(records))

    def near(self, rare: dict[str, float], limit: int) -> list[tuple[float, int]]:
        return self._index.search(rare, limit)

    def entries(self, keys: list[int]) -> list[StudyTerms]:
        return [self._made.of(self._studies[key]) for key in keys]

    def entry(self, id: str) -> StudyTerms | None:
        study = self._catalogue.get(id)
        return self._made.of(study) if study is not None else None

    def cited(self, citation: str) -> list[str]:
        return self._cited.get(citation, [])


class _Stored:
    """A library, searched by its index on disk. Records are read when they are candidates."""

    def __init__(self, library: Library, tell: Callable[[str], None] | None) -> None:
        from claimtrace.matching.disk_index import open_index

        self._library = library
        self._index, self.terms, self.problem = open_index(library, tell)
        self._made = _Remembered()
        self._ids: dict[int, str] = {}

    def near(self, rare: dict[str, float], limit: int) -> list[tuple[float, int]]:
        return self._index.search(rare, min(limit, _DEPTH))

    def entries(self, keys: list[int]) -> list[StudyTerms]:
        found = {key: made for key in keys if (made := self._made.get(self._ids.get(key))) is not None}
        for key, study in self._library.many(key for key in keys if key not in found).items():
            found[key] = self._made.of(study)
            self._ids[key] = study.id
        if len(self._ids) > 4 * _REMEMBERED:
            self._ids.clear()
        return [found[key] for key in keys if key in found]

    def entry(self, id: str) -> StudyTerms | None:
        made = self._made.get(id)
        if made is None:
            study = self._library.get(id)
            made = self._made.of(study) if study is not None else None
        return made

    def cited(self, citation: str) -> list[str]:
        study = (
            self._library.find(pmid=citation.removeprefix("pmid:"))
            if citation.startswith("pmid:")
            else self._library.find(doi=citation)
        )
        return [study.id] if study is not None else []


class _Remembered:
    """Terms of the studies that were candidates lately."""

    def __init__(self) -> None:
        self._made: dict[str, StudyTerms] = {}

    def get(self, id: str | None) -> StudyTerms | None:
        return self._made.get(id) if id is not None else None

    def of(self, study: Study) -> StudyTerms:
        made = self._made.get(study.id)
        if made is None:
            if len(self._made) >= _REMEMBERED:
                for id in list(self._made)[: _REMEMBERED // 2]:
                    self._made.pop(id, None)
            made = self._made[study.id] = study_terms(study)
        return made


def _citations(catalogue: Catalogue) -> dict[str, list[str]]:
    cited: dict[str, list[str]] = {}
    for study in catalogue:
        for citation in (study.doi, f"pmid:{study.pmid}" if study.pmid else None):
            if citation:
                cited.setdefault(citation, []).append(study.id)
    return cited
