"""Terms by which texts are compared: stems of the words that carry meaning."""

from __future__ import annotations

import itertools
from functools import lru_cache

_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "and",
        "or",
        "but",
        "nor",
        "so",
        "yet",
        "if",
        "then",
        "than",
        "as",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "without",
        "within",
        "into",
        "onto",
        "over",
        "under",
        "between",
        "among",
        "through",
        "during",
        "before",
        "after",
        "above",
        "below",
        "up",
        "down",
        "out",
        "off",
        "about",
        "against",
        "to",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "has",
        "have",
        "had",
        "having",
        "do",
        "does",
        "did",
        "doing",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "will",
        "would",
        "not",
        "no",
        "it",
        "its",
        "he",
        "she",
        "his",
        "her",
        "him",
        "they",
        "them",
        "their",
        "we",
        "our",
        "us",
        "you",
        "your",
        "i",
        "my",
        "me",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "when",
        "where",
        "why",
        "how",
        "all",
        "any",
        "both",
        "each",
        "few",
        "more",
        "most",
        "other",
        "some",
        "such",
        "only",
        "own",
        "same",
        "too",
        "very",
        "just",
        "also",
        "even",
        "still",
        "already",
        "ever",
        "never",
        "s",
        "t",
        "said",
        "says",
        "say",
        "according",
        "new",
        "study",
        "studies",
        "research",
        "researchers",
        "scientists",
        "found",
        "find",
        "finds",
        "finding",
        "findings",
        "show",
        "shows",
        "showed",
        "shown",
        "suggest",
        "suggests",
        "suggested",
        "published",
        "journal",
        "university",
        "professor",
        "dr",
        "team",
        "author",
        "authors",
        "lead",
        "people",
        "however",
        "while",
        "because",
        "there",
        "here",
        "now",
        "one",
        "two",
        "many",
        "much",
        "often",
        "been",
        "per",
        "cent",
        "percent",
    ]
)
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=60_000)
def stem(word: str) -> str:
    """A light stem that joins inflections and British and American spelling; it may be no word itself."""
    if len(word) <= 3 or not word.isalpha():
        return word
    word = word.replace("our", "or") if len(word) > 5 else word
    word = word.replace("aem", "em").replace("oes", "es") if len(word) > 6 else word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("sses"):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix in ("isation", "ization", "ation", "ing", "ed", "ly"):
        if (
            word.endswith(suffix)
            and len(word) - len(suffix) >= 3
            and any(sign in _VOWELS for sign in word[: -len(suffix)])
        ):
            word = word[: -len(suffix)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    if word.endswith(("is", "iz")) and len(word) > 5:
        word = word[:-1] + "z"
    return word


def terms(norms: list[str]) -> list[str]:
    """Stems of the tokens that are words or numbers of meaning, in order."""
    return [
        stem(norm) for norm in norms if norm not in _STOP and (len(norm) > 1 or norm.isdigit()) and norm[0].isalnum()
    ]


def pairs(stems: list[str]) -> set[str]:
    """Neighbouring stems."""
    return {f"{a} {b}" for a, b in itertools.pairwise(stems)}
