"""Train the strength model: seven levels and four, from human-coded statements.

usage: python training/train_strength.py BENCHMARK [--figures-only]

Writes ``src/claimtrace/data/strength/{features.txt,weights.bin,model.json}``. Deterministic. The figures of the
five-fold cross-validation, grouped by reference, go into ``model.json`` and from there into the model card.
"""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from benchmark_data import Statement, statements
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from claimtrace.profile.cues import read_cues
from claimtrace.profile.features import cue_features, piece_features, word_features
from claimtrace.text.phrases import phrasebook
from claimtrace.text.tokens import tokenize

OUT = Path(__file__).resolve().parents[1] / "src" / "claimtrace" / "data" / "strength"
BLOCKS = ("words", "pieces", "cues")
SHARE = {"words": 1.0, "pieces": 0.7, "cues": 1.0}
MIN_COUNT = {"words": 2, "pieces": 2, "cues": 3}
KEEP = {"words": 14_000, "pieces": 3_500, "cues": 9_000}
C = 4.0
LANES = 13  # seven levels, four levels, squared idf, count
LANE_BYTES = 3
HALF = 2048


def features_of(rows: list[Statement]) -> dict[str, list[list[str]]]:
    """Feature names of each statement, block by block."""
    book = phrasebook()
    out: dict[str, list[list[str]]] = {name: [] for name in BLOCKS}
    for row in rows:
        tokens = tokenize(row.text)
        reading = read_cues(tokens, book.find(tokens.norms))
        out["words"].append(word_features(tokens))
        out["pieces"].append(piece_features(tokens))
        out["cues"].append(cue_features(tokens, reading))
    return out


def block(
    names: list[list[str]], train: np.ndarray, vocabulary: list[str] | None, minimum: int
) -> tuple[csr_matrix, list[str], np.ndarray]:
    """Binary counts weighted by inverse document frequency (from the training rows) and scaled to length 1."""
    counter = CountVectorizer(
        analyzer=lambda i: names[i], min_df=1 if vocabulary else minimum, binary=True, vocabulary=vocabulary
    )
    counter.fit(np.flatnonzero(train).tolist())
    counts = counter.transform(range(len(names))).astype(float).tocsr()
    vocabulary = counter.get_feature_names_out().tolist()
    known = counts[train]
    df = np.asarray(known.sum(axis=0)).ravel()
    idf = np.log((1 + known.shape[0]) / (1 + df)) + 1
    weighted = counts.multiply(idf).tocsr()
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    length[length == 0] = 1
    return csr_matrix(weighted.multiply(1 / length[:, None])), vocabulary, idf


def fit(x: csr_matrix, y: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=C, max_iter=150, class_weight="balanced").fit(x, y)


def two_stage(names: dict[str, list[list[str]]], rows: list[Statement], train: np.ndarray) -> dict[str, Any]:
    """Fit on all features, keep those that carry weight, fit again on these."""
    seven = np.array([-1 if r.seven is None else r.seven for r in rows])
    four = np.array([r.four for r in rows])
    coded = train & (seven >= 0)
    blocks = {name: block(names[name], train, None, MIN_COUNT[name]) for name in BLOCKS}
    x = hstack([blocks[name][0] * SHARE[name] for name in BLOCKS]).tocsr()
    first = (fit(x[coded], seven[coded]), fit(x[train], four[train]))
    weight = np.maximum(np.abs(first[0].coef_).max(axis=0), np.abs(first[1].coef_).max(axis=0))
    kept: dict[str, list[str]] = {}
    start = 0
    for name in BLOCKS:
        vocabulary = blocks[name][1]
        part = weight[start : start + len(vocabulary)]
        best = np.argsort(-part, kind="stable")[: KEEP[name]]
        kept[name] = sorted(vocabulary[i] for i in best)
        start += len(vocabulary)
    final = {name: block(names[name], train, kept[name], 1) for name in BLOCKS}
    x = hstack([final[name][0] * SHARE[name] for name in BLOCKS]).tocsr()
    return {
        "kept": kept,
        "idf": {n: final[n][2] for n in BLOCKS},
        "x": x,
        "seven": fit(x[coded], seven[coded]),
        "four": fit(x[train], four[train]),
    }


def crossed_scores(rows: list[Statement], coded: int) -> Iterator[tuple[int, np.ndarray, np.ndarray, np.ndarray]]:
    """Scores of uncoded rows by models that have not seen their fold.

    Args:
        rows: coded rows first.
        coded: how many of them are coded.

    Returns:
        Fold, numbers of the uncoded rows in it, their seven and their four probabilities.
    """
    names = features_of(rows)
    fold = np.array([row.fold for row in rows])
    is_coded = np.arange(len(rows)) < coded
    for k in range(5):
        model = two_stage(names, rows, (fold != k) & is_coded)
        held = np.flatnonzero((fold == k) & ~is_coded)
        x = model["x"][held]
        yield k, held, model["seven"].predict_proba(x), model["four"].predict_proba(x)


def main() -> None:
    """Cross-validate, then train on all rows and write the model."""
    folder = Path(sys.argv[1])
    rows = statements(folder)
    names = features_of(rows)
    fold = np.array([r.fold for r in rows])
    source = np.array([r.source for r in rows])
    seven = np.array([-1 if r.seven is None else r.seven for r in rows])
    four = np.array([r.four for r in rows])
    got_seven, got_four = np.zeros(len(rows), int), np.zeros(len(rows), int)
    for k in range(5):
        model = two_stage(names, rows, fold != k)
        held = fold == k
        got_seven[held] = model["seven"].predict(model["x"][held])
        got_four[held] = model["four"].predict(model["x"][held])
    st = source == "st"

    def each(gold: np.ndarray, got: np.ndarray) -> dict[str, Any]:
        return {
            "rows": len(gold),
            "macro_f1": round(float(f1_score(gold, got, average="macro")), 3),
            "accuracy": round(float((gold == got).mean()), 3),
            "by_class": [round(float(one), 3) for one in f1_score(gold, got, average=None)],
        }

    figures = {"statements, 7 levels": each(seven[st], got_seven[st])}
    for key, name in (("st", "statements, 4 levels"), ("pm", "PubMed, 4 levels"), ("eu", "EurekAlert, 4 levels")):
        figures[name] = each(four[source == key], got_four[source == key])
    for name, one in figures.items():
        print(f"{name:24s} {one}")
    if "--figures-only" in sys.argv:
        return
    model = two_stage(names, rows, np.ones(len(rows), bool))
    coefficients = np.vstack([model["seven"].coef_, model["four"].coef_])
    share = np.concatenate([np.full(len(model["kept"][n]), SHARE[n]) for n in BLOCKS])
    idf = np.concatenate([model["idf"][n] for n in BLOCKS])
    weights = coefficients * share * idf
    scale = (HALF - 1) / np.abs(weights).max()
    squares = idf**2
    square_scale = 4000 / squares.max()
    data = bytearray()
    for i in range(weights.shape[1]):
        lanes = [*(round(w * scale) + HALF for w in weights[:, i]), round(squares[i] * square_scale), 1]
        data += b"".join(struct.pack("<I", int(lane))[:LANE_BYTES] for lane in lanes)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "features.txt").write_text("\n".join(name for n in BLOCKS for name in model["kept"][n]), "utf-8")
    (OUT / "weights.bin").write_bytes(bytes(data))
    (OUT / "model.json").write_text(
        json.dumps(
            {
                "blocks": {n: len(model["kept"][n]) for n in BLOCKS},
                "intercepts": [round(float(b), 5) for b in (*model["seven"].intercept_, *model["four"].intercept_)],
                "scale": float(scale),
                "square_scale": float(square_scale),
                "cross_validation": {"folds": 5, "grouped_by": "reference", "figures": figures},
            },
            indent=1,
        )
        + "\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
