"""A small vector for each term, so that the sum over a passage comes close to what a sentence encoder makes of it.

usage: python training/build_meanings.py BENCHMARK [FOLDER]

Writes ``src/claimtrace/data/linking/meanings.txt``, read by ``claimtrace.matching.meaning``. With a FOLDER, one table more
for each fold, ``FOLDER/K.txt``, made without the articles and studies of that fold: what the re-ranker learns from.

Terms begin with the encoder's vectors of the words alone; a ridge regression then bends them so that the sums come close
to the encoder's vectors of whole passages (as in Tulkens and van Dongen 2024, "Model2Vec", and its "tokenlearn").
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from benchmark_data import fold_of, rows
from build_near_terms import DATA, stem_vectors, vocabulary
from scipy.sparse import csr_matrix

from claimtrace.documents.load import make_document, sentences_of
from claimtrace.documents.plain_text import read_plain_text
from claimtrace.matching.meaning import MIDDLE, WIDTH, ZERO
from claimtrace.matching.rarity import rarity
from claimtrace.matching.terms import terms
from claimtrace.text.tokens import tokenize

FOLDS = 5
_SENTENCES, _WINDOW, _STEP = 30, 3, 2
_LONGEST = 700  # signs of a passage
_PIECES = 96
_PRIOR = 0.7  # length of a word's own vector where the regression starts
_RIDGE = 1.0
_ROUNDS = 25
_RARITY_POWER = 0.5
_MOST = 63  # largest code of a weight or number


class Passage(NamedTuple):
    """A text that the encoder reads. ``fold`` is -1 where no article or study of the benchmark stands behind it."""

    text: str
    fold: int


def passages(folder: Path) -> list[Passage]:
    """Windows of sentences of articles, titles and studies, and coded statements, each once."""
    found: dict[str, int] = {}
    for row in rows(folder / "articles.jsonl.gz"):
        document = make_document(read_plain_text(row["id"], row["text"].encode("utf-8", "surrogatepass")))
        texts = [" ".join(document.text[one.start : one.end].split())[:600] for one in sentences_of(document)]
        for start in range(0, min(len(texts), _SENTENCES), _STEP):
            found.setdefault(" ".join(texts[start : start + _WINDOW])[:_LONGEST], fold_of(row["reference"]))
    for row in rows(folder / "studies.jsonl"):
        found.setdefault(row["title"], fold_of(row["reference"]))
        found.setdefault(f"{row['title']}. {' '.join(row['conclusions'])}"[:_LONGEST], fold_of(row["reference"]))
    for name in ("statements", "strength_pubmed", "strength_eureka"):
        for row in rows(folder / f"{name}.jsonl"):
            fold = fold_of(row["reference"]) if "reference" in row else -1
            found.setdefault(" ".join(row["text"].split())[:500], fold)
    return [Passage(text, fold) for text, fold in found.items()]


def unit(x: np.ndarray) -> np.ndarray:
    return x / (np.linalg.norm(x, axis=1, keepdims=True) + 1e-9)


def bags(texts: Iterable[str], places: dict[str, int]) -> csr_matrix:
    """Rows of texts, columns of terms: the root of the rarity of each term that is there, in rows of length 1."""
    starts, columns, values = [0], [], []
    for text in texts:
        held = sorted({places[term] for term in terms(tokenize(text).norms) if term in places})
        columns += held
        starts.append(len(columns))
    names = list(places)
    each = np.array([rarity(name) ** _RARITY_POWER for name in names], np.float32)
    values = each[columns]
    made = csr_matrix((values, columns, starts), (len(starts) - 1, len(places)))
    length = np.sqrt(np.asarray(made.multiply(made).sum(1)).ravel())
    made.data /= np.repeat(np.maximum(length, 1e-9), np.diff(made.indptr))
    return made


def bent(own: np.ndarray, held: csr_matrix, wanted: np.ndarray) -> np.ndarray:
    """The terms' vectors after the regression (conjugate gradients, all columns at once)."""
    turned = held.T.tocsr()
    change = np.zeros_like(own)
    rest = turned @ (wanted - held @ own)
    step = rest.copy()
    size = (rest * rest).sum(0)
    for _ in range(_ROUNDS):
        image = turned @ (held @ step) + _RIDGE * step
        share = size / ((step * image).sum(0) + 1e-12)
        change += share * step
        rest -= share * image
        before, size = size, (rest * rest).sum(0)
        step = rest + size / (before + 1e-12) * step
    return own + change


def table(names: list[str], vectors: np.ndarray) -> str:
    """The table's text: each vector as a weight and numbers of six bits."""
    weighted = vectors * np.array([rarity(name) ** _RARITY_POWER for name in names])[:, None]
    largest = np.abs(weighted).max(1)
    scale = np.percentile(largest, 99) / _MOST
    weights = np.clip(np.round(largest / scale), 1, _MOST)
    steps = np.round(weighted / (weights * scale)[:, None] * (MIDDLE - 1))
    codes = np.clip(steps + MIDDLE, 0, _MOST).astype(int)
    lines = [
        f"{name} {chr(ZERO + int(weight))}{''.join(map(chr, ZERO + row))}"
        for name, weight, row in zip(names, weights, codes, strict=True)
    ]
    return "\n".join(sorted(lines))


def main() -> None:
    """Encode words and passages, fit, write."""
    from encoder import sentence_vectors

    folder = Path(sys.argv[1])
    counts = vocabulary(folder)
    words = sorted(counts)
    own = stem_vectors(words, sentence_vectors(words), [counts[word] for word in words])
    names = sorted(name for name in own if name.isascii())
    vectors = np.array([own[name] for name in names], np.float32)
    vectors = unit(vectors - vectors.mean(0))
    read = passages(folder)
    encoded = sentence_vectors([one.text for one in read], _PIECES, 64)
    encoded = unit(encoded - encoded.mean(0))
    fold = np.array([one.fold for one in read])
    axes = np.linalg.svd(encoded[::2], full_matrices=False)[2][:WIDTH].T
    held = bags([one.text for one in read], {name: at for at, name in enumerate(names)})
    own_places, wanted = _PRIOR * vectors @ axes, encoded @ axes
    made = bent(own_places, held, wanted)
    (DATA / "linking" / "meanings.txt").write_text(table(names, made), "ascii")
    unseen: list[float] = []
    for k in range(FOLDS) if len(sys.argv) > 2 else ():
        Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
        kept = fold != k
        without = bent(own_places, held[kept], wanted[kept])
        (Path(sys.argv[2]) / f"{k}.txt").write_text(table(names, without), "ascii")
        unseen += (unit(held[~kept] @ without) * unit(wanted[~kept])).sum(1).tolist()
    cosine = round(float(np.mean(unseen)), 3) if unseen else None
    print(json.dumps({"terms": len(names), "passages": len(read), "cosine_of_unseen_passages": cosine}))


if __name__ == "__main__":
    main()
