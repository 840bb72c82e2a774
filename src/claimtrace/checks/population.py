"""CT202: the claim is told of people, or of patients at large, while models or few patients were studied."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft, acts, names_model, whole_span
from claimtrace.checks.grading import model_study_chance, sample_confidence, sample_numbers
from claimtrace.checks.study_reading import FindingReading, StudyReading
from claimtrace.checks.wording import in_models, model_name, named_subjects, replaced
from claimtrace.matching.terms import terms
from claimtrace.model.profile import Population, Span
from claimtrace.model.studies import Sample
from claimtrace.text.tokens import tokenize
from claimtrace.text.word_classes import word_class

_FEW = 100  # heads below which "patients" at large says more than was seen
_READERS = frozenset({"you", "your", "yours", "we", "our", "us", "ourselves", "yourself"})
_OF_AUTHORS = word_class("words after our in the authors' mouth")
_OF_NATURE = word_class("words after your that name a body's own powers")
"""After "the body's": how bodies are, whatever was studied."""
_BODY = frozenset({"body", "bodies"})
_WORKS = word_class("words for what works")
_EXPLORES = word_class("words beside a study of people")


def check(context: Context) -> Iterator[Draft]:
    """Hold those whom the claim speaks of against those who were studied."""
    profile = context.profile
    if (
        context.others_voice
        or (context.names_models and not (context.study.curated and _speaks_of_all(context)))
        or _said_of_them(context)
        or any(one.sense.attrs["appeal"] == "crowd" for one in context.phrases("authority"))
        or context.kind in ("abstract", "caveat")
        or names_model(profile)
        or (profile.certainty in ("asked", "denied") and (context.study.curated or not context.alone))
    ):
        return
    if context.study.curated:
        yield from _against_record(context, _people(context))
    else:
        yield from _against_words(context)


def _speaks_of_all(context: Context) -> bool:
    """After a paragraph on mice, a sentence that leaves them and tells it of people as they are."""
    profile = context.profile
    return (
        not names_model(profile)
        and profile.certainty == "asserted"
        and not profile.hedges
        and not context.quoted
        and any(
            not one.number and not _those(context, one) and one.role != "volunteers" and _subject(context, one)
            for one in _people(context)
        )
        and (profile.strength >= _CAN or _changes(context))
    )


_CAN = 5


def _subject(context: Context, one: Population) -> bool:
    """The people open the sentence: it is of them."""
    return context.token_at(one.span.start) <= _OPENING


_OPENING = 2


def _if_you(context: Context) -> bool:
    """ "If you drink it, your blood sugar rises": the condition is the reader's habit, and no hedge."""
    return context.tokens.norms[:2] in (["if", "you"], ["if", "your"], ["when", "you"]) and all(
        one.group == "condition" for one in context.profile.hedges
    )


def _changes(context: Context) -> bool:
    """ "remember better", "are calmer", "ages more slowly": a change is told without a word of cause."""
    return any(one.sense.attrs["role"] == "change" for one in context.phrases("changes"))


def _said_of_them(context: Context) -> bool:
    """The study itself says this, and of these people."""
    named = {term for one in _people(context) for term in terms(tokenize(one.span.text).norms)}
    return context.own_words and named <= context.study.terms and not _spoken_to(context)


def _spoken_to(context: Context) -> bool:
    """The claim speaks to its readers, and not as "we", who may be the authors."""
    reader = _reader(context)
    return reader is not None and reader.text.lower() not in _AUTHORS


_AUTHORS = frozenset({"we", "our", "us"})


def speaks_of_people(context: Context) -> bool:
    """The claim names people in whom it happens, or speaks to its readers or of the human body."""
    return bool(_people(context)) or _reader(context) is not None


def meant_people(context: Context) -> Span | None:
    """Where the claim names the people in whom it happens, or speaks to its readers; none where it speaks of some counted ones."""
    people = _people(context)
    if people:
        return None if any(one.number for one in people) else people[0].span
    return _reader(context) if _spoken_to(context) else None


def told_whom(meant: Span) -> str:
    """Whom a claim is told of, in words for a reason."""
    return "its readers" if meant.text.lower() in _READERS else meant.text.lower()


def told_of(context: Context) -> list[float]:
    """What the grade of a claim against a study of title and abstract looks at (``grading.sample_names``)."""
    return sample_numbers(context.profile, context.tokens, speaks_of_people(context))


def _people(context: Context) -> list[Population]:
    """The people in whom it happens, in the writer's voice."""
    return [
        one
        for one in context.profile.population
        if one.kind == "people"
        and one.role not in _WATCHING
        and not context.not_own_voice(one.span.start, one.span.end)
        and _in_whom_it_happens(context, one)
    ]


def _against_words(context: Context) -> Iterator[Draft]:
    """For a study of title and abstract alone: how likely it was done on models, and how the claim is told."""
    study, profile = context.study, context.profile
    people = _people(context)
    meant = people[0].span if people else _reader(context)
    if not context.alone and (meant is None or not profile.relations or profile.certainty != "asserted"):
        return
    if context.in_document and not _tells_of_them(context, people):
        return
    if study.words_it_so(context.stems):
        return
    confidence = sample_confidence(model_study_chance(study_words(study)), told_of(context))
    start, end = (meant.start, meant.end) if meant else whole_span(context)
    told = "tells it of people" if meant else "reads as if it held for people"
    subjects = f"done on {model_name(study)}" if model_name(study) else "not done on people"
    yield Draft(
        "CT202", start, end, f"The article {told}; by its words the study was {subjects}.",
        "models", confidence, in_models(context.text, study) if model_name(study) and meant is None else None, study.main, group="population",
    )  # fmt: skip


def _tells_of_them(context: Context, people: list[Population]) -> bool:
    """Among an article's sentences: a claim on the study's own subject that acts in people, no count of the sick.

    "We" in an article are its authors.
    """
    return (
        context.kind != "background"
        and (bool(people) or _spoken_to(context) or context.headline)
        and context.aboutness >= _CLOSE
        and any(acts(context, one) and not one.presupposed for one in context.profile.relations)
    )


def study_words(study: StudyReading) -> list[str]:
    """What tells whether a study was done on models: its terms, and the kinds of subjects that it names."""
    return [*sorted(study.terms), *(f"kind:{kind}" for kind in sorted(study.kinds) or ("none",))]


def _against_record(context: Context, people: list[Population]) -> Iterator[Draft]:
    study, profile, about = context.study, context.profile, context.about
    subjects = named_subjects(study, "animals")
    start, end = whole_span(context)
    if about is not None and about.role != "remedy" and not _WORKS.isdisjoint(context.tokens.norms):
        about = _remedy(context, about)  # "also proved effective": what works is the remedy, whatever else is named
    if about is not None and about.role == "remedy" and about.kind != "people" and profile.certainty == "asserted":
        effect = any(not one.hedged for one in profile.relations)
        if (effect or not _WORKS.isdisjoint(context.tokens.norms)) and not profile.hedges and _shares_remedy(context):
            yield Draft(
                "CT202", start, end,
                f"The article tells the remedy as shown and names no model; the study saw it in {subjects}.",
                "remedy", 0.68, in_models(context.text, study), about, group="population",
            )  # fmt: skip
            return
    if study.people_measured or not (study.in_models or _marker_in_people(study)):
        yield from _few(context, people)
        return
    told = (profile.certainty == "asserted" or _if_you(context)) and (
        any(not one.hedged and not one.denied for one in profile.relations)
        or profile.strength >= _CAN
        or (_changes(context) and not profile.hedges)
    )
    reader = _reader(context)
    if told and reader is not None and _same_subject(context):
        yield Draft(
            "CT202", reader.start, reader.end,
            f"The article tells it of people; the study saw it in {subjects}.",
            "body", 0.7, None, study.main, group="population",
        )  # fmt: skip
        return
    first = people[0] if people else None
    if first is not None and study.in_models and not any(one.number for one in people):
        if "study" in context.tokens.norms and not _EXPLORES.isdisjoint(context.tokens.norms):
            yield Draft(
                "CT202", first.span.start, first.span.end,
                f"The article presents it as a study of people; its main result was seen in {subjects}.",
                "presented", 0.64, None, study.main, group="population",
            )  # fmt: skip
            return
        if told and not _marker_in_people(study) and _same_subject(context):
            yield Draft(
                "CT202", first.span.start, first.span.end,
                f"The article tells it of {first.span.text.lower()}; the study saw it in {subjects}.",
                "told", 0.66, None, study.main, group="population",
            )  # fmt: skip
            return
    stands = context.headline or (_given(context) and context.aboutness >= _CLOSE and not profile.hedges)
    shown = _treatment_shown(context) or (context.headline and _remedy_shown(context))
    if study.in_models and stands and told and shown and not context.names_models:
        yield Draft(
            "CT202", start, end,
            f"The article tells the treatment as shown and names no model; the study saw it in {subjects}.",
            "remedy", 0.64, in_models(context.text, study), study.main, group="population",
        )  # fmt: skip
        return
    yield from _few(context, people)


def _few(context: Context, people: list[Population]) -> Iterator[Draft]:
    """Few heads, or one sex only, told as people at large."""
    study, profile = context.study, context.profile
    people = [one for one in people if not _those(context, one) and _plural(one.span.text)]
    if not people or profile.certainty != "asserted" or any(one.number for one in people):
        return
    if any(hedge.group not in _WEAK_HEDGES for hedge in profile.hedges):
        return
    first = people[0]
    sample = next((one for one in study.study.sample if one.kind == "people" and one.number is not None), None)
    sexes = {one.sex for one in people if one.sex}
    studied = _sex_of(study)
    other = next((one for one in people if studied and one.sex and one.sex != studied), None)
    if other is not None and sexes - {studied} and not _left_out(context, other):
        yield Draft(
            "CT202", other.span.start, other.span.end,
            f"The article speaks of {other.span.text.lower()}; {named_subjects(study, 'people')} were looked at.",
            "few", 0.6, None, study.main, group="population",
        )  # fmt: skip
        return
    effect = any(acts(context, one) for one in profile.relations) and bool(profile.outcome)
    if sample is not None and (sample.number or 0) < _CASES and _same_subject(context):
        effect = effect or profile.strength >= _CAN or _changes(context)
    if sample is not None and (sample.number or 0) < _FEW and effect:
        if study.people_measured and not context.alone:
            return
        yield Draft(
            "CT202", first.span.start, first.span.end,
            f"The article speaks of {first.span.text.lower()} at large; {named_subjects(study, 'people')} were looked at.",
            "few", 0.6, _counted(context, first, sample), study.main, group="population",
        )  # fmt: skip


_CASES = 10  # heads below which a study tells of cases
_WEAK_HEDGES = frozenset({"limiter", "capability", "tendency"})


def _left_out(context: Context, one: Population) -> bool:
    """ "women did not take part"."""
    at = context.token_at(one.span.end)
    near = context.tokens.norms[max(0, at - 3) : at + 3]
    return any(norm in ("no", "not", "only", "without", "except") or norm.endswith("n't") for norm in near)


def _those(context: Context, one: Population) -> bool:
    """ "the women", "these patients": those of the study, not people at large."""
    before = context.text[max(0, one.span.start - 24) : one.span.start].lower().split()
    return not {"the", "these", "those", "its", "their"}.isdisjoint(before[-2:])


def _counted(context: Context, first: Population, sample: Sample) -> str | None:
    who = first.span.text.lower()
    if sample.number == 1 or who in _PRONOUNS:
        return None
    return replaced(context.text, first.span.start, first.span.end, f"{sample.number} {who}")


def _plural(who: str) -> bool:
    who = who.lower()
    return who.endswith("s") or who.split(" ")[-1] in _PLURALS or who in _PRONOUNS


_PLURALS = frozenset({"people", "men", "women", "children", "elderly", "young", "sick"})
_PRONOUNS = word_class("pronouns for people at large")


def _sex_of(study: StudyReading) -> str | None:
    """The one sex that was studied; ``None`` for both or not known."""
    known = {_SEXES.get(one.sex.lower(), one.sex) for one in study.study.sample if one.kind == "people" and one.sex}
    if not known:
        known = {
            one.sex for finding in study.findings for one in finding.profile.population if one.kind == "people"
        } - {None}
        if any(
            one.kind == "people" and one.sex is None
            for finding in study.findings
            for one in finding.profile.population
        ):
            return None
    return next(iter(known)) if len(known) == 1 else None


_SEXES = {"male": "men", "males": "men", "female": "women", "females": "women", "both": "both sexes"}

_WATCHING = frozenset({"professionals"})
"""Roles of people who treat or study, and are not those in whom it happens."""


def _in_whom_it_happens(context: Context, one: Population) -> bool:
    """The people are those in whom it happens, not those for whom a drug is "used to treat"."""
    before = context.text[max(0, one.span.start - 12) : one.span.start].lower()
    return not before.endswith(("to treat ", " treat ", " for ", " want ", "treating "))


def _reader(context: Context) -> Span | None:
    """Where the claim speaks to its readers, of "us", or of "the body"."""
    tokens = context.tokens
    for at, norm in enumerate(tokens.norms):
        body = (
            norm in _BODY
            and at > 0
            and tokens.norms[at - 1] in ("the", "human", "patient", "woman", "man")
            and _OF_NATURE.isdisjoint(tokens.norms[at + 1 : at + 4])
        )
        authors = norm in _AUTHORS and (context.quoted or not _OF_AUTHORS.isdisjoint(tokens.norms[at + 1 : at + 4]))
        if (
            (norm in _READERS or body)
            and not authors
            and not context.not_own_voice(tokens.starts[at], tokens.ends[at])
        ):
            start = tokens.starts[at - 1] if body else tokens.starts[at]
            return Span(start, tokens.ends[at], tokens.text[start : tokens.ends[at]])
    return None


def _treatment_shown(context: Context) -> bool:
    """A remedy told as one that works: something is given, and a disease or a bad outcome gets better by it."""
    profile = context.profile
    better = any(
        one.group == "cause" and one.direction == "decreases" and not one.hedged and not one.denied
        for one in profile.relations
    ) or any(str(one.sense.attrs["role"]) == "absolute" for one in context.phrases("absolutes"))
    return better and profile.certainty == "asserted" and bool(profile.condition or profile.outcome)


def _remedy_shown(context: Context) -> bool:
    """A headline that lets what the study gave do good: a cause, and no harm."""
    profile = context.profile
    harm = any(one.polarity == "bad" for one in profile.outcome) or bool(profile.condition)
    cause = any(one.group == "cause" and not one.hedged and not one.denied for one in profile.relations)
    return cause and not harm and _same_subject(context) and _given(context)


_CLOSE = 0.5


def _given(context: Context) -> bool:
    """What the study gave is named."""
    given = {
        t for one in context.study.study.interventions for name in one.terms for t in terms(tokenize(name).norms)
    }
    return len(given & context.stems) >= min(2, len(given)) > 0


def _same_subject(context: Context) -> bool:
    return context.is_about(_ABOUT)


_ABOUT = 0.35


def _marker_in_people(study: StudyReading) -> FindingReading | None:
    return next((one for one in study.findings if one.kind == "people" and one.marker), None)


def _remedy(context: Context, about: FindingReading) -> FindingReading:
    """The finding on a remedy that shares more of the claim's words than the one that it was laid to, if one does."""
    remedies = [one for one in context.study.findings if one.role == "remedy"]
    best = max(remedies, key=lambda one: len(one.terms & context.stems), default=about)
    return best if len(best.terms & context.stems) > max(1, len(about.terms & context.stems)) else about


def _shares_remedy(context: Context) -> bool:
    remedies = [one for one in context.study.study.findings if one.role == "remedy" and one.intervention]
    given = {t for one in remedies for t in terms(tokenize(one.intervention or "").norms) if len(t) > 3}
    told = {t for one in remedies for t in terms(tokenize(one.statement).norms) if len(t) > 3}
    return len((given | told) & context.stems) >= 2 or bool(given & context.stems)
