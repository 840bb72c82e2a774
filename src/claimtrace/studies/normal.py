"""Normal forms of what bibliographic records hold: identifiers, dates, names, titles.

Every function takes what a stranger's file may hold and returns ``None`` (or nothing) for what is not usable.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?(?:www\.)?doi\.org/|doi:\s*|doi\s+)", re.IGNORECASE)
_PMID = re.compile(r"\d{1,9}")
_PMCID = re.compile(r"(?:pmc)?(\d{1,9})(?:\.\d+)?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_INITIALS = re.compile(r"[^\W\d_](?:[.\s-]{0,2}[^\W\d_]){0,4}\.?")
_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
_PARTICLES = {
    "von",
    "van",
    "de",
    "der",
    "den",
    "del",
    "della",
    "di",
    "da",
    "dos",
    "du",
    "la",
    "le",
    "ter",
    "ten",
    "al",
    "el",
}


def doi(value: object) -> str | None:
    """A DOI in lower case without resolver or prefix; DOIs are case-insensitive (DOI Handbook, 2.4)."""
    if not isinstance(value, str):
        return None
    bare = _DOI_PREFIX.sub("", value.strip()).strip().rstrip(".,;")
    return bare.lower() if _DOI.fullmatch(bare) else None


def pmid(value: object) -> str | None:
    """A PubMed identifier: digits without leading zeros."""
    if isinstance(value, bool):
        return None
    text = str(value).strip() if isinstance(value, str | int) else ""
    text = re.sub(
        r"^(?:https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/|pmid:?\s*)",
        "",
        text,
        flags=re.IGNORECASE,
    )
    text = text.rstrip("/").lstrip("0")
    return text if _PMID.fullmatch(text) else None


def pmcid(value: object) -> str | None:
    """A PubMed Central identifier, written ``PMC1234567``."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    match = _PMCID.fullmatch(text.rstrip("/").rsplit("/", 1)[-1])
    return f"PMC{match.group(1)}" if match else None


def published(value: object) -> str | None:
    """An ISO date, month (``2017-07``) or year from ISO, ``2017/7/5``, ``2017 Jul 5``, ``5 July 2017`` or a year."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    text = value.strip()[:40]
    match = _ISO.fullmatch(text.split("T", 1)[0].rstrip("/"))
    if match:
        return iso_date(*(int(part) if part else None for part in match.groups()))
    year = _YEAR.search(text)
    if not year:
        return None
    rest = text[: year.start()] + " " + text[year.end() :]
    month = day = None
    for word in re.findall(r"[A-Za-z]+|\d+", rest):
        if word[:3].lower() in _MONTHS and month is None:
            month = _MONTHS[word[:3].lower()]
        elif word.isdigit() and day is None:
            day = int(word)
    return iso_date(int(year.group()), month, day if month else None)


def iso_date(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, as much of it as is a real date."""
    if year is None or not 1500 <= year <= 2999:
        return None
    if month is None or not 1 <= month <= 12:
        return f"{year:04d}"
    if day is not None:
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            pass
    return f"{year:04d}-{month:02d}"


def person(name: str) -> tuple[str, str | None] | None:
    """Family and given name from ``Kim, Mi-Young``, ``Kim MY``, ``Mi-Young Kim`` or ``Ludwig van Beethoven``."""
    name = clean(name)
    if not name:
        return None
    if "," in name:
        family, given = (part.strip() for part in name.split(",", 1))
        return (family, given or None) if family else None
    words = name.split(" ")
    if len(words) > 1 and words[-1].lower() in _SUFFIXES and not words[-1].isupper():
        words.pop()
    if len(words) == 1:
        return words[0], None
    if words[-1].isupper() and _INITIALS.fullmatch(words[-1]) and len(words[-1].replace(".", "")) <= 4:
        return " ".join(words[:-1]), words[-1]
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start])


def clean(value: object) -> str:
    """One line of text: no control characters, single spaces, composed characters; ``""`` for what is no text."""
    if not isinstance(value, str):
        return ""
    text = unicodedata.normalize("NFC", value)
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in text)
    return " ".join(text.split())


_PLAIN = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


def title_key(title: str) -> str:
    """A title for comparison: letters and digits in lower case without accents, words parted by one space."""
    if title.isascii():
        return " ".join(title.translate(_PLAIN).split())
    text = unicodedata.normalize("NFKD", title.casefold())
    return " ".join(
        "".join(sign if sign.isalnum() else " " for sign in text if not unicodedata.combining(sign)).split()
    )
