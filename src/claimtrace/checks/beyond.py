"""What no single rule finds: a sentence of an article that says more than the study, by all that is known of both.

A grade (``training/train_articles.py``) says how likely it is. It is asked when the rules have found nothing, and it is told
under the rule whose kind fits best, with what there is to check: whom the study looked at, what it said instead, which
words of the article it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import exp, fsum
from typing import NamedTuple

from claimtrace.checks.beyond_features import features, strange_size, strangest_words, words
from claimtrace.checks.context import Context, Draft, clause_span, names_model, whole_span
from claimtrace.checks.extended import unknown_interventions
from claimtrace.checks.flat import found_before
from claimtrace.checks.grading import load
from claimtrace.checks.population import meant_people, told_whom
from claimtrace.checks.scope import knows
from claimtrace.checks.study_reading import FindingReading
from claimtrace.checks.wording import condition_name, named_subjects

_MOST_WORDS = 240  # code points of the study's words that a reason holds
_CAUSES = frozenset({"cause", "ambiguous", "change", "association"})


class Grade(NamedTuple):
    """How likely a sentence says more than the study; ``numbers`` are its features and words, by which that was told."""

    chance: float
    numbers: dict[str, float]


def grade(context: Context, drafts: Iterable[Draft]) -> Grade | None:
    """The grade of a sentence; none where it is not asked.

    Args:
        context: the sentence, with its place in the article.
        drafts: what the rules thought of it, however unsure.
    """
    if not is_asked(context):
        return None
    model = load("articles")
    numbers = dict(features(context, drafts))
    weights: dict[str, float] = model["weights"]
    numbers.update(dict.fromkeys(words(context.tokens.norms), 1.0))
    total = model["bias"] + fsum([weights[name] * value for name, value in numbers.items() if name in weights])
    return Grade(1 / (1 + exp(-max(-30.0, min(30.0, total)))), numbers)


def doubted(draft: Draft, context: Context, grade: Grade | None) -> bool:
    """Whether the grade speaks so clearly against what a rule found that it is not told.

    A record's facts need no grade, nor do dates, names and details; what a rule concludes from a bare abstract does.
    """
    if grade is None or context.study.curated or draft.rule in _FACTS:
        return False
    return grade.chance < DOUBT


_FACTS = frozenset({"CT302", "CT501", "CT502", "CT602"})
DOUBT = 0.15
"""Chance below which half of the findings of rules on bare abstracts are wrong, by the cross-validation of the grade."""


def told_by_grade(context: Context, grade: Grade | None, min_confidence: float | None) -> Draft | None:
    """What to tell of a sentence of which the rules told nothing; none where it most likely stays within the study.

    Args:
        context: the sentence.
        grade: its grade, if it has one.
        min_confidence: ``None`` for the grade's own threshold.
    """
    if grade is None:
        return None
    least = load("articles")["threshold"] if min_confidence is None else max(min_confidence, _LEAST)
    if grade.chance < least:
        return None
    scores = {
        kind: one["bias"] + fsum(one["weights"].get(name, 0.0) * value for name, value in grade.numbers.items())
        for kind, one in load("article_kinds").items()
    }
    chance = round(grade.chance, 4)
    for kind in sorted(scores, key=lambda kind: -scores[kind]):
        draft = _TELLING[kind](context, chance) if kind != "certainty" or grade.chance >= least + _VAGUE else None
        if draft is not None:
            return draft
    return None


_VAGUE = 0.1
"""By how much the grade must be surer where there is nothing to name but that the study goes less far."""


def is_asked(context: Context) -> bool:
    """Whether a sentence can be graded: it stands in an article on the study, and speaks in the writer's voice."""
    place = context.place
    if place is None or context.among_others or context.kind in _NOT_ASKED:
        return False
    if context.others_voice or context.own_words or found_before(context.tokens.norms):
        return False
    return place.linked >= _UNTIED or place.neighbours > 0 or context.is_about(_ABOUT)


_LEAST = 0.05
_UNTIED = 0.1  # chance below which a sentence far from those on the study is not held against it
_ABOUT = 0.33
_NOT_ASKED = frozenset({"abstract", "caveat", "quote"})


def _cause(context: Context, chance: float) -> Draft | None:
    """The article tells of an effect what the study tells of a link, or of none."""
    profile, study, about = context.profile, context.study, context.about or context.study.main
    if study.watched and (about is None or about.levels[1] <= _HALF):
        about = study.nearest_link(context.stems)
    bold = [one for one in profile.relations if one.group in _CAUSES and not one.denied]
    relation = min(bold, key=lambda one: one.group == "association", default=None)
    if about is None or (relation is None and profile.strength < _TELLS):
        return None
    null = about.levels[1] > _HALF and profile.strength >= _TELLS
    if study.watched and not null and relation is not None and relation.group == "association":
        return None  # "were less likely to": a link, told as a link
    if null:
        reason = f"The article tells an effect; of this the study says: {_quoted(about)}"
    elif study.watched:
        reason = f"The article tells it as an effect; the study watched and tested nothing: {_quoted(about)}"
    else:
        reason = f"The article tells more of an effect than the study, which says: {_quoted(about)}"
    start, end = clause_span(context, relation.span.start) if relation is not None else whole_span(context)
    return Draft("CT101", start, end, reason, "cause", chance, None, about, group="strength")


def _settled(context: Context, chance: float) -> Draft | None:
    """The article states as settled what the study does not say, or says with more care."""
    about = context.about or context.study.main
    groups = {one.group for one in context.profile.relations if not one.denied}
    if about is None or (groups == {"association"} and sum(about.levels[2:]) > _HALF):
        return None  # a link, where the study tells one
    reason = f"The article states this as settled; the study goes less far: {_quoted(about)}"
    return Draft("CT102", *whole_span(context), reason, "settled", chance, None, about, group="certainty")


def _condition(context: Context, chance: float) -> Draft | None:
    study = context.study
    unknown = (
        next((one for one in context.profile.condition if not knows(study, one)), None) if study.conditions else None
    )
    if unknown is None:
        return None
    return Draft(
        "CT201", unknown.span.start, unknown.span.end,
        f"The article speaks of {unknown.span.text.lower()}; the study looked at {condition_name(study)}.",
        "flat", chance, None, study.main, group="condition",
    )  # fmt: skip


def _population(context: Context, chance: float) -> Draft | None:
    study = context.study
    if not study.in_models or context.names_models or names_model(context.profile):
        return None
    meant = meant_people(context)
    start, end = (meant.start, meant.end) if meant is not None else whole_span(context)
    told = f"tells it of {told_whom(meant)}" if meant is not None else "names no model"
    return Draft(
        "CT202", start, end, f"The article {told}; the study saw it in {named_subjects(study, 'animals')}.",
        "told" if meant is not None else "models", chance, None, context.about or study.main, group="population",
    )  # fmt: skip


def _intervention(context: Context, chance: float) -> Draft | None:
    unknown = next(iter(unknown_interventions(context)), None)
    if unknown is None:
        return None
    given = context.study.study.interventions
    what = f"the study looked at {given[0].name}" if given else "the study's record does not name it"
    return Draft(
        "CT203", unknown.span.start, unknown.span.end, f"The article speaks of {unknown.span.text.lower()}; {what}.",
        "class", chance, None, context.study.main, group="intervention",
    )  # fmt: skip


def _size(context: Context, chance: float) -> Draft | None:
    size = strange_size(context)
    about = context.about or context.study.main
    if about is None:
        return None
    if size is not None:
        reason = f"The article gives {size.span.text}; the study's record gives no such number: {_quoted(about)}"
        return Draft(
            "CT301", size.span.start, size.span.end, reason, "number", chance, None, about, group="magnitude"
        )
    whole = next((one for one in context.phrases("absolutes")), None)
    if whole is None:
        return None
    start, end = context.at(whole)
    reason = f"“{context.text[start:end]}” leaves no room; the study says: {_quoted(about)}"
    return Draft("CT301", start, end, reason, "universal", chance, None, about, group="magnitude")


def _detail(context: Context, chance: float) -> Draft | None:
    """A dose, a time or a number of people that is none of the study's."""
    size = strange_size(context)
    if size is None or size.kind != "amount":
        return None
    return Draft(
        "CT501", size.span.start, size.span.end,
        f"The article gives {size.span.text}; the study's record does not.",
        "detail", chance, None, context.about or context.study.main, group="detail",
    )  # fmt: skip


def _tone(context: Context, chance: float) -> Draft | None:
    tone = next((one for one in context.profile.tone if not context.not_own_voice(*one.span[:2])), None)
    if tone is None:
        return None
    return Draft(
        "CT303", tone.span.start, tone.span.end, f"“{tone.span.text}” is the writer's own; the study says it without.",
        "mild", chance, None, context.study.main, group="tone",
    )  # fmt: skip


def _advice(context: Context, chance: float) -> Draft | None:
    cue = next((one for one in context.profile.advice_cues if not context.not_own_voice(one.start, one.end)), None)
    if cue is None and context.profile.advice < _ADDRESSED:
        return None
    start, end = (
        (cue.start, max(cue.end, len(context.text.rstrip(" .!")))) if cue is not None else whole_span(context)
    )
    return Draft(
        "CT401", start, end, "The article advises its readers; the study gives no such advice.",
        "beyond", chance, None, context.study.main, group="advice",
    )  # fmt: skip


def _unsupported(context: Context, chance: float) -> Draft | None:
    strange = strangest_words(context)
    if not strange:
        return None
    named = ", ".join(f"“{one.text}”" for one in strange)
    return Draft(
        "CT601", *whole_span(context), f"The article claims it of the study's subject; the study's record does not speak of {named}.",
        "authority", chance, None, None, words="", group="unsupported",
    )  # fmt: skip


_HALF = 0.5
_TELLS = 2  # strength from which on a statement tells a link
_ADDRESSED = 2  # the level from which on advice is given to somebody
_TELLING: dict[str, Callable[[Context, float], Draft | None]] = {
    "causal_strength": _cause, "certainty": _settled, "scope_condition": _condition, "scope_population": _population,
    "scope_intervention": _intervention, "magnitude": _size, "sensationalism": _tone, "advice": _advice,
    "unsupported": _unsupported, "misattribution": _detail,
}  # fmt: skip
"""How each kind is told; none where there would be nothing to check."""
KINDS = tuple(_TELLING)


def _quoted(about: FindingReading) -> str:
    words = " ".join(about.words.split())
    return words if len(words) <= _MOST_WORDS else words[:_MOST_WORDS].rsplit(" ", 1)[0] + " …"
