"""Which sentences of a linked document speak of its study.

A sentence inherits the document's study when it names what only this study is about, or both what was given and what
came of it, or when it says that it reports ("the researchers found") or goes on from a sentence that does. General
knowledge, other people's studies and headings do not.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import fsum
from typing import NamedTuple

from claimtrace.matching.rarity import rarity
from claimtrace.matching.study_terms import study_text
from claimtrace.matching.terms import stem, terms
from claimtrace.model.profile import Profile
from claimtrace.model.studies import Finding, Study
from claimtrace.text.phrases import phrasebook
from claimtrace.text.tokens import Tokens, tokenize

_SPECIFIC = 4.8  # rarity from which on a word tells the study (in one health text of a hundred and twenty or fewer)
_REPORTS = frozenset(
    [
        "study",
        "finding",
        "findings",
        "research",
        "researchers",
        "scientists",
        "team",
        "trial",
        "result",
        "results",
        "experiments",
        "experiment",
        "authors",
        "paper",
        "author",
        "discovery",
        "investigators",
        "report",
        "abstract",
        "journal",
    ]
)
_OTHERS = frozenset(
    {"previous", "earlier", "other", "prior", "past", "multiple", "many", "clinical", "various", "several"}
)
_DEFINITE = frozenset({"this", "the", "these", "our", "their", "new", "recent"})
_GOES_ON = frozenset(
    [
        "this",
        "these",
        "it",
        "they",
        "that",
        "such",
        "he",
        "she",
        "both",
        "those",
        "his",
        "her",
        "their",
        "its",
        "here",
    ]
)


class Judgement(NamedTuple):
    """Chance that a sentence speaks of the study, the finding it is nearest to, and the words that said so."""

    chance: float
    finding: str | None
    words: tuple[tuple[int, int], ...]


class _StudyWords(NamedTuple):
    given: frozenset[str]
    came: frozenset[str]
    specific: frozenset[str]
    interventions: frozenset[str]
    outcomes: frozenset[str]
    findings: tuple[tuple[Finding, frozenset[str]], ...]


@lru_cache(maxsize=256)
def _study_words(study: Study) -> _StudyWords:
    """What a study gave, what came of it, and the words that are its own."""
    book = phrasebook()
    texts = [study.title, study_text(study), *study.aliases]
    interventions: set[str] = set()
    outcomes: set[str] = set()
    for text in (study.title, study_text(study)[:6000]):
        tokens = tokenize(text)
        found = book.find(tokens.norms)
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
    whole = _stems(texts)
    classes = _stems(part for one in study.interventions for part in one.classes)
    specific = frozenset(t for t in whole - classes if rarity(t) >= _SPECIFIC and len(t) > 2 and not t[0].isdigit())
    return _StudyWords(
        given=given - {"drug", "treatment", "therapy"},
        came=came,
        specific=specific,
        interventions=frozenset(interventions - {"drug"}),
        outcomes=frozenset(outcomes),
        findings=tuple((one, _stems([one.statement, one.quote or ""])) for one in study.findings),
    )


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(term for text in texts for term in terms(tokenize(text).norms))


def _report_cue(norms: list[str]) -> int | None:
    for at, norm in enumerate(norms):
        if norm in _REPORTS and not (norm in ("result", "results") and norms[at + 1 : at + 2] in (["in"], ["from"])):
            return at
    return None


def tells_of_study(profile: Profile, norms: list[str]) -> bool:
    """Whether a sentence reports a study rather than what is generally known."""
    at = _report_cue(norms)
    return (at is not None and not _OTHERS & set(norms[max(0, at - 2) : at + 1])) or profile.speaker in (
        "author",
        "study",
    )


class SentenceLinker:
    """Judges the sentences of one document in text order."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self._words = _study_words(study)
        self._last = 0.0
        self._last_block = -1
        self._judged = 0.0
        self._block = -1

    def judge(
        self, profile: Profile, tokens: Tokens, stems: frozenset[str], block: str, number: int, opened: bool
    ) -> Judgement:
        """Whether a sentence speaks of the study; ``follow`` tells what was decided in the end.

        Args:
            profile, tokens, stems: the sentence.
            block: kind of its block.
            number: index of its block.
            opened: the article has begun to tell of a study; what stands before that is mostly general knowledge.
        """
        words = self._words
        norms = tokens.norms
        self._block = number
        specific = stems & words.specific
        given = bool(stems & words.given) or any(one.concept in words.interventions for one in profile.intervention)
        came = bool(stems & words.came - words.given) or any(
            one.concept in words.outcomes or not words.outcomes.isdisjoint(one.stands_for) for one in profile.outcome
        )
        score = min(1.4, 0.6 * len(specific))
        if given and came:
            score += 0.75 if profile.relations or profile.hedges else 0.45
        elif came or given:
            score += 0.2
        reports = _report_cue(norms)
        foreign = reports is not None and bool(_OTHERS & set(norms[max(0, reports - 2) : reports + 1]))
        if foreign:
            score -= 0.7
        elif reports is not None:
            definite = norms[max(0, reports - 2) : reports] and norms[reports - 1] in _DEFINITE
            score += 0.1 if block == "subheading" else 0.85 if definite else 0.5
        if profile.speaker in ("author", "study") and not foreign:
            score += 0.3
        elif profile.speaker == "other":
            score -= 0.3
        if block in ("headline", "standfirst"):
            score += 0.3
        elif block == "abstract":
            score += 1.0
        elif block == "subheading":
            score -= 0.25
        goes_on = bool(norms) and (norms[0] in _GOES_ON or (norms[0] in '"“' and len(norms) > 1))
        near = 1.0 if number == self._last_block else 0.7
        if not opened and block in ("paragraph", "list-item"):
            score -= 0.45
        if self._last > 0.5 and not foreign:
            score += (0.45 if goes_on else 0.25) * near
        if not specific and not (goes_on and self._last > 0.5) and _defines(norms, profile):
            score -= 0.4
        self._judged = score
        finding = self._nearest(stems)
        spans = tuple(
            (tokens.starts[at], tokens.ends[at]) for at, norm in enumerate(norms) if stem(norm) in specific
        )[:5]
        return Judgement(max(0.0, min(0.98, score / 1.6)), finding, spans)

    def follow(self, linked: bool) -> None:
        """Tell whether the sentence just judged was linked."""
        self._last = self._judged if linked else 0.0
        self._last_block = self._block

    def _nearest(self, stems: frozenset[str]) -> str | None:
        best: tuple[float, str] | None = None
        for finding, words in self._words.findings:
            # Exact, whatever order the set has in this process: near ties must not turn on it.
            mass = fsum(rarity(term) for term in stems & words)
            if mass > 4 and (best is None or mass > best[0]):
                best = (mass, finding.id)
        return best[1] if best else None


def _defines(norms: list[str], profile: Profile) -> bool:
    """ "X is a treatment that …", "these drugs can be given …": said of the thing in general, of no result."""
    head = norms[:7]
    if "is" in head or "are" in head or "works" in head or "called" in norms[:9] or "means" in head:
        return not any(one.hedged and one.group == "cause" for one in profile.relations)
    return False
