"""CT401: the claim advises what the study does not, or against its authors."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft, whole_span
from claimtrace.checks.grading import advice_confidence

_REASSURES = frozenset(["discourage", "discouraged", "deter", "stop", "abandon", "refuse", "panic"])
_LEAVES = frozenset(
    ["stop", "stopping", "avoid", "avoiding", "refuse", "refusing", "reject", "rejecting", "quit", "ditch", "skip", "abandon", "alternative",
     "alternatives", "natural", "swap", "cancel"]
)  # fmt: skip
_ASKS = ("talk to your", "consult", "speak to your", "see your", "check with your", "ask your doctor", "ask your gp")
_READERS = 3


def check(context: Context) -> Iterator[Draft]:
    """Advice to readers in the writer's voice that goes beyond, or against, what the authors say."""
    if context.kind == "abstract" or context.own_words:
        return
    if context.study.curated:
        if context.is_about(_SUBJECT):
            yield from _against_record(context)
    elif context.alone and context.aboutness >= _ABOUT:
        yield from _graded(context)


_ABOUT = 0.2
_SUBJECT = 0.3


def advice_words(context: Context) -> list[str]:
    """What the grade of advice looks at: words, neighbours, how the claim advises, and what kind of thing was given."""
    norms, profile = context.tokens.norms, context.profile
    return [
        *norms,
        *(f"{a} {b}" for a, b in itertools.pairwise(norms)),
        f"level:{profile.advice}",
        f"own:{context.own_words}",
        f"about:{min(4, int(5 * context.aboutness))}",
        f"readers:{not _SPOKEN_TO.isdisjoint(norms)}",
        *(f"speaks of:{one.kind}" for one in profile.population),
        f"study:{context.study.advice}",
        f"strength:{profile.strength}",
        f"certainty:{profile.certainty}",
        *(f"given:{one.kind}" for one in profile.intervention),
        *(f"direction:{one.direction}" for one in profile.relations),
    ]


_SPOKEN_TO = frozenset({"you", "your", "we", "our", "us"})


def _against_record(context: Context) -> Iterator[Draft]:
    profile, study = context.profile, context.study
    unnamed = bool(context.phrases("authority"))
    if profile.advice < _READERS or (profile.speaker != "writer" and not unnamed):
        return
    cue = next(
        (
            one
            for one in profile.advice_cues
            if not context.not_own_voice(one.start, one.end)
            and not context.text[one.start :].lower().startswith(_ASKS)
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
