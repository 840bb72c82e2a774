"""What the linker of sentences looks at: numbers for each sentence of a document that is linked to a study.

Two questions are asked of a sentence: whether it reports a study at all, and whether it belongs to the story of this one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from math import fsum, log
from pathlib import Path
from typing import NamedTuple

from claimtrace.matching.meaning import UNIT, Direction, direction
from claimtrace.matching.rarity import rarity
from claimtrace.model.profile import Profile

_CUES = Path(__file__).resolve().parents[1] / "data" / "linking" / "sentence_cues.json"
_HEAD = 7
_WINDOW = 3
_COMMON, _LEAST_WEIGHT = 2.0, 0.2
_COUNTED = (
    "method", "result", "published", "said", "earlier", "organisation", "furniture", "people", "reader", "we", "time", "general",
)  # fmt: skip
_BLOCKS = ("headline", "standfirst", "subheading", "quote", "list-item", "caption")
_SPEAKERS = ("study", "author", "expert", "institution", "other")

ALONE: tuple[str, ...] = (
    "specific", "more_specific", "given", "came", "both", "coverage", "near_coverage", "shared_mass", "rarest_shared", "title_share",
    "title_near", "named", "study", "study_definite", "study_foreign", *_COUNTED, *(f"block_{one}" for one in _BLOCKS),
    *(f"speaker_{one}" for one in _SPEAKERS), "relation", "hedged", "asked", "magnitude", "advice", "defines", "number", "quoted", "place",
    "first", "second", "short", "length", "capitals",
    "meaning",
    "title_meaning",
)  # fmt: skip
"""Numbers of a sentence by itself."""
AROUND: tuple[str, ...] = (
    "own", "before", "before_same_block", "before_goes_on", "after", "after_same_block", "mean", "goes_on", "opened", "since", "until",
    "tells", "tells_before", "generic", "generic_covered", "generic_before", "generic_after", "defines_covered",
)  # fmt: skip
"""Numbers of a sentence among its neighbours: do they report a study?"""
STORY: tuple[str, ...] = (
    "coverage_around",
    "title_around",
    "meaning_around",
    "bound",
    "bound_before",
    "bound_after",
    "mean",
)
"""Numbers that tell a sentence of this study's story from one of another story on the page."""
_AT = {name: at for at, name in enumerate(ALONE)}
_COVERAGE, _TITLE, _MEANING = _AT["near_coverage"], _AT["title_near"], _AT["meaning"]


class StudyWords(NamedTuple):
    """A study's words by the part that they play.

    Attributes:
        given, came: stems of what was given and of what came of it, where the record says so.
        specific: stems that few other health texts have.
        near: stems of the whole record (1) and what means nearly the same (its likeness, 0-1).
        title: stems of the title with their rarities.
        title_mass: their sum.
        interventions, outcomes: concepts of the lexicons.
        meaning, title_meaning: what the whole and the title are about.
    """

    given: frozenset[str]
    came: frozenset[str]
    specific: frozenset[str]
    near: dict[str, float]
    title: dict[str, float]
    title_mass: float
    interventions: frozenset[str]
    outcomes: frozenset[str]
    meaning: Direction
    title_meaning: Direction


class SentenceView(NamedTuple):
    """A sentence as it stands in its document.

    Attributes:
        profile, norms: its profile and the normal forms of its tokens.
        weights: its stems, each with how much rarer it is than the common words of health articles.
        mass: their sum.
        meaning: what it is about.
        block, number: kind of its block, and which block of the document that is.
        named: it names the study by author, journal, title or identifier.
    """

    profile: Profile
    norms: list[str]
    weights: dict[str, float]
    mass: float
    meaning: Direction
    block: str
    number: int
    named: bool


def sentence_view(
    profile: Profile, norms: list[str], stems: frozenset[str], block: str, number: int, named: bool
) -> SentenceView:
    """A sentence made ready for ``alone``, ``around`` and ``story``.

    Words that most health articles have weigh next to nothing: a record with a whole abstract has them all.
    """
    weights = {term: max(_LEAST_WEIGHT, rarity(term) - _COMMON) for term in stems}
    return SentenceView(
        profile, norms, weights, fsum(weights.values()) or 1.0, direction(stems), block, number, named
    )


@cache
def cues() -> dict[str, tuple[str, ...]]:
    """Groups of each cue word."""
    groups: dict[str, dict[str, list[str]]] = json.loads(_CUES.read_bytes())["groups"]
    found: dict[str, list[str]] = {}
    for group, data in groups.items():
        for word in data["words"]:
            found.setdefault(word, []).append(group)
    return {word: tuple(names) for word, names in found.items()}


def alone(view: SentenceView, words: StudyWords, at: int, count: int) -> list[float]:
    """The numbers named in ``ALONE``.

    Args:
        view: the sentence.
        words: the study.
        at, count: which of how many sentences of the document.
    """
    profile, norms, weights, mass = view.profile, view.norms, view.weights, view.mass
    stems = weights.keys()
    near = words.near
    shared = [weight for term, weight in weights.items() if near.get(term, 0.0) >= 1.0]
    likeness = fsum(weight * near[term] for term, weight in weights.items() if term in near)
    specific = len(stems & words.specific)
    given = bool(stems & words.given) or any(one.concept in words.interventions for one in profile.intervention)
    came = bool(stems & words.came - words.given) or any(
        one.concept in words.outcomes or not words.outcomes.isdisjoint(one.stands_for) for one in profile.outcome
    )
    counts = dict.fromkeys(_COUNTED, 0.0)
    known = cues()
    report = -1
    for place, norm in enumerate(norms):
        for group in known.get(norm, ()):
            if group in counts:
                counts[group] = min(2.0, counts[group] + 1.0)
            elif group == "study" and report < 0:
                report = place
    before = norms[max(0, report - 2) : report] if report >= 0 else []
    head = norms[:_HEAD]
    shared_mass = fsum(shared)
    said = view.profile.text.split()
    return [
        float(specific >= 1), float(specific >= 2), float(given), float(came), float(given and came),
        shared_mass / mass, likeness / mass, log(1 + shared_mass), max(shared, default=0.0),
        fsum(weight for term, weight in words.title.items() if term in stems) / words.title_mass, likeness / words.title_mass,
        float(view.named), float(report >= 0), float(any("definite" in known.get(norm, ()) for norm in before)),
        float(any("earlier" in known.get(norm, ()) for norm in before)),
        *counts.values(),
        *(float(view.block == one) for one in _BLOCKS),
        *(float(profile.speaker == one) for one in _SPEAKERS),
        float(bool(profile.relations)), float(profile.certainty == "hedged"), float(profile.certainty == "asked"),
        float(bool(profile.magnitude)), float(profile.advice >= 2),
        float("is" in head or "are" in head or "called" in head or "means" in head),
        float(any(norm[0].isdigit() for norm in norms)), float('"' in norms),
        at / max(1, count - 1), float(at == 0), float(at in (1, 2)), float(len(norms) < _HEAD), log(1 + len(norms)),
        sum(word[:1].isupper() for word in said) / max(1, len(said)),
        _likeness(view.meaning, words.meaning), _likeness(view.meaning, words.title_meaning),
    ]  # fmt: skip


def _likeness(one: Direction, other: Direction) -> float:
    """-1 to 1; 0 where one of them is about nothing known."""
    return sum(a * b for a, b in zip(one, other, strict=True)) / (UNIT * UNIT) if one and other else 0.0


def around(
    views: Sequence[SentenceView], table: Sequence[Sequence[float]], chances: Sequence[float]
) -> list[list[float]]:
    """The numbers named in ``AROUND``, for each sentence.

    Args:
        views: the document's sentences.
        table: their numbers ``alone``.
        chances: of each that it reports a study, by itself.
    """
    odds = [_logit(one) for one in chances]
    mean = fsum(chances) / max(1, len(chances))
    known = cues()
    tells = [_tells(row) for row in table]
    generic = [_generic(row) for row in table]
    since, until = _distances(tells), _distances(tells[::-1])[::-1]
    inside = [one and view.block not in _ABOVE for one, view in zip(tells, views, strict=True)]
    opened = inside.index(True) if True in inside else len(views)
    rows: list[list[float]] = []
    for at, (view, row) in enumerate(zip(views, table, strict=True)):
        before = odds[at - 1] if at else _NO_NEIGHBOUR
        after = odds[at + 1] if at + 1 < len(views) else _NO_NEIGHBOUR
        same_before = at > 0 and views[at - 1].number == view.number
        same_after = at + 1 < len(views) and views[at + 1].number == view.number
        goes_on = bool(view.norms) and ("goes_on" in known.get(view.norms[0], ()) or view.norms[0] == '"')
        rows.append([
            odds[at], before, before * same_before, before * goes_on, after, after * same_after, mean, float(goes_on),
            float(at >= opened), since[at], until[at], float(tells[at]), float(at > 0 and tells[at - 1]),
            float(generic[at]), generic[at] * row[_COVERAGE], float(at > 0 and generic[at - 1]),
            float(at + 1 < len(views) and generic[at + 1]), row[_AT["defines"]] * row[_COVERAGE],
        ])  # fmt: skip
    return rows


_ABOVE = ("headline", "standfirst", "subheading")
_NO_NEIGHBOUR = -1.0


def story(views: Sequence[SentenceView], rows: Sequence[Sequence[float]], mean: float) -> list[list[float]]:
    """The numbers named in ``STORY``, for each sentence.

    A sentence is bound to the study's story by the words that it shares with the document's other sentences, each of
    which counts by how much of it the study says.

    Args:
        views: the document's sentences.
        rows: their numbers ``alone``.
        mean: mean chance that they report a study.
    """
    anchored: dict[str, float] = {}
    for view, row in zip(views, rows, strict=True):
        weight = row[_COVERAGE]
        for term in view.weights:
            anchored[term] = anchored.get(term, 0.0) + weight
    anchor = fsum(row[_COVERAGE] for row in rows)
    bound = [
        fsum(weight * (anchored[term] - row[_COVERAGE]) for term, weight in view.weights.items())
        / view.mass
        / max(_LEAST_ANCHOR, anchor - row[_COVERAGE])
        for view, row in zip(views, rows, strict=True)
    ]
    made: list[list[float]] = []
    for at in range(len(rows)):
        earlier, later = range(max(0, at - _WINDOW), at), range(at + 1, min(len(rows), at + 1 + _WINDOW))
        window = [rows[i] for i in (*earlier, *later)]
        made.append(
            [
                _mean([one[_COVERAGE] for one in window]),
                _mean([one[_TITLE] for one in window]),
                _mean([one[_MEANING] for one in window]),
                bound[at],
                _mean([bound[i] for i in earlier]),
                _mean([bound[i] for i in later]),
                mean,
            ]
        )
    return made


_LEAST_ANCHOR = 0.3
_FAR = 6.0


def _tells(row: Sequence[float]) -> bool:
    """A sentence that says that it reports a study, or in whose voice its authors speak."""
    return bool(
        (row[_AT["study"]] and not row[_AT["study_foreign"]])
        or row[_AT["speaker_study"]]
        or row[_AT["speaker_author"]]
        or row[_AT["named"]]
        or row[_AT["method"]] >= 2
    )


def _generic(row: Sequence[float]) -> bool:
    """Present tense and nothing of a report: what is generally known, or advised."""
    return bool(row[_AT["general"]] and not row[_AT["time"]]) and not (
        row[_AT["study"]]
        or row[_AT["method"]]
        or row[_AT["result"]]
        or row[_AT["number"]]
        or row[_AT["speaker_study"]]
        or row[_AT["speaker_author"]]
    )


def _distances(marks: Sequence[bool]) -> list[float]:
    """How many places back the last mark stands, at most ``_FAR``."""
    out: list[float] = []
    last = _FAR
    for one in marks:
        out.append(last)
        last = 1.0 if one else min(_FAR, last + 1.0)
    return out


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / max(1, len(values))


def _logit(chance: float) -> float:
    chance = min(0.98, max(0.02, chance))
    return log(chance / (1 - chance))
