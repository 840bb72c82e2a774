"""How causal a statement is: a linear model over words, word pieces and cues, run without numpy.

Trained by ``training/train_strength.py`` on human-coded statements (see ``docs/model-card.md``). A feature's thirteen
numbers (weights of seven and four levels, squared idf, a count) are packed side by side into one integer, so that a
statement's scores are one sum of integers a block.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import repeat
from math import exp, sqrt
from pathlib import Path
from typing import Any, NamedTuple

from claimtrace.model.profile import Reason
from claimtrace.profile.cues import Reading, read_cues
from claimtrace.profile.features import cue_features, piece_features, word_features
from claimtrace.text.phrases import phrasebook
from claimtrace.text.tokens import Tokens, tokenize

_HOME = Path(__file__).resolve().parents[1] / "data" / "strength"
_SEVEN, _FOUR = 7, 4
_NO_RELATION = 1
_LANES = _SEVEN + _FOUR + 2
_BITS = 24
_MASK = (1 << _BITS) - 1
_HALF = 2048


class _Model(NamedTuple):
    tables: tuple[dict[str, int], ...]
    intercepts: tuple[float, ...]
    scale: float
    square_scale: float
    denied: float


@cache
def _model() -> _Model:
    header: dict[str, Any] = json.loads((_HOME / "model.json").read_bytes())
    names = (_HOME / "features.txt").read_text("utf-8").split("\n")
    data = (_HOME / "weights.bin").read_bytes()
    width = _LANES * _BITS // 8
    packed = [int.from_bytes(data[at : at + width], "little") for at in range(0, len(data), width)]
    tables: list[dict[str, int]] = []
    start = 0
    for size in header["blocks"].values():
        tables.append(dict(zip(names[start : start + size], packed[start : start + size], strict=True)))
        start += size
    return _Model(
        tuple(tables), tuple(header["intercepts"]), header["scale"], header["square_scale"], header["denied"]
    )


def judge_strength(tokens: Tokens, reading: Reading) -> tuple[int, tuple[float, ...], int, tuple[float, ...]]:
    """Strength of a statement.

    Returns:
        Level 0–6, the seven probabilities, relation 0–3, the four probabilities.
    """
    scores = _scores(tokens, reading)
    seven = _softmax(scores[:_SEVEN])
    four = _softmax(scores[_SEVEN:])
    return seven.index(max(seven)), seven, four.index(max(four)), four


def explain_strength(text: str) -> tuple[Reason, ...]:
    """The features that moved the statement's level away from the other levels, strongest first (log-odds)."""
    tokens = tokenize(text)
    reading = read_cues(tokens, phrasebook().find(tokens.norms))
    model = _model()
    scores = _scores(tokens, reading)[:_SEVEN]
    level = scores.index(max(scores))
    reasons: list[Reason] = []
    for name, table, features in zip(_BLOCKS, model.tables, _features(tokens, reading), strict=True):
        length = _length(sum(map(table.get, features, repeat(0))), model)
        for feature in features:
            packed = table.get(feature)
            if packed is not None and length:
                lanes = [((packed >> (_BITS * i)) & _MASK) - _HALF for i in range(_SEVEN)]
                others = (sum(lanes) - lanes[level]) / (_SEVEN - 1)
                reasons.append(
                    Reason(
                        _words(name, feature), f"{name}: {feature}", (lanes[level] - others) / model.scale / length
                    )
                )
    if reading.certainty == "denied" and reading.main is not None:
        reasons.append(
            Reason(
                reading.main.span.text,
                "denied",
                model.denied if level == _NO_RELATION else -model.denied / (_SEVEN - 1),
            )
        )
    reasons.sort(key=lambda one: (-abs(one.weight), one.feature))
    return tuple(reasons[:20])


_BLOCKS = ("words", "pieces", "cues")


def _words(block: str, feature: str) -> str:
    return feature.strip("<>^$ ") if block != "cues" else feature[1:]


def _features(tokens: Tokens, reading: Reading) -> tuple[list[str], list[str], list[str]]:
    return word_features(tokens), piece_features(tokens), cue_features(tokens, reading)


def _length(total: int, model: _Model) -> float:
    return sqrt(((total >> (_BITS * (_LANES - 2))) & _MASK) / model.square_scale)


def _scores(tokens: Tokens, reading: Reading) -> list[float]:
    model = _model()
    scores = list(model.intercepts)
    for table, features in zip(model.tables, _features(tokens, reading), strict=True):
        total = sum(map(table.get, features, repeat(0)))
        length = _length(total, model)
        if not length:
            continue
        offset = _HALF * (total >> (_BITS * (_LANES - 1)))
        factor = 1 / (model.scale * length)
        for lane in range(_SEVEN + _FOUR):
            scores[lane] += ((total & _MASK) - offset) * factor
            total >>= _BITS
    if reading.certainty == "denied":
        scores[_NO_RELATION] += model.denied
    return scores


def _softmax(scores: list[float]) -> tuple[float, ...]:
    top = max(scores)
    parts = [exp(score - top) for score in scores]
    total = sum(parts)
    return tuple(part / total for part in parts)
