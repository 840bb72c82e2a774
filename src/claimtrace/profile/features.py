"""What the strength model sees of a statement: words, word pieces, pairs of words, and cues with what stands around them.

A feature is a string or a tuple of strings. Names are chosen so that no two kinds of features can be the same: words are
in lower case, names of cue classes in upper case, marks of the chain begin with a comma, and what the reading found
holds a sign of equality.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise, repeat
from pathlib import Path
from typing import NamedTuple

from claimtrace.model.profile import Relation
from claimtrace.profile.cues import Reading
from claimtrace.text.tokens import Tokens

MOST_TOKENS = 120
"""Tokens of a statement that count; headlines and sentences are shorter, and time stays bounded."""
_LOOK_BACK = 3
"""Tokens before a cue among which its auxiliary is sought."""
_NEAR_CUES = 4
"""A cue is paired with that many cues after it."""
_BREAK = "."
_MOST_KNOWN = 30_000
_LONGEST_KNOWN = 30

Feature = str | tuple[str, ...]


class Cue(NamedTuple):
    """A cue word: its class (``CAU``), and the class with the word's inflection (``CAUed``)."""

    name: str
    inflected: str


def folded_words(tokens: Tokens) -> list[str]:
    """The words that count; all numbers are one word."""
    return [norm if not norm[0].isdigit() else "0" for norm in tokens.norms[:MOST_TOKENS]]


def word_features(word: str) -> tuple[str, ...]:
    """A word, and its beginning and end, which hold the stem and the inflection."""
    if len(word) > 4 and word[0].isalpha():
        return word, "<" + word[:5], word[-4:] + ">"
    return (word,)


def sequence_features(words: list[str], reading: Reading) -> list[Feature]:
    """Pairs of words; cues with auxiliary and neighbours, and their order; and how relations are hedged or denied."""
    framed = ["^", *words, "$"]
    out: list[Feature] = list(pairwise(framed))
    helpers, function = _tables().helpers, _tables().function
    chain: list[str] = [",^"]
    names: list[str] = ["^"]
    cues: list[str] = []
    # The frame's own signs are no cues, so positions in the framed words are taken as they are.
    for at, cue in enumerate(map(_MARKS.__getitem__, framed)):
        if cue is None:
            continue
        if isinstance(cue, str):
            chain.append(cue)
            continue
        name, inflected = cue
        chain.append(name)
        names.append(name)
        cues.append(inflected)
        helper = "NONE"
        for back in range(at - 1, max(0, at - 1 - _LOOK_BACK), -1):
            found = helpers.get(framed[back])
            if found is not None:
                if found != _BREAK:
                    helper = found
                break
        before, after = framed[at - 1], framed[at + 1]
        out += (
            (inflected, helper),
            (inflected, after if after in function or not after[0].isalnum() else "~"),
            (before if before in function or not before[0].isalnum() else "~", inflected),
        )
    chain.append(",$")
    names.append("$")
    out += pairwise(chain)
    out += zip(chain, chain[1:], chain[2:], strict=False)
    out += zip(repeat("THEN"), names, names[1:], strict=False)
    for step in range(1, min(len(cues), _NEAR_CUES + 1)):
        out += zip(cues, cues[step:], strict=False)
    out += dict.fromkeys(feature for feature, _ in scope_features(reading))
    return out


def signs_of(word: str) -> tuple[str, ...]:
    """The signs by which a word stands in features: its class and inflection, its mark in the chain, its help to a verb."""
    mark = _MARKS[word]
    helper = _tables().helpers.get(word, _BREAK)
    return (
        *(mark if isinstance(mark, Cue) else () if mark is None else (mark,)),
        *(() if helper == _BREAK else (helper,)),
    )


def scope_features(reading: Reading) -> list[tuple[str, str]]:
    """What the reading found, each feature once for each stretch of words that it was found in."""
    main = reading.main.span.text if reading.main else ""
    found = [("certainty=" + reading.certainty, main)]
    states: set[str] = set()
    for one in reading.relations:
        state = _state(one)
        states.add(state)
        found.append(("relation=" + state, one.span.text))
    found.append(("relations=" + ",".join(sorted(states)), main))
    found.append(("main=" + _main(reading), main))
    found += [("hedge=" + one.group, one.span.text) for one in reading.hedges]
    return found


def _state(one: Relation) -> str:
    return one.group + ("-" if one.denied else "?" if one.hedged else "*" if one.presupposed else "+")


def _main(reading: Reading) -> str:
    main = reading.main
    return f"{main.group}{'?' if main.hedged else '+'}{main.direction}" if main else ""


class _Tables(NamedTuple):
    stems: dict[str, str]
    endings: tuple[str, ...]
    links: frozenset[str]
    function: frozenset[str]
    helpers: dict[str, str]


@cache
def _tables() -> _Tables:
    path = Path(__file__).resolve().parents[1] / "data" / "strength" / "cue_classes.json"
    data = json.loads(path.read_bytes())
    return _Tables(
        stems={stem: one["class"] for one in data["classes"] for stem in one["stems"]},
        endings=tuple(data["endings"]["words"]),
        links=frozenset(data["links"]["words"]),
        function=frozenset(data["function words"]["words"]),
        helpers={word: one["as"] for one in data["helpers"] for word in one["words"]},
    )


class _Marks(dict[str, Cue | str | None]):
    """For each word its cue, its mark in the chain (links between clauses), or ``None``; found when first asked for."""

    def __missing__(self, word: str) -> Cue | str | None:
        found = _mark(word)
        if len(word) <= _LONGEST_KNOWN and len(self) < _MOST_KNOWN:
            self[word] = found
        return found


_MARKS = _Marks()


def _mark(word: str) -> Cue | str | None:
    tables = _tables()
    name = tables.stems.get(word)
    if name is None:
        # By its longest known beginning; shorter ones than four letters must be the whole word.
        for length in range(min(len(word), 12), 3, -1):
            name = tables.stems.get(word[:length])
            if name is not None:
                break
    if name is None:
        return "," + word if word in tables.links else None
    return Cue(name, name + next((ending for ending in tables.endings if word.endswith(ending)), "0"))
