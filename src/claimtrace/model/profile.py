"""What a statement says, dimension by dimension. Every value carries the span that it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Direction = Literal["increases", "decreases", "no effect", "unclear"]
Certainty = Literal["asserted", "hedged", "presupposed", "denied", "asked"]
Speaker = Literal["writer", "study", "author", "expert", "institution", "other"]
MagnitudeKind = Literal[
    "percent", "percentage points", "fold", "ratio", "count", "amount", "vague", "universal", "doubling"
]

STRENGTH_NAMES: tuple[str, ...] = (
    "no statement",
    "no relation",
    "correlation",
    "ambiguous",
    "conditional cause",
    "can cause",
    "cause",
)
"""The seven levels of Adams et al. (2017), Journal of Experimental Psychology: Applied 23(1)."""

RELATION_NAMES: tuple[str, ...] = ("no relation", "correlation", "conditional cause", "cause")
RELATION_OF: tuple[int, ...] = (0, 0, 1, 1, 2, 3, 3)
"""The step of the four-level scale (Yu, Li and Wang 2019) that each of the seven levels stands on."""


class Span(NamedTuple):
    """A stretch of the statement: ``statement[start:end] == text``, offsets in code points."""

    start: int
    end: int
    text: str


class Hedge(NamedTuple):
    """A hedge and the stretch of the statement that it weakens."""

    span: Span
    scope_start: int
    scope_end: int
    group: str


class Population(NamedTuple):
    """Who or what was studied. ``kind``: people, animals, cells or tissue; ``number`` is a head count."""

    span: Span
    kind: str
    species: str | None = None
    role: str | None = None
    number: int | None = None
    sex: str | None = None
    age: str | None = None


class Condition(NamedTuple):
    """A disease named in the statement. ``concept`` is its Disease Ontology identifier."""

    span: Span
    concept: str
    label: str


class Intervention(NamedTuple):
    """A treatment or exposure. ``concept`` is its class; ``wider`` the classes that hold it, nearest first."""

    span: Span
    concept: str
    kind: str
    wider: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """What was looked at. ``marker`` is true for a surrogate; ``stands_for`` what it is a surrogate of."""

    span: Span
    concept: str
    marker: bool
    stands_for: tuple[str, ...] = ()
    polarity: str | None = None


class Magnitude(NamedTuple):
    """A size. ``relative`` is true for a relative change, false for an absolute one, else ``None``."""

    span: Span
    kind: MagnitudeKind
    value: float | None = None
    unit: str | None = None
    relative: bool | None = None


class Tone(NamedTuple):
    """An alarm or hype word in the writer's own voice; ``level`` 1 (mild) to 3."""

    span: Span
    tone: str
    level: int


class Relation(NamedTuple):
    """A cue that says how cause and effect hang together, with its clause.

    ``group`` is the class of the cue (cause, association, …), ``presupposed`` true for a nominalised
    effect, ``denied`` for one under negation, ``hedged`` for one within a hedge's scope.
    """

    span: Span
    group: str
    direction: Direction
    hedged: bool = False
    denied: bool = False
    presupposed: bool = False


class Reason(NamedTuple):
    """One thing that moved a decision: the words, what they were seen as, and their weight."""

    words: str
    feature: str
    weight: float


@dataclass(frozen=True, slots=True)
class Profile:
    """What one statement says.

    Attributes:
        strength: 0–6 (``STRENGTH_NAMES``); ``strength_scores`` are the seven probabilities.
        relation: 0–3 (``RELATION_NAMES``); ``relation_scores`` are the four probabilities.
        advice: 0 none, 1 implied, 2 to experts, 3 to readers.
        novelty: words that sell the research as new.
        dates: ISO dates (or years) named in the statement.
    """

    text: str
    strength: int
    strength_scores: tuple[float, ...]
    relation: int
    relation_scores: tuple[float, ...]
    direction: Direction = "unclear"
    certainty: Certainty = "asserted"
    relations: tuple[Relation, ...] = ()
    hedges: tuple[Hedge, ...] = ()
    population: tuple[Population, ...] = ()
    condition: tuple[Condition, ...] = ()
    intervention: tuple[Intervention, ...] = ()
    outcome: tuple[Outcome, ...] = ()
    magnitude: tuple[Magnitude, ...] = ()
    advice: int = 0
    advice_cues: tuple[Span, ...] = ()
    novelty: tuple[Span, ...] = ()
    dates: tuple[tuple[Span, str], ...] = ()
    tone: tuple[Tone, ...] = ()
    speaker: Speaker = "writer"
    speaker_cue: Span | None = None
    explainer: Callable[[str], tuple[Reason, ...]] | None = field(default=None, repr=False, compare=False)

    def explain(self) -> tuple[Reason, ...]:
        """The words that decided the strength, strongest first, each with its weight (log-odds)."""
        return () if self.explainer is None else self.explainer(self.text)
