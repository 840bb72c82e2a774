"""Numbers that say how well a study fits an article. The re-ranker weighs them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from math import log, sqrt

from rapidfuzz import fuzz

from claimtrace.matching.article import ArticleTerms
from claimtrace.matching.index import StudyIndex, StudyTerms

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
    rarity = index.rarity
    ratio = entry.length / index.mean_length if index.mean_length else 1.0
    whole, lead = article.whole, article.lead
    shared = [term for term in entry.whole if term in whole]
    rare = [*sorted((rarity(term) for term in shared), reverse=True)[:3], 0.0, 0.0, 0.0]
    total = sum(rarity(term) for term in entry.whole) or 1.0
    title_total = sum(rarity(term) for term in entry.title) or 1.0
    body_total = sum(rarity(term) for term in entry.body) or 1.0
    head_total = sum(rarity(term) for term in article.headline) or 1.0
    lead_total = sum(rarity(term) for term in lead) or 1.0
    by_sentence = [
        *sorted((_mass(one, entry.whole, rarity) for one in article.sentences), reverse=True)[:2],
        0.0,
        0.0,
    ]
    by_title = max((_mass(one, entry.title, rarity) for one in article.sentences), default=0.0)
    common = entry.pairs & article.pairs
    numbers = entry.numbers & article.numbers
    touching = sum(1 for one in article.sentences if _mass(one, entry.title, rarity) > 0.4 * title_total)
    title = entry.study.title
    return [
        _bm25(whole, entry.whole, rarity, ratio) / _DEEP,
        _bm25(lead, entry.whole, rarity, ratio) / _DEEP,
        _bm25(article.headline, entry.whole, rarity, ratio) / _DEEP,
        _bm25(article.cued, entry.whole, rarity, ratio) / _DEEP,
        sum(rarity(t) for t in entry.title if t in whole) / _DEEP,
        sum(rarity(t) for t in entry.title if t in lead) / _DEEP,
        _bm25(whole, entry.body, rarity, ratio) / _DEEP,
        sum(rarity(t) for t in shared) / total,
        sum(rarity(t) for t in entry.title if t in whole) / title_total,
        sum(rarity(t) for t in entry.title if t in lead) / title_total,
        sum(rarity(t) for t in entry.whole if t in lead) / total,
        sum(rarity(t) for t in entry.title if t in article.headline) / title_total,
        sum(rarity(t) for t in entry.body if t in whole) / body_total,
        sum(rarity(t) for t in entry.body if t in lead) / body_total,
        sum(rarity(t) for t in article.headline if t in entry.whole) / head_total,
        sum(rarity(t) for t in lead if t in entry.whole) / lead_total,
        by_sentence[0] / _DEEP,
        by_title / title_total,
        by_sentence[1] / _DEEP,
        log(1 + len(common)),
        sum(rarity(p.partition(" ")[0]) + rarity(p.partition(" ")[2]) for p in common) / 40.0,
        float(min(3, len(numbers))),
        len(numbers) / len(entry.numbers) if entry.numbers else 0.0,
        rare[0] / 5,
        rare[1] / 5,
        rare[2] / 5,
        fuzz.token_set_ratio(title.lower(), article.headline_text.lower()) / 100,
        fuzz.token_set_ratio(title.lower(), article.lead_text.lower()) / 100,
        fuzz.partial_token_set_ratio(title.lower(), article.headline_text.lower()) / 100,
        log(1 + len(shared)),
        log(1 + touching),
        log(1 + sqrt(sum(whole.values()))),
    ]  # fmt: skip


def _bm25(query: Counter[str], document: Counter[str], rarity: Callable[[str], float], ratio: float) -> float:
    total = 0.0
    norm = _K1 * (1 - _B + _B * ratio)
    for term, count in document.items():
        asked = query.get(term)
        if asked:
            total += rarity(term) * count * (_K1 + 1) / (count + norm) * (1 + log(asked)) ** 0.5
    return total


def _mass(sentence: frozenset[str], document: Iterable[str], rarity: Callable[[str], float]) -> float:
    return sum(rarity(term) for term in document if term in sentence)
