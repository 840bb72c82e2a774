"""Sentences of an article that no words tie to its study, but that tell what follows from it all the same.

"In other words, …", "The lesson is that …", a headline: readers take them for the study's. They are held against it when
they claim something, in the writer's voice, of what it looked at.
"""

from __future__ import annotations

from collections.abc import Mapping

from claimtrace.checks.context import Context
from claimtrace.checks.extended import carries
from claimtrace.checks.flat import told_cause
from claimtrace.checks.run import check_claim
from claimtrace.model.profile import Profile
from claimtrace.model.results import Overstatement
from claimtrace.text.phrases import Match

_ON_ITS_SUBJECT = frozenset({"CT101", "CT201", "CT202", "CT401"})
"""Rules that ask for a sentence on what was studied."""
_BESIDE_IT = frozenset({"CT301", "CT303"})
"""Rules that ask for no more than a sentence beside one that rests on the study: they name a word that goes too far."""
_ABOUT = 0.33
_NEARLY_ABOUT = 0.12
_ADVICE = 3
_LOUD = 2


def may_be_told_of_study(profile: Profile, found: Mapping[str, list[Match]]) -> bool:
    """Whether an unlinked sentence claims enough, in the writer's own voice, to be held against the article's study."""
    if profile.speaker not in ("writer", "study") or profile.certainty == "asked":
        return False
    return bool(
        profile.relations
        or profile.advice >= _ADVICE
        or any(one.level >= _LOUD for one in profile.tone)
        or "absolutes" in found
        or profile.condition
        or profile.intervention
    )


def check_stray(
    context: Context, offset: int, min_confidence: float | None, *, beside: bool
) -> tuple[Overstatement, ...]:
    """Overstatements of an unlinked sentence, as far as the article's study can be what it speaks of.

    Args:
        context: the sentence with the article's study.
        offset: its place in the document.
        min_confidence: as in ``check_claim``.
        beside: a neighbouring sentence rests on the study.
    """
    given = {one.concept for one in context.profile.intervention} & context.study.interventions
    on_subject = (
        context.is_about(_ABOUT) or context.names_given or (bool(given) and context.profile.advice >= _ADVICE)
    )
    near = (
        beside
        and not context.quoted
        and (bool(given) or context.aboutness >= _NEARLY_ABOUT or bool(context.profile.tone))
    )
    if not on_subject and not near:
        return ()
    claims = on_subject and (context.profile.advice >= _ADVICE or told_cause(context) is not None or carries(context))
    told = check_claim(context, offset, min_confidence) if claims or near else ()
    return tuple(one for one in told if (one.rule in _ON_ITS_SUBJECT and claims) or (one.rule in _BESIDE_IT and near))
