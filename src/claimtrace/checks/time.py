"""CT302: the claim sells an old study as new. Needs the article's own date and the study's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from claimtrace.checks.context import Context, Draft
from claimtrace.checks.wording import replaced
from claimtrace.text.word_classes import word_class

_A_YEAR = 365
_RESEARCH = word_class("published work")


def check(context: Context) -> Iterator[Draft]:
    """Say so when more than a year lies between the study and an article that calls it new."""
    study = context.study.study
    age = age_in_days(study.published, context.document_published)
    if age is None or age <= _A_YEAR or not context.profile.novelty or context.others_voice:
        return
    cue = context.profile.novelty[0]
    if context.in_quote(cue.start, cue.end):
        return
    years = round(age / 365.25, 1)
    year = study.year
    words = cue.text.split(" ")
    noun = next((at for at, one in enumerate(words) if one.lower() in _RESEARCH), 0)
    word = f"{year} {' '.join(words[noun:])}" if noun else None
    yield Draft(
        "CT302", cue.start, cue.end,
        f"The article calls it “{cue.text}”; the study came out in {study.published}, {years:g} years before the article ({context.document_published}).",
        "old", 0.93, replaced(context.text, cue.start, cue.end, _kept(cue.text, word)) if word else None, context.study.main,
        words=f"{study.journal or 'Published'}, {study.published}", group="novelty",
    )  # fmt: skip


def age_in_days(study: str | None, article: str | None) -> int | None:
    """Days from study to article; ``None`` when either has no date. A bare year counts as its last day."""
    if not study or not article:
        return None
    try:
        first = date.fromisoformat(
            study if len(study) == 10 else f"{study}-28" if len(study) == 7 else f"{study}-12-31"
        )
        return (date.fromisoformat(article[:10]) - first).days
    except ValueError:
        return None


def _kept(cue: str, word: str) -> str:
    head = cue.split(" ")[0].lower()
    return f"{head} {word}" if head in ("a", "the", "this") else word
