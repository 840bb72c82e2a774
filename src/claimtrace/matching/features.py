"""Numbers that say how well a study fits an article. The re-ranker weighs them."""

from __future__ import annotations

from collections import Counter
from math import fsum, log, sqrt

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
    "log_shared", "sentences_touching", "log_length", "near_title", "near_title_lead", "near_title_head", "near_body", "near_body_lead",
    "near_whole", "best_window", "best_window_title", "window_share", "window_title_share", "first_place", "misses", "rarest_missed", "title_rarest_missed",
)  # fmt: skip
_K1, _B = 1.2, 0.75
_DEEP = 20.0
_HALF = 0.5
_WINDOW = 3


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
    masses = [0.0] * (article.passages + 2)
    windows = [0.0] * len(masses)
    for term in shared:
        weight = weights[term]
        _spread(article.places[term], weight, masses, windows)
    title_masses = [0.0] * len(masses)
    title_windows = [0.0] * len(masses)
    for term in in_title:
        _spread(article.places[term], weights[term], title_masses, title_windows)
    best_at = max(range(len(windows)), key=windows.__getitem__)
    ordered = sorted(masses, reverse=True)
    title_total = entry.title_mass or 1.0
    body_total = entry.body_mass or 1.0
    touching = sum(1 for mass in title_masses if mass > 0.4 * title_total)
    near_whole, near_lead, near_head = article.near_whole, article.near_lead, article.near_headline
    near_title = near_title_lead = near_title_head = near_body = near_body_lead = near_all = 0.0
    missed = title_missed = 0.0
    misses = 0.0
    for term, weight in weights.items():
        likeness = near_whole.get(term, 0.0)
        in_lead_too = near_lead.get(term, 0.0)
        near_all += weight * likeness
        if term in entry.title:
            near_title += weight * likeness
            near_title_lead += weight * in_lead_too
            near_title_head += weight * near_head.get(term, 0.0)
            if likeness < _HALF and weight > title_missed:
                title_missed = weight
        if term in entry.body:
            near_body += weight * likeness
            near_body_lead += weight * in_lead_too
        if likeness < _HALF:
            misses += weight
            if weight > missed:
                missed = weight
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
        sum(weights[term] for term in in_body) / body_total,
        sum(weights[term] for term in in_body if term in lead) / body_total,
        sum(weights[term] for term in shared if term in head) / (article.headline_mass or 1.0),
        lead_mass / (article.lead_mass or 1.0),
        ordered[0] / _DEEP,
        max(title_masses) / title_total,
        ordered[1] / _DEEP,
        log(1 + len(common)),
        fsum(rarity(word) for pair in common for word in pair.split(" ", 1)) / 40.0,
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
        near_title / title_total,
        near_title_lead / title_total,
        near_title_head / title_total,
        near_body / body_total,
        near_body_lead / body_total,
        near_all / (entry.mass or 1.0),
        windows[best_at] / _DEEP,
        max(title_windows) / _DEEP,
        windows[best_at] / (entry.mass or 1.0),
        max(title_windows) / title_total,
        1 / (1 + best_at),
        misses / _DEEP,
        missed / 5,
        title_missed / 5,
    ]  # fmt: skip


def _spread(places: list[int], weight: float, masses: list[float], windows: list[float]) -> None:
    """Add a term's weight to the passages where it stands, and once to each window of three passages that holds it."""
    last = -1
    for place in places:
        masses[place] += weight
        # Windows are numbered by their last passage.
        for window in range(max(place, last + 1), place + _WINDOW):
            windows[window] += weight
        last = place + _WINDOW - 1


def _bm25(
    query: Counter[str], document: Counter[str], shared: list[str], weights: dict[str, float], ratio: float
) -> float:
    total = 0.0
    norm = _K1 * (1 - _B + _B * ratio)
    for term in shared:
        count = document[term]
        total += weights[term] * count * (_K1 + 1) / (count + norm) * sqrt(1 + log(query[term]))
    return total
