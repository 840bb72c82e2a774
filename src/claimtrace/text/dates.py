"""Dates as articles print them."""

from __future__ import annotations

import re
from datetime import date

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


def find_dates(text: str) -> list[tuple[int, int, str]]:
    """Full dates in a short text: start, end (code points) and ISO date, in text order.

    Day and month of ``03/04/2016`` cannot be told apart; such dates are left out.
    """
    found: list[tuple[int, int, str]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            iso = _iso(match.groupdict())
            if iso and not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), iso))
    return sorted(found)


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
