"""A study, read the way a claim is read: what it found, how firmly, in whom, of what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from claimtrace.checks.grading import highest
from claimtrace.checks.known_sizes import reckoned
from claimtrace.matching.near import with_near_terms
from claimtrace.matching.rarity import is_known
from claimtrace.matching.terms import stem, terms
from claimtrace.model.profile import Magnitude, Profile
from claimtrace.model.studies import Study
from claimtrace.profile.numbers import number_at
from claimtrace.profile.statement import profile_tokens
from claimtrace.text.phrases import phrasebook, wider_conditions
from claimtrace.text.sentences import split_sentences
from claimtrace.text.tokens import tokenize
from claimtrace.text.word_classes import word_class

_MODELS = frozenset({"animals", "xenograft", "cells", "organoids", "tissue"})
_MOST_ABSTRACT = 20_000


class FindingReading(NamedTuple):
    """One finding.

    Attributes:
        id: identifier in the record; ``None`` for a sentence of title or abstract.
        words: the study's own words, or the record's statement where no quote was taken.
        levels: probabilities of the seven strengths (a curated strength is certain).
        kind: people, animals, cells or tissue, where known.
        marker: what was measured is a marker; ``None`` where not known.
        hedged: the study itself hedges it.
        role: main, supporting, remedy, benefit or null-result.
        direction: effect direction.
        terms: stems of the words.
    """

    id: str | None
    words: str
    levels: tuple[float, ...]
    kind: str | None
    marker: bool | None
    hedged: bool
    role: str
    direction: str
    terms: frozenset[str]
    profile: Profile


class StudyReading(NamedTuple):
    """A study as the checks see it.

    ``near`` holds the study's terms and what means nearly the same, with the likeness (0–1); ``sizes`` its numbers that
    have a unit or a comparison, ``reckoned`` what follows from its numbers; ``rare_terms`` its long words that no
    other health writing uses; ``says`` its own sentences as terms, each with whether it is hedged;
    ``kinds`` are the kinds of subjects that the study names (people, animals, cells, tissue); ``in_models`` is true
    when the main finding rests on models, ``people_measured`` when the main outcome itself was measured in people,
    ``most`` is the distribution of the strongest of its findings' strengths, ``watched`` is true when nobody and nothing was put to the test, so that an association is the most that it can say.
    """

    study: Study
    findings: tuple[FindingReading, ...]
    kinds: frozenset[str]
    in_models: bool
    people_measured: bool
    conditions: frozenset[str]
    condition_labels: tuple[str, ...]
    interventions: frozenset[str]
    wider_interventions: frozenset[str]
    outcomes: frozenset[str]
    markers: frozenset[str]
    stands_for: frozenset[str]
    numbers: frozenset[float]
    reckoned: tuple[float, ...]
    terms: frozenset[str]
    near: Mapping[str, float]
    sizes: tuple[Magnitude, ...]
    says: tuple[tuple[frozenset[str], bool], ...]
    rare_terms: frozenset[str]
    advice: int
    design: str | None
    most: tuple[float, ...]
    watched: bool
    curated: bool

    @property
    def is_short(self) -> bool:
        """A title with a sentence or two of conclusions: too little to know what the study did not say."""
        return not self.curated and len(self.findings) <= _SHORT

    def finding(self, id: str | None) -> FindingReading | None:
        """The finding with this identifier."""
        return next((one for one in self.findings if one.id == id), None) if id else None

    def words_it_so(self, stems: frozenset[str]) -> bool:
        """One of its own sentences has all these words, however firmly."""
        return any(stems <= said for said, _ in self.says)

    def nearest(self, stems: frozenset[str]) -> FindingReading | None:
        """The finding that shares most with a statement; the first one when none shares anything."""
        if not self.findings:
            return None
        return max(
            self.findings, key=lambda one: (len(one.terms & stems) / (6 + len(one.terms)) ** 0.5, one.role == "main")
        )

    def nearest_link(self, stems: frozenset[str]) -> FindingReading | None:
        """The finding that tells of a link, or more, and shares most with a statement; any finding where none does."""
        telling = [one for one in self.findings if sum(one.levels[2:]) > _HALF]
        shared = [len(one.terms & stems) for one in telling]
        return telling[shared.index(max(shared))] if telling else self.nearest(stems)

    @property
    def main(self) -> FindingReading | None:
        """The study's main finding."""
        return next((one for one in self.findings if one.role == "main"), self.findings[0] if self.findings else None)


@lru_cache(maxsize=512)
def read_study(study: Study) -> StudyReading:
    """Profile a study's findings, or its title and abstract where the record has none."""
    book = phrasebook()
    findings: list[FindingReading] = []
    profiles: list[Profile] = []

    def profiled(text: str) -> Profile:
        text = _joined(text)
        one = profile_tokens(tokenize(text), text)
        profiles.append(one)
        return one

    for finding in study.findings:
        text = finding.quote or finding.statement
        profile = profiled(text)
        if finding.quote:
            profiled(finding.statement)
        levels = profile.strength_scores
        if finding.strength is not None:
            levels = tuple(1.0 if level == finding.strength else 0.0 for level in range(7))
        findings.append(
            FindingReading(
                id=finding.id,
                words=text,
                levels=levels,
                kind=finding.kind,
                marker=None if finding.outcome_kind is None else finding.outcome_kind == "marker",
                hedged=profile.certainty == "hedged" if finding.hedged is None else finding.hedged,
                role=finding.role,
                direction=finding.direction or profile.direction,
                terms=frozenset(terms(tokenize(f"{finding.statement} {finding.quote or ''}").norms)),
                profile=profile,
            )
        )
    own: list[str] = [] if study.findings else [study.title]
    if study.abstract and not study.findings:
        abstract = study.abstract[:_MOST_ABSTRACT]
        own += [abstract[start:end] for start, end in split_sentences(abstract)]
    for text in own:
        tokens = tokenize(_joined(text))
        profile = profiled(text)
        findings.append(
            FindingReading(
                id=None,
                words=text,
                levels=profile.strength_scores,
                kind=next((one.kind for one in profile.population), None),
                marker=all(one.marker for one in profile.outcome) if profile.outcome else None,
                hedged=profile.certainty == "hedged",
                role="main",
                direction=profile.direction,
                terms=frozenset(terms(tokens.norms)),
                profile=profile,
            )
        )
    if study.findings:
        profiled(study.title)
    kinds = {one.kind for profile in profiles for one in profile.population}
    kinds |= {sample.kind for sample in study.sample} | {model.kind for model in study.models}
    if any(one == "human" for one in study.species):
        kinds.add("people")
    if any(one != "human" for one in study.species):
        kinds.add("animals")
    main_kinds = {one.kind for one in findings if one.role == "main" and one.kind}
    in_models = bool(main_kinds) and main_kinds <= _MODELS if study.findings else _on_models(profiles)
    measured = [one for one in findings if one.kind == "people" and one.role in ("main", "supporting", "null-result")]
    people_measured = any(one.marker is not True for one in measured) if study.findings else not in_models
    concepts: dict[str, str] = {}
    for name in study.conditions:
        for sense in book.senses_of(" ".join(tokenize(name).norms)):
            if sense.lexicon == "condition":
                concepts.setdefault(sense.attrs["concept"], sense.group)
    if not concepts:
        for profile in profiles:
            for one in profile.condition:
                concepts.setdefault(one.concept, one.label)
    interventions = {one.concept for profile in profiles for one in profile.intervention}
    wider = {parent for profile in profiles for one in profile.intervention for parent in one.wider}
    for given in study.interventions:
        for name in (given.name, *given.terms):
            for sense in book.senses_of(" ".join(tokenize(name).norms)):
                if sense.lexicon == "interventions":
                    interventions.add(sense.group)
                    wider.update(sense.attrs.get("parents", ()))
        wider.update(name for name in given.classes)
    outcomes = {one.concept for profile in profiles for one in profile.outcome}
    markers = {one.concept for profile in profiles for one in profile.outcome if one.marker}
    stands_for = {name for profile in profiles for one in profile.outcome for name in one.stands_for if one.marker}
    stands_for |= {one.stands_for for one in study.outcomes if one.stands_for and one.kind == "marker"}
    whole = " ".join(
        [
            study.title,
            *(one.words for one in findings),
            *(f.statement for f in study.findings),
            *(s.who for s in study.sample),
        ]
    )
    tokens = tokenize(_joined(whole))
    numbers = {value for norm in tokens.norms if (value := number_at(norm)) is not None}
    numbers |= {float(sample.number) for sample in study.sample if sample.number is not None}
    for finding in study.findings:
        if finding.magnitude:
            numbers |= {value for norm in tokenize(finding.magnitude).norms if (value := number_at(norm)) is not None}
    quoted = [(frozenset(terms(tokenize(one.words).norms)), one.hedged) for one in findings]
    quoted += [(frozenset(terms(tokenize(f.statement).norms)), bool(f.hedged)) for f in study.findings]
    quoted.append((frozenset(terms(tokenize(study.title).norms)), False))
    sizes = [size for profile in profiles for size in profile.magnitude]
    for finding in study.findings:
        if finding.magnitude:
            sizes.extend(profiled(finding.magnitude).magnitude)
    own_terms = frozenset(terms(tokens.norms))
    design = study.design or _design(findings)
    advice = max([0, *(profile.advice for profile in profiles)])
    if study.advice:
        advice = max(advice, *(3 if note.to == "readers" else 2 for note in study.advice))
    return StudyReading(
        study=study,
        findings=tuple(findings),
        kinds=frozenset(kinds),
        in_models=in_models,
        people_measured=people_measured,
        conditions=frozenset(concepts),
        condition_labels=tuple(concepts.values()),
        interventions=frozenset(interventions),
        wider_interventions=frozenset(wider - interventions),
        outcomes=frozenset(outcomes),
        markers=frozenset(markers),
        stands_for=frozenset(stands_for),
        numbers=frozenset(numbers),
        reckoned=reckoned(numbers, sizes),
        terms=own_terms,
        near=with_near_terms((*own_terms, *(t for alias in study.aliases for t in terms(tokenize(alias).norms)))),
        sizes=tuple(sizes),
        says=tuple(quoted),
        advice=advice,
        design=design,
        most=highest([one.levels for one in findings]),
        watched=_only_watched(findings, design, in_models),
        rare_terms=_rare_terms(study),
        curated=bool(study.findings),
    )


def _joined(text: str) -> str:
    """Numbers with blanks between their thousands in one piece: "135 335 individuals"."""
    return _THOUSANDS.sub(lambda found: "".join(found.group().split()), text)


_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3}){1,3}(?![\d.,]\d|\d)")


def _on_models(profiles: list[Profile]) -> bool:
    """By title and abstract: animals or cells are spoken of throughout, and no people are counted."""
    models = [one for one in profiles if any(who.kind in _MODELS - {"tissue"} for who in one.population)]
    if not models or any(who.kind == "people" and who.number for one in profiles for who in one.population):
        return False
    people = [one for one in profiles if any(who.kind == "people" for who in one.population)]
    if len(profiles) <= _SHORT:
        return not people
    return models[0] is profiles[0] or len(models) > max(1, len(people))


def _only_watched(findings: list[FindingReading], design: str | None, in_models: bool) -> bool:
    """By its design, or where that is not told by how it words what it found."""
    if in_models or any(sum(one.levels[5:]) > _HALF for one in findings if one.id is not None):
        return False
    if design is not None:
        return design in OBSERVED
    linked = any(
        relation.group == "association" and not relation.denied
        for one in findings
        for relation in one.profile.relations
    )
    tested = not _TRIED.isdisjoint(findings[0].terms) or any(not _DRAWN.isdisjoint(one.terms) for one in findings)
    return linked and not tested and not any(sum(one.levels[5:]) > _HALF for one in findings)


_TRIED = frozenset(map(stem, word_class("words for what is put to the test")))
_DRAWN = frozenset(map(stem, ("placebo", "randomised", "randomized", "randomly", "intervention", "interventions")))
OBSERVED = frozenset({"cohort", "case-control", "cross-sectional", "case-series", "ecological"})
"""Designs in which nobody is given anything."""
_HALF = 0.5
_SHORT = 4
_LONG = 7  # letters from which on a word that is one or two letters off is no other word


def _rare_terms(study: Study) -> frozenset[str]:
    texts = (study.title, *study.aliases, *(t for one in study.interventions for t in (one.name, *one.terms)))
    return frozenset(
        norm
        for text in texts
        for norm in tokenize(text).norms
        if len(norm) >= _LONG and norm.isalpha() and not is_known(stem(norm))
    )


def _design(findings: list[FindingReading]) -> str | None:
    """The first study design that the findings' words name."""
    for one in findings:
        found = phrasebook().find(tokenize(one.words).norms).get("designs", [])
        if found:
            return str(found[0].sense.attrs["design"])
    return None


def is_wider(concept: str, narrow: frozenset[str]) -> bool:
    """Whether a disease holds one of the narrow ones and is none of them."""
    return concept not in narrow and any(concept in wider_conditions(one) for one in narrow)
