"""Reading a catalogue from a file that a user names: claimtrace's own records, or any format of ``studies.formats``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from claimtrace.errors import CatalogueError
from claimtrace.model.studies import Study
from claimtrace.studies.catalogue import Catalogue, RecordProblem
from claimtrace.studies.doubles import merge
from claimtrace.studies.formats.items import Broken, Found, Notice, Rejected
from claimtrace.studies.formats.recognise import recognise
from claimtrace.studies.formats.source import Source
from claimtrace.studies.naming import base_identifier, numbered


def load(path: Path) -> Catalogue:
    """Read the catalogue at ``path``; see ``claimtrace.studies.catalogue.load_catalogue``.

    Records with an identifier keep it, and a second one with the same is a problem. Records without get one each
    (author, year, word); of those, two with the same DOI, PMID or PMCID become one.
    """
    source = Source(path, str(path))
    kind = recognise(source)
    studies: dict[str, Study] = {}
    problems: list[RecordProblem] = []
    numbers: dict[str, str] = {}
    drafts: list[Study] = []
    notices = 0
    for item in kind.read(source):
        match item:
            case Found(study=study) if not study.id:
                drafts.append(study)
            case Found(study=study, record=record, line=line) if study.id in studies:
                reason = "an identifier of its own, found one that an earlier record has"
                problems.append(RecordProblem(source.name, record - 1, study.id, "id", reason, line))
            case Found(study=study):
                studies[study.id] = study
            case Notice():
                notices += 1
            case Rejected():
                problems.append(problem_of(item, source.name))
            case Broken(reason=reason, record=record, line=line):
                problems.append(RecordProblem(source.name, record - 1, None, None, reason, line))
    taken: dict[str, int] = {}
    for study in drafts:
        keys = [key for key in (study.doi, study.pmid and f"pmid:{study.pmid}", study.pmcid) if key]
        same = next((numbers[key] for key in keys if key in numbers), None)
        if same is None:
            same = _free(base_identifier(study), studies, taken)
            studies[same] = replace(study, id=same)
        else:
            studies[same] = merge(studies[same], study).study
        numbers.update(dict.fromkeys(keys, same))
    if notices and not studies:
        raise CatalogueError(f"{path}: a list of retractions, no studies; take it in with claimtrace studies import")
    if problems and not studies:
        others = f" (none of the {len(problems)} records can be used)" if len(problems) > 1 else ""
        raise CatalogueError(f"{problems[0]}{others}")
    return Catalogue(studies.values(), problems)


def problem_of(rejected: Rejected, where: str) -> RecordProblem:
    """A rejected record of a file as a problem; the records of problems count from 0."""
    number = None if rejected.record is None else rejected.record - 1
    return RecordProblem(where, number, rejected.id, rejected.field, rejected.reason, rejected.line)


def _free(base: str, studies: dict[str, Study], taken: dict[str, int]) -> str:
    number = taken.get(base, 0) + 1
    while numbered(base, number) in studies:
        number += 1
    taken[base] = number
    return numbered(base, number)
