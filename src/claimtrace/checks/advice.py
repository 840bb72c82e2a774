"""CT401: the claim advises what the study does not, or against its authors."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft
from claimtrace.checks.grading import advice_confidence

_REASSURES = frozenset(["discourage", "discouraged", "deter", "stop", "abandon", "refuse", "panic"])
_LEAVES = frozenset(
    [
        "stop",
        "stopping",
        "avoid",
        "avoiding",
        "refuse",
        "refusing",
        "reject",
        "rejecting",
        "quit",
        "ditch",
        "skip",
        "abandon",
        "alternative",
        "alternatives",
        "natural",
    ]
)
_ASKS = ("talk to your", "ask your", "consult", "speak to your", "see your", "check with your")


def check(context: Context) -> Iterator[Draft]:
    """Advice to readers in the writer's voice that goes beyond, or against, what the authors say."""
    profile, study = context.profile, context.study
    if (
        profile.advice == 0
        or context.kind == "abstract"
        or profile.speaker in ("author", "study", "expert", "institution", "other")
    ):
        return
    cue = profile.advice_cues[0]
    if context.in_quote(cue.start, cue.end) or any(
        context.text[cue.start :].lower().startswith(one) for one in _ASKS
    ):
        return
    norms = context.tokens.norms
    against = any(
        note.to == "readers" and _REASSURES & set(note.text.lower().replace(",", " ").split())
        for note in study.study.advice
    )
    turns_away = bool(_LEAVES & set(norms))
    if study.curated:
        if profile.advice < 3 or (study.advice >= 3 and not (against and turns_away)):
            return
        cue = next((one for one in profile.advice_cues), cue)
        start, end = cue.start, len(context.text.rstrip(" .!"))
        yield Draft(
            "CT401", start, end,
            "The article advises its readers; the authors of the study advise against turning away from treatment." if against and turns_away
            else "The article advises its readers; the study gives no such advice.",
            "against" if against and turns_away else "beyond", 0.62, None, study.main,
            words=next((note.quote or note.text for note in study.study.advice), None), group="advice",
        )  # fmt: skip
        return
    confidence = advice_confidence([*norms, *(f"{a} {b}" for a, b in itertools.pairwise(norms))])
    if profile.advice <= study.advice:
        confidence *= 0.7
    yield Draft(
        "CT401", cue.start, cue.end,
        "The article advises more directly than the study does.", "beyond", confidence, None, study.main, group="advice",
    )  # fmt: skip


def graded(context: Context) -> Iterator[Draft]:
    """The grade of statements that advise without any of the lexicon's words, for callers that ask for everything."""
    if context.study.curated or context.profile.advice:
        return
    norms = context.tokens.norms
    confidence = advice_confidence([*norms, *(f"{a} {b}" for a, b in itertools.pairwise(norms))])
    yield Draft(
        "CT401", 0, len(context.text), "The article advises more directly than the study does.", "beyond", 0.9 * confidence, None,
        context.study.main, group="advice",
    )  # fmt: skip
