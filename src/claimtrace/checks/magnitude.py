"""CT301: the claim gives a size, rate or absolute that the study does not."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft, clause_span
from claimtrace.model.profile import Magnitude

_ABSOLUTE = frozenset(
    [
        "stop",
        "stops",
        "stopped",
        "stopping",
        "prevent",
        "prevents",
        "prevented",
        "eliminate",
        "eliminates",
        "eradicate",
        "eradicates",
        "cure",
        "cures",
        "cured",
        "guarantee",
        "guarantees",
    ]
)
_STUDY_ABSOLUTE = frozenset(
    ["stop", "prevent", "eliminate", "eradicat", "cure", "abolish", "block", "complet", "eliminat"]
)
_EVERY = frozenset({"all", "every", "always", "never", "everyone", "anyone", "nobody", "none", "any"})
_OFTEN = frozenset({"often", "most"})
_TIME = frozenset(
    {
        "all over",
        "all the",
        "at all",
        "after all",
        "first of all",
        "above all",
        "for all",
        "not all",
        "of all",
        "all about",
    }
)


def check(context: Context) -> Iterator[Draft]:
    """Compare sizes with the study's numbers, and absolutes and frequencies with its words."""
    profile, study = context.profile, context.study
    if (
        context.others_voice
        or context.kind in ("abstract", "caveat", "background")
        or profile.certainty in ("asked", "denied")
    ):
        return
    numbers = [
        one
        for one in profile.magnitude
        if one.kind in ("percent", "percentage points", "fold", "ratio") and one.value is not None
    ]
    for one in numbers:
        if context.in_quote(one.span.start, one.span.end) or not profile.relations:
            continue
        wrong = _wrong_number(context, one)
        if wrong is not None:
            yield wrong
            return
    if not profile.relations or not study.findings:
        return
    tokens = context.tokens
    about = context.about or study.main
    for at, norm in enumerate(tokens.norms):
        start, end = tokens.starts[at], tokens.ends[at]
        if context.in_quote(start, end) or _hedged_at(context, start):
            continue
        pair = " ".join(tokens.norms[max(0, at - 1) : at + 1]), " ".join(tokens.norms[at : at + 2])
        if (
            norm in _ABSOLUTE
            and study.curated
            and about is not None
            and about.id is not None
            and context.kind != "headline"
        ):
            if (
                _study_says(context, _STUDY_ABSOLUTE)
                or not _same_effect(context)
                or "or" in tokens.norms[max(0, at - 2) : at]
            ):
                continue
            first, last = clause_span(context, start)
            role = "absolute" if about.role == "remedy" else "word"
            yield Draft(
                "CT301",
                first,
                last,
                f"“{norm}” leaves nothing over; the study reports less: {about.words}",
                role,
                0.58,
                None,
                about,
                group="magnitude",
            )
            return
        if (
            norm in _OFTEN
            and study.curated
            and profile.strength >= 5
            and profile.certainty == "asserted"
            and not _study_says(context, frozenset({norm, "major", "frequent", "common"}))
        ):
            if (
                norm == "most"
                and tokens.norms[at + 1 : at + 2]
                and (
                    tokens.norms[at + 1].endswith(("ive", "al", "ous", "ed", "ant", "ent", "ing", "ful"))
                    or tokens.norms[at - 1 : at] == ["the"]
                    or tokens.norms[at + 1] in ("of", "common", "likely")
                )
            ):
                continue
            if not any(one.span.start >= start for one in profile.relations):
                continue
            first, last = clause_span(context, start)
            yield Draft(
                "CT301",
                first,
                last,
                f"“{norm}” is a rate; the study gives none.",
                "rate",
                0.6,
                _without(context, at),
                about,
                group="magnitude",
            )
            return
        if (
            norm in _EVERY
            and not set(pair) & _TIME
            and not context.names_models
            and _counts(context, at)
            and profile.certainty == "asserted"
            and not _study_says(context, frozenset({norm}))
        ):
            if profile.strength < 5:
                continue
            yield Draft(
                "CT301",
                start,
                end,
                f"“{norm}” knows no exception; the study does not say that of all.",
                "universal",
                0.58,
                None,
                about,
                group="magnitude",
            )
            return


def _wrong_number(context: Context, one: Magnitude) -> Draft | None:
    """A size that the study does not give, where the study gives others of its kind."""
    study = context.study
    value = one.value or 0.0
    if value in study.numbers or not study.numbers:
        return None
    ratios = {n for n in study.numbers if 0 < n < 20 and n != int(n)}
    near = (
        {abs(ratio - 1) * 100 for ratio in ratios}
        | {abs(1 - 1 / ratio) * 100 for ratio in ratios if ratio}
        | {n * 100 for n in study.numbers if 0 < n < 1}
    )
    if one.kind == "percent" and any(abs(value - n) <= max(1.0, 0.06 * n) for n in near | study.numbers):
        return None
    if one.kind == "fold" and any(abs(value - n) < 0.2 for n in study.numbers):
        return None
    own = [m for f in study.findings for m in f.profile.magnitude if m.kind == one.kind and m.value is not None]
    if not own or not study.curated or context.about is None:
        return None
    if len(context.stems & context.about.terms) < 4:
        return None
    mine = own[0]
    return Draft(
        "CT301", one.span.start, one.span.end,
        f"The article gives {one.span.text}; the study gives {mine.span.text}.",
        "number", 0.62, None, context.about, group="magnitude",
    )  # fmt: skip


def _study_says(context: Context, stems: frozenset[str]) -> bool:
    return any(term.startswith(tuple(stems)) for term in context.study.terms)


def _same_effect(context: Context) -> bool:
    about = context.about
    return about is not None and len(context.stems & about.terms) >= 3


def _hedged_at(context: Context, start: int) -> bool:
    return any(
        hedge.scope_start <= start < hedge.scope_end and hedge.group != "capability"
        for hedge in context.profile.hedges
    )


def _counts(context: Context, at: int) -> bool:
    """ "all patients", "every cancer": the quantifier stands before what was studied."""
    end = context.tokens.ends[at]
    near = [one.span.start for one in (*context.profile.population, *context.profile.condition)]
    return any(end <= start <= end + 18 for start in near) or context.tokens.norms[at] in ("always", "never")


def _without(context: Context, at: int) -> str | None:
    if context.tokens.norms[at] != "often":
        return None
    start, end = context.tokens.starts[at], context.tokens.ends[at]
    return context.text[:start] + "can" + context.text[end:] if context.profile.relations else None
