"""Bundled records, files' records and the user's library as one catalogue, without the same study twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from claimtrace.model.studies import Study
from claimtrace.studies.catalogue import Catalogue
from claimtrace.studies.doubles import Identified, contradict, merge
from claimtrace.studies.library import Library
from claimtrace.studies.naming import numbered


def joined(base: Catalogue, others: Iterable[Study]) -> Catalogue:
    """A catalogue with further studies. One of a study that is there already is merged with it.

    The checked record stays the ground: a bare export of the same paper adds its abstract and a retraction, and takes
    away no finding. A record under the same identifier is an edition of it by the user's own hand, and wins field by
    field; only where their DOIs, PMIDs or PMCIDs differ is it another study, and gets another identifier.

    Args:
        base: the catalogue that is there, such as the bundled one.
        others: further studies.
    """
    known = Identified(base)
    studies = {study.id: study for study in base}
    for study in others:
        namesake = studies.get(study.id)
        same = namesake if namesake and not contradict(namesake, study) else known.match(study)
        if same is None:
            number = 1
            while numbered(study.id, number) in studies:
                number += 1
            id = numbered(study.id, number)
            studies[id] = study if number == 1 else replace(study, id=id)
        else:
            studies[same.id] = merge(studies[same.id], study, newer=same.id == study.id).study
    problems = others.problems if isinstance(others, Catalogue) else ()
    return Catalogue(studies.values(), (*base.problems, *problems))


def over_library(memory: Catalogue, library: Library) -> Catalogue:
    """The catalogue to lay over a library: each study that the library knows too is merged with its record there.

    Such a study has the library's identifier, so that of the two records only the merged one is seen. They have the
    same identifier but where the library is older than the bundled record.
    """
    studies: list[Study] = []
    for study in memory:
        own = library.get(study.id) or library.find(doi=study.doi, pmid=study.pmid, pmcid=study.pmcid)
        if own is None:
            studies.append(study)
        else:
            studies.append(replace(merge(study, own, newer=own.id == study.id).study, id=own.id))
    return Catalogue(studies, memory.problems)
