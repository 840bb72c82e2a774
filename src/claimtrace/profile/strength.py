"""How causal a statement is: a linear model over words, word pieces and cues, run without numpy.

Trained by ``training/train_strength.py`` on human-coded statements (see ``docs/model-card.md``). A feature's twelve
numbers (weights of seven and of four levels, squared idf) are packed side by side into one signed integer, so that a
statement's scores are one sum of integers. A feature's integer is read from the file when it is first met: most of them
are not in a day's articles.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import chain, count
from math import exp, sqrt
from pathlib import Path
from typing import Any, NamedTuple

from claimtrace.model.profile import Reason
from claimtrace.profile.cues import Reading, read_cues
from claimtrace.profile.features import (
    Feature,
    folded_words,
    scope_features,
    sequence_features,
    signs_of,
    word_features,
)
from claimtrace.text.phrases import phrasebook
from claimtrace.text.tokens import Tokens, tokenize

_HOME = Path(__file__).resolve().parents[1] / "data" / "strength"
_SEVEN, _FOUR = 7, 4
_NO_RELATION = 1
_LANES = _SEVEN + _FOUR + 1
_BITS = 24
_WIDTH = _LANES * _BITS // 8
_MASK = (1 << _BITS) - 1
_MIDDLE = 1 << (_BITS - 1)
_SHIFTS = tuple(range(0, _BITS * (_LANES - 1), _BITS))
_ALL_MIDDLES = sum(_MIDDLE << (_BITS * lane) for lane in range(_LANES))
"""Added to a sum, it makes each number of it at least zero, so that it can be read alone."""
_MOST_KNOWN = 30_000
_LONGEST_KNOWN = 30


class _Packed(dict[int, int]):
    """The packed numbers of each feature by its place in the file, counted from 1."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data

    def __missing__(self, place: int) -> int:
        row = self._data[(place - 1) * _WIDTH : place * _WIDTH]
        self[place] = packed = int.from_bytes(row, "little", signed=True)
        return packed


class _Words(dict[str, int]):
    """For each word the sum over its own features, reckoned when first asked for."""

    def __init__(self, places: dict[Feature, int], packed: _Packed) -> None:
        super().__init__()
        self._places = places
        self._packed = packed

    def __missing__(self, word: str) -> int:
        known = filter(None, map(self._places.get, word_features(word)))
        total = sum(map(self._packed.__getitem__, known))
        if len(word) <= _LONGEST_KNOWN and len(self) < _MOST_KNOWN:
            self[word] = total
        return total


class _Model(NamedTuple):
    places: dict[Feature, int]
    packed: _Packed
    words: _Words
    intercepts: tuple[float, ...]
    scale: float
    square_scale: float
    denied: float


@cache
def _model() -> _Model:
    header: dict[str, Any] = json.loads((_HOME / "model.json").read_bytes())
    ones, twos, threes = (_HOME / "features.txt").read_text("utf-8").split("\n\n")
    pairs, triples = iter(twos.split()), iter(threes.split())
    names: chain[Feature] = chain(
        ones.split("\n"),
        zip(pairs, pairs, strict=True),
        zip(triples, triples, triples, strict=True),
    )
    places = dict(zip(names, count(1), strict=False))
    packed = _Packed((_HOME / "weights.bin").read_bytes())
    return _Model(
        places,
        packed,
        _Words(places, packed),
        tuple(header["intercepts"]),
        header["scale"],
        header["square_scale"],
        header["denied"],
    )


def judge_strength(tokens: Tokens, reading: Reading) -> tuple[int, tuple[float, ...], int, tuple[float, ...]]:
    """Strength of a statement.

    Returns:
        Level 0–6, the seven probabilities, relation 0–3, the four probabilities.
    """
    model = _model()
    words = folded_words(tokens)
    total = sum(map(model.words.__getitem__, set(words)))
    places = filter(None, map(model.places.get, sequence_features(words, reading)))
    total += sum(map(model.packed.__getitem__, places))
    scores = _scores(total, reading.certainty == "denied", model)
    seven = _softmax(scores[:_SEVEN])
    four = _softmax(scores[_SEVEN:])
    return seven.index(max(seven)), seven, four.index(max(four)), four


def explain_strength(text: str) -> tuple[Reason, ...]:
    """The features that moved the statement's level away from the other levels, strongest first (log-odds)."""
    tokens = tokenize(text)
    reading = read_cues(tokens, phrasebook().find(tokens.norms))
    model = _model()
    words = folded_words(tokens)
    features: list[Feature] = [feature for word in dict.fromkeys(words) for feature in word_features(word)]
    features += sequence_features(words, reading)
    known = [(feature, model.packed[model.places[feature]]) for feature in features if feature in model.places]
    total = sum(packed for _, packed in known)
    denied = reading.certainty == "denied"
    scores = _scores(total, denied, model)[:_SEVEN]
    level = scores.index(max(scores))
    meant = _meant(words, reading)
    weights: dict[Feature, float] = {}
    for feature, packed in known:
        lanes = _numbers(packed)[:_SEVEN]
        others = (sum(lanes) - lanes[level]) / (_SEVEN - 1)
        weights[feature] = weights.get(feature, 0.0) + (lanes[level] - others) * _factor(total, model)
    reasons = [Reason(_words(one, meant), _name(one), weight) for one, weight in weights.items()]
    if denied and reading.main is not None:
        own = model.denied if level == _NO_RELATION else -model.denied / (_SEVEN - 1)
        reasons.append(Reason(reading.main.span.text, "denied", own))
    reasons.sort(key=lambda one: (-abs(one.weight), one.feature))
    return tuple(reasons[:20])


def _meant(words: list[str], reading: Reading) -> dict[str, str]:
    """For each sign in the features of a statement the words that it stands for."""
    meant: dict[str, dict[str, None]] = {}
    for word in words:
        for sign in (*word_features(word), *signs_of(word)):
            meant.setdefault(sign, {})[word] = None
    for sign, text in scope_features(reading):
        meant.setdefault(sign, {})[text] = None
    return {sign: "/".join(some) for sign, some in meant.items()}


def _words(feature: Feature, meant: dict[str, str]) -> str:
    """What a feature stands for, in the statement's own words; signs without a word are left out."""
    parts = (feature,) if isinstance(feature, str) else feature
    return " ".join(meant[part] for part in parts if part in meant)


def _name(feature: Feature) -> str:
    return feature if isinstance(feature, str) else " ".join(feature)


def _numbers(total: int) -> list[int]:
    """The weights that a sum holds for the seven and the four levels."""
    total += _ALL_MIDDLES
    return [((total >> shift) & _MASK) - _MIDDLE for shift in _SHIFTS]


def _factor(total: int, model: _Model) -> float:
    """By what a sum's weights are multiplied: the features' vector is scaled to length 1."""
    squares = ((total + _ALL_MIDDLES) >> (_BITS * (_LANES - 1))) - _MIDDLE
    return sqrt(model.square_scale / squares) / model.scale if squares else 0.0


def _scores(total: int, denied: bool, model: _Model) -> list[float]:
    factor = _factor(total, model)
    scores = [start + number * factor for start, number in zip(model.intercepts, _numbers(total), strict=True)]
    if denied:
        scores[_NO_RELATION] += model.denied
    return scores


def _softmax(scores: list[float]) -> tuple[float, ...]:
    top = max(scores)
    parts = [exp(score - top) for score in scores]
    total = sum(parts)
    return tuple([part / total for part in parts])
