"""Bundled records, files' records and the user's library as one catalogue, without the same study twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from claimtrace.model.studies import Study
from claimtrace.studies.catalogue import Catalogue, sum_digest
from claimtrace.studies.doubles import Identified, merge
from claimtrace.studies.library import Library
from claimtrace.studies.plain import compact_json, record_digest


def joined(base: Catalogue, others: Iterable[Study]) -> Catalogue:
    """A catalogue with further studies. One of a study that is there already is merged with it.

    The checked record stays the ground: a bare export of the same paper adds its abstract and a retraction, and takes
    away no finding. A record under the same identifier is an edition of it by the user's own hand, and wins field by
    field.

    Args:
        base: the catalogue that is there, such as the bundled one.
        others: further studies.
    """
    known = Identified(base)
    studies = {study.id: study for study in base}
    for study in others:
        same = studies.get(study.id) or known.match(study)
        if same is None:
            studies[study.id] = study
        else:
            studies[same.id] = merge(studies[same.id], study, newer=same.id == study.id).study
    problems = others.problems if isinstance(others, Catalogue) else ()
    return Catalogue(studies.values(), (*base.problems, *problems))


class WithLibrary(Catalogue):
    """A catalogue in memory and the user's library on disk, as one.

    Records of the library that are of a study in memory are merged with it; ``covered`` names them.

    Args:
        memory: bundled records and those of files.
        library: the open library; it stays open as long as this is used.
    """

    def __init__(self, memory: Catalogue, library: Library) -> None:
        merged: list[Study] = []
        covered: dict[str, str] = {}
        for study in memory:
            own = library.get(study.id) or library.find(doi=study.doi, pmid=study.pmid, pmcid=study.pmcid)
            if own is not None and own.id not in covered:
                covered[own.id] = study.id
                study = merge(study, own, newer=own.id == study.id).study
            merged.append(study)
        super().__init__(merged, memory.problems)
        self.library = library
        self.covered = covered

    def get(self, id: str) -> Study | None:
        """The study with this identifier, or ``None``."""
        return super().get(self.covered.get(id, id)) or self.library.get(id)

    def __iter__(self) -> Iterator[Study]:
        yield from super().__iter__()
        for study in self.library:
            if study.id not in self.covered:
                yield study

    def in_memory(self) -> Iterator[Study]:
        """The studies that are held in memory: all but those of the library alone."""
        return super().__iter__()

    def __len__(self) -> int:
        return super().__len__() + len(self.library) - len(self.covered)

    def __contains__(self, id: object) -> bool:
        return super().__contains__(id) or id in self.library

    @cached_property
    def sha256(self) -> str:
        """Digest of the content (see ``Catalogue.sha256``), without reading the library."""
        total = self.library.total
        for id in self.covered:
            total -= int.from_bytes(self.library.digest_of(id) or b"", "big")
        for study in self.in_memory():
            total += int.from_bytes(record_digest(compact_json(study)), "big")
        return sum_digest(len(self), total)
