"""All checks over one claim, one document, or a bare pair of text and study."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from claimtrace.checks import (
    advice,
    attribution,
    authority,
    carried,
    causal,
    certainty,
    distorted,
    extended,
    magnitude,
    population,
    scope,
    time,
    tone,
    watched,
)
from claimtrace.checks.beyond import doubted, grade, told_by_grade
from claimtrace.checks.context import Context, Draft, Place, kind_of, names_model, severity_of
from claimtrace.checks.grading import threshold
from claimtrace.checks.study_reading import StudyReading, read_study
from claimtrace.matching.rarity import rarity
from claimtrace.matching.terms import terms
from claimtrace.model.profile import Profile
from claimtrace.model.results import SEVERITIES, Overstatement, StudyWords, Verdict
from claimtrace.model.studies import Study
from claimtrace.profile.statement import profile_tokens
from claimtrace.profile.voice import quoted_spans
from claimtrace.text.phrases import Match, phrasebook
from claimtrace.text.sentences import split_sentences
from claimtrace.text.tokens import Tokens, tokenize

Check = Callable[[Context], Iterator[Draft]]

CHECKS: tuple[Check, ...] = (
    causal.check, causal.reverse, watched.check, certainty.check, scope.condition, population.check, carried.check, scope.intervention, extended.check, magnitude.check, time.check, tone.check,
    advice.check, attribution.check, distorted.check, authority.crowd, authority.retracted,
)  # fmt: skip
"""Every check of a claim against its study, in the order of their codes."""


def check_claim(
    context: Context, offset: int = 0, min_confidence: float | None = None, rules: Collection[str] | None = None
) -> tuple[Overstatement, ...]:
    """Overstatements of one claim, in text order.

    Args:
        context: the claim with its study.
        offset: added to all spans (the claim's place in its document).
        min_confidence: ``None`` for each rule's own threshold.
        rules: codes of the rules that may speak; ``None`` for all.
    """
    thought = thoughts(context)
    kept = told_by_rules(context, thought, min_confidence, rules)
    graded = grade(context, thought) if not kept or not context.study.curated else None
    if min_confidence is None:
        kept = [one for one in kept if not doubted(one, context, graded)]
    beyond_rules = told_by_grade(context, graded, min_confidence) if not kept else None
    if beyond_rules is not None:
        kept = [beyond_rules]
    told = {one.rule for one in thought if one.confidence >= _least(context, one.rule, None)}
    found = [_overstatement(draft, context, offset, told) for draft in kept]
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.rule)))


def thoughts(context: Context) -> list[Draft]:
    """What all checks say of a claim, however unsure, in the order of their codes."""
    return [draft for check in CHECKS for draft in check(context)]


def told_by_rules(
    context: Context, thought: list[Draft], min_confidence: float | None, rules: Collection[str] | None
) -> list[Draft]:
    """Of all drafts those that are sure enough, one for each root cause (arguments as in ``check_claim``)."""
    sure = [
        one
        for one in thought
        if one.confidence >= _least(context, one.rule, min_confidence) and (rules is None or one.rule in rules)
    ]
    return _one_per_cause(sure) if min_confidence is None or min_confidence > 0 else sure


def unlinked_claim(
    text: str, tokens: Tokens, profile: Profile, found: Mapping[str, list[Match]], offset: int
) -> tuple[Overstatement, ...]:
    """CT601 for a claim that no known study stands behind."""
    draft = authority.unlinked(text, tokens, profile, found)
    if draft is None or draft.confidence < threshold(draft.rule):
        return ()
    return (
        Overstatement(
            draft.rule, kind_of(draft.rule), severity_of(draft.rule, draft.circumstance), offset + draft.start, offset + draft.end,
            text[draft.start : draft.end], draft.reason, None, draft.confidence, StudyWords(None, None, ""),
        ),
    )  # fmt: skip


def check_text(
    text: str,
    study: Study,
    *,
    published: str | None = None,
    headline: bool = False,
    min_confidence: float | None = None,
) -> list[Overstatement]:
    """Check a text (one or more sentences) against a study, without a document around it."""
    found: list[Overstatement] = []
    for start, context in contexts_of(text, read_study(study), published=published, headline=headline):
        claim = check_claim(context, start, min_confidence)
        found.extend(claim or unlinked_claim(context.text, context.tokens, context.profile, context.found, start))
    return found


def contexts_of(
    text: str, reading: StudyReading, *, published: str | None = None, headline: bool = False
) -> Iterator[tuple[int, Context]]:
    """The sentences of a text without a document, each with where it starts."""
    told_models = False
    retraction = tells_retraction(text, (reading,))
    for number, (start, end) in enumerate(split_sentences(text) or ([(0, len(text))] if text.strip() else [])):
        sentence = text[start:end]
        tokens = tokenize(sentence)
        context = make_context(
            sentence, tokens, profile_tokens(tokens, sentence), reading, headline=headline, kind="headline" if headline else "claim", published=published,
            first=number == 0, tells_retraction=retraction, names_models=told_models, alone=number < _ALONE,
        )  # fmt: skip
        told_models = context.names_models
        yield start, context


def tells_retraction(text: str, studies: Iterable[StudyReading]) -> bool:
    """Whether a text says that a study was retracted or is doubted by its journal; asked only where one is."""
    return any(one.study.status.state in ("retracted", "concern") for one in studies) and bool(
        phrasebook().find(tokenize(text[:_MOST_TEXT].lower()).norms).get("retraction")
    )


_ALONE = 2
"""Sentences of a text without a document that are read as if they stood alone."""
_MOST_TEXT = 200_000


def make_context(
    text: str,
    tokens: Tokens,
    profile: Profile,
    study: StudyReading,
    *,
    headline: bool,
    kind: str,
    published: str | None = None,
    finding: str | None = None,
    names_models: bool = False,
    first: bool = False,
    tells_retraction: bool = False,
    lead: bool = False,
    alone: bool = True,
    in_document: bool = False,
    found: Mapping[str, list[Match]] | None = None,
    place: Place | None = None,
) -> Context:
    """A claim as the checks see it."""
    stems = frozenset(terms(tokens.norms))
    plain = _without_names(tokens)
    plain_mass = sum(rarity(term) for term in plain) or 1.0
    mass = sum(rarity(term) for term in stems) or 1.0
    hedged = profile.certainty != "asserted"
    causes = [one.span.text for one in profile.relations if one.group in ("cause", "ambiguous")]
    verbs = {term for one in causes for term in terms(tokenize(one).norms)}
    return Context(
        text=text,
        tokens=tokens,
        profile=profile,
        study=study,
        about=study.finding(finding) or study.nearest(stems),
        headline=headline,
        kind=kind,
        quoted=quoted_spans(text),
        stems=stems,
        names_models=names_models or names_model(profile),
        document_published=published,
        first_of_document=first,
        tells_retraction=tells_retraction,
        lead=lead,
        alone=alone or headline or lead,
        in_document=in_document,
        aboutness=sum(rarity(term) * study.near.get(term, 0.0) for term in plain) / plain_mass,
        own_words=any(
            (hedged or not said_hedged)
            and verbs <= said
            and sum(rarity(term) for term in stems if term in said) >= _SAME_WORDS * mass
            for said, said_hedged in study.says
        ),
        found=phrasebook().find(tokens.norms) if found is None else found,
        place=place,
    )


def _without_names(tokens: Tokens) -> frozenset[str]:
    """Stems of the words that are no names of persons and places; where most words are capital, all of them."""
    capital = [tokens.text[start : start + 1].isupper() for start in tokens.starts]
    if sum(capital) > _TITLE_CASE * len(capital):
        return frozenset(terms(tokens.norms))
    return frozenset(
        terms([n for at, (n, up) in enumerate(zip(tokens.norms, capital, strict=True)) if not up or at == 0])
    )


_TITLE_CASE = 0.5
_SAME_WORDS = 0.85
"""Share of a claim's words, weighed by rarity, from which on one sentence of the study says the same."""


def verdict(overstatements: list[Overstatement], headline_ids: set[int], omitted: list[str]) -> Verdict:
    """One word for a document: the written rule is in ``docs/severity.md``.

    Args:
        overstatements: of all its claims.
        headline_ids: ``id()`` of those in headlines.
        omitted: severities of the document's omissions.
    """
    critical = sum(one.severity == "critical" for one in overstatements)
    major = sum(one.severity == "major" and one.rule not in _NAMING for one in overstatements)
    serious_gap = omitted.count("critical")
    if critical and (
        critical >= 2 or any(one.severity == "critical" and id(one) in headline_ids for one in overstatements)
    ):
        return "misleading"
    if critical or major >= 4 or (major >= 2 and serious_gap):
        return "strong" if major >= 2 else "mild"
    if overstatements or serious_gap:
        return "mild"
    return "faithful"


_NAMING = frozenset({"CT501", "CT502"})
"""Wrong names and terms are mistakes; they do not make an article say more than its study."""


def _least(context: Context, rule: str, min_confidence: float | None) -> float:
    return threshold(rule, in_document=context.in_document) if min_confidence is None else min_confidence


def _one_per_cause(drafts: list[Draft]) -> list[Draft]:
    """Of drafts with one root cause only the gravest, then the surest, is told."""
    best: dict[str, Draft] = {}
    for draft in drafts:
        key = draft.group or draft.rule
        other = best.get(key)
        if other is None or _weight(draft) > _weight(other):
            best[key] = draft
    return [draft for draft in drafts if any(draft is one for one in best.values())]


def _weight(draft: Draft) -> tuple[int, float]:
    return SEVERITIES.index(severity_of(draft.rule, draft.circumstance)), draft.confidence


def _overstatement(draft: Draft, context: Context, offset: int, told: set[str]) -> Overstatement:
    finding = draft.finding
    return Overstatement(
        rule=draft.rule,
        kind=kind_of(draft.rule),
        severity=severity_of(draft.rule, draft.circumstance),
        start=offset + draft.start,
        end=offset + draft.end,
        span=context.text[draft.start : draft.end],
        reason=" ".join(draft.reason.split()),
        suggestion=_kept_suggestion(draft, context, told),
        confidence=round(draft.confidence, 4),
        evidence=StudyWords(
            context.study.study.id,
            finding.id if finding else None,
            draft.words or (finding.words if finding else context.study.study.title),
        ),
    )


def _kept_suggestion(draft: Draft, context: Context, told: set[str]) -> str | None:
    """A suggestion is offered only when, checked again, its kind is gone and no other has come."""
    text = draft.suggestion
    if not text or text == context.text:
        return None
    tokens = tokenize(text)
    found = phrasebook().find(tokens.norms)
    again = make_context(
        text, tokens, profile_tokens(tokens, text, found), context.study, headline=context.headline, kind=context.kind, published=context.document_published,
        first=context.first_of_document, tells_retraction=context.tells_retraction or draft.rule == "CT602", lead=context.lead, alone=context.alone, names_models=context.names_models, in_document=context.in_document, found=found,
    )  # fmt: skip
    after = {one.rule for check in CHECKS for one in check(again) if one.confidence >= _least(again, one.rule, None)}
    return text if draft.rule not in after and after <= told else None
