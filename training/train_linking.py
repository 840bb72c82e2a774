"""Train the re-ranker that finds the study behind an article, and the model that says how sure it is.

usage: python training/train_linking.py BENCHMARK FOLDER

FOLDER holds the tables of meanings that ``training/build_meanings.py`` made without each fold, so that everything is
learned from, and measured on, articles that the tables have not seen either. Writes
``src/claimtrace/data/linking/model.json`` with the figures of the five-fold cross-validation, grouped by reference. In half of the trials the article's own study is taken out of the catalogue, so that "none known" is learned.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from benchmark_data import fold_of, rows
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from claimtrace.documents.load import make_document, sentences_of
from claimtrace.documents.plain_text import read_plain_text
from claimtrace.matching import meaning
from claimtrace.matching.article import article_terms
from claimtrace.matching.index import StudyIndex
from claimtrace.matching.ranking import ACCEPT_FEATURES, NUMBERS, accept_numbers, candidate_numbers
from claimtrace.model.studies import Study
from claimtrace.studies.catalogue import Catalogue

CUT = (2.5, 3.0, 11.0)
"""Weights of the first look while the candidates are made that all weights are learned from."""

SALTS = ("one", "two", "three", "four")
"""Worlds in which half of the studies are unknown, for the figures of the open set."""

FOLDS = 5
OUT = Path(__file__).resolve().parents[1] / "src" / "claimtrace" / "data" / "linking"


def standardised(x: np.ndarray, y: np.ndarray, c: float) -> tuple[np.ndarray, float]:
    """Weights and bias of a logistic regression, folded back to the raw numbers."""
    mean, deviation = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=c, max_iter=3000).fit((x - mean) / deviation, y)
    weights = model.coef_[0] / deviation
    return weights, float(model.intercept_[0] - (weights * mean).sum())


class Trial:
    """One article with its candidates in one world: all studies, or those that a coin left, with its own or without."""

    def __init__(self, reference: str, candidates: list[tuple[str, list[float]]]) -> None:
        self.reference = reference
        self.fold = fold_of(reference)
        self.ids = [id for id, _ in candidates]
        self.x = np.array([numbers for _, numbers in candidates]).reshape(len(self.ids), len(NUMBERS))
        self.y = np.array([id == reference for id in self.ids], bool)

    def only(self, keep: np.ndarray) -> Trial:
        """The same article in a smaller world."""
        other = Trial(self.reference, [])
        other.ids = [id for id, k in zip(self.ids, keep, strict=True) if k]
        other.x, other.y = self.x[keep], self.y[keep]
        return other

    def halved(self, salt: str) -> Trial:
        """The world in which a coin takes out every second study, the article's own perhaps among them."""
        return self.only(np.array([fold_of(salt + id, 2) == 0 for id in self.ids], bool))

    def without_own(self) -> Trial:
        """The world that does not know the article's study."""
        return self.only(~self.y)


Model = tuple[np.ndarray, float]


def listwise(lists: list[tuple[np.ndarray, np.ndarray]], l2: float) -> Model:
    """Weights by which the right one of a list scores highest: a conditional logit (McFadden 1974) with a ridge.

    Args:
        lists: numbers (candidates x features) and which candidate is right, for each article.
        l2: weight of the ridge on standardised numbers.
    """
    every = np.vstack([x for x, _ in lists])
    mean, deviation = every.mean(0), every.std(0) + 1e-9
    usable = [((x - mean) / deviation, y) for x, y in lists if y.any() and len(y) > 1]
    z = np.vstack([x for x, _ in usable])
    right = np.concatenate([y for _, y in usable]).astype(float)
    sizes = [len(y) for _, y in usable]
    owner = np.repeat(np.arange(len(usable)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = z @ w
        scores = scores - np.maximum.reduceat(scores, starts)[owner]
        parts = np.exp(scores)
        totals = np.add.reduceat(parts, starts)[owner]
        gain = ((scores - np.log(totals)) * right).sum() / len(usable)
        slope = z.T @ (right - parts / totals) / len(usable)
        return -gain + l2 * float(w @ w), -slope + 2 * l2 * w

    w = minimize(loss, np.zeros(z.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return w / deviation, -float((w * mean / deviation).sum())


def fit(trials: list[Trial]) -> Model:
    return listwise([(t.x, t.y) for t in trials], 2e-2)


def first_look(trials: list[Trial]) -> tuple[float, ...]:
    """Weights of the cheap numbers that decide which candidates are looked at closely."""
    columns = [NUMBERS.index(name) for name in ("index_score", "near_title", "near_whole")]
    weights, _ = listwise([(t.x[:, columns], t.y) for t in trials], 1e-3)
    return tuple(round(float(w), 3) for w in weights)


def top(trial: Trial, model: Model) -> tuple[int, list[float]]:
    scores = (trial.x @ model[0] + model[1]).tolist()
    return (int(np.argmax(scores)) if scores else -1), scores


def sure_rows(trials: list[Trial], model: Model) -> tuple[np.ndarray, np.ndarray]:
    """What the second model learns from: the best candidate of each world, and whether it is right."""
    x, y = [], []
    for trial in trials:
        for world in (trial, trial.without_own(), trial.halved("a"), trial.halved("b")):
            at, scores = top(world, model)
            if at >= 0:
                x.append(accept_numbers(scores, at, world.x[at].tolist()))
                y.append(bool(world.y[at]))
    return np.array(x), np.array(y)


def crossed(trials: list[Trial]) -> tuple[np.ndarray, np.ndarray]:
    """``sure_rows`` of each fold by a first model that has not seen the fold."""
    parts = [
        sure_rows([t for t in trials if t.fold == k], fit([t for t in trials if t.fold != k]))
        for k in sorted({t.fold for t in trials})
    ]
    return np.vstack([x for x, _ in parts]), np.concatenate([y for _, y in parts])


def made_trials(folder: Path, studies: list[dict[str, Any]], tables: Path) -> list[Trial]:
    """Every article with its candidates, in its numbers as a table of meanings without its fold gives them."""
    catalogue = Catalogue(
        Study(id=s["reference"], title=s["title"], abstract=" ".join(s["conclusions"])) for s in studies
    )
    known = {s["reference"] for s in studies}
    found: dict[int, Trial] = {}
    articles = list(enumerate(row for row in rows(folder / "articles.jsonl.gz") if row["reference"] in known))
    for k in range(FOLDS):
        meaning.read_table(tables / f"{k}.txt")
        index = StudyIndex(catalogue)
        for number, row in articles:
            if fold_of(row["reference"]) == k:
                document = make_document(read_plain_text(row["id"], row["text"].encode("utf-8", "surrogatepass")))
                article = article_terms(document, sentences_of(document))
                found[number] = Trial(row["reference"], candidate_numbers(article, index, CUT))
    return [found[number] for number, _ in articles]


def main() -> None:
    """Cross-validate, train on everything, write."""
    folder = Path(sys.argv[1])
    studies = rows(folder / "studies.jsonl")
    trials = made_trials(folder, studies, Path(sys.argv[2]))
    ranks: list[int] = []
    chances: list[tuple[float, bool, bool]] = []
    for k in range(FOLDS):
        train = [t for t in trials if t.fold != k]
        # The second model must see scores of articles that the first was not fitted on.
        accept = standardised(*crossed(train), 0.3)
        order = fit(train)
        for trial in (t for t in trials if t.fold == k):
            _, scores = top(trial, order)
            hit = np.flatnonzero(trial.y[np.argsort(-np.array(scores), kind="stable")])
            ranks.append(int(hit[0]) if len(hit) else 10**6)
            for salt in SALTS:
                world = trial.halved(salt)
                at, scores = top(world, order)
                if at >= 0:
                    numbers = np.array(accept_numbers(scores, at, world.x[at].tolist()))
                    chance = float(1 / (1 + np.exp(-(numbers @ accept[0] + accept[1]))))
                    chances.append((chance, bool(world.y[at]), fold_of(salt + trial.reference, 2) == 0))
    chance = np.array([c for c, _, _ in chances])
    right = np.array([r for _, r, _ in chances])
    total = sum(fold_of(salt + trial.reference, 2) == 0 for salt in SALTS for trial in trials)
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
    accept = standardised(*crossed(trials), 0.3)
    order = fit(trials)

    def plain(model: tuple[np.ndarray, float]) -> dict[str, Any]:
        return {"weights": [round(float(w), 5) for w in model[0]], "bias": round(model[1], 5)}

    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "model.json").write_text(
        json.dumps(
            {
                "features": list(NUMBERS),
                "accept_features": ["order", "margin", "crowd", *ACCEPT_FEATURES],
                "cut": first_look(trials),
                "order": plain(order),
                "accept": plain(accept),
                "threshold": round(float(threshold), 2),
                "caps": [
                    round(float(c), 4) for c in np.percentile(np.vstack([t.x[t.y] for t in trials]), 99, axis=0)
                ],
                "cross_validation": {"folds": FOLDS, "grouped_by": "reference", "figures": figures},
            },
            indent=1,
        )
        + "\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
