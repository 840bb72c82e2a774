"""CT101: a cause told flatly, where the study only watched."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft, clause_span
from claimtrace.checks.flat import told_cause
from claimtrace.checks.wording import hedged_wording

_CAUSE, _RISK = 0.8, 0.76
"""A cause in so many words, and a verb that moves a risk ("slashes the risk")."""
_ABOUT = 0.25


def check(context: Context) -> Iterator[Draft]:
    """Asked of every sentence: the study's design says that it cannot show a cause."""
    study = context.study
    if (
        not study.watched
        or context.others_voice
        or context.among_others
        or context.kind in ("abstract", "caveat")
        or context.own_words
        or not (context.is_about(_ABOUT) or context.names_given)
    ):
        return
    relation = told_cause(context)
    if relation is None:
        return
    finding = study.nearest_link(context.stems)
    words = finding.words if finding is not None else study.study.title
    yield Draft(
        "CT101", *clause_span(context, relation.span.start),
        f"The article tells a cause; the study watched and tested nothing, so that it can show a link at most: {words.rstrip('.')}.",
        "cause", _CAUSE if relation.group == "cause" else _RISK, hedged_wording(context.text, relation.span, False), finding, group="strength",
    )  # fmt: skip
