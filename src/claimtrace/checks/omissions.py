"""CT701-CT709: what the document never tells, though the study says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from claimtrace.checks.context import rules
from claimtrace.checks.study_reading import StudyReading
from claimtrace.checks.time import age_in_days
from claimtrace.checks.wording import condition_name, model_name, named_subjects
from claimtrace.matching.evidence import Named
from claimtrace.model.profile import Profile
from claimtrace.model.results import Omission, Severity

_A_YEAR = 365
_PLAIN = (
    "mice",
    "mouse",
    "rats",
    "rat ",
    "animal",
    "zebrafish",
    "flies",
    "monkey",
    "rodent",
    "worm",
    "rabbit",
    "pigs",
    "dogs",
    "yeast",
)
_NOT_YET = (
    "not known whether", "don't know if", "don’t know if", "do not know if", "do not know whether", "not yet known", "not been tested in people",
    "not been tested in humans", "not yet been tested", "in humans is unknown", "in people is unknown", "needs to be confirmed in",
    "need to be confirmed in", "whether the same", "may not apply to humans", "may not apply to people", "before it can be tested in",
    "not been shown in", "was not measured", "were not measured", "did not measure", "does not prove", "cannot say whether", "too early to say",
    "does not show that patients", "no evidence in patients", "no evidence in humans",
)  # fmt: skip
_WEIGHS = (
    "must not discourage",
    "should not stop",
    "should not be put off",
    "essential",
    "life-saving",
    "saves lives",
    "benefits outweigh",
    "benefit outweighs",
    "potentially curative",
    "remains the standard",
    "have been saved",
    "benefits and drawbacks",
    "benefits and risks",
    "do not stop taking",
    "effective treatment",
)


class Told(NamedTuple):
    """What a document says as a whole.

    Attributes:
        text: the article's content in lower case, the verbatim abstract left out.
        profiles: profiles of its content sentences, the verbatim abstract left out.
        named: how the study is named in the whole text.
        published: the article's own date.
    """

    text: str
    profiles: tuple[Profile, ...]
    headlines: tuple[Profile, ...]
    named: Named
    published: str | None


def omissions(told: Told, study: StudyReading) -> Iterator[Omission]:
    """The nine aspects, each only where the record says what there was to tell."""
    if study.curated:
        yield from _model(told, study)
        yield from _outcome(told, study)
        yield from _sample(told, study)
        yield from _intervention(told, study)
        yield from _condition(told, study)
    yield from _date(told, study)
    yield from _citation(told, study)
    if study.curated:
        yield from _benefit(told, study)
        yield from _remedy(told, study)


def _say(rule: str, circumstance: str, what: str, reason: str) -> Omission:
    row = rules()[rule]
    severity: Severity = row["severity"][circumstance]["severity"]
    return Omission(rule, row["aspect"], severity, what, reason)


def _rests_on_models(study: StudyReading) -> bool:
    return bool(study.kinds & {"animals", "xenograft", "cells", "organoids"}) and not study.people_measured


def _model(told: Told, study: StudyReading) -> Iterator[Omission]:
    if not _rests_on_models(study):
        return
    model = model_name(study) or "models"
    named = any(word in told.text for word in _PLAIN)
    models = any(one.kind not in ("people", "tissue") for profile in told.profiles for one in profile.population)
    if not named and not models:
        people = any(one.kind == "people" for profile in told.profiles for one in profile.population)
        abstract_only = told.named.kinds & {"title"}
        yield _say(
            "CT701",
            "told of people" if people and not abstract_only else "not named",
            f"{model} are never named",
            f"The main result was seen in {model}.",
        )
        return
    if not named:
        yield _say(
            "CT701",
            "jargon",
            f"the species ({model})",
            f"A model is mentioned, but not that the work was done in {model}.",
        )
        return
    remedies = [one for one in study.findings if one.role == "remedy" and one.kind != "people"]
    for finding in remedies:
        for profile in told.profiles:
            words = {one.span.text.lower() for one in profile.population}
            about = sum(1 for term in finding.terms if len(term) > 4 and term in profile.text.lower())
            if (
                about >= 3
                and not any(one.kind != "people" for one in profile.population)
                and not words
                and profile.certainty == "asserted"
                and profile.relations
            ):
                yield _say(
                    "CT701",
                    "remedy",
                    f"that the remedy was seen in {model}",
                    f"It reads as a treatment that works; the study saw it in {model}.",
                )
                return
    general = [p for p in told.profiles if p.relations and p.strength >= 5]
    with_model = sum(any(one.kind not in ("people", "tissue") for one in p.population) for p in told.profiles)
    if study.in_models and with_model <= 1 and len(general) >= 4:
        yield _say(
            "CT701",
            "once",
            f"{model} are named once only",
            f"Most of it is told in general; all of it was seen in {model}.",
        )


def _outcome(told: Told, study: StudyReading) -> Iterator[Omission]:
    if study.people_measured or any(phrase in told.text for phrase in _NOT_YET):
        return
    marker = any(one.marker and one.kind == "people" for one in study.findings)
    what = "only a marker was measured in people, no patient outcome" if marker else "nothing was tested in patients"
    yield _say(
        "CT702",
        "untold",
        what,
        f"The study saw the outcome itself in {named_subjects(study, 'animals')} only; the article does not say so.",
    )


def _sample(told: Told, study: StudyReading) -> Iterator[Omission]:
    small = [
        one for one in study.study.sample if one.kind == "people" and one.number is not None and one.number < 100
    ]
    if not small:
        return
    sample = small[0]
    if str(sample.number) in told.text.replace(",", "").split() or any(
        one.number == sample.number for p in told.profiles for one in p.population
    ):
        return
    if not any(one.kind == "people" for p in told.profiles for one in p.population) and not told.named.sure:
        return
    if not told.named.sure:
        return
    yield _say(
        "CT703",
        "small",
        f"the size of the sample ({sample.number})",
        f"{named_subjects(study, 'people')} were examined.",
    )


def _intervention(told: Told, study: StudyReading) -> Iterator[Omission]:
    for given in study.study.interventions[:1]:
        classes = {name.lower() for name in given.classes}
        drugs = [term for term in given.terms if term.lower() not in classes]
        if len(drugs) < 2 or not any(name in told.text for name in classes):
            continue
        missing = [drug for drug in drugs if drug.lower() not in told.text]
        if len(missing) == len(drugs):
            yield _say(
                "CT704",
                "none named",
                given.name + (f" ({given.context})" if given.context else ""),
                f"Only {min(classes & {c for c in classes if c in told.text})} is named.",
            )
        elif missing and len(drugs) == len(set(drugs)) and " after " in given.name:
            yield _say("CT704", "part", ", ".join(missing), f"The study gave {given.name}.")


def _condition(told: Told, study: StudyReading) -> Iterator[Omission]:
    if not study.conditions or len(study.study.conditions) != 1:
        return
    own = told.headlines
    names = {one.concept for p in told.profiles for one in p.condition}
    if not names & study.conditions:
        yield _say(
            "CT705",
            "never",
            condition_name(study),
            f"The study looked at {condition_name(study)}; the article never says so.",
        )
        return
    extended = any(
        phrase in told.text
        for phrase in (
            "other cancers",
            "all cancers",
            "all cancer",
            "any cancer",
            "other tumors",
            "other tumours",
            "other diseases",
            "all diseases",
        )
    )
    if extended and not any(one.concept in study.conditions for p in own for one in p.condition):
        yield _say(
            "CT705",
            "carried over",
            f"that only {condition_name(study)} was studied",
            "The article carries the finding over to other diseases.",
        )


def _date(told: Told, study: StudyReading) -> Iterator[Omission]:
    age = age_in_days(study.study.published, told.published)
    if age is None or age <= _A_YEAR or (study.study.published or "")[:4] in told.text:
        return
    new = any(p.novelty for p in (*told.profiles, *told.headlines))
    yield _say(
        "CT706",
        "sold as new" if new else "untold",
        f"the year of publication ({(study.study.published or '')[:4]})",
        f"The article is of {told.published}; the study came out in {study.study.published}.",
    )


def _citation(told: Told, study: StudyReading) -> Iterator[Omission]:
    record = study.study
    if not (record.authors and record.journal):
        return
    kinds = told.named.kinds
    if kinds & {"doi", "pmid", "title"}:
        return
    missing = [
        name
        for name, kind in (("authors", "author"), ("journal", "journal"))
        if kind not in kinds and not (kind == "author" and "co-author" in kinds)
    ]
    if missing:
        yield _say(
            "CT707",
            "untraceable",
            f"{' and '.join(missing)} and title of the study",
            "Without them a reader cannot look it up.",
        )
    else:
        yield _say(
            "CT707", "untraceable", "the title of the study", "A reader has to search for it by author and journal."
        )


def _benefit(told: Told, study: StudyReading) -> Iterator[Omission]:
    harm = any(one.role == "main" and one.direction == "increases" for one in study.findings)
    known = [one for one in study.findings if one.role == "benefit"] or [
        n for n in study.study.advice if n.to == "readers"
    ]
    if not known or not harm or any(phrase in told.text for phrase in _WEIGHS):
        return
    alarming = any(p.strength >= 5 for p in told.headlines)
    if alarming:
        yield _say(
            "CT708",
            "untold",
            "the known benefit of the treatment",
            "Nothing weighs the alarm against what the treatment is known to do.",
        )


def _remedy(told: Told, study: StudyReading) -> Iterator[Omission]:
    remedies = [one for one in study.findings if one.role == "remedy"]
    records = [one for one in study.study.findings if one.role == "remedy" and one.intervention]
    if not remedies:
        return
    words = {
        word
        for one in records
        for word in (one.intervention or "").lower().replace(",", " ").split()
        if len(word) > 4
    }
    if words and not any(word in told.text for word in words):
        yield _say(
            "CT709",
            "untold",
            records[0].intervention or "what countered the effect",
            f"The study found what countered the effect: {records[0].statement}",
        )
