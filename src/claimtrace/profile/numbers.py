"""Sizes: numbers with unit and comparison, and words of quantity."""

from __future__ import annotations

from claimtrace.model.profile import Magnitude, MagnitudeKind
from claimtrace.profile.cues import span_of
from claimtrace.text.phrases import Match
from claimtrace.text.tokens import Tokens

_WORDS = {
    word: float(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "hundred": 100.0,
    "thousand": 1000.0,
    "million": 1e6,
    "dozen": 12.0,
}
_UNITS = frozenset(
    [
        "mg",
        "g",
        "kg",
        "mcg",
        "µg",
        "ug",
        "ml",
        "l",
        "dl",
        "mmhg",
        "kcal",
        "calories",
        "kilograms",
        "grams",
        "gram",
        "milligrams",
        "kilogram",
        "pounds",
        "pound",
        "lb",
        "lbs",
        "stone",
        "litres",
        "liters",
        "units",
        "unit",
        "cups",
        "cup",
        "glasses",
        "glass",
        "servings",
        "serving",
        "portions",
        "portion",
        "drinks",
        "drink",
        "hours",
        "hour",
        "minutes",
        "minute",
        "days",
        "day",
        "weeks",
        "week",
        "months",
        "month",
        "years",
        "year",
        "points",
    ]
)
_RATIOS = frozenset({"odds ratio", "hazard ratio", "relative risk", "risk ratio", "rate ratio", "or", "hr", "rr"})
_RELATIVE = frozenset(
    [
        "risk",
        "risks",
        "odds",
        "chance",
        "chances",
        "likelihood",
        "likely",
        "hazard",
        "chances",
        "rate",
        "rates",
        "probability",
    ]
)
_COMPARED = frozenset(
    [
        "higher",
        "lower",
        "more",
        "less",
        "fewer",
        "greater",
        "increase",
        "increased",
        "decrease",
        "decreased",
        "reduction",
        "reduced",
        "rise",
        "rose",
        "drop",
        "fell",
        "cut",
        "raised",
        "lowered",
        "cutting",
        "raising",
        "reduces",
        "reduce",
        "increases",
    ]
)
_KINDS: dict[str, MagnitudeKind] = {
    "all": "universal",
    "always": "universal",
    "never": "universal",
    "double": "doubling",
    "triple": "fold",
    "quadruple": "fold",
    "quintuple": "fold",
    "multiple": "fold",
    "tenfold": "fold",
    "hundredfold": "fold",
    "half": "fold",
    "fraction": "fold",
}


def number_at(norm: str) -> float | None:
    """The value of a token that is a number, in digits or as a word; ``None`` for any other."""
    if norm[0].isdigit():
        plain = norm.replace(",", "")
        if len(plain) > 15:
            return None
        try:
            return float(plain)
        except ValueError:
            return None
    return _WORDS.get(norm)


def magnitudes(tokens: Tokens, matches: list[Match]) -> tuple[Magnitude, ...]:
    """Sizes in text order: percentages, points, folds, ratios, "1 in 5", amounts, and words of quantity."""
    norms = tokens.norms
    found: list[Magnitude] = []
    for index, norm in enumerate(norms):
        value = number_at(norm) if norm[0].isdigit() or norm in _WORDS else None
        if value is not None:
            size = _numeric(tokens, norms, index, value)
            if size is not None:
                found.append(size)
    for match in matches:
        quantity = match.sense.attrs["quantity"]
        if quantity in ("relative", "absolute", "comparison"):
            continue
        found.append(
            Magnitude(
                span_of(tokens, match.first, match.last),
                _KINDS.get(quantity, "vague"),
                match.sense.attrs.get("factor"),
                quantity,
                True if quantity in ("double", "half", "triple") else None,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.span.start, one.span.end)))


def _numeric(tokens: Tokens, norms: list[str], index: int, value: float) -> Magnitude | None:
    count = len(norms)
    after = norms[index + 1] if index + 1 < count else ""
    second = norms[index + 2] if index + 2 < count else ""
    third = norms[index + 3] if index + 3 < count else ""
    if after in ("percentage", "percent", "%") and (
        second in ("points", "point") or (after == "percentage" and second)
    ):
        return Magnitude(span_of(tokens, index, min(count, index + 3)), "percentage points", value, "%", False)
    if after in ("%", "percent") or (after == "per" and second == "cent"):
        last = index + (3 if after == "per" else 2)
        return Magnitude(span_of(tokens, index, last), "percent", value, "%", _relative(norms, index, last))
    if after in ("fold", "times") or (norms[index].endswith("fold")):
        return Magnitude(span_of(tokens, index, index + 2), "fold", value, "times", True)
    if index >= 2 and " ".join(norms[max(0, index - 2) : index]) in _RATIOS:
        return Magnitude(span_of(tokens, index, index + 1), "ratio", value, " ".join(norms[index - 2 : index]), True)
    if index >= 3 and norms[index - 1] == "of" and " ".join(norms[index - 3 : index - 1]) in _RATIOS:
        return Magnitude(
            span_of(tokens, index, index + 1), "ratio", value, " ".join(norms[index - 3 : index - 1]), True
        )
    if after in ("in", "out") and (number_at(second) if second else None) is not None:
        return Magnitude(span_of(tokens, index, index + 3), "count", value, f"in {second}", False)
    if after == "out" and second == "of" and third and number_at(third) is not None:
        return Magnitude(span_of(tokens, index, index + 4), "count", value, f"in {third}", False)
    if after in _UNITS and norms[index][0].isdigit():
        return Magnitude(span_of(tokens, index, index + 2), "amount", value, after, None)
    return None


def _relative(norms: list[str], first: int, last: int) -> bool | None:
    near = norms[max(0, first - 6) : last + 6]
    if any(word in ("absolute", "points") for word in near):
        return False
    if any(word in _COMPARED for word in near) or any(word in _RELATIVE for word in norms[last : last + 4]):
        return True
    return False if last < len(norms) and norms[last] == "of" else None
