"""CT101: the claim is causally stronger than the finding, or tells a marker as the outcome."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.certainty import denies_proof
from claimtrace.checks.context import Context, Draft, acts, clause_span, whole_span
from claimtrace.checks.flat import plain_cause
from claimtrace.checks.grading import causal_confidence, causal_numbers, highest
from claimtrace.checks.population import speaks_of_people
from claimtrace.checks.study_reading import FindingReading
from claimtrace.checks.wording import hedged_wording, named_subjects
from claimtrace.matching.terms import stem, terms
from claimtrace.model.profile import RELATION_OF, Relation
from claimtrace.text.tokens import tokenize
from claimtrace.text.word_classes import word_class

_LINK = 2  # a link, told as one
_CAN = 5  # "can cause" and up
_MARKER = 0.8  # where the record itself says it, no grade is asked
_SHARED = 3  # words that a claim and a finding share when they speak of the same
_OPPOSITE = {("increases", "decreases"), ("decreases", "increases")}


def check(context: Context) -> Iterator[Draft]:
    """Compare the claim's strength with that of the findings on the same outcome in the same kind of subject."""
    profile, study = context.profile, context.study
    if context.others_voice or not study.findings or context.kind in ("caveat", "abstract") or context.own_words:
        return
    if denies_proof(context):
        return
    relation = _boldest(context)
    marker = _marker_only(context)
    by_record = marker is not None or (
        study.curated and _only_observed(list(study.findings)) and plain_cause(context) is not None
    )
    if not context.alone and not _firm(context, relation, _ABOUT_MARKER if by_record else _ABOUT):
        return
    if context.in_document and (profile.strength < _CAN or _may(context)) and plain_cause(context) is None:
        return  # among an article's many sentences the mild and the hedged ones are no overstatement
    if context.in_document and not study.curated and not _of_health(context, relation):
        return
    if relation is not None and context.not_own_voice(relation.span.start, relation.span.end):
        return
    if relation is None and any(one.sense.attrs["role"] == "denied" for one in context.phrases("naming")):
        return
    if study.curated and context.names_models and _shown_in_models(context):
        return
    findings = [marker] if marker is not None else comparable(context)
    cause = plain_cause(context) if study.curated and marker is None else None
    # A verb may look like a cause where the whole tells a link.
    observed = cause is not None and profile.strength > _LINK and _only_observed(findings)
    graded = marker is None and not observed
    if not findings or (context.in_document and graded and _same_to_readers(context, findings)):
        return
    confidence = causal_confidence(strength_numbers(context, findings))
    if not context.alone and marker is None:
        confidence *= _IN_BODY
    if marker is not None and relation is not None and profile.strength >= _CAN and profile.certainty == "asserted":
        # The record says what was measured in people, and the claim tells what was not: no grade is needed.
        confidence = max(confidence, _MARKER)
    elif observed:
        # So does the record of a study that only watched, and a claim with a plain cause.
        confidence = max(confidence, _MARKER)
    elif study.curated and (
        relation is None or profile.certainty in ("hedged", "asked", "denied") or profile.strength < 5
    ):
        confidence *= 0.4
    elif study.curated and marker is None and any(sum(one.levels[5:]) > _HALF for one in findings):
        confidence *= 0.75  # the record's own strength says that the study supports as much
    if relation is None and profile.strength < 3:
        return
    finding = marker or _strongest(context, findings)
    start, end = clause_span(context, relation.span.start) if relation is not None else whole_span(context)
    yield Draft(
        rule="CT101",
        start=start,
        end=end,
        reason=_reason(context, finding, marker is not None),
        circumstance="cause" if observed else _circumstance(context, marker is not None),
        confidence=confidence,
        suggestion=hedged_wording(
            context.text, relation.span if relation else None, finding.hedged or marker is not None
        ),
        finding=finding,
        group="strength",
    )


def _same_to_readers(context: Context, findings: list[FindingReading]) -> bool:
    """Whether claim and study stand on one step of the four-level scale.

    Coders part "linked to" from "associated with" (levels 3 and 2); readers do not (Adams et al. 2017).
    """
    claimed = RELATION_OF[context.profile.strength]
    theirs = highest([one.levels for one in findings])
    return sum(chance for level, chance in enumerate(theirs) if RELATION_OF[level] >= claimed) > _HALF


def _may(context: Context) -> bool:
    """The sentence keeps a hedge."""
    return context.profile.certainty == "hedged" or any(one.group in _KEPT for one in context.profile.hedges)


_KEPT = frozenset({"modal", "adverb strong", "noun"})


def _of_health(context: Context, relation: Relation | None) -> bool:
    """Whether the claim says what becomes of somebody's health: "strengthens the foundation for standards" does not."""
    return (
        relation is not None
        and not relation.presupposed
        and context.profile.certainty != "denied"
        and (
            any(acts(context, one) for one in context.profile.relations if not one.presupposed)
            or (relation.group in ("cause", "ambiguous") and context.aboutness >= _NEARLY_ABOUT)
        )
    )


_NEARLY_ABOUT = 0.45


def _shown_in_models(context: Context) -> bool:
    """A claim that names its model may say "causes" where the experiment showed it."""
    return any(one.kind not in (None, "people") and sum(one.levels[5:]) > _HALF for one in context.study.findings)


def strength_numbers(context: Context, findings: list[FindingReading]) -> list[float]:
    """What the grade of a claim's strength looks at (``CAUSAL_NUMBERS``)."""
    profile, study = context.profile, context.study
    return causal_numbers(
        profile.strength_scores,
        highest([one.levels for one in findings]),
        hedged=profile.certainty == "hedged",
        asked=profile.certainty == "asked",
        design=study.design,
        shared=len(context.stems & study.terms) / max(1, len(context.stems)),
        headline=context.headline,
        relation=bool(profile.relations),
        aboutness=context.aboutness,
    )


_IN_BODY = 0.7  # a sentence of the body stands among others that say how it is meant
_ABOUT = 0.5
_ABOUT_MARKER = 0.35


def _firm(context: Context, relation: Relation | None, least: float) -> bool:
    """A sentence of the body counts only when it states a cause flatly, in the writer's voice, of the study's subject."""
    profile = context.profile
    return (
        relation is not None
        and relation.group == "cause"
        and (profile.strength >= 5 or (context.study.curated and plain_cause(context) is not None))
        and profile.certainty == "asserted"
        and profile.speaker != "other"
        and not context.quoted
        and acts(context, relation)
        and context.aboutness >= least
        and not profile.advice
    )


def _only_observed(findings: list[FindingReading]) -> bool:
    """By the study's record nobody and nothing was put to the test: an association is the most that it says."""
    return any(sum(one.levels[2:4]) > _HALF for one in findings) and all(
        one.kind == "people" and not one.hedged and sum(one.levels[4:]) < _HALF for one in findings
    )


def reverse(context: Context) -> Iterator[Draft]:
    """The claim says the reverse of the finding: one rises where the study saw it fall, or an effect where it saw none."""
    profile, about = context.profile, context.about
    if (
        about is None or about.id is None or profile.certainty != "asserted" or context.others_voice or context.own_words
        or any(one.denied for one in profile.relations)
    ):  # fmt: skip
        return
    yield from _superior(context)
    main = _boldest(context)
    if main is None or main.group not in ("cause", "ambiguous") or context.not_own_voice(*main.span[:2]):
        return
    if main.span.text.lower().startswith("at "):  # "in people at high risk": who they are
        return
    if not _TAKES_AWAY.isdisjoint(context.stems | about.terms):
        return  # more clearance is less of what is cleared
    if _none_seen(context, about, main):
        yield Draft(
            "CT101", *clause_span(context, main.span.start),
            f"The article tells an effect; the study found none: {_own(context, about)}",
            "reverse", _MARKER, None, about, group="strength",
        )  # fmt: skip
        return
    passive = main.span.text.lower().endswith(" by")
    outcomes = {
        one.concept for one in (*profile.outcome, *profile.condition) if passive or one.span.end > main.span.start
    } - {"disease in general"}
    theirs = {one.concept for one in about.profile.outcome} | {one.concept for one in about.profile.condition}
    same = outcomes & theirs
    given = {one.concept for one in profile.intervention} & context.study.interventions
    meant = bool(given) or (context.in_document and _points_back(context, main))
    if not same or (not meant and context.study.interventions):
        return
    start, end = clause_span(context, main.span.start)
    at = context.token_at(main.span.end)
    if not _LESS.isdisjoint(context.tokens.norms[at : at + 6]):
        return
    # Both arms are told: "worsened by 1.2 points, the placebo group by 1.7".
    if "placebo" in context.tokens.norms[at:]:
        return
    saves = _does_good(context, main)
    claimed = "decreases" if saves else main.direction
    agreed = any(
        one.direction == claimed and outcomes & {o.concept for o in (*one.profile.outcome, *one.profile.condition)}
        for one in context.study.findings
    )
    if (
        agreed
        or (claimed, about.direction) not in _OPPOSITE
        or (
            (given or not meant)
            and len(context.stems & about.terms) < (_SAME_SUBJECT if not given else _SAME_SUBJECT - 1)
        )
    ):
        return
    if len({one.direction for one in profile.relations}) > 1:
        return
    yield Draft(
        "CT101", start, end,
        f"The article says that it {claimed} {_called(context, same)}; the study found that it {about.direction} it.",
        "reverse", _MARKER, None, about, group="strength",
    )  # fmt: skip


_TAKES_AWAY = frozenset(map(stem, word_class("words of taking away")))


def _none_seen(context: Context, about: FindingReading, main: Relation) -> bool:
    """A cause of something on which the finding saw no effect."""
    profile = context.profile
    null = about.role in ("main", "null-result") and about.levels[1] > _HALF
    if not null or main.group != "cause" or not (profile.strength >= _CAN or plain_cause(context) is not None):
        return False
    at = context.token_at(main.span.end)
    if not _LESS.isdisjoint(context.tokens.norms[at : at + 6]):
        return False
    named = {term for one in (*profile.outcome, *profile.condition) for term in terms(tokenize(one.span.text).norms)}
    theirs = len(named & about.terms)
    if any(
        sum(one.levels[2:]) > _HALF and len(named & one.terms) >= max(1, theirs) for one in context.study.findings
    ):
        return False  # in others, or on another count, an effect was seen
    given = {one.concept for one in profile.intervention} & context.study.interventions
    return theirs > 0 and (bool(given) or context.is_about(_ABOUT_MARKER))


def _superior(context: Context) -> Iterator[Draft]:
    """ "X outperforms Y", where the study found no difference between them."""
    study, profile = context.study, context.profile
    null = next(
        (one for one in study.findings if one.role in ("main", "null-result") and one.levels[1] > _HALF), None
    )
    if null is None or profile.hedges or not context.is_about(_ABOUT_MARKER):
        return
    if any(sum(one.levels[4:]) > _HALF and one.role == "main" for one in study.findings):
        return
    for match in context.phrases("changes"):
        start, end = context.at(match)
        before = context.tokens.norms[max(0, match.first - 4) : match.first]
        denied = any(
            norm in ("no", "not", "neither", "never", "hardly", "nor") or norm.endswith("n't") for norm in before
        )
        if match.sense.attrs["role"] == "superior" and not denied and not context.not_own_voice(start, end):
            yield Draft(
                "CT101", start, clause_span(context, start)[1],
                f"The article tells a superiority; the study found no difference: {_own(context, null)}",
                "reverse", _MARKER, None, null, group="strength",
            )  # fmt: skip
            return


def _points_back(context: Context, main: Relation) -> bool:
    """ "This process", "the mechanism": the subject is what the article has spoken of, and nothing else is named."""
    norms = context.tokens.norms[: context.token_at(main.span.start)]
    return norms[:1] in (["the"], ["this"]) and len(norms) <= _SHORT and norms[-1] in _NOUNS_BACK


_SHORT = 4
_NOUNS_BACK = frozenset({"process", "mechanism", "phenomenon", "effect"})


def _does_good(context: Context, main: Relation) -> bool:
    """ "saves lives": more of what is good, and so less of the death that the study counted."""
    return any(
        context.at(one)[0] == main.span.start
        and one.sense.attrs.get("valence") == "good"
        and main.direction == "increases"
        for one in context.phrases("causation")
    ) and all(one.polarity == "bad" for one in context.profile.outcome)


def _called(context: Context, concepts: set[str]) -> str:
    """What the article calls the first of some outcomes and diseases."""
    named = (*context.profile.outcome, *context.profile.condition)
    return next(one.span.text.lower() for one in named if one.concept in concepts)


_HALF = 0.5
_SAME_SUBJECT = 4
_LESS = frozenset({"fewer", "less", "lower", "no", "not", "little", "nothing", "neither", "nor"})


def _marker_only(context: Context) -> FindingReading | None:
    """The finding in people, when only a marker of the claimed outcome, or a guess, was seen in them.

    Asked only of claims that stand for people: headlines, leads, and sentences that name people.
    """
    profile, study = context.profile, context.study
    people = speaks_of_people(context) or _in_use(context)
    if context.names_models or not (context.headline or context.lead or people) or study.people_measured:
        return None
    # The bare name of the disease says not what becomes of it.
    claimed = {
        one.concept
        for one in profile.outcome
        if not one.concept.endswith("incidence") and one.concept != "disease in general"
    }
    stand = study.stands_for
    if claimed and not claimed & (stand | study.outcomes) and not (context.headline or context.lead):
        return None
    seen = [
        one
        for one in study.findings
        if one.kind == "people" and one.role in ("main", "supporting") and (one.marker or one.hedged)
    ]
    if not seen or (claimed and claimed <= study.markers - stand):
        return None
    matching = [one for one in seen if one.marker and (not stand or not claimed or claimed & stand)]
    return matching[0] if matching else None


def _in_use(context: Context) -> bool:
    """ "drugs used to treat breast cancer": what doctors give, and so told of those whom they give it to."""
    lower = context.text.lower()
    return any(words in lower for words in _USED)


_USED = ("used to treat ", "used against ", "given to patients", "prescribed for ", "taken by ")


def comparable(context: Context) -> list[FindingReading]:
    """Findings on what the claim is about: a record names its outcomes, so that a claim on another one says nothing of it."""
    study = context.study
    if not study.curated:
        return list(study.findings)
    claimed = {one.concept for one in context.profile.outcome} | {one.concept for one in context.profile.condition}
    found = [
        one
        for one in study.findings
        if not claimed
        or claimed & {o.concept for o in (*one.profile.outcome, *one.profile.condition)}
        or len(one.terms & context.stems) >= _SHARED
    ]
    if found:
        return found
    return list(study.findings) if context.alone and context.is_about(_ABOUT) else []


def _strongest(context: Context, findings: list[FindingReading]) -> FindingReading:
    """What the study says at most on the claim's subject."""
    near = [one for one in findings if len(one.terms & context.stems) >= 2 and sum(one.levels[2:]) > _HALF]
    return max(near or findings, key=lambda one: sum(level * p for level, p in enumerate(one.levels)))


def _boldest(context: Context) -> Relation | None:
    bold = [one for one in context.profile.relations if not one.denied and one.group != "none"]
    plain = [one for one in bold if not one.hedged]
    ranked = sorted(
        plain or bold,
        key=lambda one: (
            one.group != "cause",
            _in_passing(context, one) or _conceded(context, one),
            one.presupposed,
            one.span.start,
        ),
    )
    return ranked[0] if ranked else None


def _conceded(context: Context, one: Relation) -> bool:
    """ "Although it shrinks tumours, …": what the sentence grants on its way to what it claims."""
    text = context.text.lower()
    for word in _GRANTS:
        at = text.rfind(word, 0, one.span.start)
        if at >= 0 and (at == 0 or not text[at - 1].isalpha()):
            comma = text.find(",", at)
            if one.span.end <= comma:
                return True
    return False


_GRANTS = ("although ", "though ", "while ", "whereas ", "despite ", "even if ")
_PASSING = ("used to ", "given to ", "designed to ", "meant to ", "intended to ", "used for ", "aimed at ")


def _in_passing(context: Context, one: Relation) -> bool:
    """ "drugs used to treat breast cancer": what they are for, not what is claimed."""
    return context.text[max(0, one.span.start - 14) : one.span.start].lower().endswith(_PASSING)


def _circumstance(context: Context, marker: bool) -> str:
    level = context.profile.strength
    if level == 6 and context.profile.certainty == "asserted" and marker and context.headline and _flat(context):
        return "flat"
    if level >= 5:
        return "cause"
    return "lesser"


def _flat(context: Context) -> bool:
    """No hedge, no "can", no "some": the sentence knows no limit."""
    return not context.profile.hedges and not any(
        one.unit in ("some", "sometimes", "few") for one in context.profile.magnitude
    )


def _reason(context: Context, finding: FindingReading, marker: bool) -> str:
    said = _TELLS[context.profile.strength]
    if marker:
        return f"The article {said}; in {named_subjects(context.study, 'people')} the study measured only a marker: {_own(context, finding)}"
    level = max(range(7), key=lambda i: finding.levels[i])
    return f"The article {said}; the study {_FOUND[level]}: {_own(context, finding)}"


_TELLS = (
    "tells it as shown",
    "tells that there is no relation",
    "tells a link",
    "tells more than a link",
    "tells that one thing may bring about the other",
    "tells that one thing can bring about the other",
    "tells cause and effect",
)
_FOUND = (
    "states no relation",
    "saw no relation",
    "goes as far as a link",
    "goes little further than a link",
    "says that one thing may bring about the other",
    "says that one thing can bring about the other",
    "speaks of cause and effect",
)
"""An article's and a study's statement in the words of a reader, for each of the seven strengths (``STRENGTH_NAMES``)."""


def _own(context: Context, finding: FindingReading) -> str:
    statement = next((one.statement for one in context.study.study.findings if one.id == finding.id), finding.words)
    return statement if statement.endswith(".") else statement + "."
