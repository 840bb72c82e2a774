"""Sizes: numbers with unit and comparison, and words of quantity.

Numbers are read before words of quantity, so that "six times" and "two thirds" are one size each. A number that
belongs to a p-value, a confidence interval, an age or a date is no size.
"""

from __future__ import annotations

from typing import NamedTuple

from claimtrace.model.profile import Magnitude, MagnitudeKind
from claimtrace.profile.cues import span_of
from claimtrace.text.phrases import Match
from claimtrace.text.tokens import Tokens
from claimtrace.text.word_classes import word_class, word_values

_WORDS = word_values("numerals")
_SCALES = frozenset({"hundred", "thousand", "million", "billion", "dozen"})
_FRACTIONS = word_values("fractions")
_UNITS = word_class("units")
_AGE = word_class("age")
_RATIO_SHORT = word_class("ratio abbreviations")
_RATIO_LONG = frozenset({"ratio", "risk"})
_RATIO_FIRST = frozenset({"odds", "hazard", "risk", "rate", "relative", "hazards"})
_COMPARATIVES = word_class("comparatives")
_CHANGE = word_class("change verbs")
_BOUNDS = word_class("bounds")
_RISK = word_class("risk nouns")
_INTERVAL = frozenset({"ci", "cis", "confidence", "credible", "cri"})
_STOP = frozenset({".", ";", ":", "?", "!"})
_RATIO_REACH = 8
"""Tokens between the name of a ratio and its value ("odds ratio for death in the treated was")."""
_CHANGE_REACH = 7
"""Tokens between a verb of change and the percentage it is of ("cut the risk of a second stroke by 30%")."""
_LONGEST = 15
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
_NO_SIZE = frozenset({"relative", "absolute", "comparison"})


class _Numeral(NamedTuple):
    """A number that takes tokens ``first`` to ``last`` (not included); ``high`` is the upper end of a range."""

    first: int
    last: int
    value: float
    high: float | None = None


def number_at(norm: str) -> float | None:
    """The value of a token that is a number, in digits or as a word; ``None`` for any other."""
    if norm[0].isdigit():
        plain = norm.replace(",", "")
        if len(plain) > _LONGEST:
            return None
        try:
            return float(plain)
        except ValueError:
            return None
    return _WORDS.get(norm)


def numeral_ending_at(norms: list[str], last: int) -> float:
    """The value of the number whose last token is ``last``: 48 for the "eight" of "forty-eight".

    Raises:
        ValueError: the token is no number.
    """
    for first in range(max(0, last - 3), last + 1):
        number = _numeral(norms, first)
        if number is not None and number.last == last + 1:
            return number.value
    raise ValueError(f"no number ends with {norms[last]!r}")


def magnitudes(tokens: Tokens, matches: list[Match]) -> tuple[Magnitude, ...]:
    """Sizes in text order: percentages, points, folds, ratios, "1 in 5", amounts, and words of quantity."""
    norms = tokens.norms
    found: list[Magnitude] = []
    taken: list[tuple[int, int]] = []
    relative: tuple[int, bool | None] | None = None
    last = 0
    for index in [at for at, norm in enumerate(norms) if norm[0] in _DIGITS or norm in _STARTS]:
        if index < last or (norms[index] in _ARTICLES and norms[index + 1 : index + 2] not in _AFTER_ARTICLE):
            continue
        last, sizes = _read(tokens, norms, index, relative)
        if sizes:
            found += sizes
            taken.append((sizes[0].span.start, sizes[-1].span.end))
            if sizes[-1].kind == "percent":
                relative = (last, sizes[-1].relative)
    if matches:
        at = 0
        for match in matches:
            quantity = match.sense.attrs["quantity"]
            if quantity in _NO_SIZE:
                continue
            span = span_of(tokens, match.first, match.last)
            while at < len(taken) and taken[at][1] <= span.start:
                at += 1
            if at < len(taken) and taken[at][0] < span.end:
                continue
            if (
                quantity == "half"
                and match.last - match.first == 1
                and tokens.norms[match.last : match.last + 1] in _A_WHOLE
            ):
                continue  # "half a million people", "half an hour"
            factor = match.sense.attrs.get("factor")
            changes = quantity in ("double", "half", "triple")
            found.append(Magnitude(span, _KINDS.get(quantity, "vague"), factor, quantity, True if changes else None))
    if len(found) > 1:
        found.sort(key=lambda one: (one.span.start, one.span.end))
    return tuple(found)


_ARTICLES = frozenset({"a", "an"})
_A_WHOLE = (["a"], ["an"])
_AFTER_ARTICLE = [[word] for word in (*_FRACTIONS, *_SCALES)]
_STARTS = frozenset((*_WORDS, *_FRACTIONS, *_ARTICLES, *(f"{word}fold" for word in _WORDS)))
_DIGITS = frozenset("0123456789")


def _read(
    tokens: Tokens, norms: list[str], index: int, before: tuple[int, bool | None] | None
) -> tuple[int, list[Magnitude]]:
    """The sizes that begin at token ``index``, and the token to go on with.

    ``before`` is where the last percentage ended and whether it was relative.
    """
    part = _fraction(tokens, norms, index)
    if part is not None:
        return part
    number = _numeral(norms, index)
    if number is None:
        norm = norms[index]
        if norm.endswith("fold") and len(norm) > 4:
            value = number_at(norm[:-4])
            if value is not None:
                return index + 1, [_factor(tokens, index, index + 1, value)]
        return index + 1, []
    number = _ranged(tokens, norms, number)
    last, count = number.last, len(norms)
    after = norms[last] if last < count else ""
    second = norms[last + 1] if last + 1 < count else ""
    third = norms[last + 2] if last + 2 < count else ""
    if after in ("%", "percent", "percentage", "pct") or (after == "per" and second == "cent"):
        end = last + (2 if after == "per" else 1)
        if end < count and norms[end] in _INTERVAL:
            return _past_interval(norms, end), []
        if after == "percentage" or (end < count and norms[end] in ("point", "points")):
            end = min(count, end + 1)
            return end, _both(tokens, number, end, "percentage points", "%", False)
        relative = _relative(norms, number.first, end, before)
        return end, _both(tokens, number, end, "percent", "%", relative)
    if after in _INTERVAL and second in ("interval", "intervals"):
        return _past_interval(norms, last), []
    if after == "fold" or (after == "times" and second not in ("a", "per", "daily", "weekly", "each", "every", "in")):
        return last + 1, [_factor(tokens, number.first, last + 1, number.high or number.value)]
    if _is_p_value(norms, number.first):
        return last, []
    ratio = _ratio_name(norms, number.first)
    if ratio and number.value < 100 and after not in _UNITS:
        return _past_interval(norms, last), [
            Magnitude(span_of(tokens, number.first, last), "ratio", number.value, ratio, True)
        ]
    if number.value == 1 and second == "in" and after.isalpha() and third and third[0].isdigit():
        whole = _numeral(norms, last + 2)
        if whole is not None and whole.value > 1 and not _is_year(third):
            span = span_of(tokens, number.first, whole.last)
            return whole.last, [Magnitude(span, "count", 1.0, f"in {whole.value:g}", False)]
    if after in ("in", "out") and second:
        start = last + (2 if after == "out" and second == "of" else 1)
        if start < count and norms[start] == "every":
            start += 1
        whole = _numeral(norms, start) if start < count else None
        if whole is not None and whole.value > number.value and not _is_year(norms[start]):
            unit = f"in {whole.value:g}"
            return whole.last, [
                Magnitude(span_of(tokens, number.first, whole.last), "count", number.value, unit, False)
            ]
    if after in _UNITS and not (number.value == 1 and norms[number.first] == "one"):
        if (second in _AGE or (second == "of" and third == "age")) or (
            number.first and norms[number.first - 1] in _AGE
        ):
            return last + 1, []
        return last + 1, _both(tokens, number, last + 1, "amount", after, None)
    return last, []


def _numeral(norms: list[str], index: int) -> _Numeral | None:
    """ "30", "1,200", "thirty", "forty eight", "three hundred", "1.2 million", "one and a half", "half a million"."""
    norm = norms[index]
    value = number_at(norm) if norm[0].isdigit() else _WORDS.get(norm)
    count = len(norms)
    if value is None or norm in _SCALES:
        if norm == "half" and index + 2 < count and norms[index + 1] == "a" and norms[index + 2] in _SCALES:
            return _Numeral(index, index + 3, _WORDS[norms[index + 2]] / 2)
        if norm == "a" and index + 1 < count and norms[index + 1] in _SCALES:
            return _Numeral(index, index + 2, _WORDS[norms[index + 1]])
        return _Numeral(index, index + 1, value) if value is not None else None
    last = index + 1
    if not norm[0].isdigit() and 20 <= value < 100 and last < count and 0 < _WORDS.get(norms[last], 0) < 10:
        value += _WORDS[norms[last]]
        last += 1
    while last < count and norms[last] in _SCALES and last < index + 4:
        value *= _WORDS[norms[last]]
        last += 1
    if norms[last : last + 3] == ["and", "a", "half"]:
        return _Numeral(index, last + 3, value + 0.5)
    return _Numeral(index, last, value)


def _ranged(tokens: Tokens, norms: list[str], number: _Numeral) -> _Numeral:
    """ "20-30", "20 to 30", "between 20 and 30": the numeral with the upper end, where one follows."""
    last = number.last
    if last >= len(norms):
        return number
    gap = tokens.text[tokens.ends[last - 1] : tokens.starts[last]]
    start = last
    if norms[last] in ("to", "-", "or") or (
        norms[last] == "and" and number.first and norms[number.first - 1] == "between"
    ):
        start = last + 1
    elif gap not in ("-", "–", "‐", "‑"):
        return number
    upper = _numeral(norms, start) if start < len(norms) else None
    if upper is None or upper.value <= number.value:
        return number
    return _Numeral(number.first, upper.last, number.value, upper.value)


def _fraction(tokens: Tokens, norms: list[str], index: int) -> tuple[int, list[Magnitude]] | None:
    """ "a third of", "two thirds", "half the men", "by a quarter"; ``None`` where no such share begins here."""
    norm = norms[index]
    count = len(norms)
    if norm in _FRACTIONS:
        if norm != "half":
            return None
        share, last = 1.0, index + 1
    elif index + 1 < count and norms[index + 1] in _FRACTIONS:
        part = 1.0 if norm in ("a", "an") else _WORDS.get(norm)
        if part is None or (norm in ("a", "an") and norms[index + 1].endswith("s")):
            return None
        share, last = part, index + 2
    else:
        return None
    whole = _FRACTIONS[norms[last - 1]]
    after = norms[last] if last < count else ""
    second = norms[last + 1] if last + 1 < count else ""
    before = norms[index - 1] if index else ""
    if after in ("a", "an") and second in _SCALES:
        return None
    if after in ("a", "an") or (after == "of" and second in ("an", "a", "hour")):
        return last, []
    if before in ("by", "in") or (
        before in ("almost", "about", "nearly", "over") and index > 1 and norms[index - 2] == "by"
    ):
        value = share / whole
        return last, [Magnitude(span_of(tokens, index, last), "fold", value, "of it", True)]
    following = norms[last : last + 3]
    if whole == 2 and (
        after in ("as", "that") or (after in ("the", "of") and any(one in _RISK for one in following))
    ):
        return last, [Magnitude(span_of(tokens, index, last), "fold", 0.5, "times", True)]
    if norm in ("a", "an", "one") and after != "of":
        if after in _COMPARATIVES:
            return last, [Magnitude(span_of(tokens, index, last), "fold", share / whole, "of it", True)]
        return (last, []) if norm != "one" else None
    return last, [Magnitude(span_of(tokens, index, last), "count", share, f"in {whole:g}", False)]


def _both(
    tokens: Tokens, number: _Numeral, last: int, kind: MagnitudeKind, unit: str, relative: bool | None
) -> list[Magnitude]:
    """The size, or both ends of a range, each with the span of the whole."""
    span = span_of(tokens, number.first, last)
    ends = (number.value,) if number.high is None else (number.value, number.high)
    return [Magnitude(span, kind, value, unit, relative) for value in ends]


def _factor(tokens: Tokens, first: int, last: int, value: float) -> Magnitude:
    return Magnitude(span_of(tokens, first, last), "doubling" if value == 2 else "fold", value, "times", True)


def _is_year(norm: str) -> bool:
    return len(norm) == 4 and norm.isdigit() and 1900 <= int(norm) <= 2100


def _is_p_value(norms: list[str], first: int) -> bool:
    """ "P = 0.03", "p < .05"."""
    at = first - 1
    while at >= 0 and norms[at] in ("=", "<", ">", "≤", "."):
        at -= 1
    return at >= 0 and norms[at] == "p" and at < first - 1


def _ratio_name(norms: list[str], first: int) -> str | None:
    """The name of the ratio whose value stands at token ``first``; a short name stands right before it."""
    near = first - 1
    while near >= 0 and norms[near] in ("=", ",", ":", "of", "was", "is"):
        near -= 1
    if near >= 0 and norms[near] in _RATIO_SHORT:
        plain = near == first - 1
        if norms[near] != "or" or (near and norms[near - 1] in ("(", "[", ";", "adjusted")) or not plain:
            return norms[near]
    for at in range(first - 1, max(0, first - 1 - _RATIO_REACH), -1):
        norm = norms[at]
        if norm in _STOP or norm[0].isdigit():
            return None
        if norm in _RATIO_LONG and norms[at - 1] in _RATIO_FIRST:
            return f"{norms[at - 1]} {norm}"
    return None


def _past_interval(norms: list[str], index: int) -> int:
    """The token after a confidence interval that begins at ``index``, if one does."""
    at, count = index, len(norms)
    reach = index + 14
    seen = False
    while at < min(count, reach):
        norm = norms[at]
        if norm in _INTERVAL:
            seen = True
        elif norm[0].isdigit():
            if not seen and not (at + 1 < count and norms[at + 1] in ("%", "per", "percent")):
                return index
        elif seen and norm not in ("interval", "intervals", ",", "to", "-", "=", ":", "(", "[", "and", "from", "of"):
            return at
        elif not seen and norm not in ("(", "[", ",", ";", "%", "per", "cent", "percent"):
            return index
        at += 1
    return at if seen else index


def _relative(norms: list[str], first: int, last: int, before: tuple[int, bool | None] | None) -> bool:
    """Whether a percentage is of a change or a comparison (true) or a share or level (false)."""
    following = norms[last : last + 2]
    if following and following[0] in _COMPARATIVES:
        return True
    if (
        len(following) == 2
        and following[1] in _COMPARATIVES
        and following[0] in ("relative", "lower", "greater", "per")
    ):
        return True
    if following and following[0] == "of":
        return False
    at = first - 1
    while at >= 0 and norms[at] in _BOUNDS and norms[at] != "to":
        at -= 1
    if at >= 0 and norms[at] == "to" and norms[at - 1 : at] == ["up"]:
        at -= 2
        while at >= 0 and norms[at] in _BOUNDS:
            at -= 1
    previous = norms[at] if at >= 0 else ""
    if previous == "by":
        return True
    if previous in ("from", "to"):
        return False
    if before is not None and first - before[0] <= 5 and before[0] <= at + 1:
        between = norms[before[0] : first]
        if any(one in ("and", "or", "versus", "vs", ",") for one in between) and "of" not in between:
            return bool(before[1])
    for back in range(at, max(-1, at - _CHANGE_REACH), -1):
        norm = norms[back]
        if norm in _STOP or norm in (",", "from", "to"):
            return False
        if norm in _CHANGE:
            return True
    return False
