"""Candidates for an article, best first, each with the chance that it is the article's study.

Two small linear models, trained by ``training/train_linking.py``: one orders the candidates, the other says how likely
the order is right, from the scores and the distance to the next best.
"""

from __future__ import annotations

import json
from functools import cache
from math import exp, log
from pathlib import Path
from typing import Any, NamedTuple

from claimtrace.matching.article import ArticleTerms
from claimtrace.matching.features import FEATURES, features
from claimtrace.matching.index import StudyIndex

_HOME = Path(__file__).resolve().parents[1] / "data" / "linking"
DEPTH = 40
"""Studies that the index hands to the re-ranker."""
_QUERY_TERMS = 100


class Linear(NamedTuple):
    """A logistic regression on standardised numbers: ``weights`` and ``bias`` hold the standardisation already."""

    weights: tuple[float, ...]
    bias: float

    def score(self, numbers: list[float]) -> float:
        """Log-odds."""
        return self.bias + sum(w * x for w, x in zip(self.weights, numbers, strict=True))


class LinkModel(NamedTuple):
    """The two models, the chance from which on a link is made, and the largest numbers that the models know."""

    order: Linear
    accept: Linear
    threshold: float
    caps: tuple[float, ...]


class Ranked(NamedTuple):
    """A candidate with its place in the order (log-odds) and the chance that it is right."""

    id: str
    order: float
    chance: float


@cache
def link_model() -> LinkModel:
    """The trained model, read once a process."""
    data: dict[str, Any] = json.loads((_HOME / "model.json").read_bytes())
    if tuple(data["features"]) != ("index_score", *FEATURES):
        raise ValueError("the link model was trained on other features; run training/train_linking.py")
    return LinkModel(
        Linear(tuple(data["order"]["weights"]), data["order"]["bias"]),
        Linear(tuple(data["accept"]["weights"]), data["accept"]["bias"]),
        data["threshold"],
        tuple(data["caps"]),
    )


def query_of(article: ArticleTerms, index: StudyIndex) -> dict[str, float]:
    """The article's weightiest terms: by place and count, and by rarity among the studies."""
    weights = {term: 1 + log(count) for term, count in article.whole.items()}
    for place in (article.lead, article.headline):
        for term in place:
            weights[term] = weights.get(term, 0.0) + 1.5
    heaviest = sorted(weights, key=lambda term: (-weights[term] * index.rarity(term), term))[:_QUERY_TERMS]
    return {term: weights[term] for term in heaviest}


def candidate_numbers(article: ArticleTerms, index: StudyIndex) -> list[tuple[str, list[float]]]:
    """The index's candidates with the numbers that the re-ranker weighs."""
    hits = index.search(query_of(article, index), DEPTH)
    return [(id, [score / 50, *features(article, index.entry(id), index)]) for id, score in hits]


def accept_numbers(scores: list[float], place: int, numbers: list[float]) -> list[float]:
    """What the second model sees: score, distance to the best other, crowding, and a few of the numbers themselves."""
    best_other = max((score for at, score in enumerate(scores) if at != place), default=-12.0)
    near = sum(1 for score in scores if score > scores[place] - 2) - 1
    picked = [numbers[1 + FEATURES.index(name)] for name in ACCEPT_FEATURES]
    return [scores[place], scores[place] - best_other, log(1 + max(0, near)), *picked]


ACCEPT_FEATURES: tuple[str, ...] = (
    "bm25_whole", "cover_whole", "cover_title", "cover_title_lead", "cover_body", "cover_body_lead", "headline_in_study", "best_sentence",
    "best_sentence_title", "pairs", "number_share", "rarest", "second_rarest", "fuzz_title_lead",
)  # fmt: skip


def rank(article: ArticleTerms, index: StudyIndex, limit: int = 10) -> list[Ranked]:
    """The best candidates, at most ``limit``; ties are broken by identifier."""
    rows = candidate_numbers(article, index)
    if not rows:
        return []
    model = link_model()
    # A verbatim abstract shares more words than any article that the model was trained on; it must not do harm.
    rows = [(id, [min(x, cap) for x, cap in zip(numbers, model.caps, strict=True)]) for id, numbers in rows]
    scores = [model.order.score(numbers) for _, numbers in rows]
    order = sorted(range(len(rows)), key=lambda at: (-scores[at], rows[at][0]))[:limit]
    ranked: list[Ranked] = []
    ceiling = 1.0
    for at in order:
        chance = 1 / (1 + exp(-max(-30.0, min(30.0, model.accept.score(accept_numbers(scores, at, rows[at][1]))))))
        ceiling = min(ceiling, chance)
        ranked.append(Ranked(rows[at][0], scores[at], ceiling))
    return ranked
