"""Records of primary studies. A record with only id, title and abstract is complete enough to work with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Author(NamedTuple):
    """A person of the author list, in print order."""

    family: str
    given: str | None = None
    also_known_as: tuple[str, ...] = ()


class StudyModel(NamedTuple):
    """An experimental model: ``kind`` is animals, xenograft, cells, tissue or organoids."""

    name: str
    kind: str


class Sample(NamedTuple):
    """Who was studied and how many (``number`` in heads or specimens)."""

    who: str
    number: int | None = None
    kind: str = "people"
    role: str | None = None
    sex: str | None = None
    age: str | None = None


class StudyIntervention(NamedTuple):
    """A treatment or exposure; ``classes`` holds the wider classes, nearest first."""

    name: str
    terms: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    context: str | None = None


class StudyOutcome(NamedTuple):
    """What was measured. ``kind`` is ``measured`` or ``marker``; ``where`` people, animals, cells or tissue."""

    name: str
    kind: str = "measured"
    stands_for: str | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a study.

    ``role``: main, supporting, remedy (what countered the effect), benefit (known benefit of the
    intervention) or null-result. ``strength`` is on the scale of Adams et al. (2017), 0–6.
    """

    id: str
    statement: str
    strength: int | None = None
    role: str = "main"
    population: str | None = None
    kind: str | None = None
    condition: str | None = None
    intervention: str | None = None
    outcome: str | None = None
    outcome_kind: str | None = None
    direction: str | None = None
    hedged: bool | None = None
    magnitude: str | None = None
    quote: str | None = None


class Note(NamedTuple):
    """A limit or a piece of advice by the authors; ``to`` is experts or readers for advice."""

    text: str
    to: str | None = None
    quote: str | None = None


class Status(NamedTuple):
    """``state`` is published, corrected, concern or retracted."""

    state: str = "published"
    date: str | None = None
    source: str | None = None


PUBLISHED = Status()
"""The state of a study about which nothing else is known."""


class Related(NamedTuple):
    """A press release, comment, erratum or retraction notice."""

    kind: str
    title: str | None = None
    url: str | None = None
    date: str | None = None
    institution: str | None = None


class Source(NamedTuple):
    """Where which facts of the record were checked."""

    what: str
    where: str
    checked: str | None = None


@dataclass(frozen=True, slots=True)
class Study:
    """A primary study, as ``data/studies.json`` and the users' catalogues hold it.

    ``published`` is an ISO date or a year. ``extra`` keeps the fields that this version does not know.
    """

    id: str
    title: str
    abstract: str | None = None
    authors: tuple[Author, ...] = ()
    journal: str | None = None
    published: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None
    institutions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    design: str | None = None
    species: tuple[str, ...] = ()
    models: tuple[StudyModel, ...] = ()
    sample: tuple[Sample, ...] = ()
    conditions: tuple[str, ...] = ()
    interventions: tuple[StudyIntervention, ...] = ()
    outcomes: tuple[StudyOutcome, ...] = ()
    findings: tuple[Finding, ...] = ()
    limits: tuple[Note, ...] = ()
    advice: tuple[Note, ...] = ()
    status: Status = PUBLISHED
    related: tuple[Related, ...] = ()
    sources: tuple[Source, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)

    @property
    def year(self) -> int | None:
        """Year of publication, when known."""
        return int(self.published[:4]) if self.published and self.published[:4].isdigit() else None
