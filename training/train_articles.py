"""Train the grade of an article's sentences: how likely one says more than the article's study.

usage: python training/train_articles.py BENCHMARK

``training/articles.jsonl.gz`` holds articles written for this purpose by writers who had not seen the tool, faithful and
overstated ones, on bundled studies and on others whose records stand beside them; every sentence is labelled (quotes and
some studies in them are invented). Those of the part ``test`` are never trained on: ``benchmarks/articles.py`` measures
on them. Press releases of the benchmark that people coded as faithful, and the explainers of
``training/explainers.jsonl.gz``, are innocent sentences in addition.

A logistic regression over what ``claimtrace.checks.beyond_features`` says of a sentence. Only words that stand in many
articles are looked at, so that nothing is learned of single subjects. Writes
``src/claimtrace/data/grading/articles.json`` with the figures of a five-fold cross-validation by study.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from benchmark_data import fold_of, rows
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

from claimtrace.checks.beyond import KINDS
from claimtrace.checks.beyond_features import features, words
from claimtrace.checks.context import Context
from claimtrace.checks.run import CHECKS
from claimtrace.checks.study_reading import read_study
from claimtrace.documents.load import make_document, sentences_of
from claimtrace.documents.plain_text import read_plain_text
from claimtrace.engine.scanning import document_contexts
from claimtrace.matching.index import StudyIndex
from claimtrace.matching.links import link_document
from claimtrace.model.studies import Study
from claimtrace.profile.statement import profile_tokens
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.catalogue import Catalogue
from claimtrace.studies.record import parse_record
from claimtrace.text.phrases import phrasebook
from claimtrace.text.tokens import tokenize

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = Path(__file__).with_name("articles.jsonl.gz")
EXPLAINERS = Path(__file__).with_name("explainers.jsonl.gz")
OUT = ROOT / "src" / "claimtrace" / "data" / "grading" / "articles.json"
FOLDS = 5
LEAST_ARTICLES = 15  # in which a word or pair stands, to be looked at
LEAST_ROWS = 5  # in which any other feature is not nought
WEIGHT_OF_OTHERS = 0.5  # of an innocent sentence from elsewhere, beside one of the labelled articles
STRENGTH = 0.3  # inverse of the regularisation
LEAST_WEIGHT = 0.01
PRECISION = 0.75  # that the threshold reaches in the cross-validation


class Row(NamedTuple):
    """A sentence: what the grade sees, whether it is overstated, and which study's."""

    study: str
    article: str
    numbers: dict[str, float]
    words: tuple[str, ...]
    types: tuple[str, ...]
    weight: float


def record_study(record: dict[str, Any]) -> Study:
    study = parse_record(record, "articles")
    if not isinstance(study, Study):
        raise TypeError(str(study))
    return study


def contexts_of(text: str, name: str, catalogue: Catalogue) -> Iterator[tuple[int, int, str | None, Context]]:
    """Start, end, the document's study and the context of each sentence of an article that is held against a study."""
    document = make_document(read_plain_text(name, text.encode("utf-8", "replace")))
    sentences = sentences_of(document)
    texts = [document.text[one.start : one.end] for one in sentences]
    tokens = [tokenize(one) for one in texts]
    found = [phrasebook().find(one.norms) for one in tokens]
    profiles = [profile_tokens(*one) for one in zip(tokens, texts, found, strict=True)]
    links = link_document(document, sentences, profiles, StudyIndex(catalogue), tokens)
    linked = {one.link.id for one in links.sentences if one.link} | ({links.study.id} if links.study else set())
    readings = {id: read_study(study) for id in linked if (study := catalogue.get(id)) is not None}
    contexts = document_contexts(document, sentences, texts, tokens, found, profiles, links, readings)
    for sentence, context in zip(sentences, contexts, strict=True):
        if context is not None:
            yield sentence.start, sentence.end, links.study.id if links.study else None, context


def row(context: Context, study: str, article: str, types: tuple[str, ...], weight: float) -> Row:
    thought = [draft for check in CHECKS for draft in check(context)]
    return Row(study, article, dict(features(context, thought)), tuple(words(context.tokens.norms)), types, weight)


def labelled(part: str) -> Iterator[Row]:
    """Sentences of the labelled articles whose study was found."""
    bundled = load_bundled()
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            article = json.loads(line)
            if article["part"] != part:
                continue
            own = [record_study(article["record"])] if article["record"] else []
            for start, end, study, context in contexts_of(
                article["text"], f"{number}.txt", bundled.merged_with(Catalogue(own))
            ):
                label = next(
                    (
                        one
                        for one in article["sentences"]
                        if min(end, one["end"]) - max(start, one["start"]) > (end - start) / 2
                    ),
                    None,
                )
                if study == article["study"] and label is not None and not label.get("borderline"):
                    types = tuple(one["type"] for one in label.get("overstatements", ()))
                    yield row(context, article["study"], f"made {number}", types, 1.0)


def innocent(folder: Path) -> Iterator[Row]:
    """Sentences of press releases coded as faithful, and of the explainers."""
    records = {
        one["reference"]: Study(id=one["reference"], title=one["title"], abstract=" ".join(one["conclusions"]))
        for one in rows(folder / "studies.jsonl")
    }
    codes = ("causal_exaggerated", "sample_exaggerated", "advice_exaggerated")
    faithful = {
        one["reference"]
        for one in rows(folder / "reports.jsonl")
        if one["kind"] == "press_release" and not any(one[code] is not False for code in codes)
    }
    for article in rows(folder / "articles.jsonl.gz"):
        if article["kind"] == "press_release" and article["reference"] in faithful:
            name = article["reference"]
            for *_, context in contexts_of(article["text"], "release.txt", Catalogue([records[name]])):
                yield row(context, name, f"release {name}", (), WEIGHT_OF_OTHERS)
    bundled = load_bundled()
    for number, one in enumerate(rows(EXPLAINERS)):
        text = "\n\n".join(" ".join(sentence for sentence, _ in block["sentences"]) for block in one["blocks"])
        for *_, context in contexts_of(text, "explainer.txt", bundled):
            yield row(context, one["study"], f"explainer {number}", (), WEIGHT_OF_OTHERS)


def vocabulary(data: list[Row]) -> list[str]:
    """Names that are looked at: words of many articles, and what is not nought in a few sentences."""
    articles: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for one in data:
        for word in one.words:
            articles[word].add(one.article)
        counts.update(name for name, value in one.numbers.items() if value)
    kept = [word for word, where in articles.items() if len(where) >= LEAST_ARTICLES]
    return sorted(kept) + sorted(name for name, count in counts.items() if count >= LEAST_ROWS)


def matrix(data: list[Row], names: list[str]) -> csr_matrix:
    place = {name: at for at, name in enumerate(names)}
    where: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for at, one in enumerate(data):
        for name, value in (*((word, 1.0) for word in one.words), *one.numbers.items()):
            if name in place and value:
                where.append(at)
                columns.append(place[name])
                values.append(value)
    return csr_matrix((values, (where, columns)), shape=(len(data), len(names)))


def fit(data: list[Row]) -> tuple[list[str], np.ndarray, float]:
    """Names, weights and bias."""
    names = vocabulary(data)
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(matrix(data, names), [bool(one.types) for one in data], sample_weight=[one.weight for one in data])
    return names, model.coef_[0], float(model.intercept_[0])


def fit_kinds(data: list[Row]) -> dict[str, dict[str, Any]]:
    """For each kind, among overstated sentences, what speaks for it; by the numbers alone."""
    over = [one._replace(words=()) for one in data if set(one.types) & set(KINDS)]
    names = vocabulary(over)
    where = matrix(over, names)
    kinds: dict[str, dict[str, Any]] = {}
    for kind in KINDS:
        model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(where, [kind in one.types for one in over])
        weights = zip(names, model.coef_[0], strict=True)
        kinds[kind] = {
            "bias": round(float(model.intercept_[0]), 3),
            "weights": {name: round(float(weight), 3) for name, weight in weights if abs(weight) >= LEAST_WEIGHT},
        }
    return kinds


def chances(data: list[Row], model: tuple[list[str], np.ndarray, float]) -> np.ndarray:
    names, weights, bias = model
    return 1 / (1 + np.exp(-(matrix(data, names) @ weights + bias)))


def recall_at(precision: float, truth: np.ndarray, scores: np.ndarray) -> tuple[float, float]:
    """The best recall at no less than a precision, and the threshold for it."""
    order = np.argsort(-scores)
    hits = np.cumsum(truth[order])
    enough = np.flatnonzero(hits / np.arange(1, len(order) + 1) >= precision)
    if not len(enough):
        return 0.0, 1.0
    return float(hits[enough[-1]] / truth.sum()), float(scores[order[enough[-1]]])


def figures(data: list[Row], scores: np.ndarray) -> dict[str, Any]:
    own = np.array([one.weight == 1.0 for one in data])
    truth = np.array([bool(one.types) for one in data])
    result: dict[str, Any] = {
        "sentences": int(own.sum()),
        "overstated": int(truth.sum()),
        "auroc": round(float(roc_auc_score(truth[own], scores[own])), 3),
        "average precision": round(float(average_precision_score(truth[own], scores[own])), 3),
    }
    for precision in (0.5, 0.6, 0.7, 0.75, 0.8, 0.9):
        recall, threshold = recall_at(precision, truth[own], scores[own])
        alarms = int((scores[~own] >= threshold).sum())
        result[f"recall at precision {precision}"] = [
            round(recall, 3),
            round(threshold, 3),
            round(1000 * alarms / max(1, int((~own).sum())), 2),
        ]
    return result


def main() -> None:
    """Cross-validate, train, write."""
    folder = Path(sys.argv[1])
    data = [*labelled("training"), *innocent(folder)]
    folds = np.array([fold_of(one.study) for one in data])
    scores = np.zeros(len(data))
    for fold in range(FOLDS):
        held = np.flatnonzero(folds == fold)
        model = fit([data[at] for at in np.flatnonzero(folds != fold)])
        scores[held] = chances([data[at] for at in held], model)
    crossed = figures(data, scores)
    print(json.dumps(crossed, indent=1))
    names, weights, bias = fit(data)
    tested = list(labelled("test"))
    print(json.dumps({"test": figures(tested, chances(tested, (names, weights, bias)))}, indent=1))
    truth = np.array([bool(one.types) for one in data if one.weight == 1.0])
    _, threshold = recall_at(PRECISION, truth, scores[[one.weight == 1.0 for one in data]])
    pairs = zip(names, weights, strict=True)
    kept = {name: round(float(weight), 3) for name, weight in pairs if abs(weight) >= LEAST_WEIGHT}
    OUT.write_text(
        json.dumps(
            {"threshold": round(threshold, 3), "bias": round(bias, 3), "cross_validation": crossed, "weights": kept, "kinds": fit_kinds(data)},
            indent=1, ensure_ascii=False,
        ) + "\n",
        "utf-8",
    )  # fmt: skip


if __name__ == "__main__":
    main()
