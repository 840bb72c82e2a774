"""CT201, CT203: the finding is told of another disease or another treatment, which the study nowhere names."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft, names_model
from claimtrace.checks.scope import extended, knows
from claimtrace.checks.wording import condition_name
from claimtrace.matching.terms import terms
from claimtrace.model.profile import Intervention, Span
from claimtrace.text.tokens import tokenize
from claimtrace.text.word_classes import word_class

_CARRIES = word_class("words that carry a finding further")
_WORKS = word_class("words for what works or harms")
_TOO_WIDE = word_class("classes too wide to be a treatment's")
_CONFIDENCE = 0.62
_GIVEN = frozenset({"drug", "food", "supplement", "therapy", "surgery", "vaccine"})


def check(context: Context) -> Iterator[Draft]:
    """ "The same treatment works for …", "… are just as bad": a word carries the finding over, flatly."""
    profile, study = context.profile, context.study
    if (
        not carries(context)
        or context.others_voice
        or context.among_others
        or context.quoted
        or context.own_words
        or context.kind in ("abstract", "caveat", "background", "quote")
        or profile.speaker not in ("writer", "study")
        or any(one.group != "limiter" for one in profile.hedges)
        or profile.certainty not in ("asserted", "denied")
        or names_model(profile)
        or not _effect(context)
    ):
        return
    for one in profile.condition:
        if not _carried(context, one.span) or _brought_about(context, one.span):
            continue
        if profile.certainty == "asserted" and study.conditions and not knows(study, one):
            what = f"carries the finding over to {one.span.text.lower()}"
            yield extended(study, one.span.start, one.span.end, what, _CONFIDENCE)
            return
    if profile.condition and study.conditions and profile.certainty == "asserted":
        return
    for one in unknown_interventions(context):
        if _carried(context, one.span) and one.concept not in _TOO_WIDE and study.interventions:
            yield Draft(
                "CT203", one.span.start, one.span.end,
                f"The article tells the finding of {one.span.text.lower()}; the study did not look at it. It looked at {condition_name(study)}."
                if not study.study.interventions
                else f"The article tells the finding of {one.span.text.lower()}; the study looked at {study.study.interventions[0].name}.",
                "class", _CONFIDENCE, None, study.main, group="intervention",
            )  # fmt: skip
            return


def carries(context: Context) -> bool:
    """Whether a word carries a finding further: "also", "the same", "whatever", "just as", "not only"."""
    norms = context.tokens.norms
    if not _CARRIES.isdisjoint(norms):
        return True
    return ("just" in norms or "only" in norms) and any(_pair(norms, at) for at in range(len(norms) - 1))


def _pair(norms: list[str], at: int) -> bool:
    """ "just as", "not only", "isn't only"."""
    first, second = norms[at : at + 2]
    return (first, second) == ("just", "as") or (
        second in ("only", "just") and (first == "not" or first.endswith("n't"))
    )


def _carried(context: Context, span: Span) -> bool:
    """Such a word stands near, or the claim speaks of "the same"."""
    norms = context.tokens.norms
    first, last = context.token_at(span.start), context.token_at(span.end)
    near = range(max(0, first - _REACH), min(len(norms) - 1, last + _REACH))
    return "same" in norms or any(
        (norms[at] in _CARRIES and (norms[at] != "too" or not norms[at + 1].isalpha())) or _pair(norms, at)
        for at in near
    )  # "too small" is no "too"


_REACH = 5


def _brought_about(context: Context, span: Span) -> bool:
    """ "results in …, hence also": the disease is what comes of it, and not where it was seen."""
    causes = (one for one in context.profile.relations if one.group == "cause" and one.span.end <= span.start)
    return "same" not in context.tokens.norms and any(one.direction == "increases" for one in causes)


def _effect(context: Context) -> bool:
    """Something is said to work, to harm, or to go with something."""
    return bool(
        any(not one.denied or context.profile.certainty == "denied" for one in context.profile.relations)
    ) or not _WORKS.isdisjoint(context.tokens.norms)


def unknown_interventions(context: Context) -> list[Intervention]:
    """Treatments and foods of the claim that the study nowhere names, nor a class or a part of them."""
    study = context.study
    known = study.interventions | study.wider_interventions
    return [
        one
        for one in context.profile.intervention
        if one.kind in _GIVEN
        and one.concept not in known
        and study.interventions.isdisjoint(one.wider)
        and not any(term in study.near for term in terms(tokenize(one.span.text).norms))
    ]
