"""Dates as articles print them."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from datetime import date

from claimtrace.text.word_classes import word_class

_COUNTED = word_class("units") | word_class("heads")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_FORMS = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{1,2}}(?:of )?(?P<n>{_MONTH})[\s,-]{{1,3}}(?P<y>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<n>{_MONTH})[\s-]{{1,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<y>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\d/])(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>(?:19|20)\d\d)(?!\d)"),
)


_MONTH_OF_YEAR = re.compile(rf"\b(?P<n>{_MONTH})[\s,]{{1,3}}(?:of )?(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(
    r"\b(?P<w>in|since|from|to|until|till|between|before|after|during|by|and|early|late|mid|spring|summer|autumn|winter"
    r"|year|christmas)[\s-]{1,2}(?P<y>(?:19|20)\d\d)\b(?![.,]\d)(?=\s{0,2}(?P<next>[^\W\d_]{1,20}|%|))",
    re.IGNORECASE,
)
_RANGE_REACH = 30
"""Code points between two years that belong together ("from 2003 to the end of 2008")."""


def find_times(text: str) -> list[tuple[int, int, str]]:
    """As ``find_dates``, with months ("March 2016": ``2016-03``) and years ("in 2016": ``2016``) besides full dates.

    A number of four digits is a year after a word that goes with one, and not where something is counted by it.
    """
    found = find_dates(text)
    full = list(found)
    for match in _MONTH_OF_YEAR.finditer(text):
        if _free(full, match.start(), match.end()):
            found.append((match.start(), match.end(), f"{match['y']}-{_MONTHS[match['n'][:3].lower()]:02d}"))
    longer = sorted(found)
    last = -_RANGE_REACH - 1
    for match in _YEAR.finditer(text):
        start, end = match.span("y")
        follows = start - last <= _RANGE_REACH
        if match["w"].lower() in ("and", "to", "by") and not follows:
            continue
        if (match["next"] or "").lower() in _COUNTED or not _free(longer, start, end):
            continue
        found.append((start, end, match["y"]))
        last = end
    return sorted(found)


def _free(taken: list[tuple[int, int, str]], start: int, end: int) -> bool:
    """Whether nothing in a sorted list overlaps."""
    at = bisect_left(taken, (end,))
    return at == 0 or taken[at - 1][1] <= start


def find_dates(text: str) -> list[tuple[int, int, str]]:
    """Full dates in a short text: start, end (code points) and ISO date, in text order.

    Day and month of ``03/04/2016`` cannot be told apart; such dates are left out.
    """
    found: list[tuple[int, int, str]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            iso = _iso(match.groupdict())
            if iso and _free(found, match.start(), match.end()):
                insort(found, (match.start(), match.end(), iso))
    return found


def _iso(part: dict[str, str | None]) -> str | None:
    year = int(part["y"] or 0)
    if part.get("n"):
        month, day = _MONTHS[(part["n"] or "")[:3].lower()], int(part["d"] or 0)
    elif part.get("m"):
        month, day = int(part["m"] or 0), int(part["d"] or 0)
    else:
        first, second = int(part["a"] or 0), int(part["b"] or 0)
        if first > 12 >= second:
            day, month = first, second
        elif second > 12 >= first:
            month, day = first, second
        elif first == second:
            month = day = first
        else:
            return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
