"""Which sentences of a linked document speak of its study.

A sentence speaks of the study when it reports a study, by itself or as its neighbours do, and belongs to this study's
story and not to another one on the page. A logistic model looks at each sentence by itself; regression trees then look
at the sentence among the others. Both are trained by ``training/train_sentences.py`` on sentences of health articles
that were read and labelled one by one. General knowledge, other people's studies and furniture are told apart by the
same numbers (``sentence_numbers``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from math import exp, fsum
from pathlib import Path
from typing import Any, NamedTuple

from claimtrace.matching.meaning import direction
from claimtrace.matching.near import with_near_terms
from claimtrace.matching.rarity import rarity
from claimtrace.matching.sentence_numbers import SentenceView, StudyWords, alone, around, story
from claimtrace.matching.study_terms import study_text
from claimtrace.matching.terms import terms
from claimtrace.model.studies import Study
from claimtrace.text.phrases import phrasebook
from claimtrace.text.tokens import tokenize

_MODEL = Path(__file__).resolve().parents[1] / "data" / "linking" / "sentences.json"
_SPECIFIC = 4.8  # rarity from which on a word tells the study (in one health text of a hundred and twenty or fewer)
_LONGEST_TEXT = 20_000
_LONGEST_PROFILED = 6_000
_LEAST_SHARED = 4.0


class _Linear(NamedTuple):
    weights: tuple[float, ...]
    bias: float

    def chance(self, numbers: Sequence[float]) -> float:
        """Chance of a yes."""
        x = self.bias + fsum(w * n for w, n in zip(self.weights, numbers, strict=True))
        return 1 / (1 + exp(-max(-30.0, min(30.0, x))))


class _Trees(NamedTuple):
    """Boosted regression trees. A branch is ``[number, most, low, high]``: ``low`` is taken up to ``most``; a leaf is a value."""

    trees: list[Any]
    bias: float

    def chance(self, numbers: Sequence[float]) -> float:
        """Chance of a yes."""
        total = self.bias
        for tree in self.trees:
            node: Any = tree
            while node.__class__ is list:
                node = node[2] if numbers[node[0]] <= node[1] else node[3]
            total += node
        return 1 / (1 + exp(-total))


class SentenceModel(NamedTuple):
    """Whether a sentence reports a study by itself (``alone``), and whether it speaks of this one (``among``);
    ``threshold`` is the chance from which on it is linked."""

    alone: _Linear
    among: _Trees
    threshold: float


@cache
def sentence_model() -> SentenceModel:
    """The shipped model, read once a process."""
    data: dict[str, Any] = json.loads(_MODEL.read_bytes())
    alone, among = data["alone"], data["among"]
    return SentenceModel(
        _Linear(tuple(alone["weights"]), alone["bias"]), _Trees(among["trees"], among["bias"]), data["threshold"]
    )


@lru_cache(maxsize=256)
def study_words(study: Study) -> StudyWords:
    """What a study gave, what came of it, and the words that are its own."""
    book = phrasebook()
    text = study_text(study)[:_LONGEST_TEXT]
    interventions: set[str] = set()
    outcomes: set[str] = set()
    for part in (study.title, text[:_LONGEST_PROFILED]):
        found = book.find(tokenize(part).norms)
        for match in found.get("interventions", ()):
            interventions.add(match.sense.group)
            interventions.update(match.sense.attrs.get("parents", ()))
        for match in found.get("outcomes", ()):
            outcomes.add(match.sense.group)
            outcomes.update(match.sense.attrs.get("stands_for", ()))
    given = _stems(part for one in study.interventions for part in (one.name, *one.terms, *one.classes))
    came = _stems(
        [one.name for one in study.outcomes]
        + [one.stands_for for one in study.outcomes if one.stands_for]
        + [one.outcome for one in study.findings if one.outcome]
    )
    title = _stems([study.title])
    whole = title | _stems([text, *study.aliases])
    classes = _stems(part for one in study.interventions for part in one.classes)
    weights = {term: rarity(term) for term in title}
    return StudyWords(
        given=given - {"drug", "treatment", "therapy"},
        came=came,
        specific=frozenset(
            t for t in whole - classes if rarity(t) >= _SPECIFIC and len(t) > 2 and not t[0].isdigit()
        ),
        near=with_near_terms(whole),
        title=weights,
        title_mass=fsum(weights.values()) or 1.0,
        interventions=frozenset(interventions - {"drug"}),
        outcomes=frozenset(outcomes),
        meaning=direction(whole),
        title_meaning=direction(title),
    )


def chances_of_sentences(views: Sequence[SentenceView], words: StudyWords) -> list[float]:
    """Chance of each of a document's sentences that it speaks of the study.

    Args:
        views: all content sentences of the document.
        words: the study that the document is linked to.
    """
    if not views:
        return []
    model = sentence_model()
    rows = [alone(view, words, at, len(views)) for at, view in enumerate(views)]
    first = [model.alone.chance(row) for row in rows]
    neighbours = around(views, rows, first)
    bonds = story(views, rows, fsum(first) / len(first))
    return [model.among.chance((*one, *two, *row)) for one, two, row in zip(neighbours, bonds, rows, strict=True)]


@lru_cache(maxsize=256)
def _finding_terms(study: Study) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((one.id, _stems([one.statement, one.quote or ""])) for one in study.findings)


def nearest_finding(study: Study, view: SentenceView) -> str | None:
    """Identifier of the finding that shares most with a sentence; ``None`` where that is next to nothing."""
    best: tuple[float, str] | None = None
    for id, words in _finding_terms(study):
        # Exact, whatever order the set has in this process: near ties must not turn on it.
        mass = fsum(weight for term, weight in view.weights.items() if term in words)
        if mass > _LEAST_SHARED and (best is None or mass > best[0]):
            best = (mass, id)
    return best[1] if best else None


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(term for text in texts for term in terms(tokenize(text).norms))
