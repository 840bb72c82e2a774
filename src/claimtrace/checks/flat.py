"""Causes stated flatly: a verb by which one thing brings another about, in the writer's voice, without a hedge."""

from __future__ import annotations

from typing import Any

from claimtrace.checks.context import Context, acts
from claimtrace.matching.rarity import rarity
from claimtrace.matching.terms import terms
from claimtrace.model.profile import Hedge, Relation
from claimtrace.text.word_classes import word_class

_NO_VERB_AFTER = word_class("words after which no verb stands")
_RESEARCH = word_class("published work")
_EARLIER = frozenset({"previous", "previously", "earlier", "prior", "past", "other"})
_OBJECT = 36  # code points between a cause word and its object
_RISKS = frozenset({"lower the risk", "raise the risk"})
_BEFORE_RISK = frozenset({"the", "their", "your", "our", "his", "her", "its", "a"})
_SUBJECT, _AFTER = 4, 4  # words before and after a verb among which its subject and object are sought
_TELLING = 4.8
"""Rarity of words that tell a study, as in ``matching.sentences``: in one health text of a hundred and twenty or fewer."""


def plain_cause(context: Context) -> Relation | None:
    """A cause of something of health, stated flatly: "fuel cancer", "give you diabetes", not "grew", "may cause"."""
    if not _flatly(context):
        return None
    attrs = _attributes(context)
    named = sorted(one.span.start for one in (*context.profile.outcome, *context.profile.condition))
    for one in context.profile.relations:
        if not _may_be_verb(context, one, attrs.get(one.span.start, {})) or not acts(context, one):
            continue
        follows = any(one.span.start <= at <= one.span.end + _OBJECT for at in named)
        if follows and not context.not_own_voice(*one.span[:2]):
            return one
    return None


def told_cause(context: Context) -> Relation | None:
    """A plain cause, a verb that moves a risk ("slashes the risk"), or a cause whose subject is what the study looked at.

    What earlier research found, and what goes with something ("associated with", "linked to"), is none.
    """
    if not _flatly(context) or found_before(context.tokens.norms):
        return None
    attrs = _attributes(context)
    if any(
        one.group == "association" and not one.denied and not attrs.get(one.span.start, {}).get("correlative")
        for one in context.profile.relations
    ):
        return None
    plain = plain_cause(context)
    if plain is not None and _is_told(context, plain):
        return plain
    for one in context.profile.relations:
        if one.denied or one.presupposed or context.not_own_voice(*one.span[:2]):
            continue
        if one.group == "ambiguous" and _moves_risk(context, one):
            return one
        how = attrs.get(one.span.start, {})
        if (
            not how.get("general")
            and _may_be_verb(context, one, how)
            and _is_told(context, one)
            and _of_what_was_studied(context, one)
        ):
            return one
    return None


def found_before(norms: list[str]) -> bool:
    """ "previous research", "earlier studies": not this study's."""
    return any(norm in _EARLIER and not _RESEARCH.isdisjoint(norms[at + 1 : at + 3]) for at, norm in enumerate(norms))


def _flatly(context: Context) -> bool:
    """No hedge; "if you drink this much" is the reader's habit and none."""
    profile = context.profile
    hedges = [one for one in profile.hedges if one.group != "limiter" and not _habit(context, one)]
    hedged = profile.certainty == "hedged" and any(_habit(context, one) for one in profile.hedges)
    return not hedges and (profile.certainty == "asserted" or hedged)


def _habit(context: Context, hedge: Hedge) -> bool:
    at = context.token_at(hedge.span.start)
    return hedge.group == "condition" and context.tokens.norms[at + 1 : at + 2] in (["you"], ["your"])


def _attributes(context: Context) -> dict[int, dict[str, Any]]:
    return {context.at(one)[0]: one.sense.attrs for one in context.phrases("causation")}


def _may_be_verb(context: Context, one: Relation, how: dict[str, Any]) -> bool:
    if one.group != "cause" or one.denied or one.presupposed:  # whether it is hedged was asked of the whole claim
        return False
    if how.get("labile") or how.get("agent") or one.span.text.lower().startswith(("develop", "vaccinated")):
        return False
    at = context.token_at(one.span.start)
    before = context.tokens.norms[max(0, at - 1) : at]
    # "with lower scores", "had been vaccinated against", "10 per cent lower", "1.5 points lower"
    sized = any(size.span.end <= one.span.start <= size.span.end + 1 for size in context.profile.magnitude)
    return _NO_VERB_AFTER.isdisjoint(before) and not sized


def _is_told(context: Context, one: Relation) -> bool:
    """The verb is what the sentence tells: no noun ("self-harm", "the cause of"), no purpose ("meant to help them sleep")."""
    norms = context.tokens.norms
    at = context.token_at(one.span.start)
    before = norms[max(0, at - 1) : at]
    words = one.span.text.lower().split()
    if context.text[max(0, one.span.start - 1) : one.span.start] == "-" or not _NOUN_AFTER.isdisjoint(before):
        return False
    if words[0].endswith("ing") and _BE.isdisjoint(before):
        return False
    if words[0].endswith("ment") or (words[0] in _NOUNS and before and not _plural_or_helper(before[0])):
        return False
    if words[0] in ("cause", "causes") and norms[at + 1 : at + 2] == ["of"]:
        return False
    if words[-1] in ("to", "of", "for") and words[0] in ("due", "as", "account", "accounts", "accounted", "because"):
        return False
    return not ("to" in norms[max(0, at - 3) : at] and _SHOWN.isdisjoint(norms[max(0, at - 4) : at]))


def _plural_or_helper(word: str) -> bool:
    """Whether a verb in its base form can stand after a word: "plums harm", "to harm", but not "alcohol harm"."""
    return word.endswith("s") or word in _BEFORE_BASE


_NOUNS = word_class("verbs that are nouns as well")
_BEFORE_BASE = word_class("words before a verb in its base form")
_NOUN_AFTER = word_class("words after which a noun stands")
_SHOWN = word_class("words for what was shown")
_BE = frozenset({"is", "are", "was", "were", "be", "been", "'s", "'re", "also"})


def _moves_risk(context: Context, one: Relation) -> bool:
    """ "slashes risk of", "halved their odds"; not "lower risk", "had a raised risk"."""
    if all(m.sense.group not in _RISKS or context.at(m)[0] != one.span.start for m in context.phrases("causation")):
        return False
    at = context.token_at(one.span.start)
    norms = context.tokens.norms
    verb = norms[at].endswith("s") or not _BEFORE_RISK.isdisjoint(norms[at + 1 : at + 2])
    return verb and _NO_VERB_AFTER.isdisjoint(norms[max(0, at - 1) : at])


def _of_what_was_studied(context: Context, one: Relation) -> bool:
    """The verb's subject is what the study looked at, and somebody or something follows that it acts on."""
    at = context.token_at(one.span.start)
    norms = context.tokens.norms
    study = context.study.terms
    pointed = norms[max(0, at - 2) : at - 1] == ["the"] and any(term in study for term in terms(norms[at - 1 : at]))
    telling = pointed or any(
        rarity(term) >= _TELLING and term in study for term in terms(norms[max(0, at - _SUBJECT) : at])
    )
    who = any(0 <= other.span.start - one.span.end <= _OBJECT for other in context.profile.population)
    last = context.token_at(one.span.end)
    after = terms(norms[last : last + _AFTER])
    return telling and (who or any(rarity(term) >= _TELLING and term in study for term in after))
