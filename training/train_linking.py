"""Train the re-ranker that finds the study behind an article, and the model that says how sure it is.

usage: python training/train_linking.py BENCHMARK

Writes ``src/claimtrace/data/linking/model.json`` with the figures of the five-fold cross-validation, grouped by
reference. In half of the trials the article's own study is taken out of the catalogue, so that "none known" is learned.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from benchmark_data import fold_of, rows
from sklearn.linear_model import LogisticRegression

from claimtrace.documents.load import make_document, sentences_of
from claimtrace.documents.plain_text import read_plain_text
from claimtrace.matching.article import article_terms
from claimtrace.matching.features import FEATURES
from claimtrace.matching.index import StudyIndex
from claimtrace.matching.ranking import ACCEPT_FEATURES, accept_numbers, candidate_numbers
from claimtrace.model.studies import Study
from claimtrace.studies.catalogue import Catalogue

OUT = Path(__file__).resolve().parents[1] / "src" / "claimtrace" / "data" / "linking"


def standardised(x: np.ndarray, y: np.ndarray, c: float) -> tuple[np.ndarray, float]:
    """Weights and bias of a logistic regression, folded back to the raw numbers."""
    mean, deviation = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=c, max_iter=3000).fit((x - mean) / deviation, y)
    weights = model.coef_[0] / deviation
    return weights, float(model.intercept_[0] - (weights * mean).sum())


class Trial:
    """One article with its candidates."""

    def __init__(self, reference: str, candidates: list[tuple[str, list[float]]]) -> None:
        self.reference = reference
        self.fold = fold_of(reference)
        self.ids = [id for id, _ in candidates]
        self.x = np.array([numbers for _, numbers in candidates]).reshape(len(self.ids), 1 + len(FEATURES))
        self.y = np.array([id == reference for id in self.ids], bool)

    def without_own(self) -> Trial:
        """The same article in a world that does not know its study."""
        other = Trial(self.reference, [])
        keep = ~self.y
        other.ids = [id for id, k in zip(self.ids, keep, strict=True) if k]
        other.x, other.y = self.x[keep], self.y[keep]
        return other


def fit(trials: list[Trial]) -> tuple[np.ndarray, float]:
    return standardised(np.vstack([t.x for t in trials]), np.concatenate([t.y for t in trials]), 1.0)


def top(trial: Trial, weights: np.ndarray, bias: float) -> tuple[int, list[float]]:
    scores = (trial.x @ weights + bias).tolist()
    return (int(np.argmax(scores)) if scores else -1), scores


def sure_rows(trials: list[Trial], weights: np.ndarray, bias: float) -> tuple[np.ndarray, np.ndarray]:
    x, y = [], []
    for trial in trials:
        for world in (trial, trial.without_own()):
            at, scores = top(world, weights, bias)
            if at >= 0:
                x.append(accept_numbers(scores, at, world.x[at].tolist()))
                y.append(bool(world.y[at]))
    return np.array(x), np.array(y)


def main() -> None:
    """Cross-validate, train on everything, write."""
    folder = Path(sys.argv[1])
    studies = rows(folder / "studies.jsonl")
    known = {s["reference"] for s in studies}
    catalogue = Catalogue(
        Study(id=s["reference"], title=s["title"], abstract=" ".join(s["conclusions"])) for s in studies
    )
    index = StudyIndex(catalogue)
    trials: list[Trial] = []
    for row in rows(folder / "articles.jsonl.gz"):
        if row["reference"] not in known:
            continue
        document = make_document(read_plain_text(row["id"], row["text"].encode("utf-8", "surrogatepass")))
        trials.append(
            Trial(row["reference"], candidate_numbers(article_terms(document, sentences_of(document)), index))
        )
    ranks: list[int] = []
    chances: list[tuple[float, bool, bool]] = []
    for k in range(5):
        train = [t for t in trials if t.fold != k]
        # The second model must see scores of articles that the first was not fitted on.
        x_parts, y_parts = [], []
        for j in range(5):
            if j != k:
                weights, bias = fit([t for t in train if t.fold != j])
                x, y = sure_rows([t for t in train if t.fold == j], weights, bias)
                x_parts.append(x)
                y_parts.append(y)
        accept = standardised(np.vstack(x_parts), np.concatenate(y_parts), 0.3)
        weights, bias = fit(train)
        for trial in (t for t in trials if t.fold == k):
            _, scores = top(trial, weights, bias)
            order = np.argsort(-np.array(scores), kind="stable")
            hit = np.flatnonzero(trial.y[order])
            ranks.append(int(hit[0]) if len(hit) else 10**6)
            for world, is_known in ((trial, True), (trial.without_own(), False)):
                at, scores = top(world, weights, bias)
                if at >= 0:
                    numbers = np.array(accept_numbers(scores, at, world.x[at].tolist()))
                    chances.append(
                        (float(1 / (1 + np.exp(-(numbers @ accept[0] + accept[1])))), bool(world.y[at]), is_known)
                    )
    chance = np.array([c for c, _, _ in chances])
    right = np.array([r for _, r, _ in chances])
    total = sum(known for _, _, known in chances)
    grid = [(2 * (right & (chance >= t)).sum() / ((chance >= t).sum() + total), t) for t in np.arange(0.2, 0.8, 0.01)]
    best_f1, threshold = max(grid)
    error = sum(
        abs(chance[inside].sum() - right[inside].sum())
        for b in range(10)
        if (inside := (np.minimum(9, (chance * 10).astype(int)) == b)).any()
    ) / len(chance)
    rank = np.array(ranks)
    figures: dict[str, Any] = {
        "articles": len(trials),
        "studies": len(studies),
        "recall_at_1": round(float((rank < 1).mean()), 3),
        "recall_at_5": round(float((rank < 5).mean()), 3),
        "mean_reciprocal_rank": round(float((1 / (1 + rank)).mean()), 3),
        "open_set_f1": round(float(best_f1), 3),
        "calibration_error": round(float(error), 3),
        "among_candidates": round(float((rank < 10**6).mean()), 3),
    }
    print(figures, "threshold", threshold)
    x_parts, y_parts = [], []
    for j in range(5):
        weights, bias = fit([t for t in trials if t.fold != j])
        x, y = sure_rows([t for t in trials if t.fold == j], weights, bias)
        x_parts.append(x)
        y_parts.append(y)
    accept = standardised(np.vstack(x_parts), np.concatenate(y_parts), 0.3)
    weights, bias = fit(trials)

    def plain(model: tuple[np.ndarray, float]) -> dict[str, Any]:
        return {"weights": [round(float(w), 5) for w in model[0]], "bias": round(model[1], 5)}

    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "model.json").write_text(
        json.dumps(
            {
                "features": ["index_score", *FEATURES],
                "accept_features": ["order", "margin", "crowd", *ACCEPT_FEATURES],
                "order": plain((weights, bias)),
                "accept": plain(accept),
                "threshold": round(float(threshold), 2),
                "caps": [
                    round(float(c), 4) for c in np.percentile(np.vstack([t.x[t.y] for t in trials]), 99, axis=0)
                ],
                "cross_validation": {"folds": 5, "grouped_by": "reference", "figures": figures},
            },
            indent=1,
        )
        + "\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
