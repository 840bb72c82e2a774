"""Whether a size that an article gives is one of the study's, or one that anybody can reckon from them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from claimtrace.model.profile import Magnitude

_CLOSE = 0.06  # share by which a number may differ and still be the study's, rounded
_ROUND = 0.15  # the same for a fraction in words: "a third" is said of 30 and of 37 per cent
_MOST = 40  # numbers from which on reckoning with each pair of them would allow anything
_RATIO = 20.0


def reckoned(numbers: Iterable[float], sizes: Iterable[Magnitude]) -> tuple[float, ...]:
    """A study's numbers, and what follows from them: changes by its ratios, rests, differences and shares; sorted.

    Args:
        numbers: all its numbers.
        sizes: those with a unit or a comparison.
    """
    own = {abs(one) for one in numbers}
    found = set(own)
    percents: set[float] = set()
    for one in sizes:
        value = as_percent(one)
        if value is None:
            continue
        found.add(value)
        if one.kind in ("percent", "percentage points"):
            percents.add(value)
    ratios = {one for one in own if 0 < one < _RATIO and one != int(one)}
    ratios |= {one.value for one in sizes if one.kind == "ratio" and one.value}
    found |= {abs(one - 1) * 100 for one in ratios} | {abs(1 - 1 / one) * 100 for one in ratios if one}
    found |= {100 - one for one in percents if 0 < one < 100}
    few = sorted((own - ratios) | percents)[:_MOST]  # a ratio of ratios means nothing
    for at, low in enumerate(few):
        for high in few[at + 1 :]:
            found.add(high - low)
            if low > 0:
                found.update((high / low, low / high * 100, (high - low) / high * 100, (high / low - 1) * 100))
    return tuple(sorted(found))


def as_percent(one: Magnitude) -> float | None:
    """A size as a number that can be compared: shares, folds and fractions in per cent, amounts as they are."""
    if one.value is None:
        return _FRACTIONS.get(one.span.text.lower()) if one.kind == "fold" else None
    unit = one.unit or ""
    if one.kind == "count" and unit.startswith("in "):
        return 100 * one.value / float(unit.removeprefix("in "))
    if one.kind in ("fold", "doubling"):
        return (one.value - 1) * 100 if one.value >= 1 else one.value * 100
    return one.value


_FRACTIONS = {"a quarter": 25.0, "a fifth": 20.0, "a sixth": 100 / 6, "a tenth": 10.0, "three quarters": 75.0}


def is_known(one: Magnitude, known: tuple[float, ...]) -> bool:
    """Whether a size is among the reckoned ones (``reckoned``); a size without a number always is."""
    value = as_percent(one)
    if value is None:
        return True
    words = not any(sign.isdigit() for sign in one.span.text)
    ways = [value]
    if one.kind in ("fold", "doubling") and one.value is not None:
        ways += [one.value, 100 * one.value, 100 - 100 * one.value]
    return any(_among(abs(way), known, _ROUND if words else _CLOSE) for way in ways)


def _among(value: float, known: tuple[float, ...], share: float) -> bool:
    reach = max(0.051, share * value)
    at = bisect_left(known, value - reach)
    return at < len(known) and known[at] <= value + reach
