"""Train what grades the checks: causal, sample and advice exaggeration, on human-coded reports.

usage: python training/train_checks.py BENCHMARK

Writes ``src/claimtrace/data/grading/{causal,models,sample,advice,thresholds}.json``. Every figure is of
``claimtrace.check`` itself, run fold by fold (five, grouped by reference, drawn three times) with grades and strengths
that have not seen the fold; each rule's threshold is chosen on these.

Few reports are overstated in their sample (63, of some thirty studies), so that grade is put together from two judges
that can learn from all: whether a study was done on people (coded for every study), and whether a report is told of
people (all reports of studies of people are; of other studies those that the coders call exaggerated are).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from benchmark_data import Statement, fold_of, rows, statements
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from train_strength import crossed_scores, softmax, temperature

from claimtrace.checks import grading
from claimtrace.checks.advice import advice_words
from claimtrace.checks.causal import comparable, strength_numbers
from claimtrace.checks.population import study_words, told_of
from claimtrace.checks.run import check_text, contexts_of
from claimtrace.checks.study_reading import read_study
from claimtrace.model.studies import Study
from claimtrace.profile import statement
from claimtrace.text.sentences import split_sentences
from claimtrace.text.tokens import Tokens

OUT = Path(__file__).resolve().parents[1] / "src" / "claimtrace" / "data" / "grading"
FOLDS = 5
DRAWS = 3
KINDS = {
    "causal_strength": "causal_exaggerated",
    "scope_population": "sample_exaggerated",
    "advice": "advice_exaggerated",
}
RULES = {"causal_strength": "CT101", "scope_population": "CT202", "advice": "CT401"}
LEAST_PRECISION = {"causal_strength": 0.73, "scope_population": 0.0, "advice": 0.0}
"""Precision that a threshold must reach before recall counts."""
OF_PEOPLE = 0.1
"""Weight of a conclusion from PubMed, beside a coded study's of 1, as one drawn from people."""
Scores = tuple[tuple[float, ...], tuple[float, ...]]
Linear = tuple[np.ndarray, float]
Words = tuple[dict[str, float], float]


def study_of(row: dict[str, Any]) -> Study:
    return Study(id=row["reference"], title=row["title"], abstract=" ".join(row["conclusions"]))


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)] or [text]


def report_texts(report: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(text for text in (report["headline"], report["main"]) if text and len(text) >= 12))


def unseen_strengths(folder: Path, texts: list[tuple[str, str]]) -> dict[str, Scores]:
    """Scores of each (reference, text) by a model that was trained without the reference, by text."""
    base = statements(folder)
    everything = base + [Statement(text, "x", None, 0, fold_of(reference)) for reference, text in texts]
    seven, four = np.zeros((len(everything), 7)), np.zeros((len(everything), 4))
    for held, a, b in crossed_scores(everything):
        seven[held], four[held] = a, b
    count = len(base)
    coded = np.array([row.seven is not None for row in base])
    levels = np.array([row.seven or 0 for row in base])
    seven = softmax(temperature(seven[:count][coded], levels[coded]) * seven)
    four = softmax(temperature(four[:count], np.array([row.four for row in base])) * four)
    return {
        everything[i].text: (tuple(seven[i].tolist()), tuple(four[i].tolist())) for i in range(count, len(everything))
    }


def fit(x: np.ndarray, y: np.ndarray, c: float, weight: np.ndarray | None = None) -> Linear:
    """Weights and bias on the raw numbers."""
    mean, deviation = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=c, max_iter=3000).fit((x - mean) / deviation, y, sample_weight=weight)
    weights = model.coef_[0] / deviation
    return weights, float(model.intercept_[0] - (weights * mean).sum())


def fit_words(bags: list[list[str]], y: np.ndarray, minimum: int, c: float, weight: np.ndarray) -> Words:
    """A logistic regression over the presence of words, scaled by the root of their number."""
    counter = CountVectorizer(analyzer=lambda i: set(bags[i]), min_df=minimum, binary=True)
    x = counter.fit_transform(range(len(bags))).astype(float)
    x = x.multiply(1 / np.sqrt(np.maximum(1, np.asarray(x.sum(1)).ravel()))[:, None]).tocsr()
    model = LogisticRegression(C=c, max_iter=3000).fit(x, y, sample_weight=weight)
    return dict(zip(counter.get_feature_names_out().tolist(), model.coef_[0].tolist(), strict=True)), float(
        model.intercept_[0]
    )


def word_chance(bag: Iterable[str], model: Words) -> float:
    known = [model[0][word] for word in dict.fromkeys(bag) if word in model[0]]
    return float(1 / (1 + np.exp(-(model[1] + (sum(known) / len(known) ** 0.5 if known else 0.0)))))


def chance(model: Linear, x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(x @ model[0] + model[1])))


def logit(p: np.ndarray) -> np.ndarray:
    p = p.clip(0.01, 0.99)
    return np.log(p / (1 - p))


class Row(NamedTuple):
    """One sentence of a report: its number, and what the three grades look at.

    ``told`` is what the sample's grade sees of it; ``silent`` is true where that rule says nothing, whatever the grade.
    """

    report: int
    causal: list[float]
    told: list[float]
    silent: bool
    advice: list[str]


class Sample(NamedTuple):
    """The sample's grade: whether the study was not done on people, whether the report is told of people, and both."""

    not_people: Linear
    told_of_people: Linear
    both: Linear


class Grades(NamedTuple):
    """The models of all grades, as the package loads them."""

    causal: Linear
    models: Words
    sample: Sample
    advice: Words

    def as_data(self) -> dict[str, dict[str, Any]]:
        def linear(one: Linear) -> dict[str, Any]:
            return {"weights": [round(float(w), 5) for w in one[0]], "bias": round(one[1], 5)}

        def words(one: Words, least: float) -> dict[str, Any]:
            kept = {w: round(v, 3) for w, v in sorted(one[0].items()) if abs(v) > least}
            return {"bias": round(one[1], 4), "weights": kept}

        return {
            "causal": linear(self.causal),
            "models": words(self.models, 0.05),
            "sample": {name: linear(one) for name, one in self.sample._asdict().items()},
            "advice": words(self.advice, 0.1),
        }


class Data(NamedTuple):
    """Reports, studies, the sentences of the reports, and the words of conclusions drawn from people."""

    reports: list[dict[str, Any]]
    studies: dict[str, Study]
    on_models: dict[str, int]
    rows: list[Row]
    of_people: list[list[str]]


def labels(reports: list[dict[str, Any]], field: str) -> np.ndarray:
    return np.array([-1 if r[field] is None else int(r[field]) for r in reports])


def train(data: Data, kept: frozenset[str], both: Linear | None = None) -> Grades:
    """All grades from the reports of some studies.

    Args:
        kept: references of the studies that may be seen.
        both: the scale of the sample's grade. It orders nothing, and the exaggerated reports of one fold are too few to
            learn it from: the folds share the one that all reports give, so that their confidences can be compared.
    """
    rows_kept = [row for row in data.rows if data.reports[row.report]["reference"] in kept]
    y = labels(data.reports, KINDS["causal_strength"])
    strongest: dict[int, Row] = {}
    for row in rows_kept:
        if y[row.report] >= 0 and (row.report not in strongest or row.causal[0] > strongest[row.report].causal[0]):
            strongest[row.report] = row
    causal = fit(np.array([row.causal for row in strongest.values()]), np.array([y[at] for at in strongest]), 0.05)
    models, unseen = train_models(data, sorted(kept))
    y = labels(data.reports, KINDS["scope_population"])
    sample = train_sample(data, [row for row in rows_kept if y[row.report] >= 0], y, unseen)
    sample = sample if both is None else sample._replace(both=both)
    y = labels(data.reports, KINDS["advice"])
    advice = fit_words(
        [row.advice for row in rows_kept], np.array([y[row.report] for row in rows_kept]), 5, 1.0,
        shares(data, [row.report for row in rows_kept]),
    )  # fmt: skip
    return Grades(causal, models, sample, advice)


def shares(data: Data, reports: list[int]) -> np.ndarray:
    """Weight of each report: a study that many papers wrote of counts more than one, but not as often as they are."""
    count = Counter(report["reference"] for report in data.reports)
    return np.array([count[data.reports[at]["reference"]] ** -0.5 for at in reports])


def train_models(data: Data, keys: list[str]) -> tuple[Words, dict[str, float]]:
    """The judge of studies, and what it says of each one that it has not seen."""
    bags = {key: study_words(read_study(data.studies[key])) for key in keys}

    def judge(seen: list[str]) -> Words:
        target = np.array([data.on_models[key] for key in seen] + [0] * len(data.of_people))
        weight = np.array([1.0] * len(seen) + [OF_PEOPLE] * len(data.of_people))
        return fit_words([bags[key] for key in seen] + data.of_people, target, 2, 3.0, weight)

    unseen: dict[str, float] = {}
    for k in range(4):
        model = judge([key for key in keys if fold_of(key, 97) % 4 != k])
        unseen |= {key: word_chance(bags[key], model) for key in keys if fold_of(key, 97) % 4 == k}
    return judge(keys), unseen


def train_sample(data: Data, told: list[Row], y: np.ndarray, unseen: dict[str, float]) -> Sample:
    """The two judges of a report, and how often both are right."""
    keys = [data.reports[row.report]["reference"] for row in told]
    reports = [row.report for row in told]
    exaggerated = y[reports]
    not_people = np.array([data.on_models[key] for key in keys])
    x = np.array([row.told for row in told])
    models = logit(np.array([unseen[key] for key in keys]))[:, None]
    weight = shares(data, reports)
    study = fit(models, not_people, 1.0, weight)
    report = fit(x, (not_people == 0) | (exaggerated == 1), 3.0, weight)
    product = np.where([row.silent for row in told], 0.0, chance(study, models) * chance(report, x))
    best: dict[int, float] = {}
    for at, p in zip(reports, product.tolist(), strict=True):
        best[at] = max(best.get(at, 0.0), p)
    spoken = [at for at, p in best.items() if p > 0]
    scale = fit(logit(np.array([best[at] for at in spoken]))[:, None], y[spoken], 100.0, shares(data, spoken))
    return Sample(study, report, scale)


def use(grades: Grades) -> None:
    """Let ``claimtrace.check`` grade with these models."""
    own = {name: json.loads((OUT / f"{name}.json").read_bytes()) for name in ("thresholds", "subjects")}
    data = {**grades.as_data(), **own}
    grading.load = data.__getitem__


def score(data: Data, at: int) -> dict[str, float]:
    """Highest confidence of each kind over the texts of a report, everything told."""
    best: dict[str, float] = {}
    study = data.studies[data.reports[at]["reference"]]
    for text in report_texts(data.reports[at]):
        for one in check_text(text, study, min_confidence=0.0):
            best[one.kind] = max(best.get(one.kind, 0.0), one.confidence)
    return best


def figures(y: np.ndarray, p: np.ndarray, least_precision: float) -> dict[str, Any]:
    """What the grade is worth, and the threshold at which F1 is best among those that are precise enough."""
    y, p = y[y >= 0], p[y >= 0]
    grid: list[tuple[float, float, float, float]] = []
    for t in np.arange(0.05, 0.95, 0.01):
        told = p >= t
        hits = int((told & (y == 1)).sum())
        precision, recall = hits / max(1, told.sum()), hits / max(1, int((y == 1).sum()))
        if precision >= least_precision:
            grid.append((2 * hits / max(1, told.sum() + (y == 1).sum()), float(t), precision, recall))
    f1, threshold, precision, recall = max(grid)
    bins = np.minimum(9, (p * 10).astype(int))
    error = sum(abs(p[bins == b].sum() - y[bins == b].sum()) for b in range(10)) / len(p)
    return {
        "reports": len(y) // DRAWS,
        "exaggerated": int((y == 1).sum()) // DRAWS,
        "auroc": round(float(roc_auc_score(y, p)), 3),
        "threshold": round(threshold, 2),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(f1, 3),
        "calibration_error": round(float(error), 3),
        "reliability": [
            [
                round(float(p[bins == b].mean()), 3),
                round(float(y[bins == b].mean()), 3),
                round((bins == b).sum() / DRAWS),
            ]
            for b in range(10)
            if (bins == b).any()
        ],
    }


def read(folder: Path) -> tuple[Data, dict[str, Scores]]:
    """Reports and studies, and the strengths of all their sentences by models that have not seen them."""
    table = {row["reference"]: row for row in rows(folder / "studies.jsonl")}
    studies = {key: study_of(row) for key, row in table.items()}
    reports = [r for r in rows(folder / "reports.jsonl") if r["reference"] in studies]
    wanted = {(r["reference"], s) for r in reports for t in report_texts(r) for s in sentences(t)}
    for key, study in studies.items():
        wanted |= {(key, s) for s in (study.title, *sentences(study.abstract or "")) if s}
    strengths = unseen_strengths(folder, sorted(wanted))
    on_models = {key: int(row["sample"] == "non-human") for key, row in table.items()}
    conclusions = [
        read_study(Study(id="", title=row["text"], abstract="")) for row in rows(folder / "strength_pubmed.jsonl")
    ]
    of_people = [study_words(one) for one in conclusions if not one.in_models]
    return Data(reports, studies, on_models, [], of_people), strengths


def main() -> None:
    """Cross-validate each grade as it is used, train on everything, write."""
    data, strengths = read(Path(sys.argv[1]))
    own = statement.judge_strength

    def unseen(tokens: Tokens, reading: Any) -> tuple[int, tuple[float, ...], int, tuple[float, ...]]:
        known = strengths.get(tokens.text)
        if known is None:
            return own(tokens, reading)
        seven, four = known
        return seven.index(max(seven)), seven, four.index(max(four)), four

    statement.judge_strength = unseen
    for at, report in enumerate(data.reports):
        reading = read_study(data.studies[report["reference"]])
        for text in report_texts(report):
            for _, context in contexts_of(text, reading):
                numbers = strength_numbers(context, comparable(context))
                silent = context.others_voice or context.names_models
                data.rows.append(Row(at, numbers, told_of(context), silent, advice_words(context)))
    whole = train(data, frozenset(data.studies))
    scored: list[dict[str, float]] = []
    for draw in range(DRAWS):
        fold = {key: fold_of(f"{draw} {key}" if draw else key) for key in data.studies}
        found_here: list[dict[str, float]] = [{}] * len(data.reports)
        for k in range(FOLDS):
            use(train(data, frozenset(key for key in fold if fold[key] != k), whole.sample.both))
            for at, report in enumerate(data.reports):
                if fold[report["reference"]] == k:
                    found_here[at] = score(data, at)
        scored += found_here
    found = {
        kind: figures(
            np.tile(labels(data.reports, field), DRAWS),
            np.array([one.get(kind, 0.0) for one in scored]),
            LEAST_PRECISION[kind],
        )
        for kind, field in KINDS.items()
    }
    for kind, one in found.items():
        print(kind, {name: value for name, value in one.items() if name != "reliability"})
    names = {"causal": grading.CAUSAL_NUMBERS, "sample": grading.sample_names()}
    for name, model in whole.as_data().items():
        kind = {"causal": "causal_strength", "sample": "scope_population", "advice": "advice"}.get(name)
        extra = {"numbers": list(names[name])} if name in names else {}
        checked = {"cross_validation": found[kind]} if kind else {}
        write(name, {**extra, **checked, **model})
    thresholds = json.loads((OUT / "thresholds.json").read_bytes())
    thresholds["rules"] |= {RULES[kind]: one["threshold"] for kind, one in found.items()}
    write("thresholds", thresholds)


def write(name: str, data: dict[str, Any]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{name}.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
