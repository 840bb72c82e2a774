"""Numbers that say how well a study fits an article. The re-ranker weighs them."""

from __future__ import annotations

from collections import Counter
from math import log, sqrt

from rapidfuzz import fuzz

from claimtrace.matching.article import ArticleTerms
from claimtrace.matching.index import StudyIndex
from claimtrace.matching.rarity import rarity
from claimtrace.matching.study_terms import StudyTerms

FEATURES: tuple[str, ...] = (
    "bm25_whole", "bm25_lead", "bm25_headline", "bm25_cued", "bm25_title_whole", "bm25_title_lead", "bm25_body_whole",
    "cover_whole", "cover_title", "cover_title_lead", "cover_lead", "cover_title_head", "cover_body", "cover_body_lead",
    "headline_in_study", "lead_in_study", "best_sentence", "best_sentence_title", "second_sentence", "pairs", "pairs_weighted", "numbers",
    "number_share", "rarest", "second_rarest", "third_rarest", "fuzz_title_head", "fuzz_title_lead", "fuzz_body_lead",
    "log_shared", "sentences_touching", "log_length",
)  # fmt: skip
_K1, _B = 1.2, 0.75
_DEEP = 20.0


def features(article: ArticleTerms, entry: StudyTerms, index: StudyIndex) -> list[float]:
    """One number for each name in ``FEATURES``."""
    ratio = entry.length / index.mean_length if index.mean_length else 1.0
    whole, lead, head, weights = article.whole, article.lead, article.headline, entry.weights
    # Everything that is counted is counted over the terms that both hold: few, where each alone has hundreds.
    shared = [term for term in weights if term in whole]
    in_title = [term for term in shared if term in entry.title]
    in_body = [term for term in shared if term in entry.body]
    in_lead = [term for term in shared if term in lead]
    rare = [*sorted((weights[term] for term in shared), reverse=True)[:3], 0.0, 0.0, 0.0]
    whole_mass = sum(weights[term] for term in shared)
    title_mass = sum(weights[term] for term in in_title)
    title_lead_mass = sum(weights[term] for term in in_title if term in lead)
    lead_mass = sum(weights[term] for term in in_lead)
    masses = [0.0] * (len(article.sentences) + 2)
    title_masses = [0.0] * len(masses)
    for term in shared:
        weight = weights[term]
        for place in article.places[term]:
            masses[place] += weight
    for term in in_title:
        weight = weights[term]
        for place in article.places[term]:
            title_masses[place] += weight
    masses.sort(reverse=True)
    title_total = entry.title_mass or 1.0
    touching = sum(1 for mass in title_masses if mass > 0.4 * title_total)
    common = entry.pairs & article.pairs
    numbers = entry.numbers & article.numbers
    title = entry.study.title.lower()
    return [
        _bm25(whole, entry.whole, shared, weights, ratio) / _DEEP,
        _bm25(lead, entry.whole, in_lead, weights, ratio) / _DEEP,
        _bm25(head, entry.whole, [term for term in shared if term in head], weights, ratio) / _DEEP,
        _bm25(article.cued, entry.whole, [term for term in shared if term in article.cued], weights, ratio) / _DEEP,
        title_mass / _DEEP,
        title_lead_mass / _DEEP,
        _bm25(whole, entry.body, in_body, weights, ratio) / _DEEP,
        whole_mass / (entry.mass or 1.0),
        title_mass / title_total,
        title_lead_mass / title_total,
        lead_mass / (entry.mass or 1.0),
        sum(weights[term] for term in in_title if term in head) / title_total,
        sum(weights[term] for term in in_body) / (entry.body_mass or 1.0),
        sum(weights[term] for term in in_body if term in lead) / (entry.body_mass or 1.0),
        sum(weights[term] for term in shared if term in head) / (article.headline_mass or 1.0),
        lead_mass / (article.lead_mass or 1.0),
        masses[0] / _DEEP,
        max(title_masses) / title_total,
        masses[1] / _DEEP,
        log(1 + len(common)),
        sum(rarity(word) for pair in common for word in pair.split(" ", 1)) / 40.0,
        float(min(3, len(numbers))),
        len(numbers) / len(entry.numbers) if entry.numbers else 0.0,
        rare[0] / 5,
        rare[1] / 5,
        rare[2] / 5,
        fuzz.token_set_ratio(title, article.headline_text) / 100,
        fuzz.token_set_ratio(title, article.lead_text) / 100,
        fuzz.partial_token_set_ratio(title, article.headline_text) / 100,
        log(1 + len(shared)),
        log(1 + touching),
        article.log_length,
    ]  # fmt: skip


def _bm25(
    query: Counter[str], document: Counter[str], shared: list[str], weights: dict[str, float], ratio: float
) -> float:
    total = 0.0
    norm = _K1 * (1 - _B + _B * ratio)
    for term in shared:
        count = document[term]
        total += weights[term] * count * (_K1 + 1) / (count + norm) * sqrt(1 + log(query[term]))
    return total
