"""Clauses, hedges, denials and relations: what is claimed, and how firmly.

Scope is decided per clause, after ConText (Harkema et al. 2009, J Biomed Inform 42:839): a cue reaches to the end of
its clause or to a terminating cue. Only a reporting hedge that opens, interrupts or closes the sentence ("a study
suggests") reaches over all of it, and a condition ("if confirmed, …") over the clause after it.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from claimtrace.model.profile import Certainty, Direction, Hedge, Relation, Span
from claimtrace.profile.certainty import merged, presuppositions, read_certainty
from claimtrace.profile.direction import read_direction
from claimtrace.text.phrases import Match
from claimtrace.text.tokens import Tokens
from claimtrace.text.word_classes import word_class, word_values

_HARD = frozenset({";", ":", "—", ".", "!", "?"})
_CONTRAST = word_class("contrasts")
_SUBORD = word_class("subordinators")
_AFTER_COMMA = word_class("clause openers after a comma")
_DETERMINERS = word_class("determiners")
_PREPOSITIONS = word_class("prepositions")
_STOPPERS = word_class("stoppers of an object")
_AUXILIARY = word_class("auxiliaries")
_MONEY = word_class("money") | frozenset("$£€")
_NUMERALS = frozenset(word_values("numerals"))
_COMPARATIVES = word_class("comparatives upwards") | word_class("comparatives downwards")
_REPORTING = frozenset(
    {
        "evidential weak",
        "evidential medium",
        "belief",
        "report distance",
        "not established",
        "no causal proof",
        "noun",
    }
)
_REACH_BACK = frozenset({"adverb strong", "adverb medium", "adjective", "limiter", "early evidence", "condition"})
_WEAK = frozenset({"capability", "limiter", "tendency", "pseudo"})
_BEFORE_YET = word_class("words before a yet that is no contrast")
_NOBODY = frozenset({"nothing", "nobody", "none"})
_SUBJECTS = _NOBODY | {"nowhere", "never", "neither"}
_WHO = frozenset({"who", "which", "whose"})
_COORDINATES = frozenset({"and", "or", "but", ",", ";"})
_OF_RESULTS = word_class("words after an if of results")
_RAISING = word_class("words before an infinitive that is the claim")
_LIGHT = word_class("light verbs")
_NAMING = frozenset({"a", "an", "the", "its", "their", "his", "her"})
_ABILITIES = frozenset({"ability", "capacity", "power", "tendency", "potential"})
_NEGATION_REACH = 7
_NEAR = frozenset({"failure", "privative"})
_FLAT = frozenset({"absence of effect", "absence of evidence", "myth"})
"""Denials that say by themselves that nothing comes of it."""
_OF_CLAIMS = frozenset({"following denial", "exclusion"})
"""Denials that do so of a claim that is named: "the notion that … has been debunked"."""
_CLAIMS = word_class("nouns for what is claimed")
_ANYBODY = word_class("words for anybody after if")
"""Whom a condition is put to that only picks out the case: "if you smoke, you are likelier to"."""
_NEAR_REACH = 3
"""Tokens that "failure to" and "lack of" reach: what they govern, not the verb that they are the subject of."""
_SPLIT_REACH = 7
"""Tokens between the parts of "keeps … at bay", "brings … down"."""
_CLAUSE_LOOK_BACK = 40
_LONGEST_CUE = 12
_ASIDE = 12
"""Tokens that a reporting clause set between commas takes at most (", it seems to us from these eleven cases,")."""
_DENIED_COSTS = 2
"""What a denial takes from a cue's rank when the main relation is chosen: "does not cure, but lowers"."""
_GENERAL_COSTS = 3
_ASIDE_COSTS = 6


class Reading(NamedTuple):
    """Relations of a statement with hedges and denials, and what they come to.

    ``clause`` holds the number of the clause for each token.
    """

    clause: tuple[int, ...]
    hedges: tuple[Hedge, ...]
    relations: tuple[Relation, ...]
    certainty: Certainty
    direction: Direction
    main: Relation | None


def span_of(tokens: Tokens, first: int, last: int) -> Span:
    """The words from token ``first`` up to, not including, token ``last``."""
    start, end = tokens.starts[first], tokens.ends[last - 1]
    return Span(start, end, tokens.text[start:end])


def clauses_of(norms: list[str]) -> tuple[int, ...]:
    """Number of the clause that each token stands in, counted from 0."""
    number = 0
    out: list[int] = []
    before = ""
    opened = -_CLAUSE_LOOK_BACK  # where the clause began that a comma will end, if one began with a subordinator
    for index, norm in enumerate(norms):
        if index:
            comma = before == ","
            if (
                before in _HARD
                or (norm in _CONTRAST and not (norm == "yet" and before in _BEFORE_YET))
                or (comma and norm in _AFTER_COMMA)
                or (comma and index - opened <= _CLAUSE_LOOK_BACK)
            ):
                number += 1
                opened = -_CLAUSE_LOOK_BACK
                if norm in _CONTRAST or (comma and norm in _SUBORD) or (before in _HARD and norm in _SUBORD):
                    opened = index
        elif norm in _SUBORD:
            opened = 0
        out.append(number)
        before = norm
    return tuple(out)


def read_cues(tokens: Tokens, found: dict[str, list[Match]]) -> Reading:
    """Read hedges, denials and relations of one statement.

    Args:
        tokens: the statement's tokens.
        found: phrases by lexicon (``Phrasebook.find``).
    """
    norms = tokens.norms
    if not norms:
        return Reading((), (), (), "asserted", "unclear", None)
    clause = clauses_of(norms)
    hedging = found.get("hedges", [])
    negations = [m for m in found.get("negation", ()) if m.sense.attrs["kind"] == "cue"]
    denials = _Denials(negations, clause, norms)
    flat = any(m.sense.group in _FLAT for m in negations) or (
        any(m.sense.group in _OF_CLAIMS for m in negations) and not _CLAIMS.isdisjoint(norms)
    )
    ends = _clause_ends(clause)
    presupposed = presuppositions(norms, clause, ends)
    hedges, hedged = _hedges(tokens, hedging, clause, ends)
    relations: list[Relation] = []
    matches: list[Match] = []
    asides: list[bool] = []
    strengths: list[int] = []
    useless = -1  # clause in which a word like "ineffective" stands: what it is ineffective in is denied
    for match in found.get("causation", ()):
        attrs = match.sense.attrs
        direction: Direction = attrs["direction"]
        if "split" in attrs:
            particle = _particle(norms, match, attrs["split"])
            if particle is None and not attrs.get("whole"):
                continue
            direction = attrs["split"][particle] if particle else direction
        elif (
            (attrs.get("labile") and not _takes_object(norms, match))
            or _is_of_money(norms, match)
            or (attrs["class"] == "none" and _counts(norms, match.last))
        ):
            continue
        given_from = _start_of(presupposed, match.first)
        cue = denials.cue(match)
        # What is taken as given stays so under a denial that stands before it: "they do not know of the harm that".
        denied = useless == clause[match.first] or (cue >= 0 and not (given_from >= 0 and cue < given_from))
        if attrs["class"] == "none":
            useless = clause[match.first]
        relations.append(
            Relation(
                span=span_of(tokens, match.first, match.last),
                group=attrs["class"],
                direction=direction,
                hedged=_start_of(hedged, match.first) >= 0,
                denied=denied,
                presupposed=(
                    bool(attrs.get("presupposes")) and _LIGHT.isdisjoint(norms[max(0, match.first - 4) : match.first])
                )
                or _nominal(norms, match)
                or given_from >= 0
                or _is_reduced_relative(norms, match)
                or (match.sense.group == "caused by" and _start_of(presupposed, match.last) >= 0),
            )
        )
        matches.append(match)
        side = _is_aside(norms, match)
        asides.append(side or bool(attrs.get("general")))
        cost = _ASIDE_COSTS * side + (_GENERAL_COSTS if attrs.get("general") else 0)
        strengths.append(attrs["strength"] - cost - _DENIED_COSTS * denied)
    best = max(range(len(relations)), key=lambda i: (strengths[i], -i)) if relations else -1
    main = relations[best] if relations else None
    return Reading(
        clause,
        hedges,
        tuple(relations),
        read_certainty(norms, clause, relations, matches, asides, best, hedging, bool(presupposed), flat),
        read_direction(norms, main, matches[best] if relations else None, flat),
        main,
    )


def _hedges(
    tokens: Tokens, matches: list[Match], clause: tuple[int, ...], ends: list[int]
) -> tuple[tuple[Hedge, ...], list[tuple[int, int]]]:
    """The hedges, and the stretches of tokens that those with weight reach over."""
    count = len(tokens)
    norms = tokens.norms
    hedges: list[Hedge] = []
    spans: list[tuple[int, int]] = []
    for match in matches:
        group: str = match.sense.attrs.get("as", match.sense.group)
        here = clause[match.first]
        first, last = match.first, ends[here]
        if group in _REPORTING:
            # "…, a study suggests": what went before is meant; "the study suggests that …": what comes after.
            interrupts = first > 0 and norms[first - 1] == "," and "," in norms[match.last : match.last + _ASIDE]
            if last - match.last <= 2 or interrupts:
                first = 0
            elif last < count and norms[last - 1] == ":":
                last = ends[here + 1]
        elif group == "condition" and last < count and norms[last - 1] == ",":
            if norms[match.last] not in _ANYBODY:
                last = ends[here + 1]
        elif group in _REACH_BACK and (
            group != "condition"
            or match.last - match.first > 1
            or not _OF_RESULTS.isdisjoint(norms[match.last : match.last + 3])
        ):
            while first > 0 and clause[first - 1] == here and match.first - first < 6:
                first -= 1
        if group not in _WEAK:
            spans.append((first, last))
        span = span_of(tokens, match.first, match.last)
        hedges.append(Hedge(span, tokens.starts[first], tokens.ends[last - 1], group))
    return tuple(hedges), merged(spans)


def _clause_ends(clause: tuple[int, ...]) -> list[int]:
    """The token after the last of each clause."""
    ends = [0] * (clause[-1] + 1)
    for at, number in enumerate(clause):
        ends[number] = at + 1
    return ends


def _start_of(stretches: list[tuple[int, int]], at: int) -> int:
    """Where the stretch begins that token ``at`` lies in, -1 for none; stretches are sorted and do not overlap."""
    if not stretches:
        return -1
    index = bisect_right(stretches, (at, sys.maxsize)) - 1
    return stretches[index][0] if index >= 0 and at < stretches[index][1] else -1


def _particle(norms: list[str], match: Match, particles: dict[str, Direction]) -> str | None:
    """The second part of "keeps … at bay", within reach and in the same stretch."""
    for at in range(match.last, min(len(norms), match.last + _SPLIT_REACH)):
        norm = norms[at]
        if norm in particles:
            return norm
        if norm in _HARD:
            return None
    return None


class _Denials:
    """The cues of denial of a statement. Each reaches some tokens within its clause, a myth over all of it."""

    __slots__ = ("_clause", "_far", "_firsts", "_negations", "_norms", "_opening")

    def __init__(self, negations: list[Match], clause: tuple[int, ...], norms: list[str]) -> None:
        self._norms = norms
        self._negations = negations
        self._firsts = [one.first for one in negations]
        self._clause = clause
        opens = bool(negations) and negations[0].first == 0 and norms[0] in _SUBJECTS
        self._opening = negations[0] if opens else None
        self._far = any(one.sense.attrs.get("far") for one in negations)

    def cue(self, match: Match) -> int:
        """The token at which the cue begins that denies a relation, -1 for none."""
        if self._far:
            return len(self._clause)
        norms = self._norms
        if match.last < len(norms) and norms[match.last] in _NOBODY:
            return match.last  # "the stockings prevented nothing"
        opening = self._opening
        if opening is not None and not self._clause[match.first] and not self._is_part_of_subject(opening, match):
            return 0  # a denied subject denies all of its clause
        if not self._firsts:
            return -1
        at = bisect_left(self._firsts, match.first - _NEGATION_REACH - _LONGEST_CUE)
        while at < len(self._firsts) and self._firsts[at] <= match.last + _NEGATION_REACH:
            one = self._negations[at]
            at += 1
            if self._clause[one.first] != self._clause[match.first]:
                continue
            direction = one.sense.attrs["direction"]
            if match.first > one.last and self._is_part_of_subject(one, match):
                continue
            if (
                (direction != "backward" and 0 <= match.first - one.last <= _NEGATION_REACH)
                or (direction != "forward" and 0 <= one.first - match.last <= _NEGATION_REACH)
                or one.first <= match.first < one.last
            ):
                return one.first
        return -1

    def _is_part_of_subject(self, cue: Match, match: Match) -> bool:
        """Whether a denial belongs to what acts: "not sleeping enough makes …", "lack of sleep dulls the mind"."""
        norms = self._norms
        if not _WHO.isdisjoint(norms[max(0, cue.first - 2) : cue.first]) and match.first - cue.last > 2:
            return True  # "women who did not smoke had fewer strokes"
        if norms[cue.last] in _COORDINATES:
            return True  # "costs nothing and prevents bedsores"
        if cue.first and norms[cue.first - 1] == "," and "," in norms[cue.last : match.first]:
            return True  # "smoking, not coffee, ruins teeth"
        if cue.sense.group in _NEAR:
            if cue.sense.group == "failure":
                return match.first - cue.last > _NEAR_REACH and norms[cue.last] != "that"
            if match.first - cue.last > _NEAR_REACH:
                return True
            return norms[match.first].endswith(("s", "ed")) and _takes_object(norms, match)
        return cue.last - cue.first == 1 and norms[cue.first] == "not" and norms[cue.last].endswith("ing")


def _counts(norms: list[str], at: int) -> bool:
    """Whether a number follows: "no fewer than nine trials"."""
    return (
        norms[at : at + 1] == ["than"]
        and at + 1 < len(norms)
        and (norms[at + 1] in _NUMERALS or norms[at + 1][0].isdigit())
    )


def _nominal(norms: list[str], match: Match) -> bool:
    """ "the spread of", "chemotherapy-induced metastasis", "its ability to promote": an effect taken as given."""
    before = norms[match.first - 1] if match.first else ""
    after = norms[match.last] if match.last < len(norms) else ""
    if (
        norms[match.last - 1].endswith(("ed", "en"))
        and match.first
        and before not in _AUXILIARY
        and after
        and after.isalpha()
    ):
        return (
            after not in _PREPOSITIONS
            and match.last - match.first == 1
            and norms[match.first - 1] not in ("that", "and", "which", "also")
            and norms[match.last - 1] in ("induced", "caused", "driven", "triggered")
        )
    if match.first >= 2 and before == "to" and norms[match.first - 2] in _ABILITIES:
        return (match.first >= 3 and norms[match.first - 3] in _DETERMINERS) or (
            match.first >= 4 and norms[match.first - 4] in _DETERMINERS
        )
    return False


def _is_reduced_relative(norms: list[str], match: Match) -> bool:
    """ "the deaths caused by asbestos": which deaths are meant is taken as given."""
    return (
        match.last - match.first == 2
        and norms[match.last - 1] == "by"
        and norms[match.first].endswith("ed")
        and match.first >= 2
        and norms[match.first - 1] not in _AUXILIARY
        and norms[match.first - 2] == "the"
    )


def _is_aside(norms: list[str], match: Match) -> bool:
    """Whether a cue only names, describes or says what for: "damaged protein", "by lowering", "a trigger", "to speed"."""
    attrs = match.sense.attrs
    if "form" in attrs:
        return False
    first, last = match.first, match.last
    word = norms[first]
    before = norms[first - 1] if first else ""
    if word.endswith("ing"):
        return not before or before in _PREPOSITIONS or before == "about"
    if before == "to":
        return first > 1 and norms[first - 2] not in _RAISING
    if last - first > 1:
        return bool(attrs.get("labile")) and norms[last - 1] in ("in", "of")
    after = norms[last] if last < len(norms) else ""
    if word.endswith(("ed", "en")):
        if after in (",", ")"):
            return before not in _AUXILIARY
        return (
            (not before or before in _PREPOSITIONS or before in _DETERMINERS or before in (",", "and", "("))
            and after.isalpha()
            and after not in _PREPOSITIONS
            and after not in _AUXILIARY
            and after not in _DETERMINERS
        )
    return before in _NAMING or (before in ("'", '"') and after in ("'", '"'))


def _is_of_money(norms: list[str], match: Match) -> bool:
    """ "raised 40 million dollars"."""
    return (
        match.last < len(norms)
        and norms[match.first].startswith(("rais", "cut"))
        and (norms[match.last][0].isdigit() or norms[match.last] in "$£€")
        and not _MONEY.isdisjoint(norms[match.last : match.last + 3])
    )


def _takes_object(norms: list[str], match: Match) -> bool:
    """ "spreads cancer" says who does it to whom; "the spread of cancer" and "cancer can spread" do not."""
    before = norms[match.first - 1] if match.first else ""
    after = norms[match.last] if match.last < len(norms) else ""
    if before in _COMPARATIVES:
        return False
    if before in _DETERMINERS or not after or not after[0].isalnum():
        return after == "(" and norms[match.last - 1].endswith("s") and before not in _DETERMINERS
    return after not in _PREPOSITIONS and after not in _STOPPERS and before != "to"
