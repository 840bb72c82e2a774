"""CT102: the claim drops a hedge of the study, or takes the effect as given."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft, acts, clause_span, names_model
from claimtrace.checks.study_reading import FindingReading
from claimtrace.checks.wording import hedged_wording
from claimtrace.model.profile import Relation
from claimtrace.text.phrases import Match
from claimtrace.text.word_classes import word_class


def check(context: Context) -> Iterator[Draft]:
    """Compare the claim's certainty with the finding's."""
    profile, about = context.profile, context.about
    if context.others_voice or about is None or context.kind == "abstract" or context.own_words:
        return
    presupposed = next(
        (
            one
            for one in profile.relations
            if ((one.presupposed and not _governed(context, one)) or _explained(context, one))
            and not one.denied
            and one.group == "cause"
        ),
        None,
    )
    if (
        presupposed is not None
        and not context.headline
        and acts(context, presupposed)
        and not _looked_into(context, presupposed)
        and _study_hedges(context)
        and (context.study.curated or context.alone)
        and context.is_about(_ABOUT)
        and not context.not_own_voice(presupposed.span.start, presupposed.span.end)
        and not _hedged_here(context, presupposed)
    ):
        start, end = clause_span(context, presupposed.span.start)
        passing = presupposed.span.start > len(context.text) * 0.6
        yield Draft(
            "CT102", start, end,
            f"“{context.text[start:end][:80]}” takes the effect as given; in people the study only suggests it.",
            "passing" if passing else "point", 0.62, None, _hedged_finding(context) or about, group="certainty",
        )  # fmt: skip
        return
    proof = next(iter(context.phrases("proof")), None)
    if proof is not None and _stated(context, proof) and not _taken_back(context, proof):
        start, end = context.at(proof)
        if not context.not_own_voice(start, end) and context.is_about(_ABOUT):
            yield Draft(
                "CT102", start, end,
                "The article speaks of proof; one study does not prove, and its authors do not claim it.",
                "proof", 0.6, None, about, group="certainty",
            )  # fmt: skip
            return
    if about.id is None or not about.hedged or profile.certainty != "asserted" or not profile.relations:
        return
    if names_model(profile):
        return  # what was seen in a named model may be told as seen
    relation = next(
        (
            one
            for one in profile.relations
            if not one.hedged and not one.denied and acts(context, one) and _has_object(context, one)
        ),
        None,
    )
    if (
        relation is None
        or context.not_own_voice(*relation.span[:2])
        or profile.hedges
        or len(context.stems & about.terms) < 4
    ):
        return
    if about.direction != "unclear" and relation.direction not in (about.direction, "unclear"):
        return
    start, end = clause_span(context, relation.span.start)
    yield Draft(
        "CT102", start, end,
        f"The article states this as a fact; the study words it with care: {about.words}",
        "dropped", 0.58, hedged_wording(context.text, relation.span, True), about, group="strength",
    )  # fmt: skip


_ABOUT = 0.3
_DENIALS = word_class("denying words")


def _governed(context: Context, relation: Relation) -> bool:
    """ "triggered an increase in": the noun is what the verb claims, not what is taken as given."""
    return any(
        one.group == "cause" and not one.presupposed and 0 <= relation.span.start - one.span.end <= _GOVERNS
        for one in context.profile.relations
    )


_GOVERNS = 8


def _has_object(context: Context, relation: Relation) -> bool:
    """ "the number increased" tells what was seen; a cause has something that it acts on."""
    return any(word.isalpha() for word in context.tokens.norms[context.token_at(relation.span.end) :]) and (
        context.text[relation.span.end :].strip(' .!?"”') != ""
    )


def _explained(context: Context, relation: Relation) -> bool:
    """ "Why diet drinks cause dementia is a mystery": whoever asks why takes it as given."""
    at = context.token_at(relation.span.start)
    return (
        not relation.hedged
        and context.profile.certainty == "asserted"
        and context.profile.strength >= _CAN
        and context.tokens.norms[:1] == ["why"]
        and at <= _WHY_REACH
    )


_CAN = 5
_WHY_REACH = 8
_LOOKS = word_class("verbs of looking into")


def _looked_into(context: Context, relation: Relation) -> bool:
    """ "explored the effects of": what was asked, not what is taken as given."""
    at = context.token_at(relation.span.start)
    return not _LOOKS.isdisjoint(context.tokens.norms[max(0, at - 4) : at])


_NOTHING = frozenset({"nothing", "little", "neither", "no"})


def _stated(context: Context, proof: Match) -> bool:
    """The proof itself is stated; what is denied may stand behind it: "proves that vaccines never harm"."""
    if context.profile.certainty == "denied":
        return not any(
            norm in _DENIALS or norm == "no" or norm.endswith("n't") for norm in context.tokens.norms[: proof.first]
        )
    return context.profile.certainty in ("asserted", "presupposed")


def _taken_back(context: Context, proof: Match) -> bool:
    """ "does not prove", "no proof", "is not settled"."""
    after = context.tokens.norms[proof.last : proof.last + 1]
    hyphen = context.text[max(0, context.at(proof)[0] - 1) : context.at(proof)[0]] == "-"  # "biopsy-proven"
    turned_out = bool(after) and (after[0] in _TURNED_OUT or after[0].endswith(_ADJECTIVE))
    return hyphen or turned_out or _denied(context, proof) or not _NOTHING.isdisjoint(after)


def _denied(context: Context, proof: Match) -> bool:
    norms = context.tokens.norms[max(0, proof.first - 5) : proof.first]
    return any(norm in _DENIALS or norm.endswith("n't") for norm in norms)


def denies_proof(context: Context) -> bool:
    """ "Nobody has proved that it helps": whatever stands behind it is not claimed."""
    return any(_denied(context, one) for one in context.phrases("proof"))


_TURNED_OUT = frozenset(
    {"to", "not", "able", "too", "so", "as", "more", "less", "no", "safe", "hard", "fatal", "wrong", "right"}
)
"""After "proved": something turned out to be so, and nothing was proved."""
_ADJECTIVE = ("ive", "ous", "ful", "less", "able", "ible")


def _study_hedges(context: Context) -> bool:
    """What the study says of people is hedged, or rests on a marker or a model."""
    study = context.study
    return (
        not study.people_measured
        or any(one.hedged and one.kind in (None, "people") and one.role == "main" for one in study.findings)
        or (study.curated and all(sum(one.levels[4:]) < _HALF for one in study.findings))
    )


_HALF = 0.5


def _hedged_finding(context: Context) -> FindingReading | None:
    return next((one for one in context.study.findings if one.kind == "people" and (one.hedged or one.marker)), None)


def _hedged_here(context: Context, relation: Relation) -> bool:
    if relation.hedged or context.profile.certainty in ("hedged", "asked", "denied"):
        return True
    before = context.text[max(0, relation.span.start - 60) : relation.span.start].lower()
    return any(
        word in before
        for word in ("potential", "possible", "risk", "may ", "could ", "might ", "whether", "mechanism", "suggest")
    )
