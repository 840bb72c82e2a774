"""The human-coded statements, articles and reports that models are trained on, and the folds that keep them honest."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOUR = {0: 0, 1: 0, 2: 1, 3: 1, 4: 2, 5: 3, 6: 3}
"""Seven levels of Adams et al. (2017) to the four of Yu et al. (2019)."""


@dataclass(frozen=True)
class Statement:
    """``seven`` is ``None`` where the source codes four levels only; ``source`` is st, pm or eu."""

    text: str
    source: str
    seven: int | None
    four: int
    fold: int


def rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSON lines file, compressed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fold_of(key: str, folds: int = 5) -> int:
    """Fold of a key (a reference, or a text without one): all rows of one study stand in one fold."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % folds


SOURCES = ("st", "pm", "eu")
"""Coded statements of studies, releases and news; PubMed conclusions; EurekAlert releases."""
_FIRST = 8  # sentences of an article that are taken for certain: what it reports stands there
_OTHERS = 5000
_SHORTEST, _LONGEST = 20, 320


def uncoded(folder: Path) -> list[Statement]:
    """Sentences of articles and studies that nobody has coded, for a teacher to read: the first of each, and some others."""
    from claimtrace.documents.load import make_document, sentences_of
    from claimtrace.documents.plain_text import read_plain_text

    first: dict[str, int] = {}
    others: list[tuple[str, int]] = []
    for row in rows(folder / "articles.jsonl.gz"):
        document = make_document(read_plain_text(row["id"], row["text"].encode("utf-8", "surrogatepass")))
        for number, one in enumerate(sentences_of(document)):
            text = " ".join(document.text[one.start : one.end].split())
            if _SHORTEST <= len(text) <= _LONGEST:
                if number < _FIRST:
                    first.setdefault(text, fold_of(row["reference"]))
                else:
                    others.append((text, fold_of(row["reference"])))
    for row in rows(folder / "studies.jsonl"):
        for text in (" ".join(one.split()) for one in (row["title"], *row["conclusions"])):
            if _SHORTEST <= len(text) <= _LONGEST:
                first.setdefault(text, fold_of(row["reference"]))
    random.Random(5).shuffle(others)
    for text, fold in others[:_OTHERS]:
        first.setdefault(text, fold)
    return [Statement(text, "x", None, 0, fold) for text, fold in first.items()]


def statements(folder: Path) -> list[Statement]:
    """Coded statements of all three sources."""
    out = [
        Statement(r["text"], "st", r["strength"], FOUR[r["strength"]], fold_of(r["reference"]))
        for r in rows(folder / "statements.jsonl")
    ]
    for source, name in (("pm", "strength_pubmed.jsonl"), ("eu", "strength_eureka.jsonl")):
        out += [Statement(r["text"], source, None, r["strength"], fold_of(r["text"])) for r in rows(folder / name)]
    return out
