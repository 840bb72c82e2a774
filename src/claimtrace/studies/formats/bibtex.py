"""BibTeX and BibLaTeX, as Zotero, Mendeley, JabRef and Google Scholar write them. Read by bibtexparser, one entry at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from claimtrace.model.studies import Author, Study
from claimtrace.studies import normal
from claimtrace.studies.formats.fields import make_study, people
from claimtrace.studies.formats.items import Found, Item, Rejected
from claimtrace.studies.formats.source import LONGEST_RECORD, Source

NAME = "BibTeX"

_BLOCK = re.compile(r"[ \t]{0,20}@(\w{1,40})[ \t]{0,20}[{(]")
_HEAD = re.compile(r"^[ \t]{0,20}@\w{1,40}[ \t]{0,20}[{(]", re.MULTILINE)
_STRING = re.compile(r"[{(]\s{0,20}([\w:.+-]{1,100})\s{0,20}=")
_MOST_STRINGS = 1_000
_AND = re.compile(r"\s+and\s+")
_PMID = re.compile(r"PMID:?\s*(\d{1,9})", re.IGNORECASE)
_PMCID = re.compile(r"PMCID:?\s*(PMC\d{1,9})", re.IGNORECASE)
_LONGEST_LATEX = 30_000


def detect(head: str) -> bool:
    """Whether an entry begins near the beginning."""
    return _HEAD.search(head[:8_000]) is not None


def read(source: Source) -> Iterator[Item]:
    """The entries of the file."""
    strings: dict[str, str] = {}
    number = 0
    for line, kind, text in _blocks(source):
        if kind in ("comment", "preamble"):
            continue
        if kind == "string" and text is not None:
            key = _STRING.search(text[:400])
            if key and len(strings) < _MOST_STRINGS:
                strings[key.group(1)] = text
            continue
        number += 1
        if text is None:
            yield Rejected(f"longer than {LONGEST_RECORD // 1_000_000} million signs", number, line)
            continue
        study = _parsed(text, [one for name, one in strings.items() if name in text])
        yield Rejected(study, number, line) if isinstance(study, str) else Found(study, number, line)


def _blocks(source: Source) -> Iterator[tuple[int, str, str | None]]:
    """First line's number, kind in lower case, and text of each ``@…{…}``; no text for one that is too long."""
    lines: list[str] = []
    first = size = 0
    kind = ""
    for number, line in source.lines():
        begins = _BLOCK.match(line)
        if begins:
            if kind:
                yield first, kind, "\n".join(lines) if size <= LONGEST_RECORD else None
            lines, first, size, kind = [], number, 0, begins.group(1).lower()
        if kind:
            size += len(line) + 1
            if size <= LONGEST_RECORD:
                lines.append(line)
    if kind:
        yield first, kind, "\n".join(lines) if size <= LONGEST_RECORD else None


def _parsed(entry: str, strings: list[str]) -> Study | str:
    """The study of one entry, parsed alone, so that a broken one takes no other with it."""
    import logging

    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what failed is told by us, with file and line
    library = parse_string("\n".join((*strings, entry)))
    if library.entries:
        return _study({one.key.lower(): str(one.value) for one in library.entries[-1].fields})
    return _failure(library.failed_blocks)


def _failure(blocks: list[Any]) -> str:
    for one in blocks:
        inner = getattr(one, "ignore_error_block", None)
        if inner is not None:  # a field that stands twice: the first counts
            return "an entry with one field twice"
        reason = getattr(one.error, "abort_reason", None) or type(one.error).__name__
        return f"the entry cannot be parsed ({' '.join(str(reason).split())[:160]})"
    return "no entry that can be read"


def _study(fields: dict[str, str]) -> Study | str:
    def value(*names: str) -> str | None:
        return next((found for name in names if (found := _text(fields.get(name)))), None)

    note = f"{fields.get('note', '')} {fields.get('extra', '')} {fields.get('annote', '')}"[:5_000]
    pmid, pmcid = _PMID.search(note), _PMCID.search(note)
    eprint = value("eprint") if (value("eprinttype", "archiveprefix") or "").lower() == "pubmed" else None
    url = value("url")
    return make_study(
        value("title"),
        abstract=value("abstract"),
        authors=_authors(fields.get("author", "")),
        journal=value("journal", "journaltitle", "booktitle"),
        published=_date(value("date"), value("year"), value("month"), value("day")),
        doi=value("doi") or (url if normal.doi(url) else None),
        pmid=value("pmid") or eprint or (pmid and pmid.group(1)),
        pmcid=value("pmcid", "pmc") or (pmcid and pmcid.group(1)),
        url=url,
        institutions=filter(None, (value("institution"), value("school"))),
    )


def _authors(value: str) -> list[Author]:
    """Names parted by "and"; one in braces is a group's, and stays whole."""
    found: list[Author] = []
    for name in _AND.split(value.strip())[:5_000]:
        text = _text(name)
        if text and name.startswith("{") and name.endswith("}"):
            found.append(Author(text))
        else:
            found += people([text])
    return found


def _date(date: str | None, year: str | None, month: str | None, day: str | None) -> str | None:
    exact = normal.published((date or "").split("/")[0])
    if exact or not year:
        return exact
    if (month or "").isdigit():
        return normal.published(f"{year}-{month}" + (f"-{day}" if day else "")) or normal.published(year)
    return normal.published(f"{year} {month or ''} {day or ''}") or normal.published(year)


def _text(value: str | None) -> str | None:
    """A value without LaTeX: commands to signs, protecting braces away."""
    if not value:
        return None
    if "\\" in value or "$" in value:
        if len(value) <= _LONGEST_LATEX:
            try:
                value = str(_latex().latex_to_text(value))
            except RecursionError:  # braces nested by the thousand are no text
                return None
    else:
        value = value.replace("~", " ").replace("---", "—").replace("--", "–")
    return value.replace("{", "").replace("}", "").strip() or None


@cache
def _latex() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", keep_comments=True)
