"""Clauses, hedges, denials and relations: what is claimed, and how firmly.

Scope is decided per clause, after ConText (Harkema et al. 2009, J Biomed Inform 42:839): a cue reaches to the end of
its clause or to a terminating cue. Only a reporting hedge that opens or closes the sentence ("a study suggests")
reaches over all of it.
"""

from __future__ import annotations

from typing import NamedTuple

from claimtrace.model.profile import Certainty, Direction, Hedge, Relation, Span
from claimtrace.text.phrases import Match
from claimtrace.text.tokens import Tokens

_HARD = frozenset({";", ":", "—", ".", "!", "?"})
_CONTRAST = frozenset({"but", "although", "though", "while", "whereas", "however", "yet", "despite", "nevertheless"})
_AFTER_COMMA = frozenset({"and", "so", "or", "making", "leading", "causing", "which", "thereby", "thus", "resulting"})
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
_WEAK = frozenset({"capability", "limiter", "tendency", "pseudo"})
_QUESTION = frozenset(
    {
        "could",
        "can",
        "does",
        "do",
        "is",
        "are",
        "will",
        "would",
        "may",
        "might",
        "should",
        "why",
        "how",
        "what",
        "did",
        "has",
        "have",
    }
)
_NEGATION_REACH = 7


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
    for index, norm in enumerate(norms):
        if index and (
            norms[index - 1] in _HARD
            or norm in _CONTRAST
            or (norms[index - 1] == "," and norm in _AFTER_COMMA)
            or (norms[index - 1] == "," and out and _opened_by_contrast(norms, out, index))
        ):
            number += 1
        out.append(number)
    return tuple(out)


def _opened_by_contrast(norms: list[str], clause: list[int], index: int) -> bool:
    """ "Although it shrinks tumours, it …": the comma ends the clause that the contrast opened."""
    here = clause[-1]
    for back in range(index - 1, max(-1, index - 40), -1):
        if clause[back] != here:
            return False
        if norms[back] in _CONTRAST and (back == 0 or clause[back - 1] != here):
            return True
    return False


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
    hedges, spans = _hedges(tokens, found.get("hedges", []), clause)
    negations = [m for m in found.get("negation", []) if m.sense.attrs["kind"] == "cue"]
    relations: list[Relation] = []
    strengths: list[int] = []
    for match in found.get("causation", []):
        attrs = match.sense.attrs
        if attrs.get("labile") and not _takes_object(norms, match):
            continue
        denied = _denied(match, negations, clause)
        hedged = any(start <= match.first < end for start, end, weak in spans if not weak)
        relations.append(
            Relation(
                span=span_of(tokens, match.first, match.last),
                group=attrs["class"],
                direction=attrs["direction"],
                hedged=hedged,
                denied=denied,
                presupposed=bool(attrs.get("presupposes")) or _nominal(norms, match),
            )
        )
        strengths.append(attrs["strength"] - (3 if attrs.get("general") else 0))
    main = relations[max(range(len(relations)), key=lambda i: (strengths[i], -i))] if relations else None
    return Reading(
        clause, hedges, tuple(relations), _certainty(norms, relations, hedges, main), _direction(main), main
    )


def _hedges(
    tokens: Tokens, matches: list[Match], clause: tuple[int, ...]
) -> tuple[tuple[Hedge, ...], list[tuple[int, int, bool]]]:
    count = len(tokens)
    hedges: list[Hedge] = []
    spans: list[tuple[int, int, bool]] = []
    for match in matches:
        group = match.sense.group
        here = clause[match.first]
        first, last = match.first, match.last
        while last < count and clause[last] == here:
            last += 1
        if group in _REPORTING:
            # "…, a study suggests": what went before is meant; "the study suggests that …": what comes after.
            if last - match.last <= 2:
                first = 0
            elif last < count and tokens.norms[last - 1] == ":":
                while last < count and clause[last] == here + 1:
                    last += 1
        elif group in ("adverb strong", "adverb medium", "adjective", "limiter", "early evidence", "condition"):
            while first > 0 and clause[first - 1] == here and match.first - first < 6:
                first -= 1
        weak = group in _WEAK
        spans.append((first, last, weak))
        span = span_of(tokens, match.first, match.last)
        hedges.append(Hedge(span, tokens.starts[first], tokens.ends[last - 1], group))
    return tuple(hedges), spans


def _denied(match: Match, negations: list[Match], clause: tuple[int, ...]) -> bool:
    for one in negations:
        if clause[one.first] != clause[match.first]:
            continue
        direction = one.sense.attrs["direction"]
        if direction in ("forward", "both") and 0 <= match.first - one.last <= _NEGATION_REACH:
            return True
        if direction in ("backward", "both") and 0 <= one.first - match.last <= _NEGATION_REACH:
            return True
        if one.first <= match.first < one.last:
            return True
    return False


_DETERMINERS = frozenset(
    ["a", "an", "the", "its", "their", "his", "her", "this", "that", "these", "those", "such", "of"]
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
    if (
        match.first >= 2
        and before == "to"
        and norms[match.first - 2] in ("ability", "capacity", "power", "tendency", "potential")
    ):
        return (match.first >= 3 and norms[match.first - 3] in _DETERMINERS) or (
            match.first >= 4 and norms[match.first - 4] in _DETERMINERS
        )
    return False


_AUXILIARY = frozenset(["is", "are", "was", "were", "be", "been", "being", "has", "have", "had"])
_PREPOSITIONS = frozenset(["by", "in", "of", "to", "with", "from", "at", "on", "for"])


def _takes_object(norms: list[str], match: Match) -> bool:
    """ "spreads cancer" says who does it to whom; "the spread of cancer" and "cancer can spread" do not."""
    before = norms[match.first - 1] if match.first else ""
    after = norms[match.last] if match.last < len(norms) else ""
    if before in _DETERMINERS or not after or not after[0].isalnum():
        return after == "(" and norms[match.last - 1].endswith("s") and before not in _DETERMINERS
    return after not in _PREPOSITIONS and after not in _STOPPERS and before != "to"


_STOPPERS = frozenset(
    [
        "and",
        "or",
        "but",
        "through",
        "throughout",
        "around",
        "across",
        "into",
        "more",
        "less",
        "as",
        "when",
        "than",
        "that",
        "so",
        "while",
        "if",
        "because",
        "elsewhere",
    ]
)


def _certainty(
    norms: list[str], relations: list[Relation], hedges: tuple[Hedge, ...], main: Relation | None
) -> Certainty:
    if (
        norms[-1] == "?"
        or (len(norms) > 2 and norms[-2] == "?")
        or (
            norms[0] in _QUESTION
            and norms[-1] not in ".!"
            and norms[0] in ("could", "can", "does", "is", "are", "will", "do", "did", "should")
        )
    ):
        return "asked"
    if main is None:
        strong = any(hedge.group not in _WEAK for hedge in hedges)
        return "hedged" if strong else "asserted"
    serious = [one for one in relations if one.group in ("cause", "ambiguous", "association", "change")]
    if main.denied or (main.group == "none"):
        return "denied"
    if main.hedged and all(one.hedged or one.denied for one in serious):
        return "hedged"
    if main.hedged:
        return "hedged" if not any(not one.hedged and one.group == main.group for one in serious) else "asserted"
    if main.presupposed and all(one.presupposed or one.hedged for one in serious):
        return "presupposed"
    return "asserted"


def _direction(main: Relation | None) -> Direction:
    if main is None:
        return "unclear"
    return "no effect" if main.denied else main.direction
