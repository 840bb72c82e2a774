"""Numbers that say how well a study fits an article. The re-ranker weighs them."""

from __future__ import annotations

from collections import Counter
from math import fsum, log, sqrt

from rapidfuzz import fuzz

from claimtrace.matching.article import ArticleTerms, Kin
from claimtrace.matching.index import StudyIndex
from claimtrace.matching.meaning import likenesses
from claimtrace.matching.rarity import rarity
from claimtrace.matching.study_terms import StudyTerms

FEATURES: tuple[str, ...] = (
    "bm25_whole", "bm25_lead", "bm25_headline", "bm25_cued", "bm25_title_whole", "bm25_title_lead", "bm25_body_whole",
    "cover_whole", "cover_title", "cover_title_lead", "cover_lead", "cover_title_head", "cover_body", "cover_body_lead",
    "headline_in_study", "lead_in_study", "best_sentence", "best_sentence_title", "second_sentence", "pairs", "pairs_weighted", "numbers",
    "number_share", "rarest", "second_rarest", "third_rarest", "fuzz_title_head", "fuzz_title_lead", "fuzz_body_lead",
    "log_shared", "sentences_touching", "log_length", "near_title", "near_title_lead", "near_title_head", "near_body", "near_body_lead",
    "near_whole", "best_window", "best_window_title", "window_share", "window_title_share", "first_place", "misses", "rarest_missed", "title_rarest_missed",
    "headline_kin_in_study", "keys_in_study", "keys_kin_in_study",
)  # fmt: skip
_K1, _B = 1.2, 0.75
_DEEP = 20.0
_HALF = 0.5
_WINDOW = 3


def features(article: ArticleTerms, entry: StudyTerms, index: StudyIndex) -> list[float]:
    """One number for each name in ``FEATURES``."""
    ratio = entry.length / index.mean_length if index.mean_length else 1.0
    whole, lead, head, weights = article.whole, article.lead, article.headline, entry.weights
    in_entry_title, in_entry_body = entry.title, entry.body
    near_whole, near_lead, near_head = article.near_whole, article.near_lead, article.near_headline
    near_title = near_title_lead = near_title_head = near_body = near_body_lead = near_all = 0.0
    whole_mass = title_mass = title_lead_mass = title_head_mass = lead_mass = head_mass = body_mass = (
        body_lead_mass
    ) = 0.0
    misses = missed = title_missed = 0.0
    shared: list[str] = []
    in_body: list[str] = []
    in_lead: list[str] = []
    in_head: list[str] = []
    masses = [0.0] * (article.passages + 2)
    windows = [0.0] * len(masses)
    title_masses = [0.0] * len(masses)
    title_windows = [0.0] * len(masses)
    for term, weight in weights.items():
        titled = term in in_entry_title
        likeness = near_whole.get(term, 0.0)
        if likeness < _HALF:
            misses += weight
            if weight > missed:
                missed = weight
            if titled and weight > title_missed:
                title_missed = weight
            if not likeness:
                continue
        bodied = term in in_entry_body
        leading = near_lead.get(term, 0.0)
        near_all += weight * likeness
        if titled:
            near_title += weight * likeness
            near_title_lead += weight * leading
            near_title_head += weight * near_head.get(term, 0.0)
        if bodied:
            near_body += weight * likeness
            near_body_lead += weight * leading
        if term not in whole:
            continue
        shared.append(term)
        whole_mass += weight
        places = article.places[term]
        _spread(places, weight, masses, windows)
        leads, heads = term in lead, term in head
        if leads:
            in_lead.append(term)
            lead_mass += weight
        if heads:
            in_head.append(term)
            head_mass += weight
        if bodied:
            in_body.append(term)
            body_mass += weight
            if leads:
                body_lead_mass += weight
        if titled:
            _spread(places, weight, title_masses, title_windows)
            title_mass += weight
            if leads:
                title_lead_mass += weight
            if heads:
                title_head_mass += weight
    rare = [*sorted([weights[term] for term in shared], reverse=True)[:3], 0.0, 0.0, 0.0]
    best_at = max(range(len(windows)), key=windows.__getitem__)
    ordered = sorted(masses, reverse=True)
    title_total = entry.title_mass or 1.0
    body_total = entry.body_mass or 1.0
    least = 0.4 * title_total
    touching = sum([mass > least for mass in title_masses])
    common = entry.pairs & article.pairs
    numbers = entry.numbers & article.numbers
    title = entry.study.title.lower()
    return [
        _bm25(whole, entry.whole, shared, weights, ratio) / _DEEP,
        _bm25(lead, entry.whole, in_lead, weights, ratio) / _DEEP,
        _bm25(head, entry.whole, in_head, weights, ratio) / _DEEP,
        _bm25(article.cued, entry.whole, [term for term in shared if term in article.cued], weights, ratio) / _DEEP,
        title_mass / _DEEP,
        title_lead_mass / _DEEP,
        _bm25(whole, entry.body, in_body, weights, ratio) / _DEEP,
        whole_mass / (entry.mass or 1.0),
        title_mass / title_total,
        title_lead_mass / title_total,
        lead_mass / (entry.mass or 1.0),
        title_head_mass / title_total,
        body_mass / body_total,
        body_lead_mass / body_total,
        head_mass / (article.headline_mass or 1.0),
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
        _shared(article.headline_kin, weights, True),
        _shared(article.key_kin, weights, False),
        _shared(article.key_kin, weights, True),
    ]  # fmt: skip


def _shared(terms: tuple[Kin, ...], study: dict[str, float], near: bool) -> float:
    """Which share of an article's terms a study holds, itself or, if wanted, in a term near to it."""
    total = found = 0.0
    for term, weight, kin in terms:
        total += weight
        if term in study:
            found += weight
        elif near:
            best = 0.0
            for other, likeness in kin:
                if likeness > best and other in study:
                    best = likeness
            found += weight * best
    return found / (total or 1.0)


MEANING_FEATURES: tuple[str, ...] = (
    "title_meant",
    "whole_meant",
    "title_meant_early",
    "whole_meant_early",
    "whole_meant_thrice",
)
"""Best likeness of meaning of a window of the article to title and whole, of an early window, and of the best three to the whole."""
_EARLY = 3


def meaning_features(article: ArticleTerms, entries: list[StudyTerms]) -> list[list[float]]:
    """The numbers of ``MEANING_FEATURES`` for each of some studies."""
    columns = likenesses(article.directions, [one for entry in entries for one in entry.meaning.directions])
    if not columns:
        return [[0.0] * len(MEANING_FEATURES) for _ in entries]
    found: list[list[float]] = []
    for at in range(len(entries)):
        title, whole = columns[2 * at], columns[2 * at + 1]
        best = sorted(whole, reverse=True)[:3]
        found.append([max(title), best[0], max(title[:_EARLY]), max(whole[:_EARLY]), sum(best) / len(best)])
    return found


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
