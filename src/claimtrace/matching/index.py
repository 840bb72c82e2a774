"""An index of studies: which of them share rare words with a text.

Candidates come from tantivy; the re-ranker looks at their terms, which are made when a study is first a candidate.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from claimtrace.matching.rarity import rarity
from claimtrace.matching.terms import pairs, terms
from claimtrace.model.studies import Study
from claimtrace.studies.catalogue import Catalogue
from claimtrace.text.tokens import tokenize


@dataclass(frozen=True, slots=True)
class StudyTerms:
    """A study as terms.

    Attributes:
        title: stems of the title, once each.
        body: counts of stems in conclusions (abstract, or statements and quotes of the findings).
        whole: counts of stems in title, body and aliases.
        pairs: neighbouring stems of title and body.
        numbers: numbers of two and more digits, or with a decimal point.
        sentences: the sets of stems of the body's sentences.
    """

    study: Study
    title: frozenset[str]
    body: Counter[str]
    whole: Counter[str]
    pairs: frozenset[str]
    numbers: frozenset[str]
    length: int


def study_text(study: Study) -> str:
    """What a study says, as one text: the abstract, or else the findings' statements and quotes."""
    if study.abstract:
        return study.abstract
    return " ".join(part for finding in study.findings for part in (finding.statement, finding.quote or "") if part)


def study_terms(study: Study) -> StudyTerms:
    """Terms of a study for the re-ranker."""
    title = terms(tokenize(study.title).norms)
    body_norms = tokenize(study_text(study)[:20_000]).norms
    body = terms(body_norms)
    extra: list[str] = []
    for alias in study.aliases:
        extra += terms(tokenize(alias).norms)
    whole = Counter((*title, *body, *extra))
    return StudyTerms(
        study=study,
        title=frozenset(title),
        body=Counter(body),
        whole=whole,
        pairs=frozenset(pairs(title) | pairs(body)),
        numbers=frozenset(one for one in body_norms if one[0].isdigit() and (len(one) > 1)),
        length=sum(whole.values()),
    )


class StudyIndex:
    """Candidates and word rarities for one catalogue. Reading is safe from several threads.

    Args:
        catalogue: the studies to choose from.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        import tantivy

        self.catalogue = catalogue
        self._tantivy: Any = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("text", stored=False, tokenizer_name="whitespace")
        self._schema = builder.build()
        self._terms: dict[str, StudyTerms] = {}
        self._cited: dict[str, str] = {}
        index = tantivy.Index(self._schema)
        writer = index.writer(15_000_000, 1)
        total = 0
        for study in catalogue:
            one = study_terms(study)
            self._terms[study.id] = one
            total += one.length
            if study.doi:
                self._cited[study.doi] = study.id
            if study.pmid:
                self._cited[f"pmid:{study.pmid}"] = study.id
            document = tantivy.Document()
            document.add_text("id", study.id)
            document.add_text("text", " ".join(one.whole.elements()))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()
        self.count = len(catalogue)
        self.mean_length = total / self.count if self.count else 1.0

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
        tantivy = self._tantivy
        clauses = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, "text", term), weight),
            )
            for term, weight in weights.items()
        ]
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), limit).hits
        found = [(str(self._searcher.doc(address)["id"][0]), float(score)) for score, address in hits]
        return sorted(found, key=lambda one: (-one[1], one[0]))
