"""From the texts of a bibliographic record to a study; the same for all formats."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, cast

from claimtrace.model.studies import PUBLISHED, Author, Status, Study
from claimtrace.studies import normal
from claimtrace.studies.formats.markup import DATA, abstract_text, plain

_MOST_TITLE = 2_000
_MOST_ABSTRACT = 60_000
_MOST_AUTHORS = 3_000
_MOST_NAMES = 50


class Vocabulary(NamedTuple):
    """The controlled words of others and ours for them (``data/catalogues/vocabulary.json``)."""

    designs: dict[str, str]
    design_order: tuple[str, ...]
    species: dict[str, str]
    species_prefixes: dict[str, str]
    statuses: dict[str, str]
    status_order: tuple[str, ...]
    notices: frozenset[str]
    title_marks: tuple[str, ...]
    groups: frozenset[str]
    title_stop_words: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    data: dict[str, Any] = json.loads((DATA / "vocabulary.json").read_bytes())
    return Vocabulary(
        data["designs"]["words"],
        tuple(data["designs"]["order"]),
        data["species"]["words"],
        data["species"]["prefixes"],
        data["statuses"]["words"],
        tuple(data["statuses"]["order"]),
        frozenset(data["notices"]["words"]),
        tuple(data["title_marks"]["words"]),
        frozenset(data["groups"]["words"]),
        frozenset(data["title_stop_words"]["words"]),
    )


def make_study(
    title: str | None,
    *,
    abstract: str | None = None,
    authors: Iterable[Author] = (),
    journal: str | None = None,
    published: str | None = None,
    doi: str | None = None,
    pmid: str | None = None,
    pmcid: str | None = None,
    url: str | None = None,
    institutions: Iterable[str] = (),
    types: Iterable[str] = (),
    headings: Iterable[str] = (),
    status: Status = PUBLISHED,
) -> Study | str:
    """A study without identifier of its own, or in words why the record is none.

    Args:
        title, abstract: with or without markup.
        authors: in print order.
        journal: as printed.
        published: a date in any usual spelling.
        doi, pmid, pmcid: as found; what is no identifier is dropped.
        url: an address.
        institutions: as printed.
        types: publication types; they tell the design, a retraction, and notices that are no studies.
        headings: MeSH headings; they tell the species.
        status: what the record says of retraction or correction.
    """
    words = vocabulary()
    kinds = [normal.clean(one).lower() for one in types]
    if any(one in words.notices for one in kinds):
        return "a notice on another article, no study"
    name = normal.clean(plain(title or ""))
    name, marked = without_mark(name)
    # Medline sets titles translated into English in square brackets.
    if name.startswith("[") and name.rstrip(".").endswith("]"):
        name = name.rstrip(".")[1:-1].strip()
    if not name:
        return "no title"
    if len(name) > _MOST_TITLE:
        return f"a title of {len(name)} signs; the longest taken has {_MOST_TITLE}"
    said = [Status(words.statuses[one]) for one in kinds if one in words.statuses]
    if marked:
        said.append(Status("retracted", None, "mark before the title"))
    text = normal.clean(abstract_text((abstract or "")[:_MOST_ABSTRACT]))
    return Study(
        id="",
        title=name,
        abstract=text or None,
        authors=tuple(authors)[:_MOST_AUTHORS],
        journal=normal.clean(plain(journal or "")) or None,
        published=normal.published(published),
        doi=normal.doi(doi),
        pmid=normal.pmid(pmid),
        pmcid=normal.pmcid(pmcid),
        url=_url(url),
        institutions=tuple(dict.fromkeys(name for one in institutions if (name := normal.clean(one))))[:_MOST_NAMES],
        design=_design(kinds),
        species=_species(headings),
        status=worst((status, *said)),
    )


def without_mark(title: str) -> tuple[str, bool]:
    """A title without "RETRACTED:" before it, and whether it stood there."""
    lower = title[:40].lower()
    for mark in vocabulary().title_marks:
        if lower.startswith(mark):
            return title[len(mark) :].strip(), True
    return title, False


def people(names: Iterable[object]) -> list[Author]:
    """Authors from printed names (``Kim, M.-Y.``, ``Kim MY``, ``Mi-Young Kim``, ``The Walnut Study Group``)."""
    found: list[Author] = []
    for name in names:
        text = normal.clean(name)
        words = text.lower().split(" ")
        if len(words) > 2 and "," not in text and words[-1].rstrip(".") in vocabulary().groups:
            found.append(Author(text))
        else:
            person = normal.person(text)
            found += [Author(*person)] if person else []
    return found


def people_of(records: object) -> list[Author]:
    """Authors from objects with ``family`` and ``given``, or ``literal`` or ``name`` (CSL and Crossref)."""
    found: list[Author] = []
    for one in entries(records):
        person = mapping(one)
        family, given = normal.clean(person.get("family")), normal.clean(person.get("given"))
        particle = normal.clean(person.get("non-dropping-particle"))
        if family:
            found.append(Author(f"{particle} {family}".strip(), given or None))
        else:
            group = normal.clean(person.get("literal")) or normal.clean(person.get("name"))
            found += [Author(group)] if group else []
    return found


def state_of(word: object) -> str | None:
    """Our word for another's word on retraction or correction."""
    return vocabulary().statuses.get(normal.clean(word).lower())


def worst(statuses: Sequence[Status]) -> Status:
    """The status that matters most: retracted, then concern, corrected, published; of equals the fuller one."""
    order = vocabulary().status_order
    return max(statuses, key=lambda one: (order.index(one.state), bool(one.date), bool(one.source)))


def mapping(value: object) -> dict[str, Any]:
    """The value when it is an object, or an empty one."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def entries(value: object) -> list[Any]:
    """The value when it is a list, or an empty one."""
    return cast("list[Any]", value) if isinstance(value, list) else []


def text_of(value: object) -> str | None:
    """The value as text: a text itself, a number, or the first of a list of texts."""
    if isinstance(value, list):
        value = next((one for one in cast("list[object]", value) if one), None)
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value)
    return value if isinstance(value, str) else None


def date_of_parts(value: object) -> str | None:
    """A date from ``{"date-parts": [[2017, 7, 5]]}``, or its ``raw`` or ``literal`` text (CSL and Crossref)."""
    date = mapping(value)
    parts = entries(next(iter(entries(date.get("date-parts"))), None))
    numbers = [int(one) for one in parts[:3] if isinstance(one, int) or (isinstance(one, str) and one.isdigit())]
    if numbers:
        return normal.iso_date(*numbers)
    return normal.published(text_of(date.get("raw")) or text_of(date.get("literal")))


def _url(value: str | None) -> str | None:
    url = normal.clean(value or "")
    return url if url.lower().startswith(("http://", "https://")) and len(url) <= 2_000 and " " not in url else None


def _design(kinds: Sequence[str]) -> str | None:
    words = vocabulary()
    found = {words.designs[one] for one in kinds if one in words.designs}
    return next((one for one in words.design_order if one in found), None)


def _species(headings: Iterable[str]) -> tuple[str, ...]:
    words = vocabulary()
    found: dict[str, None] = {}
    for heading in headings:
        name = normal.clean(heading).lower()
        species = words.species.get(name) or next(
            (one for prefix, one in words.species_prefixes.items() if name.startswith(prefix)), None
        )
        if species:
            found[species] = None
    return tuple(found)
