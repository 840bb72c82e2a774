"""What the grade of an article's sentence looks at: how it speaks, of what, and how that lies to its study.

The names are those of the model's weights (``data/grading/articles.json``, made by ``training/train_articles.py``). Words
and pairs of words are looked at as well, but only such as stand in articles on anything (``word:`` and ``pair:``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import fsum

from claimtrace.checks.context import Context, Draft, names_model
from claimtrace.checks.extended import unknown_interventions
from claimtrace.checks.flat import told_cause
from claimtrace.checks.grading import exceeds
from claimtrace.checks.known_sizes import as_percent, is_known
from claimtrace.checks.scope import knows
from claimtrace.matching.rarity import rarity
from claimtrace.matching.terms import terms
from claimtrace.model.profile import Magnitude, Span
from claimtrace.text.word_classes import word_class

_HALF = 0.5
_LINKS = frozenset({"cause", "ambiguous", "change"})
_READERS = frozenset({"you", "your", "yours", "yourself"})
_LEXICONS = ("absolutes", "authority", "changes", "naming", "proof")
_LONGEST = 40  # tokens from which on a sentence is just long
_RAREST = 8.0
_STRANGE = 5.0  # rarity from which on a word that the study does not have is worth naming
_NAMED = 3
_PAST = word_class("commonest verbs in the past")
_STUDY = word_class("words for a study and its people")


def features(context: Context, drafts: Iterable[Draft]) -> Iterator[tuple[str, float]]:
    """Names and values; each name once.

    Args:
        context: the sentence with its study and its place.
        drafts: what the rules thought of it, however unsure.
    """
    unsure: dict[str, float] = {}
    for draft in drafts:
        unsure[draft.rule] = max(draft.confidence, unsure.get(draft.rule, 0.0))
    for rule, confidence in unsure.items():
        yield f"rule:{rule}", confidence
    profile, study = context.profile, context.study
    norms = context.tokens.norms
    place = context.place
    if place is not None:
        yield "chance of the link", place.linked
        yield f"block:{place.block}", 1.0
    yield f"kind:{context.kind}", 1.0
    yield "strength", profile.strength / 6
    for level, chance in enumerate(profile.strength_scores):
        yield f"level:{level}", chance
    yield f"certainty:{profile.certainty}", 1.0
    yield f"speaker:{profile.speaker}", 1.0
    yield f"advice:{profile.advice}", 1.0
    relations = profile.relations
    for name in {
        f"{one.group}{' hedged' if one.hedged else ''}{' denied' if one.denied else ''}" for one in relations
    }:
        yield f"relation:{name}", 1.0
    for name in {one.group for one in profile.hedges}:
        yield f"hedge:{name}", 1.0
    for name in {one.kind for one in profile.magnitude}:
        yield f"size:{name}", 1.0
    for name in _LEXICONS:
        for what in {
            str(one.sense.attrs.get("role") or one.sense.attrs.get("appeal") or "") for one in context.phrases(name)
        }:
            yield f"phrase:{name} {what}".rstrip(), 1.0
    hedged = any(one.group != "limiter" for one in profile.hedges)
    firm = profile.certainty == "asserted" and not hedged
    yield "loudest tone", float(max((one.level for one in profile.tone), default=0))
    yield "hedged", float(hedged)
    yield "length", min(_LONGEST, len(norms)) / _LONGEST
    yield "past", float(any(norm.endswith("ed") or norm in _PAST for norm in norms))
    yield "names the study", float(not _STUDY.isdisjoint(norms))
    yield "quoted", float(bool(context.quoted))
    # How it lies to the study.
    yield "curated", float(study.curated)
    yield "short record", float(study.is_short)
    yield "about", context.aboutness
    yield "the study's own words", float(context.own_words)
    mass = fsum(rarity(term) for term in context.stems) or 1.0  # exact, whatever order the set has in this process
    strange = [rarity(term) for term in context.stems if study.near.get(term, 0.0) < _HALF]
    yield "strange words", fsum(strange) / mass
    yield "strangest word", max(strange, default=0.0) / _RAREST
    unknown = [one for one in profile.condition if not knows(study, one)] if study.conditions else []
    yield "unknown disease", float(bool(unknown))
    yield "unknown disease, firmly", float(bool(unknown) and firm)
    sizes = [one for one in profile.magnitude if as_percent(one) is not None]
    yield "unknown treatment", float(bool(unknown_interventions(context)))
    known = [is_known(one, study.reckoned) for one in sizes]
    yield "known number", float(any(known))
    yield "unknown number", float(not all(known))
    over = exceeds(profile.strength_scores, study.most)
    yield "stronger than the study", over
    about = context.about
    if about is not None:
        yield "stronger than the finding", exceeds(profile.strength_scores, about.levels)
        yield "share of the finding", fsum(rarity(term) for term in context.stems if term in about.terms) / mass
        yield "the finding is hedged, the claim firm", float(about.hedged and firm)
        yield "the finding is null, the claim is not", about.levels[1] * sum(profile.strength_scores[2:])
    told = told_cause(context) is not None
    linking = any(one.group in _LINKS and not one.hedged and not one.denied for one in relations)
    strong = profile.strength_scores[5] + profile.strength_scores[6]
    readers = not _READERS.isdisjoint(norms)
    people = any(one.kind == "people" and not one.number for one in profile.population)
    models = study.in_models and not context.names_models and not names_model(profile)
    yield "told cause", float(told)
    yield "readers", float(readers)
    for name, holds in (("watched", study.watched), ("tested", not study.watched and not study.in_models)):
        if holds:
            yield name, 1.0
            yield f"{name}, told cause", float(told)
            yield f"{name}, relation", float(linking)
            yield f"{name}, strong", strong
            yield f"{name}, firm", float(firm)
    if study.in_models:
        yield "on models", 1.0
        yield "on models, unnamed", float(models)
        yield "on models, unnamed, firm", float(models and firm)
        yield "on models, unnamed, readers", float(models and readers)
        yield "on models, unnamed, people", float(models and people)
        yield "on models, unnamed, headline", float(models and context.headline)
        yield "on models, unnamed, told cause", float(models and told)
        yield "on models, unnamed, strong", strong if models else 0.0


def words(norms: list[str]) -> Iterator[str]:
    """Words and pairs of words as the model names them, each once; most have no weight."""
    yield from {f"word:{norm}" for norm in norms}
    yield from {f"pair:{first} {second}" for first, second in zip(["^", *norms], norms, strict=False)}


def strangest_words(context: Context) -> list[Span]:
    """The rarest words of the sentence that the study does not have, nor anything near; in text order."""
    tokens = context.tokens
    found: dict[str, tuple[float, int]] = {}
    for at, norm in enumerate(tokens.norms):
        for term in terms([norm]):
            if (
                len(term) > 2
                and term.isalpha()
                and all(context.study.near.get(one, 0.0) < _HALF for one in (term, *_positive(norm)))
                and rarity(term) >= _STRANGE
            ):
                found.setdefault(term, (rarity(term), at))
    rarest = sorted(found.values(), reverse=True)[:_NAMED]
    return [
        Span(tokens.starts[at], tokens.ends[at], context.text[tokens.starts[at] : tokens.ends[at]])
        for at in sorted(at for _, at in rarest)
    ]


def _positive(norm: str) -> list[str]:
    """What a superlative or comparative is made of: "heaviest" of "heavy", "quicker" of "quick"."""
    for ending in ("est", "er"):
        if norm.endswith(ending) and len(norm) > len(ending) + 3:
            base = norm.removesuffix(ending)
            return terms([base.removesuffix("i") + "y" if base.endswith("i") else base])
    return []


def strange_size(context: Context) -> Magnitude | None:
    """The first size that is none of the study's numbers, nor follows from them."""
    return next((one for one in context.profile.magnitude if not is_known(one, context.study.reckoned)), None)
