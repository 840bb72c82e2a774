"""What a statement urges, and whom: nobody, readers by implication, experts, or readers.

The levels are the coding of the InSciOut project (Sumner et al. 2014, BMJ 349:g7015): 0 none, 1 implicit,
2 explicit to experts, 3 explicit to readers.
"""

from __future__ import annotations

from bisect import bisect_left

from claimtrace.model.profile import Span
from claimtrace.profile.cues import span_of
from claimtrace.text.phrases import Match
from claimtrace.text.tokens import Tokens
from claimtrace.text.word_classes import word_class

_STARTS = word_class("imperative starts")
_LEADS = word_class("words that lead in an order")
_URGES_TO = frozenset({"want", "best", "time"})
_BEFORE_ORDER = frozenset({"if", "when", "instead", "so", "then", "before", "after", "for", "to", "at", "next"})
_YOU = (["you"], ["you'll"], ["will"], ["may"], ["might"])
_CONCLUDES = frozenset({"so", "then", "therefore", "instead"})
_LEAD_IN = 4
"""Words like "so please do not" that may stand between the beginning of a clause and its order."""
_CLEAR = word_class("imperative verbs")
_DOUBTFUL = word_class("imperative verbs that are nouns too")
_ORDERS = _CLEAR | _DOUBTFUL
_AFTER_DOUBTFUL = word_class("words after an imperative")
_NOT_AFTER_CLEAR = word_class("words not after an imperative")
_PARTICLES = frozenset({"up", "down", "out", "in", "on", "off"})
_FINITE = word_class("auxiliaries") | word_class("modals")
_MODALS = frozenset({"should", "must", "ought"})
_NEEDS = frozenset({"need", "needs"})
_URGED = frozenset({"advised", "urged", "encouraged", "recommended", "warned", "told", "asked"})
_URGING = _MODALS | _NEEDS | _URGED
_TO_EXPERTS = word_class("bodies that decide on care")
_RESEARCH = word_class("research nouns")
_CLINICAL = word_class("clinical participles")
_PLAIN_PARTICIPLES = word_class("participles of no advice")
_ADVERBS = word_class("adverbs within a verb phrase")
_BENEFITS = word_class("benefit verbs")
_NO_GERUND = word_class("words in -ing that are no gerund")
_POSSIBLE = frozenset({"could", "may", "might", "can"})
_BE = frozenset({"is", "are", "being"})
_QUESTION_REACH = 12
_SUBJECT_REACH = 14
_GERUND_REACH = 14


def read_advice(tokens: Tokens, found: dict[str, list[Match]]) -> tuple[int, tuple[Span, ...]]:
    """Level of advice 0 to 3, and the words that urge."""
    norms = tokens.norms
    level = 0
    cues: list[Span] = []
    for match in found.get("advice", ()):
        attrs = match.sense.attrs
        if (attrs.get("imperative") and not _opens(norms, match.first)) or _does_not_follow(norms, match.first):
            continue
        level = max(level, attrs["level"])
        cues.append(span_of(tokens, match.first, match.last))
    if level < 3:
        people = found.get("population", [])
        more, first, last = max(
            _imperative(norms), _urging(norms, people), _implied(norms) if not level else (0, 0, 0)
        )
        if more > level:
            level = more
            cues.append(span_of(tokens, first, last))
            cues.sort()
    return level, tuple(cues)


def _opens(norms: list[str], first: int) -> bool:
    """Whether a verb in its base form stands where an order begins."""
    for at in range(first, max(-1, first - _LEAD_IN), -1):
        if at == 0:
            return True
        before = norms[at - 1]
        if before in _STARTS:
            return True
        if before == "to":
            return (
                at >= 2 and norms[at - 2] in _URGES_TO and (norms[at - 2] != "want" or norms[at - 3 : at - 2] in _YOU)
            )
        if before == ",":
            return norms[0] in _BEFORE_ORDER or norms[at] in _CONCLUDES
        if before not in _LEADS:
            return False
    return False


def _imperative(norms: list[str]) -> tuple[int, int, int]:
    """Level 3 with the tokens of an order that no lexicon holds ("Choose wholegrain bread"), or zeros."""
    if _ORDERS.isdisjoint(norms):
        return 0, 0, 0
    count = len(norms)
    for first, norm in enumerate(norms):
        clear = norm in _CLEAR
        if not clear and norm not in _DOUBTFUL:
            continue
        if not _opens(norms, first) or _asks(norms, first):
            continue
        if first + 1 == count:
            return (3, first, first + 1) if clear and count > 1 else (0, 0, 0)
        after = norms[first + 1]
        if clear:
            noun = after in _PARTICLES and not _FINITE.isdisjoint(norms[first + 2 : first + 3])  # "follow-up was"
            if after not in _NOT_AFTER_CLEAR and after not in _FINITE and not noun:
                return 3, first, first + 2
        elif after in _AFTER_DOUBTFUL or after[0].isdigit():
            end = min(count, first + 12)
            if not any(one in _FINITE for one in norms[first + 1 : end]):
                return 3, first, first + 2
    return 0, 0, 0


def _asks(norms: list[str], first: int) -> bool:
    """ "Remember the pill?": whether a question mark ends what begins at token ``first``."""
    return any(one == "?" for one in norms[first + 1 : first + _QUESTION_REACH])


def _urging(norms: list[str], people: list[Match]) -> tuple[int, int, int]:
    """Level and tokens of "X should", "X need to", "X are urged to", by who X is."""
    best = (0, 0, 0)
    if _URGING.isdisjoint(norms):
        return best
    count = len(norms)
    for at, norm in enumerate(norms):
        if norm in _MODALS:
            if _does_not_follow(norms, at):
                continue
            last = at + 1
            if norm == "ought" and norms[last : last + 1] == ["to"]:
                last += 1
        elif (norm in _NEEDS and norms[at + 1 : at + 2] == ["to"]) or (
            norm in _URGED
            and norms[at + 1 : at + 2] == ["to"]
            and at
            and (norms[at - 1] in _BE or norms[at - 1] in _ADVERBS)
        ):
            last = at + 2
        else:
            continue
        level = 0 if norms[last : last + 1] == [","] else _addressed(norms, people, at, last)
        if not level and norm in _URGED and at and norms[at - 1] in _BE:
            level = 3
        if level > best[0]:
            best = (level, at, min(count, last + 1))
    return best


def _does_not_follow(norms: list[str], at: int) -> bool:
    """ "This does not mean that you should …": what does not follow is no advice."""
    start = max(0, at - _REACH_OF_MEANING)
    means = next((place for place in range(start, at) if norms[place] in _MEANING), None)
    return means is not None and not _DENYING.isdisjoint(norms[max(0, means - _REACH_OF_MEANING) : means])


_REACH_OF_MEANING = 5
_MEANING = word_class("verbs of following from")
_DENYING = word_class("words that deny what follows")


def _addressed(norms: list[str], people: list[Match], at: int, last: int) -> int:
    count = len(norms)
    while last < count and norms[last] in _ADVERBS:
        last += 1
    verb = norms[last] if last < count else ""
    if verb == "be":
        last += 1
        while last < count and norms[last] in _ADVERBS:
            last += 1
        verb = norms[last] if last < count else ""
        if verb in _PLAIN_PARTICIPLES or not verb.isalpha():
            return 0
        if verb in _CLINICAL:
            return 2 if not _RESEARCH & set(norms[max(0, at - 4) : at]) else 0
    elif verb in ("have", "come"):
        return 0
    start = at
    while (
        start > 0 and at - start < _SUBJECT_REACH and norms[start - 1] not in (";", ":", ".", "?", "!", "that", "but")
    ):
        start -= 1
    subject = norms[start:at]
    if _RESEARCH & set(subject[:4]):
        return 0
    if _TO_EXPERTS & set(subject):
        return 2
    index = bisect_left(people, start, key=lambda one: one.first)
    for one in people[index : index + 4]:
        if one.first >= at:
            break
        if one.sense.attrs["kind"] == "people":
            return 2 if one.sense.attrs.get("role") == "professionals" else 3
    if "we" in subject and "all" in norms[at - 1 : last + 1]:
        return 3
    return 2 if verb in ("begin", "start") and subject and subject[-1] in _CARE else 0


_CARE = word_class("care nouns")


def _implied(norms: list[str]) -> tuple[int, int, int]:
    """Level 1 with the tokens of "cutting salt could help you", "screening could save lives", or zeros."""
    first = norms[0] if norms else ""
    if not first.endswith("ing") or first in _NO_GERUND or len(first) < 5:
        return 0, 0, 0
    for at in range(1, min(len(norms) - 1, _GERUND_REACH)):
        if norms[at] in _POSSIBLE and norms[at + 1] in _BENEFITS:
            return 1, at, at + 2
    return 0, 0, 0
