"""How sure a check may be: small linear models trained on human codes, and what they look at.

Trained by ``training/train_checks.py`` on reports whose exaggeration people coded (Sumner et al. 2014; Adams et al.
2019); run without numpy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from math import exp, log, log1p
from pathlib import Path
from typing import Any

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


def causal_confidence(numbers: list[float]) -> float:
    """Chance that people would code the report as causally exaggerated."""
    return _chance(load("causal"), numbers)


def model_study_chance(words: Iterable[str]) -> float:
    """Chance that a study of these words was done on animals, cells, tissue, things or a computer, and not on people."""
    return _bag("models", words)


@cache
def _subjects() -> tuple[tuple[str, ...], dict[str, int]]:
    """Names of the groups of words that show whom a statement is told of, and each word's group by number."""
    groups = load("subjects")["groups"]
    return tuple(one["group"] for one in groups), {word: at for at, one in enumerate(groups) for word in one["words"]}


def sample_names() -> tuple[str, ...]:
    """What ``sample_numbers`` counts, in order."""
    return ("names_models", "meant", *_subjects()[0])


def sample_numbers(profile: Profile, tokens: Tokens, meant: bool) -> list[float]:
    """Whom or what a claim is told of, in the numbers that ``sample_names`` names.

    Args:
        profile, tokens: the claim.
        meant: it names people in whom it happens, or speaks to its readers.
    """
    names, group = _subjects()
    counts = [0] * len(names)
    for norm in tokens.norms:
        at = group.get(norm)
        if at is not None:
            counts[at] += 1
    models = any(one.kind != "people" for one in profile.population)
    return [float(models), float(meant), *(log1p(count) for count in counts)]


def sample_confidence(model_study: float, numbers: list[float]) -> float:
    """Chance that people would code the report as told of people, though the study was not done on them.

    Two judges that were trained on all studies and reports, of which few are overstated: one says from the study's words
    whether people were studied, the other from the report's whether it is told of people. Both must hold.

    Args:
        model_study: ``model_study_chance`` of the study.
        numbers: ``sample_numbers`` of the claim.
    """
    model = load("sample")
    not_people = _chance(model["not_people"], [_logit(model_study)])
    told_of_people = _chance(model["told_of_people"], numbers)
    return _chance(model["both"], [_logit(not_people * told_of_people)])


def _chance(model: dict[str, Any], numbers: list[float]) -> float:
    return _logistic(model["bias"] + sum(w * x for w, x in zip(model["weights"], numbers, strict=True)))


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
    model = load(name)
    weights: dict[str, float] = model["weights"]
    known = [weights[word] for word in dict.fromkeys(words) if word in weights]
    return _logistic(model["bias"] + (sum(known) / len(known) ** 0.5 if known else 0.0))


def _logit(p: float) -> float:
    p = min(0.99, max(0.01, p))
    return log(p / (1 - p))


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, x))))
