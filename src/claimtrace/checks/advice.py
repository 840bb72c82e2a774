"""CT401: the claim advises what the study does not, or against its authors."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.certainty import denies_proof
from claimtrace.checks.context import Context, Draft, names_model, whole_span
from claimtrace.checks.grading import advice_confidence
from claimtrace.text.word_classes import word_class

_REASSURES = frozenset(["discourage", "discouraged", "deter", "stop", "abandon", "refuse", "panic"])
_LEAVES = word_class("words of leaving a treatment")
_ASKS = ("talk to your", "consult", "speak to your", "see your", "check with your", "ask your doctor", "ask your gp")
_READERS = 3
_URGED = frozenset({"should", "must", "need", "needs", "ought", "to"})
"""Words that urge without an order: these may be another's."""


def check(context: Context) -> Iterator[Draft]:
    """Advice to readers in the writer's voice that goes beyond, or against, what the authors say."""
    if context.kind == "abstract" or context.own_words or _of_old(context) or _cautions(context):
        return
    if context.study.curated:
        if context.is_about(_SUBJECT) or _names_given(context):
            yield from _against_record(context)
    elif (
        context.alone
        and not denies_proof(context)
        and not context.study.words_it_so(context.stems)
        and (not context.in_document or (context.profile.advice >= _EXPLICIT and context.aboutness >= _ABOUT))
    ):
        yield from _graded(context)


_ABOUT = 0.2
_EXPLICIT = 2  # the level from which on the words advise: many sentences of an article can merely be acted on
_SUBJECT = 0.3
_LETTERS = 40  # of one step of a claim's length
_LONGEST = 6  # steps from which on a claim is just long


def advice_words(context: Context) -> list[str]:
    """What the grade of advice looks at: the claim's words, what it speaks of, how firmly and to whom, and its length.

    Whether something can be acted on shows in what is spoken of (food, exercise, pills) more than in how.
    """
    profile = context.profile
    return [
        *sorted(context.stems),
        f"level:{profile.advice}",
        f"readers:{not _SPOKEN_TO.isdisjoint(context.tokens.norms)}",
        f"strength:{profile.strength}",
        f"certainty:{profile.certainty}",
        f"length:{min(_LONGEST, len(context.text) // _LETTERS)}",
        *(f"speaks of:{one.kind}" for one in profile.population),
        *(f"role:{one.role}" for one in profile.population),
        *(f"given:{kind}" for one in profile.intervention for kind in (one.kind, one.concept, *one.wider)),
        *(f"condition:{one.concept}" for one in profile.condition),
        *(f"outcome:{one.concept}" for one in profile.outcome),
        *(f"relation:{name}" for one in profile.relations for name in (one.group, one.direction)),
        *(["sized"] if profile.magnitude else []),
        *(["toned"] if profile.tone else []),
    ]


_SPOKEN_TO = frozenset({"you", "your", "we", "our", "us"})


def _against_record(context: Context) -> Iterator[Draft]:
    profile, study = context.profile, context.study
    unnamed = bool(context.phrases("authority"))
    opens = (
        not context.quoted
        and (profile.speaker == "writer" or (profile.speaker == "study" and ":" in context.text))
        and any(one.start == 0 and _URGED.isdisjoint(one.text.lower().split()) for one in profile.advice_cues)
    )
    if profile.advice < _READERS or (profile.speaker != "writer" and not unnamed and not opens):
        return
    cue = next(
        (
            one
            for one in profile.advice_cues
            if not context.not_own_voice(one.start, one.end) and not _asks(context.text[one.start :].lower())
        ),
        None,
    )
    if cue is None:
        return
    against = bool(_LEAVES & set(context.tokens.norms)) and any(
        note.to == "readers" and _REASSURES & set(note.text.lower().replace(",", " ").split())
        for note in study.study.advice
    )
    if study.advice >= _READERS and not against:
        return
    yield Draft(
        "CT401", cue.start, max(cue.end, len(context.text.rstrip(" .!"))),
        "The article advises its readers; the authors of the study advise against turning away from treatment." if against
        else "The article advises its readers; the study gives no such advice.",
        "against" if against else "beyond", 0.62, None, study.main,
        words=next((note.quote or note.text for note in study.study.advice), None), group="advice",
    )  # fmt: skip


def _cautions(context: Context) -> bool:
    """ "Nobody should take steroids at home": a warning off a drug carries no finding further; nor is an order given of mice."""
    warns = not _WARNS.isdisjoint(context.tokens.norms) or any(norm.endswith("n't") for norm in context.tokens.norms)
    drugs = any(one.kind in _DRUGS for one in context.profile.intervention)
    stops = not _LEAVES.isdisjoint(context.tokens.norms)
    return names_model(context.profile) or (warns and drugs and not stops and context.study.curated)


_DRUGS = frozenset({"drug", "supplement"})


def _names_given(context: Context) -> bool:
    """What the study gave, or a class of it, is named, and urged: a warning off may be anybody's."""
    if not _WARNS.isdisjoint(context.tokens.norms) or any(norm.endswith("n't") for norm in context.tokens.norms):
        return False
    given = context.study.interventions - _ANYTHING
    return any(one.concept in given for one in context.profile.intervention)


_WARNS = frozenset({"not", "never", "no", "nobody", "without", "before", "unless"})
_ANYTHING = frozenset({"drug", "food", "diet", "drinks", "sleep", "body weight", "smoking"})


def _of_old(context: Context) -> bool:
    """ "So parents used to be told": the advice of others, and of old."""
    return any(one.sense.attrs["role"] == "old advice" for one in context.phrases("naming"))


def _asks(words: str) -> bool:
    """ "Ask your doctor", but not "ask your doctor for the pill"."""
    return words.startswith(_ASKS) and " for " not in words[: max(len(one) for one in _ASKS) + len(" for ")]


def _graded(context: Context) -> Iterator[Draft]:
    """For a study of title and abstract alone: how likely people would say that the report advises beyond it."""
    profile = context.profile
    cue = next((one for one in profile.advice_cues if not context.not_own_voice(one.start, one.end)), None)
    start, end = (cue.start, cue.end) if cue else whole_span(context)
    yield Draft(
        "CT401", start, end,
        "The article advises more directly than the study does." if cue else "It reads as something to act on; the study gives no such advice.",
        "beyond", advice_confidence(advice_words(context)), None, context.study.main, group="advice",
    )  # fmt: skip
