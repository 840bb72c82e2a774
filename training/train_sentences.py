"""Train the models that say which sentences of an article speak of its study.

usage: python training/train_sentences.py BENCHMARK

``training/sentence_labels.tsv`` holds what a reader said of each of 2,900 sentences of 170 articles of the benchmark: 1, the
sentence rests on the study that the article reports; 0, it does not; ?, careful readers may differ (left out). A
sentence is named by a digest of its study's reference and its words, since the articles are other people's copyright.

``training/explainers.jsonl.gz`` holds articles written for this purpose on the bundled studies (none of those behind the
seeds): explainers, digests, features, in which what rests on the study stands among what is generally known of the same
subject. Each sentence is labelled; quotes and by-the-way figures in them are invented.

A logistic regression looks at each sentence by itself; boosted trees look at its neighbours as well. Each article comes
once more with some sentences of another one put in, which speak of no study of its own, since pages carry several stories,
and twice as an excerpt of a few sentences.

Writes ``src/claimtrace/data/linking/sentences.json`` with the figures of an eight-fold cross-validation by article.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from benchmark_data import fold_of, rows
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from claimtrace.documents.load import make_document, sentences_of
from claimtrace.documents.plain_text import read_plain_text
from claimtrace.matching.evidence import find_named, name_folded
from claimtrace.matching.sentence_numbers import (
    ALONE,
    AROUND,
    STORY,
    SentenceView,
    alone,
    around,
    sentence_view,
    story,
)
from claimtrace.matching.sentences import study_words
from claimtrace.matching.terms import terms
from claimtrace.model.documents import Document, Sentence
from claimtrace.model.studies import Study
from claimtrace.profile.statement import profile_tokens
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.record import parse_record
from claimtrace.text.tokens import tokenize

EXPLAINERS = Path(__file__).with_name("explainers.jsonl.gz")
ARTICLES = Path(__file__).with_name("articles.jsonl.gz")
LABELS = Path(__file__).with_name("sentence_labels.tsv")
OUT = Path(__file__).resolve().parents[1] / "src" / "claimtrace" / "data" / "linking" / "sentences.json"
THRESHOLD = 0.5
FOLDS, INNER = 8, 4
ALONE_C = 0.1
TREES: dict[str, Any] = {
    "max_iter": 80, "learning_rate": 0.1, "max_leaf_nodes": 10, "l2_regularization": 5.0, "min_samples_leaf": 30, "max_features": 0.2, "random_state": 1,
}  # fmt: skip
OF_ANOTHER, OF_CHANGED = 0.5, 0.25
"""Weights of a sentence that was put in from another article, and of the others of an article that was changed."""
OF_MADE = 0.25
"""Weight of the many articles in which most sentences are on the study, beside those of news sites and explainers."""
EXCERPT = 4
"""Sentences of an excerpt at most: people scan headlines and teasers as well."""
FEWEST = 5
"""Labels that an article must have."""


class Page(NamedTuple):
    """An article as the linker sees it: its numbers, its labels (1, 0, NaN), and where another story was put in."""

    source: str
    fold: int
    views: list[SentenceView]
    rows: np.ndarray
    labels: np.ndarray
    foreign: np.ndarray
    excerpt: bool

    @property
    def whole(self) -> bool:
        """An article as it was published."""
        return not self.excerpt and not bool(self.foreign.any())


Pages = Sequence[Page]


class Fitted:
    """A logistic regression on numbers brought to one scale; weights are folded back to the raw numbers."""

    def __init__(self, x: np.ndarray, y: np.ndarray, c: float) -> None:
        mean, deviation = x.mean(0), x.std(0) + 1e-9
        model = LogisticRegression(C=c, max_iter=3000).fit((x - mean) / deviation, y)
        self.weights = model.coef_[0] / deviation
        self.bias = float(model.intercept_[0] - (self.weights * mean).sum())

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-(x @ self.weights + self.bias)))

    def plain(self, names: Sequence[str]) -> dict[str, Any]:
        return {
            "numbers": list(names),
            "weights": [float(f"{w:.5g}") for w in self.weights],
            "bias": float(f"{self.bias:.5g}"),
        }


class Boosted:
    """Boosted regression trees, as plain nested lists at the end."""

    def __init__(self, x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> None:
        self._model = HistGradientBoostingClassifier(**TREES).fit(x, y, sample_weight=weights)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return self._model.predict_proba(x)[:, 1]

    def plain(self, names: Sequence[str]) -> dict[str, Any]:
        def branch(nodes: np.ndarray, at: int) -> Any:
            node = nodes[at]
            if node["is_leaf"]:
                return float(f"{node['value']:.5g}")
            low, high = branch(nodes, int(node["left"])), branch(nodes, int(node["right"]))
            return [int(node["feature_idx"]), float(f"{node['num_threshold']:.6g}"), low, high]

        trees = [branch(one[0].nodes, 0) for one in self._model._predictors]
        return {"numbers": list(names), "bias": float(self._model._baseline_prediction[0, 0]), "trees": trees}


class Models(NamedTuple):
    alone: Fitted
    among: Boosted

    def chances(self, page: Page) -> np.ndarray:
        return self.among(numbers_of(page, self.alone(page.rows)))


def numbers_of(page: Page, first: np.ndarray) -> np.ndarray:
    """All numbers of the sentences of a page, given their chances by themselves."""
    table = page.rows.tolist()
    near = np.array(around(page.views, table, list(first)))
    bonds = np.array(story(page.views, table, float(first.mean())))
    return np.concatenate([near, bonds, page.rows], axis=1)


def digest(reference: str, text: str) -> str:
    """The name of a sentence in the file of labels."""
    said = f"{reference}\n{' '.join(text.split())}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


Read = tuple[str, str, Study, list[SentenceView], list[float]]
"""Where an article is from, key of its fold, study, sentences and labels."""


def read_articles(folder: Path) -> list[Read]:
    """The labelled articles of the benchmark."""
    labels = dict(line.split("\t") for line in LABELS.read_text("utf-8").splitlines())
    studies = {
        row["reference"]: Study(row["reference"], row["title"], abstract=" ".join(row["conclusions"]))
        for row in rows(folder / "studies.jsonl")
    }
    read: list[Read] = []
    for row in rows(folder / "articles.jsonl.gz"):
        reference = row["reference"]
        document = make_document(read_plain_text(row["id"], row["text"].encode("utf-8", "surrogatepass")))
        sentences = sentences_of(document)
        texts = [document.text[one.start : one.end] for one in sentences]
        said = [labels.get(digest(reference, text), "") for text in texts]
        if sum(one in ("0", "1") for one in said) < FEWEST:
            continue
        views = _views(document, sentences, texts, studies[reference])
        read.append(
            ("news", reference, studies[reference], views, [{"0": 0.0, "1": 1.0}.get(one, np.nan) for one in said])
        )
    return read


def read_explainers() -> list[Read]:
    """The articles that were written for training."""
    studies = {study.id: study for study in load_bundled()}
    read: list[Read] = []
    for row in rows(EXPLAINERS):
        labels = {_plain(text): float(label) for block in row["blocks"] for text, label in block["sentences"]}
        text = "\n\n".join(" ".join(text for text, _ in block["sentences"]) for block in row["blocks"])
        document = make_document(read_plain_text(row["study"], text.encode()))
        sentences = sentences_of(document)
        texts = [document.text[one.start : one.end] for one in sentences]
        views = _views(document, sentences, texts, studies[row["study"]])
        read.append(
            (
                "explainers",
                row["study"],
                studies[row["study"]],
                views,
                [labels.get(_plain(text), np.nan) for text in texts],
            )
        )
    return read


def read_made() -> list[Read]:
    """The articles, faithful and overstated, that were written for training (see ``train_articles.py``)."""
    bundled = {study.id: study for study in load_bundled()}
    read: list[Read] = []
    for row in rows(ARTICLES):
        record = parse_record(row["record"], "articles") if row["record"] else bundled[row["study"]]
        if not isinstance(record, Study):
            raise TypeError(str(record))
        document = make_document(read_plain_text(row["study"], row["text"].encode()))
        sentences = sentences_of(document)
        texts = [document.text[one.start : one.end] for one in sentences]
        said = [
            next((_rests(label, row["study"]) for label in row["sentences"] if _within(one, label)), np.nan)
            for one in sentences
        ]
        read.append(("made", row["study"], record, _views(document, sentences, texts, record), said))
    return read


def _rests(label: dict[str, Any], study: str) -> float:
    if label.get("borderline") or label.get("also") or label.get("overstatements"):
        return np.nan  # what overstates its study often reads like general knowledge, and would teach to link that
    return float(label.get("study") == study)


def _within(one: Sentence, label: dict[str, Any]) -> bool:
    return bool(min(one.end, label["end"]) - max(one.start, label["start"]) > (one.end - one.start) / 2)


def _plain(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _views(document: Document, sentences: list[Sentence], texts: list[str], study: Study) -> list[SentenceView]:
    folded = name_folded(document.text)
    views: list[SentenceView] = []
    for sentence, text in zip(sentences, texts, strict=True):
        tokens = tokenize(text)
        named = find_named(study, document.text, folded, document.citations, sentence.start, sentence.end)
        views.append(
            sentence_view(
                profile_tokens(tokens, text), tokens.norms, frozenset(terms(tokens.norms)), document.blocks[sentence.block].kind,
                sentence.block, bool(named.kinds),
            )
        )  # fmt: skip
    return views


def pages_of(read: list[Read]) -> list[Page]:
    """The articles, and each once more with a part of another one put in."""
    chance = random.Random(5)
    pages: list[Page] = []
    for source, key, study, views, said in read:
        pages.append(_page(source, key, study, views, said, [False] * len(views)))
        for first in (0, chance.randrange(len(views))):
            some = slice(first, first + chance.randint(1, EXCERPT))
            pages.append(_page(source, key, study, views[some], said[some], [False] * len(views[some]), excerpt=True))
        other = chance.choice([at for at, one in enumerate(read) if one[1] != key])
        length = chance.randint(3, 8)
        start = chance.randint(0, max(0, len(read[other][3]) - length))
        blocks = max(one.number for one in views) + 1
        put = [
            one._replace(number=blocks + at, named=False)
            for at, one in enumerate(read[other][3][start : start + length])
        ]
        at = len(views) if chance.random() < 0.7 else len(views) // 2
        pages.append(
            _page(
                source, key, study, views[:at] + put + views[at:], said[:at] + [0.0] * len(put) + said[at:],
                [False] * at + [True] * len(put) + [False] * (len(views) - at),
            )
        )  # fmt: skip
    return pages


def _page(
    source: str,
    key: str,
    study: Study,
    views: list[SentenceView],
    said: list[float],
    foreign: list[bool],
    *,
    excerpt: bool = False,
) -> Page:
    words = study_words(study)
    numbers = np.array([alone(view, words, at, len(views)) for at, view in enumerate(views)])
    return Page(source, fold_of(key, FOLDS), views, numbers, np.array(said), np.array(foreign), excerpt)


def gathered(pages: Pages, numbers: Callable[[Page], np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Numbers and labels of the labelled sentences of whole articles."""
    x = [numbers(page)[~np.isnan(page.labels)] for page in pages if page.whole]
    y = [page.labels[~np.isnan(page.labels)] for page in pages if page.whole]
    return np.concatenate(x), np.concatenate(y)


def fit(pages: Pages) -> Models:
    """Both models; neighbours are seen as a model sees them that does not know the article."""
    first: dict[int, np.ndarray] = {}
    for part in range(INNER):
        inside = [number for number, page in enumerate(pages) if page.fold % INNER != part]
        model = Fitted(*gathered([pages[number] for number in inside], lambda page: page.rows), ALONE_C)
        for number, page in enumerate(pages):
            if page.fold % INNER == part:
                first[number] = model(page.rows)
    x, y, weights = [], [], []
    for number, page in enumerate(pages):
        known = ~np.isnan(page.labels)
        x.append(numbers_of(page, first[number])[known])
        y.append(page.labels[known])
        weight = np.where(page.foreign[known], OF_ANOTHER, 1.0 if page.whole else OF_CHANGED)
        weights.append(weight * (OF_MADE if page.source == "made" else 1.0))
    by_itself = Fitted(*gathered(pages, lambda page: page.rows), ALONE_C)
    return Models(by_itself, Boosted(np.concatenate(x), np.concatenate(y), np.concatenate(weights)))


def cross_validated(pages: Pages, source: str) -> dict[str, Any]:
    """Figures on articles that the models have not seen; those from ``source`` count."""
    chances: list[float] = []
    labels: list[float] = []
    foreign: list[float] = []
    short: list[tuple[float, float]] = []
    for fold in range(FOLDS):
        models = fit([page for page in pages if page.fold != fold])
        for page in pages:
            if page.fold != fold or page.source != source:
                continue
            known = ~np.isnan(page.labels)
            chance = models.chances(page)
            if page.excerpt:
                short.extend(zip(chance[known], page.labels[known], strict=True))
                continue
            if page.foreign.any():
                foreign.extend(chance[page.foreign])
                continue
            chances.extend(chance[known])
            labels.extend(page.labels[known])
    p, y = np.array(chances), np.array(labels)
    told = p >= THRESHOLD
    return {
        "articles": sum(page.source == source and page.whole for page in pages),
        "sentences": len(labels),
        "of them on the study": round(float(y.mean()), 3),
        "precision": round(float(y[told].mean()), 3),
        "recall": round(float((told & (y == 1)).sum() / y.sum()), 3),
        "auroc": round(_auroc(p, y), 3),
        "in excerpts": {
            "precision": round(float(np.mean([label for chance, label in short if chance >= THRESHOLD])), 3),
            "recall": round(float(np.mean([chance >= THRESHOLD for chance, label in short if label])), 3),
        },
        "of another story, linked": round(float((np.array(foreign) >= THRESHOLD).mean()), 3),
    }


def _auroc(p: np.ndarray, y: np.ndarray) -> float:
    order = np.argsort(np.argsort(p)) + 1
    positive = y == 1
    count = positive.sum()
    return float((order[positive].sum() - count * (count + 1) / 2) / (count * (len(y) - count)))


def main() -> None:
    """Train, print the figures, write the model."""
    pages = pages_of([*read_articles(Path(sys.argv[1])), *read_explainers(), *read_made()])
    figures = {
        "news and press releases": cross_validated(pages, "news"),
        "explainers": cross_validated(pages, "explainers"),
        "articles written for training": cross_validated(pages, "made"),
    }
    print(json.dumps(figures, indent=1))
    models = fit(pages)
    data = {
        "threshold": THRESHOLD,
        "cross_validation": figures,
        "alone": models.alone.plain(ALONE),
        "among": models.among.plain((*AROUND, *STORY, *ALONE)),
    }
    OUT.write_text(json.dumps(data) + "\n", "utf-8")


if __name__ == "__main__":
    main()
