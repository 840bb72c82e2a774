"""Two records of one study: how they are told, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any, NamedTuple

from claimtrace.model.studies import PUBLISHED, Author, Status, Study
from claimtrace.studies.normal import title_key

NEAR = 95.0
"""Least likeness (0–100, rapidfuzz's normalised indel similarity) of two titles that are taken for one: a letter or a
word's spelling apart, in titles of usual length. Titles that differ in a number or a name stay below it, or differ
in a digit, which is looked at by itself."""

_LEAST_SIGNS = 30
"""Titles shorter than this ("Editorial", "Author's reply") tell nothing by themselves."""


class Difference(NamedTuple):
    """A field in which two records of one study differ: what was kept, and what the other has.

    ``id`` is the identifier of the record that was there, or where it has none yet its DOI, PMID or title.
    """

    id: str
    field: str
    kept: str
    other: str

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.id}: {self.field} stays {_short(self.kept)}, the other record has {_short(self.other)}"


class Identified:
    """Which of some thousand studies, held in memory, a record is of."""

    def __init__(self, studies: Iterable[Study]) -> None:
        self._by_number: dict[str, Study] = {}
        self._by_year: dict[int, list[tuple[str, Study]]] = {}
        for one in studies:
            for key in _numbers(one.doi, one.pmid, one.pmcid):
                self._by_number.setdefault(key, one)
            if one.year is not None:
                self._by_year.setdefault(one.year, []).append((title_key(one.title), one))

    def find(self, *, doi: str | None = None, pmid: str | None = None, pmcid: str | None = None) -> Study | None:
        """The study that carries one of these identifiers."""
        return next((self._by_number[key] for key in _numbers(doi, pmid, pmcid) if key in self._by_number), None)

    def match(self, study: Study) -> Study | None:
        """The study that a record is of, by identifier or by title, year and first author."""
        found = self.find(doi=study.doi, pmid=study.pmid, pmcid=study.pmcid)
        if found is not None or study.year is None:
            return found
        key = title_key(study.title)
        around = (one for year in range(study.year - 1, study.year + 2) for one in self._by_year.get(year, ()))
        return next((one for other, one in around if near(key, other) and same_study(one, study)), None)


class Merged(NamedTuple):
    """One study of two records, and what differed."""

    study: Study
    differences: tuple[Difference, ...]


def same_study(one: Study, other: Study) -> bool:
    """Whether two records are likely of one study by title, year and first author, and no identifier contradicts.

    The titles are equal or nearly so, the years at most one apart (a paper on the web in December is printed in
    January), the first authors the same where both are known. Where the title is short or a year is missing, all
    that both records say of authors, year and journal has to be the same.
    """
    if one.year != other.year and (one.year is None or other.year is None or abs(one.year - other.year) > 1):
        return False
    if contradict(one, other):
        return False
    keys = title_key(one.title), title_key(other.title)
    if one.year is not None and telling(keys[0]) and telling(keys[1]):
        return near(*keys) and _same_first_author(one, other)
    return (
        keys[0] == keys[1]
        and one.year == other.year
        and _families(one.authors) == _families(other.authors)
        and title_key(one.journal or "") == title_key(other.journal or "")
        and not (one.abstract and other.abstract and title_key(one.abstract) != title_key(other.abstract))
    )


def contradict(one: Study, other: Study) -> bool:
    """Whether both records have a DOI, a PMID or a PMCID, and not the same."""
    return any(
        mine and theirs and mine != theirs
        for mine, theirs in ((one.doi, other.doi), (one.pmid, other.pmid), (one.pmcid, other.pmcid))
    )


def _same_first_author(one: Study, other: Study) -> bool:
    return not (one.authors and other.authors) or _family(one.authors[0]) == _family(other.authors[0])


def telling(key: str) -> bool:
    """Whether a title key is long enough to tell a study: "editorial" is not."""
    return len(key) >= _LEAST_SIGNS


def near(one: str, other: str) -> bool:
    """Whether two title keys are equal or nearly so; numbers have to be the same."""
    if one == other:
        return True
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other, score_cutoff=NEAR) > 0 and _digits(one) == _digits(other)


def blocks(key: str) -> Iterator[str]:
    """Parts of a title key, one of which two nearly equal titles have in common: beginning, end, and words' initials.

    A slip of the pen within a word leaves the initials, a word more or less the beginning or the end. Spaces do not
    count in those, as hyphens come and go. The end is long, since many titles end "a randomized controlled trial". A
    short title has to be equal.
    """
    packed = key.replace(" ", "")
    if telling(key):
        yield f"<{packed[:20]}"
        yield f">{packed[-30:]}"
        yield f"/{''.join(word[0] for word in key.split())}"
    elif packed:
        yield f"={packed}"


def merge(kept: Study, other: Study, *, newer: bool = False) -> Merged:
    """One study of two records of it.

    What one record lacks is taken from the other; lists are taken whole from the one that has them; of two dates or
    abstracts of which one begins with the other, the fuller is taken; of two states the graver. Where both say
    something else, ``kept`` stays, and the difference is told.

    Args:
        kept: the record that was there first; its identifier stays.
        other: the other record.
        newer: ``other`` is the later edition of the same record: where both say something, it is taken.
    """
    changes: dict[str, Any] = {}
    differences: list[Difference] = []
    who = kept.id or kept.doi or (f"PMID {kept.pmid}" if kept.pmid else kept.title[:60])
    for field in fields_of(Study):
        name = field.name
        mine, theirs = getattr(kept, name), getattr(other, name)
        if name in ("id", "sources", "extra") or mine == theirs or not theirs:
            continue
        if name == "status":
            if newer or _grave(theirs) > _grave(mine):
                changes[name] = theirs
            continue
        if not mine:
            changes[name] = theirs
        elif name in _LISTS and not newer:
            if name == "authors" and _families(mine) != _families(theirs):
                differences.append(Difference(who, name, _names(mine), _names(theirs)))
        elif newer or _fuller(name, mine, theirs):
            changes[name] = theirs
        elif _matters(name, mine, theirs):
            differences.append(Difference(who, name, str(mine), str(theirs)))
    changes["sources"] = (*kept.sources, *(one for one in other.sources if one not in kept.sources))
    changes["extra"] = {**other.extra, **kept.extra} if not newer else {**kept.extra, **other.extra}
    merged = replace(kept, **changes)
    if replace(merged, sources=kept.sources) == kept:  # where the same was seen once more is no news
        merged = kept
    return Merged(merged, tuple(differences))


_LISTS = frozenset(
    [
        "authors",
        "institutions",
        "aliases",
        "species",
        "models",
        "sample",
        "conditions",
        "interventions",
        "outcomes",
        "findings",
        "limits",
        "advice",
        "related",
    ]
)


def _numbers(doi: str | None, pmid: str | None, pmcid: str | None) -> Iterator[str]:
    if doi:
        yield doi
    if pmid:
        yield f"pmid:{pmid}"
    if pmcid:
        yield pmcid


def _fuller(name: str, mine: str, theirs: str) -> bool:
    if name == "published":
        return len(theirs) > len(mine) and theirs.startswith(mine)
    if name == "abstract":
        return len(theirs) > len(mine) and title_key(theirs).startswith(title_key(mine).rstrip("… "))
    return False


def _matters(name: str, mine: str, theirs: str) -> bool:
    """Whether a difference is one of content: not of case, accents and marks, nor of a part against the whole."""
    if name == "url":
        return False
    if name == "published":
        return not mine.startswith(theirs)
    one, other = title_key(mine), title_key(theirs)
    if name == "abstract":
        return not one.startswith(other)
    return one != other and not (name == "journal" and _abbreviates(one, other))


def _abbreviates(one: str, other: str) -> bool:
    """Whether one journal's name is the other's abbreviation: its words begin the other's, in order."""
    short, long = sorted((one.split(), other.split()), key=lambda words: sum(map(len, words)))
    rest = iter(long)
    return all(any(word.startswith(part) for word in rest) for part in short)


def _grave(status: Status) -> tuple[int, bool]:
    order = ("published", "corrected", "concern", "retracted")
    return order.index(status.state), status != PUBLISHED and bool(status.date)


def _families(authors: tuple[Author, ...]) -> list[str]:
    return [_family(one) for one in authors]


def _family(author: Author) -> str:
    return title_key(author.family)


def _names(authors: tuple[Author, ...]) -> str:
    return ", ".join(one.family for one in authors[:5]) + (
        f" and {len(authors) - 5} more" if len(authors) > 5 else ""
    )


def _digits(key: str) -> list[str]:
    return [word for word in key.split() if any(sign.isdigit() for sign in word)]


def _short(text: str) -> str:
    return f'"{text[:60]}{"…" if len(text) > 60 else ""}"'
