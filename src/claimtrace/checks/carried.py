"""CT202: what was seen in animals or cells, told flatly of people, or in a headline that names no model."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft, names_model, whole_span
from claimtrace.checks.flat import told_cause
from claimtrace.checks.population import meant_people, told_whom
from claimtrace.checks.wording import in_models, named_subjects

_TOLD, _HEADLINE = 0.72, 0.64
_ABOUT = 0.25


def check(context: Context) -> Iterator[Draft]:
    """Asked where the study, by its record or by its title and abstract, was done on models alone."""
    profile, study = context.profile, context.study
    if (
        not study.in_models
        or study.people_measured
        or context.names_models
        or names_model(profile)
        or context.others_voice
        or context.among_others
        or context.quoted
        or context.kind in ("abstract", "caveat")
        or profile.certainty != "asserted"
        or any(one.group != "limiter" for one in profile.hedges)
        or not (context.is_about(_ABOUT) or context.names_given)
        or told_cause(context) is None
    ):
        return
    meant = meant_people(context)
    if meant is not None:
        yield Draft(
            "CT202", meant.start, meant.end,
            f"The article tells it of {told_whom(meant)}; the study saw it in {named_subjects(study, 'animals')}.",
            "told", _TOLD, None, context.about or study.main, group="population",
        )  # fmt: skip
    elif context.headline and not any(one.kind == "people" and one.marker for one in study.findings):
        yield Draft(
            "CT202", *whole_span(context),
            f"The headline tells it as shown and names no model; the study saw it in {named_subjects(study, 'animals')}.",
            "models", _HEADLINE, in_models(context.text, study), context.about or study.main, group="population",
        )  # fmt: skip
