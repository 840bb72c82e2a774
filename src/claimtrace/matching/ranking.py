"""Candidates for an article, best first, each with the chance that it is the article's study.

Two small linear models, trained by ``training/train_linking.py``: one orders the candidates, the other says how likely
the order is right, from the scores and the distance to the next best.
"""

from __future__ import annotations

import json
from functools import cache
from math import exp, fsum, log
from pathlib import Path
from typing import Any, NamedTuple

from claimtrace.matching.article import ArticleTerms
from claimtrace.matching.features import FEATURES, MEANING_FEATURES, features, meaning_features
from claimtrace.matching.index import StudyIndex
from claimtrace.matching.study_terms import StudyTerms

_HOME = Path(__file__).resolve().parents[1] / "data" / "linking"
DEPTH = 60
"""Studies that the index hands on."""
KEPT = 20
"""Studies that are left for the re-ranker after a first, cheap look at each."""
NUMBERS: tuple[str, ...] = ("index_score", *FEATURES, *MEANING_FEATURES)
"""What the re-ranker weighs, by name."""


class Linear(NamedTuple):
    """A logistic regression on standardised numbers: ``weights`` and ``bias`` hold the standardisation already."""

    weights: tuple[float, ...]
    bias: float

    def score(self, numbers: list[float]) -> float:
        """Log-odds."""
        return self.bias + sum(w * x for w, x in zip(self.weights, numbers, strict=True))


class LinkModel(NamedTuple):
    """The models, the chance from which on a link is made, and the largest numbers that the models know.

    ``cut`` weighs the index's score and the shares of title and whole that the article has in its own or near terms.
    """

    cut: tuple[float, float, float]
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
    if tuple(data["features"]) != NUMBERS:
        raise ValueError("the link model was trained on other features; run training/train_linking.py")
    return LinkModel(
        tuple(data["cut"]),
        Linear(tuple(data["order"]["weights"]), data["order"]["bias"]),
        Linear(tuple(data["accept"]["weights"]), data["accept"]["bias"]),
        data["threshold"],
        tuple(data["caps"]),
    )


def candidate_numbers(
    article: ArticleTerms, index: StudyIndex, cut: tuple[float, float, float]
) -> list[tuple[str, list[float]]]:
    """The index's candidates that survive the first look, with the numbers that the re-ranker weighs.

    Args:
        article: the article.
        index: the studies.
        cut: weights of the first look (see ``LinkModel``).
    """
    hits = [(id, score / 50, index.entry(id)) for id, score in index.search(article.heaviest, DEPTH)]
    if len(hits) > KEPT:
        looks = [_first_look(score, entry, article, cut) for _, score, entry in hits]
        best = sorted(range(len(hits)), key=lambda at: (-looks[at], hits[at][0]))[:KEPT]
        hits = [hits[at] for at in sorted(best)]
    meant = meaning_features(article, [entry for _, _, entry in hits])
    return [
        (id, [score, *features(article, entry, index), *more])
        for (id, score, entry), more in zip(hits, meant, strict=True)
    ]


def _first_look(score: float, entry: StudyTerms, article: ArticleTerms, cut: tuple[float, float, float]) -> float:
    near, weights = article.near_whole, entry.weights
    # Exact sums, so that the order in which a set gives its terms does not matter.
    shared = {term: weights[term] * near[term] for term in weights.keys() & near.keys()}
    whole = fsum(shared.values())
    title = fsum([shared[term] for term in shared.keys() & entry.title])
    return cut[0] * score + cut[1] * title / (entry.title_mass or 1.0) + cut[2] * whole / (entry.mass or 1.0)


def accept_numbers(scores: list[float], place: int, numbers: list[float]) -> list[float]:
    """What the second model sees: score, distance to the best other, crowding, and a few of the numbers themselves."""
    best_other = max((score for at, score in enumerate(scores) if at != place), default=-12.0)
    near = sum(1 for score in scores if score > scores[place] - 2) - 1
    picked = [numbers[at] for at in _ACCEPTED]
    return [scores[place], scores[place] - best_other, log(1 + max(0, near)), *picked]


ACCEPT_FEATURES: tuple[str, ...] = (
    "bm25_whole", "cover_whole", "cover_title", "cover_title_lead", "cover_body", "cover_body_lead", "headline_in_study", "best_sentence",
    "best_sentence_title", "pairs", "number_share", "rarest", "second_rarest", "fuzz_title_lead", "near_title", "near_title_lead", "near_body",
    "near_whole", "best_window", "window_share", "misses", "title_rarest_missed", "log_shared", "log_length",
    "headline_kin_in_study", "keys_in_study", "keys_kin_in_study", *MEANING_FEATURES,
)  # fmt: skip
_ACCEPTED = tuple(NUMBERS.index(name) for name in ACCEPT_FEATURES)


def rank(article: ArticleTerms, index: StudyIndex, limit: int = 10) -> list[Ranked]:
    """The best candidates, at most ``limit``; ties are broken by identifier."""
    model = link_model()
    rows = candidate_numbers(article, index, model.cut)
    if not rows:
        return []
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
