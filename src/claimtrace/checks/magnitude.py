"""CT301: the claim gives a size, rate or absolute that the study does not."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft, acts, clause_span
from claimtrace.checks.study_reading import FindingReading, StudyReading
from claimtrace.matching.terms import terms
from claimtrace.model.profile import Magnitude
from claimtrace.profile.numbers import number_at
from claimtrace.text.phrases import Match
from claimtrace.text.tokens import tokenize
from claimtrace.text.word_classes import word_class

_SIZES = frozenset({"percent", "percentage points", "fold", "ratio", "doubling"})
_SAME = 0.06  # share by which a number may differ and still be the study's, rounded
_ROUND = 0.15  # the same for a fraction in words: "a third" is said of 30 and of 37 per cent
_OFTEN = (
    "a day",
    "a week",
    "a month",
    "a year",
    "per day",
    "per week",
    "per month",
    "per year",
    "daily",
    "weekly",
    "each day",
    "each week",
)
_ABOUT = 0.35
_BEFORE = 12
_NEXT = 14
_ADJECTIVE = ("ive", "al", "ous", "ed", "ant", "ent", "ing", "ful")
_NOT_ALL = word_class("all and every that mean no whole")
_UNITS = word_class("units of gains and losses")


def check(context: Context) -> Iterator[Draft]:
    """Compare sizes with the study's numbers, and absolutes and frequencies with its words."""
    profile, study = context.profile, context.study
    if context.others_voice or context.kind in ("abstract", "caveat") or profile.certainty == "asked":
        return
    told = _relative_as_absolute(context) or _lasting(context)
    if told is not None:
        yield told
        return
    if context.kind == "background" or not context.is_about(_ABOUT):
        return
    if profile.certainty == "denied":
        yield from _never(context)
        return
    if any(acts(context, one) for one in profile.relations) or context.alone:
        for one in profile.magnitude:
            if not context.not_own_voice(one.span.start, one.span.end):
                wrong = _wrong_size(context, one)
                if wrong is not None:
                    yield wrong
                    return
    if not study.findings or context.own_words or not ((study.curated and profile.relations) or context.alone):
        return
    for match in context.phrases("absolutes"):
        start, end = context.at(match)
        if context.not_own_voice(start, end) or _hedged_at(context, start) or _says(context, match):
            continue
        role = str(match.sense.attrs["role"])
        if role != "universal" and not (study.curated and profile.relations):
            continue
        if role == "lasting":
            continue
        draft = {"absolute": _absolute, "universal": _universal, "rate": _rate}[role](context, match)
        if draft is not None:
            yield draft
            return


def _wrong_size(context: Context, one: Magnitude) -> Draft | None:
    """A size that the study does not give, where the study gives others of its kind."""
    study = context.study
    if one.value is None or context.text[one.span.end :].lstrip(" -").lower().startswith(_OFTEN):
        return None
    if one.kind == "amount":
        return _wrong_unit(context, one) or _wrong_weight(context, one)
    share = one.kind == "count" and (one.unit or "").startswith("in ")
    if share and any(0 <= who.span.start - one.span.end <= _NEXT for who in context.profile.population):
        return None  # "one in eight patients" is a risk, and no change of one
    if any(hedge.group == "condition" for hedge in context.profile.hedges):
        return None  # "if nobody smoked, it might fall by half": reckoned, not found
    if one.kind not in _SIZES and not (share and context.alone):
        return None
    sizes = [size for size in study.sizes if size.kind in _SIZES and size.value is not None]
    in_ratios = "ratio" in study.terms
    compared = _compared(context)
    acted = any(acts(context, relation) for relation in context.profile.relations)
    if not sizes and not in_ratios and not (compared and acted and _in_words(one)):
        return None
    value = 100 * one.value / float((one.unit or "in 1").removeprefix("in ")) if share else _as_percent(one)
    in_words = share or _in_words(one)
    if in_words and not context.profile.relations and context.text[one.span.end :].startswith(" of "):
        return None  # "half of all adults take …": so many do, and nothing is said of an effect
    known = {_as_percent(size) for size in sizes}
    rests = {100 - size for size in known if 0 < size < 100}
    # A record may print its ratios bare: 1.20 (1.15 to 1.24).
    ratios = {size.value for size in sizes if size.kind == "ratio" and size.value}
    shares = {size.value for size in sizes if size.kind == "percent"}
    ratios |= {one for one in study.numbers - shares if 0 < one < 20 and one != int(one)}
    known |= {abs(ratio - 1) * 100 for ratio in ratios} | {abs(1 - 1 / ratio) * 100 for ratio in ratios}
    known |= study.numbers | compared
    if any(abs(value - size) <= max(1.0, (_ROUND if in_words else _SAME) * size) for size in known) or any(
        abs(value - one) <= 1 for one in rests
    ):
        return None
    # Differences and ratios of the study's own numbers are its numbers too.
    percents = sorted(_as_percent(size) for size in sizes if size.kind == "percent")
    if any(
        abs(value - abs(a - b)) <= 1 or (b and abs(value - abs(a - b) / b * 100) <= 2)
        for a in percents
        for b in percents
    ):
        return None
    if sizes:
        given = next((size for size in sizes if size.kind == one.kind), sizes[0]).span.text
    else:
        given = " and ".join(f"{ratio:g}" for ratio in sorted(ratios)[:2]) or next(
            (one.magnitude for one in study.study.findings if one.magnitude), ""
        )
    if not given:
        return None
    return Draft(
        "CT301", one.span.start, one.span.end,
        f"The article gives {one.span.text}; the study gives {given}.",
        "number", 0.62 if study.curated or context.alone else 0.5, None, context.about or study.main, group="magnitude",
    )  # fmt: skip


def _relative_as_absolute(context: Context) -> Draft | None:
    """ "18 in every 100 are spared", where 18 per cent is by how much a risk fell: a ratio told as a count of heads."""
    study = context.study
    for one in context.profile.magnitude:
        of = (one.unit or "").removeprefix("in ")
        if one.kind != "count" or one.value is None or of not in _HUNDREDS or context.not_own_voice(*one.span[:2]):
            continue
        share = 100 * one.value / float(of)
        percents = {size.value for size in study.sizes if size.kind in ("percent", "percentage points")}
        ratios = {size.value for size in study.sizes if size.kind == "ratio" and size.value}
        ratios |= {number for number in study.numbers if 0.2 < number < 3 and number != int(number)}
        relative = {
            size.value for size in study.sizes if size.kind == "percent" and size.relative and size.value is not None
        }
        told = relative | {abs(ratio - 1) * 100 for ratio in ratios}
        if any(abs(share - value) <= _A_ROUNDING for value in told) and not any(
            value is not None and value not in relative and abs(share - value) <= _A_ROUNDING for value in percents
        ):
            return Draft(
                "CT301", one.span.start, one.span.end,
                f"The article counts {one.span.text}; in the study this is by how much a risk differed, not how many people it struck.",
                "number", 0.66, None, _giving(study, share) or context.about or study.main, group="magnitude",
            )  # fmt: skip
    return None


def _giving(study: StudyReading, percent: float) -> FindingReading | None:
    """The finding that gives a change of so many per cent, or its ratio."""
    for one in study.findings:
        numbers = {value for norm in tokenize(one.words).norms if (value := number_at(norm)) is not None}
        if any(
            abs(value - percent) <= _A_ROUNDING or abs(abs(value - 1) * 100 - percent) <= _A_ROUNDING
            for value in numbers
        ):
            return one
    return None


_LASTS_ABOUT = 0.15
_LASTS = word_class("words for what lasts or is over")
_HUNDREDS = frozenset({"100", "1000"})
_A_ROUNDING = 0.6


def _lasting(context: Context) -> Draft | None:
    """ "gone for good": longer than anybody was followed, unless the study says so."""
    if context.own_words or context.profile.certainty not in ("asserted", "presupposed"):
        return None
    if not context.is_about(_LASTS_ABOUT) or _LASTS.isdisjoint(context.tokens.norms):
        return None
    for match in context.phrases("absolutes"):
        start, end = context.at(match)
        if match.sense.attrs["role"] != "lasting" or context.not_own_voice(start, end) or _hedged_at(context, start):
            continue
        if _says(context, match):
            continue
        return Draft(
            "CT301", start, end, f"“{context.text[start:end]}” is longer than the study followed anybody.",
            "universal", 0.6, None, context.about or context.study.main, group="magnitude",
        )  # fmt: skip
    return None


def _in_words(one: Magnitude) -> bool:
    """ "by a third", "halved": a size without a figure."""
    return one.kind in ("fold", "doubling") and not any(sign.isdigit() for sign in one.span.text)


def _compared(context: Context) -> set[float]:
    """Differences in per cent of what a record sets against each other: "1.21 against 1.66 points"."""
    found: set[float] = set()
    for one in context.study.study.findings:
        norms = tokenize(one.magnitude or "").norms
        for at in range(1, len(norms) - 1):
            if norms[at] in _AGAINST:
                first, second = number_at(norms[at - 1]), number_at(norms[at + 1])
                if first and second:
                    found |= {abs(first - second) / first * 100, abs(first - second) / second * 100}
    return found


_AGAINST = frozenset({"against", "versus", "vs"})


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


def _wrong_weight(context: Context, one: Magnitude) -> Draft | None:
    """ "nine kilos" where the study has 0.9 kg: what a body loses or gains, and not how long it took."""
    factor = _WEIGHTS.get(one.unit or "")
    given = [
        (size, size.value * _WEIGHTS[size.unit or ""])
        for size in context.study.sizes
        if size.value is not None and (size.unit or "") in _WEIGHTS
    ]
    if factor is None or one.value is None or not given:
        return None
    value = one.value * factor
    if any(abs(value - known) <= max(0.1, _ROUND * known) for _, known in given):
        return None
    return Draft(
        "CT301", one.span.start, one.span.end,
        f"The article gives {one.span.text}; the study gives {given[0][0].span.text}.",
        "number", 0.62, None, context.about or context.study.main, group="magnitude",
    )  # fmt: skip


_WEIGHTS = {
    "kg": 1.0, "kilo": 1.0, "kilos": 1.0, "kilogram": 1.0, "kilograms": 1.0, "kilogramme": 1.0, "kilogrammes": 1.0, "pound": 0.454,
    "pounds": 0.454, "lb": 0.454, "lbs": 0.454, "stone": 6.35,
}  # fmt: skip
"""Units of body weight in kilograms."""


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
    if norms[match.first - 1 : match.first] == ["to"] and not _SHOWN.intersection(norms[: match.first]):
        return None  # "begun to prevent": what it is for, not what it does
    past = norms[match.last - 1].endswith("ed")
    if any(
        one.unit in _PARTLY or one.kind == "percent" for one in context.profile.magnitude if one.span.start > start
    ):
        return None  # "prevented it in most of them"
    if not _SOME.isdisjoint(norms[match.last : match.last + 1]) or (past and context.names_models):
        return None  # "prevents deaths" prevents some; and what stopped in the dish stopped there
    near = [one for one in context.profile.relations if start - 8 <= one.span.start <= start + 8]
    if near and not any(acts(context, one) for one in near):
        return None
    if not (len(context.stems & about.terms) >= 3 or context.headline or _of_both(context)):
        return None
    first, last = clause_span(context, start)
    return Draft(
        "CT301", first, last, f"“{' '.join(norms[match.first : match.last])}” leaves nothing over; the study reports less: {about.words}",
        "absolute" if about.role == "remedy" or context.headline else "word", 0.58, None, about, group="magnitude",
    )  # fmt: skip


_PARTLY = frozenset({"most", "some", "many", "few"})
_SOME = word_class("words after a cause word that leave room")


def _of_both(context: Context) -> bool:
    """The claim names what the study gave and the disease that it looked at."""
    lower = context.text.lower()
    given = any(term.lower() in lower for one in context.study.study.interventions for term in one.terms)
    return given and any(one.concept in context.study.conditions for one in context.profile.condition)


_SHOWN = word_class("words for what was shown")
"""Words before "to prevent" that make an effect of it."""


def _universal(context: Context, match: Match) -> Draft | None:
    """ "all patients", "every cancer", "always": the quantifier stands before what was studied, or knows no time."""
    norms = context.tokens.norms
    pair = " ".join(norms[max(0, match.first - 1) : match.last]), " ".join(norms[match.first : match.last + 1])
    of_them = norms[match.first - 1 : match.first] == ["of"]  # "half of all adults"
    if set(pair) & _NOT_ALL or of_them or context.names_models or context.profile.certainty != "asserted":
        return None
    timeless = norms[match.first] == "always"
    if context.profile.strength < 5 and not (context.alone and (timeless or context.profile.strength >= _RELATED)):
        return None
    start, end = context.at(match)
    near = [one.span.start for one in (*context.profile.population, *context.profile.condition)]
    if not timeless and not any(end <= at <= end + 18 for at in near):
        return None
    if timeless and not context.profile.relations and _WORKS.isdisjoint(norms[match.last : match.last + 2]):
        return None
    return Draft(
        "CT301", start, end, f"“{context.text[start:end]}” knows no exception; the study does not say that of all.",
        "universal", 0.58, None, context.about or context.study.main, group="magnitude",
    )  # fmt: skip


_RELATED = 2  # from the strength of a correlation on, a statement says something of those whom it names
_WORKS = frozenset({"work", "works", "help", "helps", "heal", "heals"})


def _never(context: Context) -> Iterator[Draft]:
    """ "vaccines never harm a child": that something has no exception is said by a denial too."""
    for match in context.phrases("absolutes"):
        if context.tokens.norms[match.first] != "never" or _hedged_at(context, context.at(match)[0]):
            continue
        start, end = context.at(match)
        denied = next(
            (
                one
                for one in context.profile.relations
                if one.group == "cause" and 0 <= one.span.start - end <= _BEFORE
            ),
            None,
        )
        if denied is None or context.not_own_voice(start, end) or _says(context, match):
            continue
        yield Draft(
            "CT301", *clause_span(context, start), "“never” knows no exception; the study does not say that of all.",
            "universal", 0.58, None, context.about or context.study.main, group="magnitude",
        )  # fmt: skip
        return


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
    """The study says as much itself; "all" and "every" only of the same thing."""
    allows = tuple(match.sense.attrs["allows"])
    if match.sense.attrs["role"] != "universal":
        return any(term.startswith(allows) for term in context.study.terms)
    of = set(terms(context.tokens.norms[match.last : match.last + _REACH]))
    for finding in context.study.findings:
        norms = tokenize(finding.words).norms
        if any(
            norm.startswith(allows) and not of.isdisjoint(terms(norms[at + 1 : at + 1 + _REACH]))
            for at, norm in enumerate(norms)
        ):
            return True
    return False


_REACH = 4  # words after "all" that name those of whom it is said


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
