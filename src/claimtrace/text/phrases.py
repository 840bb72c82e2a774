"""All lexicons and disease names in one table, found in one pass over a statement's tokens.

The table is compiled by ``training/build_tables.py`` from ``data/lexicons`` and the Human Disease Ontology.
It holds every phrase and every beginning of a phrase, so that a walk along the tokens stops as soon as no phrase
goes on: time is linear in the number of tokens, whatever they are. The phrases that begin with a word are read when the
word is met.
"""

from __future__ import annotations

import json
import sys
from array import array
from dataclasses import dataclass, field
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, NamedTuple

_COMPILED = Path(__file__).resolve().parents[1] / "data" / "compiled"
CONDITION = "condition"
LONGER = 1 << 16
"""A word's code from here on says where in the file the phrases lie that it begins; below, what the word is by itself."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase can be: a group of a lexicon, or a disease.

    Attributes:
        lexicon: the lexicon's name; ``condition`` for a disease.
        group: the group's name; for a disease its label.
        attrs: the group's attributes; for a disease ``{"concept": identifier}``.
        pseudo: a phrase that only looks like a cue and hides what stands in it.
    """

    lexicon: str
    group: str
    attrs: dict[str, Any] = field(compare=False)
    pseudo: bool = False


class Match(NamedTuple):
    """A phrase found: tokens ``first`` to ``last`` (``last`` not included)."""

    sense: Sense
    first: int
    last: int


class Phrasebook:
    """The compiled table. Made once a process by ``phrasebook()``.

    A phrase's value is 0 for a mere beginning, an index of ``entries`` (several senses, or a lexicon's group), or,
    from ``len(entries)`` on, a disease that nothing else is called by: these are many, and most are never met.

    Args:
        words: a code for each word that a phrase begins with.
        phrases: a line for each word that begins longer ones: the place of the first one's value, these phrases, and
            the word itself, with tabs between.
        values: their values in the same order.
    """

    __slots__ = ("_diseases", "_entries", "_lexicon", "_met", "_names", "_phrases", "_senses", "_table", "_values")

    def __init__(
        self,
        words: dict[str, int],
        phrases: mmap,
        values: array[int],
        senses: list[Sense],
        entries: list[list[int]],
        diseases: list[str],
    ) -> None:
        self._table = words
        self._phrases = phrases
        self._values = values
        self._entries = entries
        self._senses = senses
        self._diseases = diseases
        self._names = tuple(dict.fromkeys((*(sense.lexicon for sense in senses), CONDITION)))
        number = {name: index for index, name in enumerate(self._names)}
        self._lexicon = [number[sense.lexicon] for sense in senses]
        self._met: dict[int, list[tuple[int, Sense]]] = {}

    def _open(self, word: str, code: int) -> int:
        """Read the phrases that begin with a word; its own value. Safe from several threads: the word itself comes last."""
        line = code - LONGER
        first, *longer = self._phrases[line : self._phrases.find(b"\n", line)].decode().split("\t")
        start = int(first)
        self._table.update(zip(longer, self._values[start : start + len(longer)], strict=True))
        return self._table[word]

    def _of(self, entry: int) -> list[tuple[int, Sense]]:
        """Number of the lexicon and sense, for each sense of an entry."""
        known = self._met.get(entry)
        if known is not None:
            return known
        count = len(self._senses)
        last = self._names.index(CONDITION)
        numbers = self._entries[entry] if entry < len(self._entries) else (count + entry - len(self._entries),)
        made = self._met[entry] = [
            (self._lexicon[one], self._senses[one]) if one < count else (last, self._disease(one - count))
            for one in numbers
        ]
        return made

    def _disease(self, index: int) -> Sense:
        concept, _, label = self._diseases[index].partition(" ")
        return Sense(CONDITION, label, {"concept": concept})

    def find(self, norms: list[str]) -> dict[str, list[Match]]:
        """The longest phrases from left to right, for each lexicon on its own, in text order.

        Args:
            norms: normal forms of the tokens (``claimtrace.text.tokens``).
        """
        get = self._table.get
        met = self._met
        until = [0] * len(self._names)
        found: list[list[Match] | None] = [None] * len(self._names)
        count = len(norms)
        for first, key in enumerate(norms):
            entry = get(key)
            if entry is None:
                continue
            if entry >= LONGER:
                entry = self._open(key, entry)
            last = first + 1
            ends: list[tuple[int, int]] | tuple[tuple[int, int]] = ((entry, last),)
            if last < count:
                key = f"{key} {norms[last]}"
                longer = get(key)
                if longer is not None:
                    ends = [(entry, last)]
                    while longer is not None:
                        last += 1
                        if longer:
                            ends.append((longer, last))
                        if last == count:
                            break
                        key = f"{key} {norms[last]}"
                        longer = get(key)
                    ends.reverse()
            for entry, last in ends:
                if not entry:
                    continue
                for lexicon, sense in met.get(entry) or self._of(entry):
                    if first >= until[lexicon]:
                        until[lexicon] = last
                        if not sense.pseudo:
                            matches = found[lexicon]
                            if matches is None:
                                found[lexicon] = [Match(sense, first, last)]
                            else:
                                matches.append(Match(sense, first, last))
        return {name: matches for name, matches in zip(self._names, found, strict=True) if matches}

    def senses_of(self, phrase: str) -> tuple[Sense, ...]:
        """The senses of exactly this phrase (in normal form)."""
        word = phrase.partition(" ")[0]
        code = self._table.get(word, 0)
        if code >= LONGER:
            self._open(word, code)
        return tuple(sense for _, sense in self._of(self._table.get(phrase, 0)))

    def groups(self, lexicon: str) -> dict[str, dict[str, Any]]:
        """Attributes of all groups of a lexicon, by name."""
        return {sense.group: sense.attrs for sense in self._senses if sense.lexicon == lexicon and not sense.pseudo}


@cache
def phrasebook() -> Phrasebook:
    """The compiled phrases, read once a process."""
    header: dict[str, Any] = json.loads((_COMPILED / "senses.json").read_bytes())
    senses = [
        Sense(lexicon, group, attrs, bool(attrs.get("pseudo")))
        for lexicon, groups in header["lexicons"].items()
        for group, attrs in groups
    ]
    words = (_COMPILED / "words.txt").read_text("utf-8").split("\n")
    table = dict(zip(words, _numbers("words.bin", "I"), strict=True))
    with (_COMPILED / "phrases.txt").open("rb") as file:
        phrases = mmap(file.fileno(), 0, access=ACCESS_READ)
    diseases = (_COMPILED / "diseases.txt").read_text("utf-8").split("\n")
    return Phrasebook(table, phrases, _numbers("phrases.bin", "H"), senses, header["entries"], diseases)


def _numbers(name: str, kind: str) -> array[int]:
    numbers: array[int] = array(kind)
    numbers.frombytes((_COMPILED / name).read_bytes())
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


@cache
def _hierarchy() -> str:
    return "\n" + (_COMPILED / "hierarchy.txt").read_text("utf-8") + "\n"


def _parents(concept: str) -> list[str]:
    """Looked up in the text itself: a scan asks for a few of twelve thousand."""
    text = _hierarchy()
    at = text.find(f"\n{concept} ")
    if at < 0:
        return []
    start = at + len(concept) + 2
    return text[start : text.index("\n", start)].split()


@cache
def wider_conditions(concept: str) -> frozenset[str]:
    """All diseases that hold this one, itself not included (identifiers of the Human Disease Ontology)."""
    seen: set[str] = set()
    waiting = _parents(concept)
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting.extend(_parents(one))
    return frozenset(seen)


@cache
def holds_at_least(concept: str, count: int) -> bool:
    """Whether a disease holds this many others, directly or through others; looked up until there are enough."""
    text = _hierarchy()
    seen: set[str] = set()
    waiting = [concept]
    while waiting and len(seen) < count:
        wanted = waiting.pop()
        at = text.find(f" {wanted}")
        while at >= 0 and len(seen) < count:
            after = at + 1 + len(wanted)
            if text[after] in " \n":
                start = text.rfind("\n", 0, at) + 1
                one = text[start : text.index(" ", start)]
                if one not in seen:
                    seen.add(one)
                    waiting.append(one)
            at = text.find(f" {wanted}", after)
    return len(seen) >= count
