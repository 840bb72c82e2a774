"""Train the grade of an article's sentences: how likely one says more than the article's study.

usage: python training/train_articles.py BENCHMARK

``training/articles.jsonl.gz`` holds articles written for this purpose by writers who had not seen the tool, faithful and
overstated ones, on bundled studies and on others whose records stand beside them; every sentence is labelled (quotes,
and some of the studies, are invented). Those of the part ``blind`` were never looked at when rules were written: figures on
them, by cross-validation, are those of articles never seen. Press releases of the benchmark that people coded as
faithful, and the explainers of ``training/explainers.jsonl.gz``, are innocent sentences in addition.

A logistic regression over what ``claimtrace.checks.beyond_features`` says of a sentence. Only words that stand in many
articles are looked at, so that nothing is learned of single subjects. Writes
``src/claimtrace/data/grading/articles.json`` with the figures of a cross-validation that leaves out one writer at a time, and
``article_kinds.json``, which is read when something is told.
"""

from __future__ import annotations

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

from claimtrace.checks.beyond import DOUBT, KINDS, Grade, doubted, is_asked
from claimtrace.checks.beyond_features import features, words
from claimtrace.checks.context import Context
from claimtrace.checks.run import thoughts, told_by_rules
from claimtrace.checks.stray import rules_for_stray
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
KINDS_OUT = OUT.with_name("article_kinds.json")
LEAST_ARTICLES = 6  # in which a word or pair stands, to be looked at
LEAST_ROWS = 5  # in which any other feature is not nought
WEIGHT_OF_OTHERS = 0.5  # of an innocent sentence from elsewhere, beside one of the labelled articles
STRENGTH = 0.2  # inverse of the regularisation
LEAST_WEIGHT, LEAST_OF_KIND = 0.02, 0.08  # smaller ones are left out
PRECISION = 0.73  # that the threshold reaches in the cross-validation


class Row(NamedTuple):
    """A sentence: which study's, whose (the number of the lot of articles), what the grade sees of it, and its label.

    ``asked`` says whether the grade is asked of it at all, ``told`` whether a rule speaks up first,
    ``sure`` whether one does that no low grade silences, ``part`` is ``blind`` where
    no rule was written with the sentence before somebody's eyes, ``weight`` is 1 for the labelled articles.
    """

    study: str
    writer: int
    article: str
    part: str
    numbers: dict[str, float]
    words: tuple[str, ...]
    asked: bool
    told: bool
    sure: bool
    types: tuple[str, ...]
    weight: float


def record_study(record: dict[str, Any]) -> Study:
    study = parse_record(record, "articles")
    if not isinstance(study, Study):
        raise TypeError(str(study))
    return study


def contexts_of(
    text: str, name: str, catalogue: Catalogue
) -> Iterator[tuple[int, int, str | None, bool, Context | None]]:
    """Start and end of each sentence of an article, the article's study, whether it is linked, and its context."""
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
    main = links.study.id if links.study else None
    for sentence, link, context in zip(sentences, links.sentences, contexts, strict=True):
        yield sentence.start, sentence.end, main, link.link is not None, context


class Origin(NamedTuple):
    """Where a sentence is from: its study, its writer, its article, and its part of the collection."""

    study: str
    writer: int
    article: str
    part: str


def row(context: Context, linked: bool, origin: Origin, types: tuple[str, ...], weight: float) -> Row:
    thought = thoughts(context)
    rules = None if linked else frozenset() if context.among_others else rules_for_stray(context)
    told = told_by_rules(context, thought, None, rules)
    return Row(
        *origin, dict(features(context, thought)), tuple(words(context.tokens.norms)), is_asked(context),
        bool(told), any(not doubted(one, context, Grade(0.0, {})) for one in told), types, weight,
    )  # fmt: skip


def labelled() -> Iterator[Row]:
    """Sentences of the labelled articles; those that are never held against the study have no numbers."""
    bundled = load_bundled()
    for number, article in enumerate(rows(ARTICLES)):
        own = [record_study(article["record"])] if article["record"] else []
        catalogue = bundled.merged_with(Catalogue(own))
        wanted = article["study"]
        origin = Origin(wanted, article["lot"], f"made {number}", article["part"])
        for start, end, study, linked, context in contexts_of(article["text"], f"{number}.txt", catalogue):
            label = next((one for one in article["sentences"] if _same(start, end, one)), None)
            if label is None or label.get("borderline"):
                continue
            types = tuple(one["type"] for one in label.get("overstatements", ()))
            if context is None or study != wanted:
                yield Row(*origin, {}, (), False, False, False, types, 1.0)
            else:
                yield row(context, linked, origin, types, 1.0)


def _same(start: int, end: int, label: dict[str, Any]) -> bool:
    return bool(min(end, label["end"]) - max(start, label["start"]) > (end - start) / 2)


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
            for *_, linked, context in contexts_of(article["text"], "release.txt", Catalogue([records[name]])):
                if context is not None:
                    yield row(context, linked, Origin(name, 0, f"release {name}", "others"), (), WEIGHT_OF_OTHERS)
    bundled = load_bundled()
    for number, one in enumerate(rows(EXPLAINERS)):
        text = "\n\n".join(" ".join(sentence for sentence, _ in block["sentences"]) for block in one["blocks"])
        for *_, linked, context in contexts_of(text, "explainer.txt", bundled):
            if context is not None:
                yield row(
                    context, linked, Origin(one["study"], 0, f"explainer {number}", "others"), (), WEIGHT_OF_OTHERS
                )


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
    data = [one for one in data if one.numbers]
    names = vocabulary(data)
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(matrix(data, names), [bool(one.types) for one in data], sample_weight=[one.weight for one in data])
    return names, model.coef_[0], float(model.intercept_[0])


def fit_kinds(data: list[Row]) -> dict[str, dict[str, Any]]:
    """For each kind, among overstated sentences, what speaks for it."""
    over = [one for one in data if one.numbers and set(one.types) & set(KINDS)]
    names = vocabulary(over)
    where = matrix(over, names)
    kinds: dict[str, dict[str, Any]] = {}
    for kind in KINDS:
        model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(where, [kind in one.types for one in over])
        weights = zip(names, model.coef_[0], strict=True)
        kinds[kind] = {
            "bias": round(float(model.intercept_[0]), 3),
            "weights": {name: round(float(weight), 3) for name, weight in weights if abs(weight) >= LEAST_OF_KIND},
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
    """The grade by itself, on labelled sentences that it is asked of."""
    own = np.array([one.weight == 1.0 and one.asked for one in data])
    others = np.array([one.weight < 1.0 and one.asked for one in data])
    truth = np.array([bool(one.types) for one in data])
    result: dict[str, Any] = {
        "sentences": int(own.sum()),
        "overstated": int(truth[own].sum()),
        "auroc": round(float(roc_auc_score(truth[own], scores[own])), 3),
        "average precision": round(float(average_precision_score(truth[own], scores[own])), 3),
    }
    for precision in (0.5, 0.6, 0.7, 0.8, 0.9):
        recall, threshold = recall_at(precision, truth[own], scores[own])
        alarms = int((scores[others] >= threshold).sum())
        result[f"at precision {precision}"] = {
            "recall": round(recall, 3), "threshold": round(threshold, 3),
            "alarms per 1,000 innocent sentences": round(1000 * alarms / max(1, int(others.sum())), 2),
        }  # fmt: skip
    return result


def with_rules(data: list[Row], scores: np.ndarray, threshold: float) -> dict[str, Any]:
    """Rules and grade together, as a scan speaks: overstated sentences found, and others flagged."""
    result: dict[str, Any] = {}
    for part in ("open", "blind"):
        chosen = [(one, score) for one, score in zip(data, scores, strict=True) if one.part == part]
        counted: Counter[str] = Counter()
        for one, score in chosen:
            kind = "overstated" if one.types else "other"
            counted[kind] += 1
            counted[f"{kind} by rules"] += one.told
            by_rule = one.told and (one.sure or not one.asked or score >= DOUBT)
            counted[f"{kind} flagged"] += bool(by_rule or (one.asked and score >= threshold))
        hits, alarms = counted["overstated flagged"], counted["other flagged"]
        result[part] = {
            **counted, "precision": round(hits / max(1, hits + alarms), 3), "recall": round(hits / counted["overstated"], 3),
        }  # fmt: skip
    return result


def main() -> None:
    """Cross-validate, train, write."""
    folder = Path(sys.argv[1])
    data = [*labelled(), *innocent(folder)]
    writers = sorted({one.writer for one in data if one.writer})
    folds = np.array([one.writer or writers[fold_of(one.study, len(writers))] for one in data])
    scores = np.zeros(len(data))
    for fold in writers:
        held = np.flatnonzero(folds == fold)
        scores[held] = chances([data[at] for at in held], fit([data[at] for at in np.flatnonzero(folds != fold)]))
    own = np.array([one.weight == 1.0 and one.asked and not one.told for one in data])
    truth = np.array([bool(one.types) for one in data])
    _, threshold = recall_at(PRECISION, truth[own], scores[own])
    crossed = {
        **figures(data, scores),
        "threshold": round(threshold, 3),
        "with rules": with_rules(data, scores, threshold),
    }
    print(json.dumps(crossed, indent=1))
    names, weights, bias = fit(data)
    pairs = zip(names, weights, strict=True)
    kept = {name: round(float(weight), 3) for name, weight in pairs if abs(weight) >= LEAST_WEIGHT}
    OUT.write_text(
        json.dumps(
            {"threshold": round(threshold, 3), "bias": round(bias, 3), "cross_validation": crossed, "weights": kept},
            ensure_ascii=False, separators=(",", ":"),
        ) + "\n",
        "utf-8",
    )  # fmt: skip
    KINDS_OUT.write_text(json.dumps(fit_kinds(data), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
