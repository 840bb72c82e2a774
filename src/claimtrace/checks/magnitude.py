"""CT301: the claim gives a size, rate or absolute that the study does not."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft, acts, clause_span
from claimtrace.model.profile import Magnitude
from claimtrace.text.phrases import Match

_SIZES = frozenset({"percent", "percentage points", "fold", "ratio", "doubling"})
_SAME = 0.06  # share by which a number may differ and still be the study's, rounded
_ABOUT = 0.35
_BEFORE = 12
_ADJECTIVE = ("ive", "al", "ous", "ed", "ant", "ent", "ing", "ful")
_NOT_ALL = frozenset(
    {"all over", "all the", "at all", "after all", "of all", "above all", "for all", "not all", "all about", "all cause", "all causes"}
)  # fmt: skip
_UNITS = frozenset(
    {"year", "years", "month", "months", "week", "weeks", "day", "days", "kilos", "kilograms", "kg", "pounds"}
)


def check(context: Context) -> Iterator[Draft]:
    """Compare sizes with the study's numbers, and absolutes and frequencies with its words."""
    profile, study = context.profile, context.study
    if (
        context.others_voice
        or context.kind in ("abstract", "caveat", "background")
        or profile.certainty in ("asked", "denied")
        or not context.is_about(_ABOUT)
    ):
        return
    if any(acts(context, one) for one in profile.relations) or context.alone:
        for one in profile.magnitude:
            if not context.not_own_voice(one.span.start, one.span.end):
                wrong = _wrong_size(context, one)
                if wrong is not None:
                    yield wrong
                    return
    if not study.curated or not study.findings or not profile.relations or context.own_words:
        return
    for match in context.phrases("absolutes"):
        start, end = context.at(match)
        if context.not_own_voice(start, end) or _hedged_at(context, start) or _says(context, match):
            continue
        role = str(match.sense.attrs["role"])
        draft = {"absolute": _absolute, "universal": _universal, "rate": _rate}[role](context, match)
        if draft is not None:
            yield draft
            return


def _wrong_size(context: Context, one: Magnitude) -> Draft | None:
    """A size that the study does not give, where the study gives others of its kind."""
    study = context.study
    if one.value is None:
        return None
    if one.kind == "amount":
        return _wrong_unit(context, one)
    if one.kind not in _SIZES:
        return None
    sizes = [size for size in study.sizes if size.kind in _SIZES and size.value is not None]
    if not sizes:
        return None
    value = _as_percent(one)
    known = {_as_percent(size) for size in sizes}
    # A record may print its ratios bare: 1.20 (1.15 to 1.24).
    ratios = {size.value for size in sizes if size.kind == "ratio" and size.value}
    ratios |= {number for number in study.numbers if 0 < number < 20 and number != int(number)}
    known |= {abs(ratio - 1) * 100 for ratio in ratios} | {abs(1 - 1 / ratio) * 100 for ratio in ratios}
    rests = {100 - size for size in known if 0 < size < 100}
    known |= study.numbers
    if any(abs(value - size) <= max(1.0, _SAME * size) for size in known) or any(
        abs(value - one) <= 1 for one in rests
    ):
        return None
    # Differences and ratios of the study's own numbers are its numbers too.
    shares = sorted(_as_percent(size) for size in sizes if size.kind == "percent")
    if any(
        abs(value - abs(a - b)) <= 1 or (b and abs(value - abs(a - b) / b * 100) <= 2) for a in shares for b in shares
    ):
        return None
    mine = next((size for size in sizes if size.kind == one.kind), sizes[0])
    return Draft(
        "CT301", one.span.start, one.span.end,
        f"The article gives {one.span.text}; the study gives {mine.span.text}.",
        "number", 0.62 if study.curated or context.alone else 0.5, None, context.about or study.main, group="magnitude",
    )  # fmt: skip


def _wrong_unit(context: Context, one: Magnitude) -> Draft | None:
    """ "14 years" where the study has 14 per cent."""
    study = context.study
    if one.unit not in _UNITS or not (context.alone or context.profile.relations):
        return None
    same = [size for size in study.sizes if size.value == one.value]
    if not any(size.kind == "percent" for size in same) or any(size.unit == one.unit for size in same):
        return None
    return Draft(
        "CT301", one.span.start, one.span.end,
        f"The article gives {one.span.text}; in the study it is {next(s.span.text for s in same if s.kind == 'percent')}.",
        "number", 0.62, None, context.about or study.main, group="magnitude",
    )  # fmt: skip


def _as_percent(one: Magnitude) -> float:
    """A change in per cent: "doubles" and "2-fold" are 100 more."""
    value = one.value or 0.0
    return (
        (value - 1) * 100
        if one.kind in ("fold", "doubling") and value >= 1
        else value * 100
        if one.kind == "fold"
        else value
    )


def _absolute(context: Context, match: Match) -> Draft | None:
    about = context.about or context.study.main
    norms = context.tokens.norms
    flat = not any(hedge.group != "limiter" for hedge in context.profile.hedges)
    if about is None or about.id is None or "or" in norms[max(0, match.first - 2) : match.first] or not flat:
        return None
    start, _ = context.at(match)
    near = [one for one in context.profile.relations if start - 8 <= one.span.start <= start + 8]
    if near and not any(acts(context, one) for one in near):
        return None
    if not (len(context.stems & about.terms) >= 3 or context.headline):
        return None
    first, last = clause_span(context, start)
    return Draft(
        "CT301", first, last, f"“{' '.join(norms[match.first : match.last])}” leaves nothing over; the study reports less: {about.words}",
        "absolute" if about.role == "remedy" or context.headline else "word", 0.58, None, about, group="magnitude",
    )  # fmt: skip


def _universal(context: Context, match: Match) -> Draft | None:
    """ "all patients", "every cancer", "never": the quantifier stands before what was studied, or knows no time."""
    norms = context.tokens.norms
    pair = " ".join(norms[max(0, match.first - 1) : match.last]), " ".join(norms[match.first : match.last + 1])
    if set(pair) & _NOT_ALL or context.names_models or context.profile.certainty != "asserted":
        return None
    if context.profile.strength < 5:
        return None
    start, end = context.at(match)
    near = [one.span.start for one in (*context.profile.population, *context.profile.condition)]
    if norms[match.first] not in ("always", "never") and not any(end <= at <= end + 18 for at in near):
        return None
    return Draft(
        "CT301", start, end, f"“{context.text[start:end]}” knows no exception; the study does not say that of all.",
        "universal", 0.58, None, context.about or context.study.main, group="magnitude",
    )  # fmt: skip


def _rate(context: Context, match: Match) -> Draft | None:
    norms, profile = context.tokens.norms, context.profile
    if profile.strength < 5 or profile.certainty != "asserted":
        return None
    after = norms[match.last] if match.last < len(norms) else ""
    if norms[match.first] == "most" and (
        after.endswith(_ADJECTIVE)
        or after in ("of", "common", "likely")
        or norms[match.first - 1 : match.first] == ["the"]
    ):
        return None
    start, end = context.at(match)
    # The rate is the effect's own only where it stands right before it: "often lead to", not "often used for".
    if not any(start <= one.span.start <= end + _BEFORE and acts(context, one) for one in profile.relations):
        return None
    first, last = clause_span(context, start)
    return Draft(
        "CT301", first, last, f"“{' '.join(norms[match.first : match.last])}” is a rate; the study gives none.",
        "rate", 0.6, _can_instead(context, match), context.about or context.study.main, group="magnitude",
    )  # fmt: skip


def _says(context: Context, match: Match) -> bool:
    """The study says as much itself."""
    allows = tuple(match.sense.attrs["allows"])
    return any(term.startswith(allows) for term in context.study.terms)


def _hedged_at(context: Context, start: int) -> bool:
    return any(
        hedge.scope_start <= start < hedge.scope_end and hedge.group != "capability"
        for hedge in context.profile.hedges
    )


def _can_instead(context: Context, match: Match) -> str | None:
    """ "often lead to" becomes "can lead to"."""
    if context.tokens.norms[match.first] != "often":
        return None
    start, end = context.at(match)
    return context.text[:start] + "can" + context.text[end:]
