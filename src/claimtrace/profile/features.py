"""What the strength model sees of a statement: words, word pieces, and cues with what stands around them."""

from __future__ import annotations

import itertools
import json
from functools import cache, lru_cache
from pathlib import Path

from claimtrace.profile.cues import Reading
from claimtrace.text.tokens import Tokens

MOST_TOKENS = 120
"""Tokens of a statement that count; headlines and sentences are shorter, and time stays bounded."""

_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_MODAL = frozenset({"may", "might", "could"})
_HAVE = frozenset({"has", "have", "had"})
_WILL = frozenset({"will", "would", "should", "must"})
_BREAK = frozenset({",", ".", ";", ":"})
_LINKS = frozenset(
    {
        ",",
        ";",
        ":",
        ".",
        "?",
        "!",
        "but",
        "although",
        "though",
        "which",
        "that",
        "and",
        "because",
        "while",
        "whether",
        "if",
    }
)
_FUNCTION = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "my",
        "your",
        "his",
        "her",
        "its",
        "our",
        "their",
        "some",
        "any",
        "no",
        "not",
        "nor",
        "none",
        "never",
        "cannot",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "about",
        "into",
        "over",
        "under",
        "after",
        "before",
        "during",
        "through",
        "between",
        "among",
        "against",
        "within",
        "without",
        "across",
        "per",
        "via",
        "upon",
        "than",
        "then",
        "as",
        "if",
        "when",
        "while",
        "where",
        "whether",
        "which",
        "who",
        "what",
        "why",
        "how",
        "because",
        "so",
        "thus",
        "or",
        "and",
        "but",
        "also",
        "only",
        "even",
        "still",
        "both",
        "either",
        "each",
        "every",
        "all",
        "most",
        "many",
        "more",
        "much",
        "few",
        "less",
        "such",
        "other",
        "another",
        "same",
        "very",
        "too",
        "there",
        "it",
        "they",
        "them",
        "he",
        "she",
        "we",
        "you",
        "to",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "will",
        "would",
    ]
)
_ENDINGS = ("ing", "ed", "ion", "s")


def word_features(tokens: Tokens) -> list[str]:
    """Words, pairs and triples; all numbers are one word."""
    words = [norm if not norm[0].isdigit() else "0" for norm in tokens.norms[:MOST_TOKENS]]
    framed = ["^", *words, "$"]
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(framed)]
    triples = [f"{pair} {c}" for pair, c in zip(pairs, framed[2:], strict=False)]
    return list({*words, *pairs, *triples})


def piece_features(tokens: Tokens) -> list[str]:
    """Beginnings and ends of words, which hold the stem and the inflection."""
    out: set[str] = set()
    for norm in tokens.norms[:MOST_TOKENS]:
        if len(norm) > 4 and norm[0].isalpha():
            out.add("<" + norm[:5])
            out.add(norm[-4:] + ">")
    return list(out)


def cue_features(tokens: Tokens, reading: Reading) -> list[str]:
    """Classes of cue words with their inflection, auxiliary and neighbours, their order, and how they are hedged."""
    norms = tokens.norms[:MOST_TOKENS]
    classes = _class_of
    out: set[str] = set()
    chain: list[str] = ["^"]
    cues: list[tuple[str, str]] = []
    for index, norm in enumerate(norms):
        found = classes(norm)
        if found is None:
            if norm in _LINKS:
                chain.append(norm)
            continue
        name, ending = found
        chain.append(name)
        cue = name + ending
        helper = _helper(norms, index)
        after = norms[index + 1] if index + 1 < len(norms) else "$"
        before = norms[index - 1] if index else "^"
        after = after if after in _FUNCTION or not after[0].isalnum() else "~"
        before = before if before in _FUNCTION or not before[0].isalnum() else "~"
        out.update(
            (
                f"1{name}",
                f"2{cue}",
                f"3{cue}|{helper}",
                f"4{cue}|{after}",
                f"5{cue}|{before}",
                f"6{cue}|{helper}|{after}",
            )
        )
        cues.append(found)
    chain.append("$")
    names = ["^", *(name for name, _ in cues), "$"]
    for length in (2, 3, 4):
        out.update("S" + ">".join(chain[i : i + length]) for i in range(len(chain) - length + 1))
        out.update("T" + ">".join(names[i : i + length]) for i in range(len(names) - length + 1))
    for i, (name, ending) in enumerate(cues):
        for other, tail in cues[i + 1 : i + 5]:
            out.add(f"P{name}{ending}..{other}{tail}")
            out.add(f"Q{name}..{other}")
    present = {name for name, _ in cues}
    out.add("F" + ("".join(cues[0]) if cues else "-"))
    out.add("L" + ("".join(cues[-1]) if cues else "-"))
    out.add("G" + ",".join(sorted(present & _RELATIONAL)))
    out.update("no" + name for name in _CHECKED if name not in present)
    out.update(_scope_features(reading))
    return list(out)


_RELATIONAL = frozenset({"CAU", "UP", "DOWN", "HELP", "AFF", "ASS", "PRED", "RISK", "MOD", "CAN"})
_CHECKED = ("MOD", "CAN", "NEG", "HEDGE", "ASS", "RISK")


def _scope_features(reading: Reading) -> set[str]:
    out = {f"z{reading.certainty}"}
    states: list[str] = []
    for one in reading.relations:
        state = "d" if one.denied else "h" if one.hedged else "p" if one.presupposed else "a"
        states.append(f"{one.group}.{state}")
    out.update(f"r{state}" for state in states)
    out.add("R" + ",".join(sorted(set(states))))
    if reading.main is not None:
        out.add(f"m{reading.main.group}.{'h' if reading.main.hedged else 'a'}.{reading.main.direction}")
    else:
        out.add("m-")
    out.update(f"g{hedge.group}" for hedge in reading.hedges)
    return out


def _helper(norms: list[str], index: int) -> str:
    for back in (1, 2, 3):
        if index < back:
            break
        before = norms[index - back]
        if before in _BE:
            return "be"
        if before == "to" or before in _WILL or before == "can":
            return before
        if before in _MODAL:
            return "may"
        if before in _HAVE:
            return "have"
        if before in _BREAK:
            break
    return ""


@cache
def _stems() -> dict[str, str]:
    path = Path(__file__).resolve().parents[1] / "data" / "strength" / "cue_classes.json"
    return {stem: one["class"] for one in json.loads(path.read_bytes())["classes"] for stem in one["stems"]}


@lru_cache(maxsize=20_000)
def _class_of(norm: str) -> tuple[str, str] | None:
    """Class and inflection of a word by its longest known beginning."""
    stems = _stems()
    name = stems.get(norm)
    if name is None:
        for length in range(min(len(norm), 12), 3, -1):
            name = stems.get(norm[:length])
            if name is not None:
                break
    if name is None:
        return None
    return name, next((ending for ending in _ENDINGS if norm.endswith(ending)), "0")
