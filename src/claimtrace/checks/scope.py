"""CT201, CT202, CT203: the claim is wider than the study in disease, in whom, or in treatment."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft, whole_span
from claimtrace.checks.grading import model_study_chance, sample_confidence
from claimtrace.checks.study_reading import is_wider
from claimtrace.checks.wording import condition_name, in_models, model_name, named_subjects, replaced
from claimtrace.model.profile import Population

_NOT_THE_DISEASE = frozenset(
    [
        "cell",
        "cells",
        "treatment",
        "treatments",
        "patient",
        "patients",
        "drug",
        "drugs",
        "research",
        "center",
        "centre",
        "institute",
        "therapy",
        "therapies",
        "care",
        "specialist",
        "specialists",
        "survivor",
        "survivors",
        "foundation",
        "society",
        "charity",
        "agency",
        "centers",
        "news",
        "medicine",
        "medicines",
        "risk",
    ]
)
_EXTENDS = frozenset({"other", "all", "any", "every", "most"})
_BODY_WORDS = (
    "patient's body",
    "patient’s body",
    "the body",
    "your body",
    "human body",
    "our bodies",
    "your brain",
    "our brains",
)


def condition(context: Context) -> Iterator[Draft]:
    """CT201: a wider disease than the study's."""
    study, profile = context.study, context.profile
    if not study.conditions or context.others_voice or context.kind in ("abstract", "caveat"):
        return
    named = [
        one
        for one in profile.condition
        if one.concept in study.conditions or any(is_wider(c, frozenset({one.concept})) for c in study.conditions)
    ]
    for one in profile.condition:
        if not is_wider(one.concept, study.conditions) or context.in_quote(one.span.start, one.span.end):
            continue
        words = context.tokens
        at = next(i for i, start in enumerate(words.starts) if start >= one.span.start)
        after = next(
            (norm for norm, start in zip(words.norms, words.starts, strict=True) if start >= one.span.end), ""
        )
        before = words.norms[max(0, at - 2) : at]
        extended = bool(_EXTENDS & set(before)) and not (named and "including" in words.norms)
        if after in _NOT_THE_DISEASE and not extended:
            continue
        label = condition_name(study)
        if (
            extended
            and profile.certainty not in ("asked", "denied")
            and not any(h.group in ("not established", "further work") for h in profile.hedges)
        ):
            start = words.starts[max(0, at - 1)]
            if len(study.study.conditions) > 1 and named:
                continue
            yield Draft(
                "CT201", start, one.span.end,
                f"The article carries the finding over to {context.text[start : one.span.end]}; the study looked at {label} only.",
                "extended", 0.72, None, study.main, group="condition",
            )  # fmt: skip
            return
        if named:
            continue
        flat = profile.certainty in ("asserted", "presupposed") and not profile.hedges
        if not context.headline and (not flat or not profile.relations or profile.strength < 5 or _observed(context)):
            continue
        if context.headline and not (profile.relations or profile.outcome or profile.tone):
            continue
        yield Draft(
            "CT201", one.span.start, one.span.end,
            f"The article speaks of {one.span.text.lower()} as such; the study looked at {label}.",
            "headline" if context.headline and _plain_disease(context, one.span.text) else "vague" if context.headline else "flat" if profile.strength == 6 and _direct(context) else "vague",
            0.66, replaced(context.text, one.span.start, one.span.end, _narrowed(one.span.text, label)), study.main, group="condition",
        )  # fmt: skip
        return


def population(context: Context) -> Iterator[Draft]:
    """CT202: told of people, or of patients at large, while models or few patients were studied."""
    study, profile = context.study, context.profile
    if (
        context.others_voice
        or context.names_models
        or context.kind in ("abstract", "caveat")
        or profile.certainty in ("asked", "denied")
    ):
        return
    people = [
        one
        for one in profile.population
        if one.kind == "people" and not context.in_quote(one.span.start, one.span.end)
    ]
    body = next((phrase for phrase in _BODY_WORDS if phrase in context.text.lower()), None)
    models = any(one.kind != "people" for one in profile.population)
    if study.curated:
        yield from _curated_population(context, people, body, models)
        return
    chance = model_study_chance((*study.terms, *(f"kind:{kind}" for kind in study.kinds or ("none",))))
    confidence = sample_confidence(chance, models, bool(people))
    start, end = (people[0].span.start, people[0].span.end) if people else whole_span(context)
    yield Draft(
        "CT202", start, end,
        f"The article tells it of people; by its words the study was done on {model_name(study) or 'models'}.",
        "models", confidence, in_models(context.text, study) if model_name(study) else None, study.main, group="population",
    )  # fmt: skip


def _curated_population(
    context: Context, people: list[Population], body: str | None, models: bool
) -> Iterator[Draft]:
    study, profile, about = context.study, context.profile, context.about
    if models:
        return
    subjects = named_subjects(study, "animals")
    if about is not None and about.role == "remedy" and about.kind != "people" and profile.certainty == "asserted":
        effect = next((one for one in profile.relations if not one.hedged), None)
        works = any(word in context.tokens.norms for word in ("effective", "works", "proved", "shown", "successful"))
        if (effect is not None or works) and not profile.hedges and _shares_remedy(context):
            start, end = whole_span(context)
            yield Draft(
                "CT202", start, end,
                f"The article tells the remedy as shown and names no model; the study saw it in {subjects}.",
                "remedy", 0.68, in_models(context.text, study), about, group="population",
            )  # fmt: skip
            return
    if study.people_measured or not (
        study.in_models or any(one.marker for one in study.findings if one.kind == "people")
    ):
        return
    claimed = {one.concept for one in profile.outcome}
    told = bool(profile.relations) and bool(
        claimed & (study.stands_for | study.outcomes) - study.markers or profile.strength >= 5
    )
    if body is not None and told and profile.certainty == "asserted":
        at = context.text.lower().index(body)
        yield Draft(
            "CT202", at, at + len(body),
            f"The article tells it of people; the study saw it in {subjects}.",
            "body", 0.7, None, study.main, group="population",
        )  # fmt: skip
        return
    if not people or not _given_in_people(context, people):
        return
    first = people[0]
    few = next(
        (one for one in study.study.sample if one.kind == "people" and one.number is not None and one.number < 100),
        None,
    )
    if first.number is not None or any(one.number for one in people):
        return
    explores = (
        any(
            norm in ("explored", "examined", "looked", "studied", "tested", "investigated", "effects")
            for norm in context.tokens.norms
        )
        and "study" in context.tokens.norms
    )
    if explores and study.in_models:
        yield Draft(
            "CT202", first.span.start, first.span.end,
            f"The article presents it as a study of people; its main result was seen in {subjects}.",
            "presented", 0.64, None, study.main, group="population",
        )  # fmt: skip
    elif few is not None and profile.certainty == "asserted" and profile.relations and claimed:
        yield Draft(
            "CT202", first.span.start, first.span.end,
            f"The article speaks of {first.span.text.lower()} at large; {named_subjects(study, 'people')} were looked at.",
            "few", 0.6, replaced(context.text, first.span.start, first.span.end, f"{few.number} {first.span.text.lower()}"), study.main, group="population",
        )  # fmt: skip


def intervention(context: Context) -> Iterator[Draft]:
    """CT203: a wider treatment or exposure than the study's; asked of claims that stand alone and of flat ones."""
    study, profile = context.study, context.profile
    given = study.study.interventions
    if not given or context.others_voice or not profile.relations:
        return
    flat = profile.strength == 6 and profile.certainty == "asserted" and not profile.hedges and _direct(context)
    if not (context.headline or flat) or profile.certainty == "asked":
        return
    names = {term.lower() for one in given for term in one.terms}
    classes = {name.lower() for one in given for name in one.classes}
    lower = context.text.lower()
    if any(term in lower for term in names - classes):
        return
    for one in profile.intervention:
        if (
            one.concept.lower() in classes
            and one.concept.lower() not in names
            and not context.in_quote(one.span.start, one.span.end)
        ):
            exact = next((g for g in given if one.concept.lower() in {c.lower() for c in g.classes}), given[0])
            place = f" given {exact.context}" if exact.context else ""
            yield Draft(
                "CT203", one.span.start, one.span.end,
                f"The article speaks of {one.span.text.lower()} as such; the study used {exact.name}{place}.",
                "class", 0.62, replaced(context.text, one.span.start, one.span.end, exact.name), study.main, group="intervention",
            )  # fmt: skip
            return


def _given_in_people(context: Context, people: list[Population]) -> bool:
    """The people are those in whom it happens, not those for whom a drug is "used to treat"."""
    lower = context.text.lower()
    return not any(
        f"{word} {one.span.text.lower()}" in lower for word in ("to treat", "treat", "for", "want") for one in people
    )


def _shares_remedy(context: Context) -> bool:
    study = context.study.study
    remedies = [one for one in study.findings if one.role == "remedy" and one.intervention]
    from claimtrace.matching.terms import terms
    from claimtrace.text.tokens import tokenize

    stems = {
        term
        for one in remedies
        for term in terms(tokenize(f"{one.intervention} {one.statement}").norms)
        if len(term) > 3
    }
    return len(stems & context.stems) >= 2 or any(
        term in context.stems
        for one in remedies
        for term in terms(tokenize(one.intervention or "").norms)
        if len(term) > 3
    )


def _observed(context: Context) -> bool:
    """Told in the past tense, as something seen once, not as how things are."""
    return any(
        one.span.text.lower().split(" ")[0].endswith("ed")
        or one.span.text.lower() in ("made", "led to", "led", "gave", "kept")
        for one in context.profile.relations
        if not one.presupposed
    )


def _direct(context: Context) -> bool:
    return not _observed(context) and any(
        one.group == "cause" and not one.hedged and not one.denied for one in context.profile.relations
    )


def _plain_disease(context: Context, words: str) -> bool:
    """The bare name of the wider disease, not "some cancer" or "tumours"."""
    return not any(one.unit in ("some", "few") for one in context.profile.magnitude) and words.lower().rstrip(
        "s"
    ) not in ("tumor", "tumour")


def _narrowed(words: str, label: str) -> str:
    return (
        label
        if words.lower().rstrip("s") not in ("tumor", "tumour")
        else f"{label} {words.lower()}".replace("cancer tumor", "tumor").replace("cancer tumour", "tumour")
    )
