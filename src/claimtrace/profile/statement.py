"""The profile of one statement: all dimensions from one pass over its tokens."""

from __future__ import annotations

from claimtrace.model.profile import Profile, Span
from claimtrace.profile.cues import read_cues
from claimtrace.profile.entities import conditions, interventions, outcomes, populations
from claimtrace.profile.explaining import strength_reasons
from claimtrace.profile.numbers import magnitudes
from claimtrace.profile.strength import judge_strength
from claimtrace.profile.voice import read_voice
from claimtrace.text.phrases import Match, phrasebook
from claimtrace.text.tokens import Tokens, tokenize

_MOST_CHARS = 20_000
"""A statement is a sentence; of a longer text this many code points are read, so that time stays bounded."""


def profile_statement(text: str) -> Profile:
    """What a statement says, dimension by dimension.

    Takes any string; time is linear in its length (texts beyond 20,000 code points are read up to there).
    """
    return profile_tokens(tokenize(text[:_MOST_CHARS]), text)


def profile_tokens(tokens: Tokens, text: str, found: dict[str, list[Match]] | None = None) -> Profile:
    """As ``profile_statement``, for tokens, and phrases by lexicon, that are at hand."""
    if found is None:
        found = phrasebook().find(tokens.norms)
    reading = read_cues(tokens, found)
    voice = read_voice(tokens, found)
    strength, strengths, relation, relations = judge_strength(tokens, reading)
    return Profile(
        text=text,
        strength=strength,
        strength_scores=strengths,
        relation=relation,
        relation_scores=relations,
        direction=reading.direction,
        certainty=reading.certainty,
        relations=reading.relations,
        hedges=reading.hedges,
        population=populations(tokens, found.get("population", [])),
        condition=conditions(tokens, found.get("condition", [])),
        intervention=interventions(tokens, found.get("interventions", [])),
        outcome=outcomes(tokens, found.get("outcomes", []), found.get("interventions", [])),
        magnitude=magnitudes(tokens, found.get("magnitude", [])),
        advice=voice.advice,
        advice_cues=voice.advice_cues,
        novelty=voice.novelty,
        dates=_dates(text),
        tone=voice.tone,
        speaker=voice.speaker,
        speaker_cue=voice.cue,
        explainer=strength_reasons,
    )


def _dates(text: str) -> tuple[tuple[Span, str], ...]:
    if "19" not in text and "20" not in text:
        return ()
    from claimtrace.text.dates import find_times

    return tuple((Span(start, end, text[start:end]), iso) for start, end, iso in find_times(text[:_MOST_CHARS]))
