"""How sure a check may be: small linear models trained on human codes, and what they look at.

Trained by ``training/train_checks.py`` on reports whose exaggeration people coded (Sumner et al. 2014; Adams et al.
2019); run without numpy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import Any, NamedTuple

from claimtrace.model.profile import Profile
from claimtrace.text.tokens import Tokens

_HOME = Path(__file__).resolve().parents[1] / "data" / "grading"
_OBSERVED = frozenset({"cohort", "case-control", "cross-sectional", "case-series"})
_EXPERIMENT = frozenset(
    {"randomised-trial", "non-randomised-trial", "animal-experiment", "cell-experiment", "mixed-experiment"}
)

CAUSAL_NUMBERS: tuple[str, ...] = (
    "exceeds", "claim_mean", "study_mean", "claim_2", "claim_3", "claim_4", "claim_5", "claim_6", "claim_0", "study_2", "study_3",
    "study_4", "study_5", "study_6", "hedged", "asked", "observed", "experiment", "shared", "headline", "relation", "exceeds_shared",
    "aboutness", "exceeds_aboutness",
)  # fmt: skip


class _Linear(NamedTuple):
    weights: Sequence[float]
    bias: float


class _Words(NamedTuple):
    weights: dict[str, float]
    bias: float


def highest(levels: Iterable[Sequence[float]]) -> tuple[float, ...]:
    """Distribution of the highest of several independent strengths."""
    below = [1.0] * 7
    for one in levels:
        total = 0.0
        for level in range(7):
            total += one[level]
            below[level] *= min(1.0, total)
    return tuple(max(0.0, below[level] - (below[level - 1] if level else 0.0)) for level in range(7))


def exceeds(claim: Sequence[float], study: Sequence[float]) -> float:
    """Chance that a claim is at least correlational and stronger than the study's strongest statement."""
    total = below = 0.0
    for level in range(7):
        if level >= 2:
            total += claim[level] * below
        below += study[level]
    return min(1.0, total)


def causal_numbers(
    claim: Sequence[float],
    study: Sequence[float],
    *,
    hedged: bool,
    asked: bool,
    design: str | None,
    shared: float,
    headline: bool,
    relation: bool,
    aboutness: float,
) -> list[float]:
    """The numbers named in ``CAUSAL_NUMBERS``.

    Args:
        claim, study: probabilities of the seven strengths.
        design: the study's design, where known.
        shared: share of the claim's stems that the study uses, 0–1.
        aboutness: as in ``checks.context.Context``.
    """
    over = exceeds(claim, study)
    return [
        over,
        sum(level * p for level, p in enumerate(claim)),
        sum(level * p for level, p in enumerate(study)),
        claim[2], claim[3], claim[4], claim[5], claim[6], claim[0],
        study[2], study[3], study[4], study[5], study[6],
        float(hedged), float(asked), float(design in _OBSERVED), float(design in _EXPERIMENT),
        shared, float(headline), float(relation), over * shared,
        aboutness, over * aboutness,
    ]  # fmt: skip


@cache
def load(name: str) -> dict[str, Any]:
    """A grade's model, read once a process."""
    data: dict[str, Any] = json.loads((_HOME / f"{name}.json").read_bytes())
    return data


def _linear(name: str) -> _Linear:
    data = load(name)
    return _Linear(data["weights"], data["bias"])


def _words(name: str) -> _Words:
    data = load(name)
    return _Words(data["weights"], data["bias"])


def causal_confidence(numbers: list[float]) -> float:
    """Chance that people would code the report as causally exaggerated."""
    model = _linear("causal")
    return _logistic(model.bias + sum(w * x for w, x in zip(model.weights, numbers, strict=True)))


def model_study_chance(stems: Iterable[str]) -> float:
    """Chance that a study of these words was done on animals, cells, tissue or a computer, and not on people."""
    return _bag("models", stems)


SAMPLE_NUMBERS: tuple[str, ...] = (
    "model_study", "names_models", "meant", "shown", "condition", "outcome", "intervention", "cause", "hedged", "parts", "model_and_condition",
    "model_and_meant",
)  # fmt: skip
_PARTS = frozenset(
    ["cell", "cells", "protein", "proteins", "gene", "genes", "molecule", "molecules", "dna", "rna", "mechanism", "pathway", "receptor",
     "virus", "viruses", "bacteria", "molecular", "cellular", "enzyme", "neurons", "tissue"]
)  # fmt: skip


def sample_numbers(model_study: float, profile: Profile, tokens: Tokens, meant: bool, shown: bool) -> list[float]:
    """The numbers named in ``SAMPLE_NUMBERS``.

    Args:
        model_study: chance that the study was done on models.
        profile, tokens: the claim.
        meant: it names people, or speaks to its readers.
        shown: it tells a treatment as one that works.
    """
    odds = _logit(model_study)
    models = any(one.kind != "people" for one in profile.population)
    condition = bool(profile.condition)
    return [
        odds, float(models), float(meant), float(shown), float(condition), float(bool(profile.outcome)), float(bool(profile.intervention)),
        float(any(one.group == "cause" for one in profile.relations)), float(profile.certainty == "hedged"),
        float(not _PARTS.isdisjoint(tokens.norms)), odds * condition, odds * meant,
    ]  # fmt: skip


def sample_confidence(numbers: list[float]) -> float:
    """Chance that people would code the report as told of people, though models were studied."""
    model = _linear("sample")
    return _logistic(model.bias + sum(w * x for w, x in zip(model.weights, numbers, strict=True)))


def advice_confidence(words: Iterable[str]) -> float:
    """Chance that a report advises more directly than its study."""
    return _bag("advice", words)


def threshold(rule: str, *, in_document: bool = False) -> float:
    """The confidence from which on the rule speaks up by default.

    Args:
        rule: its code.
        in_document: the claim is one of an article's many sentences, of which most are innocent, and not a report's
            main statement that somebody holds against its study.
    """
    thresholds = load("thresholds")
    own = thresholds["rules"].get(rule, thresholds["default"])
    return max(own, thresholds["in_document"].get(rule, 0.0)) if in_document else own


def _bag(name: str, words: Iterable[str]) -> float:
    model = _words(name)
    known = [model.weights[word] for word in dict.fromkeys(words) if word in model.weights]
    return _logistic(model.bias + (sum(known) / len(known) ** 0.5 if known else 0.0))


def _logit(p: float) -> float:
    from math import log

    p = min(0.99, max(0.01, p))
    return log(p / (1 - p))


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, x))))
