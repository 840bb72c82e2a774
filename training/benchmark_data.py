"""The human-coded statements, articles and reports that models are trained on, and the folds that keep them honest."""

from __future__ import annotations

import gzip
import hashlib
import json
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


def statements(folder: Path) -> list[Statement]:
    """Coded statements of all three sources."""
    out = [
        Statement(r["text"], "st", r["strength"], FOUR[r["strength"]], fold_of(r["reference"]))
        for r in rows(folder / "statements.jsonl")
    ]
    for source, name in (("pm", "strength_pubmed.jsonl"), ("eu", "strength_eureka.jsonl")):
        out += [Statement(r["text"], source, None, r["strength"], fold_of(r["text"])) for r in rows(folder / name)]
    return out
