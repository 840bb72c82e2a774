"""The results of single files put together to a scan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from claimtrace._version import __version__
from claimtrace.model.documents import Problem
from claimtrace.model.results import CatalogueInfo, Scan, ScannedDocument
from claimtrace.model.studies import Study

if TYPE_CHECKING:
    from claimtrace.studies.catalogue import Catalogue
    from claimtrace.studies.layers import Layers


def assemble(results: Iterable[ScannedDocument | Problem], catalogue: Catalogue | Layers) -> Scan:
    """Documents and problems as one scan, with the records that they are linked to and the catalogue's own problems."""
    documents: list[ScannedDocument] = []
    problems: list[Problem] = []
    for one in results:
        if isinstance(one, Problem):
            problems.append(one)
        else:
            documents.append(one)
    problems.extend(Problem(problem.where, "record", str(problem), False) for problem in catalogue.problems)
    used: dict[str, Study] = {}
    for document in documents:
        for link in (document.study, *(claim.study for claim in document.claims)):
            if link is not None and link.id not in used:
                study = catalogue.get(link.id)
                if study is not None:
                    used[link.id] = study
    return Scan(__version__, CatalogueInfo(len(catalogue), catalogue.sha256), tuple(documents), tuple(problems), used)
