"""Sentences of an article that no words tie to its study, but that tell what follows from it all the same.

"In other words, …", "The lesson is that …", a headline: readers take them for the study's. They are held against it when
they claim something, in the writer's voice, of what it looked at.
"""

from __future__ import annotations

from claimtrace.checks.context import Context
from claimtrace.checks.extended import carries
from claimtrace.checks.flat import told_cause
from claimtrace.model.profile import Profile

_ON_ITS_SUBJECT = frozenset({"CT101", "CT201", "CT202", "CT401"})
"""Rules that ask for a sentence on what was studied."""
_BESIDE_IT = frozenset({"CT301", "CT303"})
"""Rules that ask for no more than a sentence beside one that rests on the study: they name a word that goes too far."""
_NONE: frozenset[str] = frozenset()
_ABOUT = 0.33
_NEARLY_ABOUT = 0.12
_ADVICE = 3
_LOUD = 2


def may_be_told_of_study(profile: Profile) -> bool:
    """Whether an unlinked sentence may be held against the article's study: it states something in the writer's voice."""
    return profile.speaker in ("writer", "study") and profile.certainty != "asked"


def rules_for_stray(context: Context) -> frozenset[str]:
    """Codes of the rules by which an unlinked sentence is held against the article's study, as far as it can be meant.

    Args:
        context: the sentence with the article's study.
    """
    profile = context.profile
    given = {one.concept for one in profile.intervention} & context.study.interventions
    on_subject = context.is_about(_ABOUT) or context.names_given or (bool(given) and profile.advice >= _ADVICE)
    claims = on_subject and (profile.advice >= _ADVICE or told_cause(context) is not None or carries(context))
    loud = any(one.level >= _LOUD for one in profile.tone)
    beside = context.place is not None and context.place.neighbours > 0 and not context.quoted
    near = beside and (loud or ("absolutes" in context.found and (bool(given) or context.aboutness >= _NEARLY_ABOUT)))
    return (_ON_ITS_SUBJECT if claims else _NONE) | (_BESIDE_IT if near else _NONE)
