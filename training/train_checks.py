"""Train what grades the checks: causal, sample and advice exaggeration, on human-coded reports.

usage: python training/train_checks.py BENCHMARK

Writes ``src/claimtrace/data/grading/{causal,models,sample,advice}.json`` with cross-validated figures (five folds,
grouped by reference). Strengths of all texts come from models that have not seen the text's reference.
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from benchmark_data import Statement, fold_of, rows, statements
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from train_strength import features_of, two_stage

from claimtrace.checks.grading import CAUSAL_NUMBERS, causal_numbers, highest
from claimtrace.matching.terms import terms
from claimtrace.profile.statement import profile_statement
from claimtrace.text.phrases import phrasebook
from claimtrace.text.tokens import tokenize

OUT = Path(__file__).resolve().parents[1] / "src" / "claimtrace" / "data" / "grading"


def study_texts(study: dict[str, Any]) -> list[str]:
    return [text for text in (study["title"], *study["conclusions"]) if text]


def design_of(text: str) -> str | None:
    found = phrasebook().find(tokenize(text).norms).get("designs", [])
    return found[0].sense.attrs["design"] if found else None


def report_texts(report: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(text for text in (report["headline"], report["main"]) if text and len(text) >= 12))


def unseen_strengths(folder: Path, texts: list[tuple[str, str]]) -> dict[tuple[str, str], np.ndarray]:
    """Seven probabilities of each (reference, text) by a model that was trained without the reference."""
    base = statements(folder)
    everything = base + [Statement(text, "x", None, 0, fold_of(reference)) for reference, text in texts]
    names = features_of(everything)
    fold = np.array([row.fold for row in everything])
    coded = np.arange(len(everything)) < len(base)
    out: dict[tuple[str, str], np.ndarray] = {}
    for k in range(5):
        model = two_stage(names, everything, (fold != k) & coded)
        probabilities = model["seven"].predict_proba(model["x"])
        for i in np.flatnonzero((fold == k) & ~coded):
            out[texts[i - len(base)]] = probabilities[i]
    return out


def fit(x: np.ndarray, y: np.ndarray, c: float) -> tuple[np.ndarray, float]:
    """Weights and bias on the raw numbers."""
    mean, deviation = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=c, max_iter=3000).fit((x - mean) / deviation, y)
    weights = model.coef_[0] / deviation
    return weights, float(model.intercept_[0] - (weights * mean).sum())


def chance(x: np.ndarray, model: tuple[np.ndarray, float]) -> np.ndarray:
    return 1 / (1 + np.exp(-(x @ model[0] + model[1])))


def figures(y: np.ndarray, p: np.ndarray, threshold: float) -> dict[str, Any]:
    known = y >= 0
    y, p = y[known], p[known]
    best = max(
        (2 * ((p >= t) & (y == 1)).sum() / ((p >= t).sum() + (y == 1).sum()), t) for t in np.arange(0.02, 0.95, 0.01)
    )
    own = p >= threshold
    bins = np.minimum(9, (p * 10).astype(int))
    error = sum(abs(p[bins == b].sum() - y[bins == b].sum()) for b in range(10)) / len(p)
    return {
        "reports": len(y),
        "exaggerated": int((y == 1).sum()),
        "auroc": round(float(roc_auc_score(y, p)), 3),
        "best_f1": round(float(best[0]), 3),
        "best_threshold": round(float(best[1]), 2),
        "precision": round(float((own & (y == 1)).sum() / max(1, own.sum())), 3),
        "recall": round(float((own & (y == 1)).sum() / (y == 1).sum()), 3),
        "calibration_error": round(float(error), 3),
    }


def labels(reports: list[dict[str, Any]], field: str) -> np.ndarray:
    return np.array([-1 if r[field] is None else int(r[field]) for r in reports])


def pool(values: np.ndarray, owner: np.ndarray, count: int) -> np.ndarray:
    out = np.zeros(count)
    np.maximum.at(out, owner, values)
    return out


def bag_model(
    bags: list[list[str]], y: np.ndarray, train: np.ndarray, minimum: int, c: float
) -> tuple[dict[str, float], float]:
    """A logistic regression over the mean-scaled presence of words."""
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(analyzer=lambda i: set(bags[i]), min_df=minimum, binary=True)
    x = counter.fit_transform(np.flatnonzero(train).tolist()).astype(float)
    x = x.multiply(1 / np.sqrt(np.maximum(1, np.asarray(x.sum(1)).ravel()))[:, None]).tocsr()
    model = LogisticRegression(C=c, max_iter=3000).fit(x, y[train])
    return dict(zip(counter.get_feature_names_out().tolist(), model.coef_[0].tolist(), strict=True)), float(
        model.intercept_[0]
    )


def bag_chance(bags: list[list[str]], model: tuple[dict[str, float], float]) -> np.ndarray:
    out = []
    for bag in bags:
        known = [model[0][word] for word in dict.fromkeys(bag) if word in model[0]]
        out.append(model[1] + (sum(known) / len(known) ** 0.5 if known else 0.0))
    return 1 / (1 + np.exp(-np.array(out)))


def study_bag(study: dict[str, Any]) -> list[str]:
    text = " ".join(study_texts(study))
    kinds = {one.kind for one in profile_statement(text).population}
    return [*terms(tokenize(text).norms), *(f"kind:{kind}" for kind in sorted(kinds) or ["none"])]


def write(name: str, data: dict[str, Any]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{name}.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", "utf-8")


def main() -> None:
    """Cross-validate each grade, train on everything, write."""
    folder = Path(sys.argv[1])
    studies = {s["reference"]: s for s in rows(folder / "studies.jsonl")}
    reports = [r for r in rows(folder / "reports.jsonl") if r["reference"] in studies]
    wanted = {(r["reference"], t) for r in reports for t in report_texts(r)}
    wanted |= {(key, t) for key, s in studies.items() for t in study_texts(s)}
    strengths = unseen_strengths(folder, sorted(wanted))
    fold = np.array([fold_of(r["reference"]) for r in reports])

    x, owner, bags, flags = [], [], [], []
    for at, report in enumerate(reports):
        study = studies[report["reference"]]
        own = study_texts(study)
        levels = highest([strengths[(report["reference"], t)] for t in own])
        words = set(terms(tokenize(" ".join(own)).norms))
        for text in report_texts(report):
            profile = profile_statement(text)
            stems = set(terms(tokenize(text).norms))
            x.append(
                causal_numbers(
                    strengths[(report["reference"], text)].tolist(),
                    levels,
                    hedged=profile.certainty == "hedged",
                    asked=profile.certainty == "asked",
                    design=design_of(" ".join(own)),
                    shared=len(stems & words) / max(1, len(stems)),
                    headline=text == report["headline"],
                    relation=bool(profile.relations),
                )
            )
            owner.append(at)
            norms = tokenize(text).norms
            bags.append([*norms, *(f"{a} {b}" for a, b in itertools.pairwise(norms))])
            kinds = {one.kind for one in profile.population}
            flags.append((bool(kinds - {"people"}), "people" in kinds))
    x, owner = np.array(x), np.array(owner)
    count = len(reports)

    # Causal: the report's label belongs to its stronger text.
    y = labels(reports, "causal_exaggerated")
    stronger = np.array([max(np.flatnonzero(owner == at), key=lambda i: x[i, 0], default=-1) for at in range(count)])
    usable = (y >= 0) & (stronger >= 0)
    p = np.zeros(len(x))
    for k in range(5):
        train = usable & (fold != k)
        p[fold[owner] == k] = chance(x[fold[owner] == k], fit(x[stronger[train]], y[train], 0.05))
    causal = figures(y, pool(p, owner, count), 0.5)
    weights, bias = fit(x[stronger[usable]], y[usable], 0.05)
    print("causal", causal)
    write(
        "causal",
        {
            "numbers": list(CAUSAL_NUMBERS),
            "weights": [round(float(w), 5) for w in weights],
            "bias": round(bias, 5),
            "cross_validation": causal,
        },
    )

    # Was the study done on models? And does the report tell it of people?
    keys = sorted(studies)
    study_bags = [study_bag(studies[key]) for key in keys]
    on_models = np.array([int(studies[key]["sample"] == "non-human") for key in keys])
    study_fold = np.array([fold_of(key) for key in keys])
    q = np.zeros(len(keys))
    for k in range(5):
        q[study_fold == k] = bag_chance(
            [study_bags[i] for i in np.flatnonzero(study_fold == k)],
            bag_model(study_bags, on_models, study_fold != k, 2, 30.0),
        )
    by_key = dict(zip(keys, q, strict=True))
    model = bag_model(study_bags, on_models, np.ones(len(keys), bool), 2, 30.0)
    found = figures(on_models, q, 0.5)
    print("study on models", found)
    write(
        "models",
        {
            "bias": round(model[1], 4),
            "cross_validation": found,
            "weights": {w: round(v, 3) for w, v in sorted(model[0].items()) if abs(v) > 0.05},
        },
    )
    y = labels(reports, "sample_exaggerated")
    z = np.array(
        [
            [
                np.log(
                    min(0.99, max(0.01, by_key[reports[o]["reference"]]))
                    / (1 - min(0.99, max(0.01, by_key[reports[o]["reference"]])))
                ),
                a,
                b,
            ]
            for o, (a, b) in zip(owner, flags, strict=True)
        ],
        float,
    )
    p = np.zeros(len(z))
    for k in range(5):
        train = (fold[owner] != k) & (y[owner] >= 0)
        p[fold[owner] == k] = chance(z[fold[owner] == k], fit(z[train], y[owner][train], 1.0))
    sample = figures(y, pool(p, owner, count), 0.3)
    print("sample", sample)
    known = y[owner] >= 0
    weights, bias = fit(z[known], y[owner][known], 1.0)
    write(
        "sample",
        {
            "numbers": ["model_study", "names_models", "names_people"],
            "weights": [round(float(w), 4) for w in weights],
            "bias": round(bias, 4),
            "cross_validation": sample,
        },
    )

    # Advice: words of the report.
    y = labels(reports, "advice_exaggerated")
    target = y[owner]
    p = np.zeros(len(bags))
    for k in range(5):
        p[fold[owner] == k] = bag_chance(
            [bags[i] for i in np.flatnonzero(fold[owner] == k)],
            bag_model(bags, target, (fold[owner] != k) & (target >= 0), 6, 3.0),
        )
    advice = figures(y, pool(p, owner, count), 0.35)
    print("advice", advice)
    model = bag_model(bags, target, target >= 0, 6, 3.0)
    write(
        "advice",
        {
            "bias": round(model[1], 4),
            "cross_validation": advice,
            "weights": {w: round(v, 3) for w, v in sorted(model[0].items()) if abs(v) > 0.1},
        },
    )


if __name__ == "__main__":
    main()
