"""How firmly a statement commits: asserted, hedged, presupposed, denied or asked.

A question, an aim ("to determine whether") and an open question ("it is unclear whether") ask. What a statement takes
as given while it says something else is presupposed (Karttunen 1974, Theoretical Linguistics 1:181): "how sugar
damages the liver", "the harm that alcohol does", "because coffee protects the heart, …".
"""

from __future__ import annotations

from claimtrace.model.profile import Certainty, Relation
from claimtrace.text.phrases import Match
from claimtrace.text.word_classes import word_class, word_values

_WEAK = frozenset({"capability", "limiter", "tendency", "pseudo"})
_OPENERS = word_class("question openers")
_INQUIRY = word_class("inquiry words")
_RESULTS = word_class("results words")
_EFFECTS = word_class("effect nouns")
_DEFINITE = word_class("definite determiners")
_REPORTS_EFFECT = word_class("verbs that report an effect")
_DEGREE = word_class("words after how that ask for a degree")
_OFFERS = word_class("words that open an offer")
_DO = word_class("auxiliaries") | frozenset({"do", "does", "did", "will", "would", "could", "can"})
_DENYING = word_class("words that deny a verb")
_SUBORDINATE = word_class("subordinators") | frozenset({"that", "how", "why", "what", "we", "i"})
_BUT = frozenset({"but", "however"})
_YET = frozenset({"but", "yet", "although", "though"})
_NOT = frozenset({"not", "no", "never", "cannot", "didn't", "doesn't", "don't"})
_COMPARATIVES = word_class("comparatives upwards") | word_class("comparatives downwards")
_ASKING = frozenset({"how", "why", "what", "which", "whether", "if", "who", "when"})
_GIVEN = frozenset({"how", "why"})
_CAUSES = frozenset({"because", "since"})
_MEANS = word_class("means by which")
_TELLS_HOW = word_class("words before a how that is given")
_FACTIVES = word_class("factive words before that")
_REPUTE = word_class("words of repute")
_DOES = word_class("verbs of doing harm or good")
_NO_CLAUSE = word_class("words after an as that opens no clause")
_INTO = frozenset({"over", "about", "at", "into"})
_IN = frozenset({"in", "at", "on", "under", "by"})
_COUNTS = frozenset(word_values("numerals"))
_TRIGGERS = _GIVEN | _CAUSES | _EFFECTS | _MEANS | _FACTIVES | _REPUTE | {"what", "reasons", "as"}
_LEVEL = word_class("words of equality")
_STAYS = word_class("auxiliaries") | frozenset(
    {"leave", "leaves", "left", "remained", "remains", "remain", "stayed", "stays"}
)
_LEVEL_AFTER = word_class("words after a word of equality")
_NO_OUTCOME = frozenset({"results", "result", "findings", "finding", "study", "studies"})
_HEADS = _GIVEN | _CAUSES | {"what", "as"}
_NO_REASON = frozenset({"of", "then", "the", "last", "early", "late"})
_SERIOUS = frozenset({"cause", "ambiguous", "association", "change"})
_SETS_OUT = frozenset({"to", "will", "we"})
_NOT_ASKED = frozenset({"regardless", "matter", "irrespective", "depending", "depend", "depends", "depended"})
_IMPERATIVE = frozenset({"learn", "see", "look", "find", "ask", "check"})
_PREPOSITIONS = word_class("prepositions") | {"about", "over", "as"}
_AIMS = word_class("words that name an aim")
_SAME_NOUNS = word_class("nouns after same")
_NO_INQUIRY = frozenset({"found", "know", "knows", "find", "clear", "sure"})
_NOUN_REACH = 4
"""Tokens from "the" to the effect noun ("the well-known harmful effect")."""
_EFFECT_REACH = 9
"""Tokens after an effect noun that its relative clause or complement takes."""
_INQUIRY_REACH = 6


def merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that overlap or touch as one, in order."""
    if len(stretches) < 2:
        return stretches
    out: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out


def presuppositions(norms: list[str], clause: tuple[int, ...], ends: list[int]) -> list[tuple[int, int]]:
    """Stretches of tokens whose relations are taken as given, in text order and without overlap.

    Args:
        norms: the tokens' normal forms.
        clause: number of the clause of each token.
        ends: the token after the last of each clause.
    """
    found: list[tuple[int, int]] = []
    if _TRIGGERS.isdisjoint(norms):
        return found
    count = len(norms)
    for at, norm in enumerate(norms):
        if norm not in _TRIGGERS:
            continue
        if norm in _GIVEN:
            if at + 1 < count and norms[at + 1] in _DEGREE:
                continue
            if at >= 2 and norms[at - 1] in _INTO and norms[at - 2] in _INQUIRY:
                continue
            if at and norms[at - 1] in _INQUIRY and norms[at - 1] not in ("know", "knows", "found", "find"):
                continue
            found.append((at, ends[clause[at]]))
        elif norm in _CAUSES and at == 0 and count > 1 and norms[1] not in _NO_REASON:
            found.append((0, ends[0]))
        elif norm == "as":
            if at == 0 and count > 1 and norms[1] not in _NO_CLAUSE and ends[0] < count and norms[ends[0] - 1] == ",":
                found.append((0, ends[0]))
        elif norm in _REPUTE and norms[at + 1 : at + 2] == ["for"]:
            # "Famous for lowering cholesterol, oats …"; "oats are known for lowering it" states it.
            if at == 0 or norms[at - 1] == ",":
                found.append((at, ends[clause[at]]))
        elif norm in _FACTIVES:
            if norms[at + 1 : at + 2] == ["that"]:
                found.append((at, ends[clause[at]]))
        elif norm == "what":
            # A headline that tells what something does takes it as given.
            if (
                at == 0
                and count > 1
                and norms[1] not in _OPENERS
                and norms[-1] not in ".!?"
                and _NOT.isdisjoint(norms)
            ):
                found.append((0, ends[0]))
        elif at == 1 and norm in ("ways", "reasons") and (norms[0] in _COUNTS or norms[0][0].isdigit()):
            if norms[2:3] != ["to"]:
                found.append((0, ends[0]))
        elif norm in _MEANS and norms[at + 2 : at + 3] == ["which"] and norms[at + 1] in ("by", "in", "through"):
            found.append((at + 2, ends[clause[at]]))
        elif norm in _EFFECTS and (
            at + 1 < count
            and (
                norms[at + 1] in ("of", "that", "on", "to", "which", "against")
                or not _DOES.isdisjoint(norms[at + 1 : at + 4])
            )
        ):
            start = at
            while start > 0 and at - start < _NOUN_REACH and norms[start] not in _DEFINITE and norms[start].isalpha():
                start -= 1
            if norms[start] in _DEFINITE and (start == 0 or norms[start - 1] not in _REPORTS_EFFECT):
                end = at + 1
                while end < count and end - at <= _EFFECT_REACH and clause[end] == clause[at]:
                    end += 1
                found.append((start, end))
    return merged(found)


def read_certainty(
    norms: list[str],
    clause: tuple[int, ...],
    relations: list[Relation],
    matches: list[Match],
    asides: list[bool],
    best: int,
    hedging: list[Match],
    presupposes: bool,
    denies: bool,
) -> Certainty:
    """The certainty of a statement from its relations, of which ``matches[best]`` is the main one.

    Args:
        norms: the tokens' normal forms.
        clause: number of the clause of each token.
        relations, matches: the relations and the phrases that they came from, in the same order.
        asides: for each relation, whether it only names or describes, or is of a very general word.
        best: index of the main relation, -1 without any.
        hedging: the phrases that hedge.
        presupposes: whether any stretch of the statement takes something as given.
        denies: whether a phrase says by itself that there is no effect, or no evidence of one.
    """
    at = matches[best].first if best >= 0 else -1
    effect = matches[best].sense if best >= 0 else None
    names_effect = effect is not None and (effect.group == "effect of" or bool(effect.attrs.get("presupposes")))
    if _is_question(norms, at) or _is_open(norms, clause, hedging, at, names_effect):
        return "asked"
    if best < 0:
        claim = max((at for at, norm in enumerate(norms) if norm in _BUT), default=0) if hedging else 0
        # "It was thought harmless, but it deforms limbs": what comes after "but" is the claim.
        if any(one.sense.group not in _WEAK and one.first >= claim for one in hedging):
            return "hedged"
        if denies or denies_comparison(norms) or is_level(norms) or _denies_verb(norms):
            return "denied"
        return "presupposed" if presupposes and norms[0] in _HEADS else _told(norms)
    main = relations[best]
    if _ends_in_denial(norms):
        return "denied"
    if main.denied or main.group == "none":
        return "hedged" if main.hedged and _may_not(norms, at) else "denied"
    serious = [
        one
        for one, aside in zip(relations, asides, strict=True)
        if one is main or (one.group in _SERIOUS and not aside)
    ]
    if main.hedged:
        if all(one.hedged or one.denied for one in serious):
            return "hedged"
        return "asserted" if any(not one.hedged and one.group == main.group for one in serious) else "hedged"
    if denies and norms[at].startswith(("mak", "made")):
        return "denied"  # "made not the slightest difference"
    if (
        (main.presupposed and matches[best].sense.attrs.get("form") == "adjective")
        or (at <= 2 and norms[matches[best].last - 1] in ("in", "of"))  # "the fall in deaths may be due to"
    ) and _hedged_later(clause, hedging, at):
        return "hedged"
    if main.presupposed and all(one.presupposed or one.hedged or one.denied for one in serious):
        return "presupposed"
    return "asserted"


def _hedged_later(clause: tuple[int, ...], hedging: list[Match], at: int) -> bool:
    """ "Cholesterol-lowering drugs could bring relief": what is given comes first, what is claimed is hedged."""
    return any(one.first > at and clause[one.first] == clause[at] and one.sense.group not in _WEAK for one in hedging)


def is_level(norms: list[str]) -> bool:
    """ "Scores were similar in both arms", "rates stayed the same": a comparison that comes out even."""
    if "equally" in norms:
        return True
    if _LEVEL.isdisjoint(norms):
        return "just" in norms and any(norms[at : at + 2] == ["just", "as"] for at in range(1, len(norms) - 2))
    for at in range(1, len(norms)):
        if norms[at] == "same" and norms[at - 1] == "the" and not _SAME_NOUNS.isdisjoint(norms[at + 1 : at + 2]):
            return True
        if norms[at] in _LEVEL and norms[at + 1 : at + 2] != ["to"]:
            before = norms[max(0, at - 3) : at]
            after = norms[at + 1] if at + 1 < len(norms) else "."
            if not _STAYS.isdisjoint(before) and (after in _LEVEL_AFTER or not after[0].isalnum()):
                return _NO_OUTCOME.isdisjoint(norms[:at])
    return False


def _ends_in_denial(norms: list[str]) -> bool:
    """ "It was expected to prevent falls, but it did not.": what the auxiliary stands for is denied."""
    last = len(norms) - 1
    while last > 0 and not norms[last][0].isalnum():
        last -= 1
    return (
        norms[last] in _NOT
        and last >= 2
        and (norms[last] != "not" or norms[last - 1] in _DO)
        and not _YET.isdisjoint(norms[max(0, last - _INQUIRY_REACH) : last])
    )


def _is_count(norms: list[str], at: int) -> bool:
    return norms[at : at + 1] == ["than"] and not _COUNTS.isdisjoint(norms[at + 1 : at + 2])


def _denies_verb(norms: list[str]) -> bool:
    """ "Carrots will not make you see in the dark", "cold weather never gave anyone a cold"."""
    if "but" in norms:
        return False  # "not the sugar but the fat"
    for at in range(1, min(len(norms) - 1, _INQUIRY_REACH + 4)):
        norm = norms[at]
        if norm in _SUBORDINATE:
            return False
        if norm in _DENYING and (norm == "never" or norm != "not" or norms[at - 1] in _DO):
            return True
    return False


def denies_comparison(norms: list[str]) -> bool:
    """ "not healthier than", "no riskier", "did not find any differences", "neither group lost any weight"."""
    if norms[0] == "neither" or (norms[0] in _IN and norms[1:2] == ["no"]):
        return True
    if _NOT.isdisjoint(norms):
        return False
    for at in range(len(norms) - 1):
        if norms[at] in _NOT:
            after = norms[at + 1]
            if (after in _COMPARATIVES and not _is_count(norms, at + 2)) or (
                after.endswith("er") and len(after) > 4 and "than" in norms[at + 2 : at + 8]
            ):
                return True
            if any(
                one in ("difference", "differences", "benefit", "effect", "risk") for one in norms[at + 1 : at + 5]
            ):
                return True
    return False


def _told(norms: list[str]) -> Certainty:
    """A statement without any relation: "the secret of how magnesium relaxes legs" takes it as given."""
    for at in range(1, len(norms) - 1):
        if norms[at] in _GIVEN and norms[at + 1] not in _DEGREE and norms[at - 1] in _TELLS_HOW:
            return "presupposed"
        if norms[at + 1] == "that" and (
            norms[at] in _FACTIVES or (norms[at] in _EFFECTS and norms[at - 1] in _DEFINITE)
        ):
            return "presupposed"
    return "asserted"


def _is_whichever(norms: list[str], at: int) -> bool:
    """ "Splints work whether they are worn by day or by night" asks nothing."""
    before = norms[at - 1] if at else ""
    return before.isalpha() and before not in _PREPOSITIONS and "or" in norms[at:] and _INQUIRY.isdisjoint(norms[:at])


def _may_not(norms: list[str], at: int) -> bool:
    return "not" in norms[max(0, at - 3) : at] and any(one in ("may", "might") for one in norms[max(0, at - 6) : at])


def _is_question(norms: list[str], at: int) -> bool:
    """Whether the main relation (at token ``at``; -1 for none) stands in a question."""
    if "?" in norms:
        mark = norms.index("?")
        return mark >= len(norms) - 2 or ((at < 0 or at < mark) and norms[0] not in _OFFERS)
    asks = norms[0] in _OPENERS or (norms[0] in _ASKING and len(norms) > 1 and norms[1] in _OPENERS)
    return asks and norms[-1] not in ".!"


def _is_open(norms: list[str], clause: tuple[int, ...], hedging: list[Match], at: int, names_effect: bool) -> bool:
    """ "to test whether X causes Y", "it is unclear how", "the aim is to determine the effect of".

    ``names_effect``: whether the main relation only names an effect, as what is studied or unknown.
    """
    if (
        at < 0
        and not _INQUIRY.isdisjoint(norms)
        and any(
            norms[i] in _INQUIRY and norms[i] not in _NO_INQUIRY and norms[i + 1] in _ASKING
            for i in range(1, len(norms) - 1)
        )
    ):
        return True
    for back in range(at - 1, -1, -1):
        if at - back > 4 * _INQUIRY_REACH or clause[back] != clause[at]:
            break
        norm = norms[back]
        if norm == "whether":
            return _NOT_ASKED.isdisjoint(norms[max(0, back - 2) : back])
        if norm in _RESULTS or norm == "that":
            break
        if norm in _INQUIRY and norm not in _NO_INQUIRY and not (back == 0 and norm in _IMPERATIVE):
            if norms[back + 1] in _INTO and norms[back + 2] in _ASKING:
                return True
            between = norms[back + 1 : at + 1]
            if norms[back - 1] == "to" and (back == 1 or not _AIMS.isdisjoint(norms[max(0, back - 4) : back - 1])):
                return True
            if (at - back <= 2 and norms[back - 1] in _SETS_OUT) or (
                len(between) <= 3 * _INQUIRY_REACH and between[0] in _ASKING
            ):
                return True
            if between[:1] == ["us"] and between[1:2] == ["if"]:
                return True
        if (
            norm in ("if", "how")
            and norms[max(0, back - 3) : back]
            and _INQUIRY & set(norms[max(0, back - 3) : back])
        ):
            return "know" not in norms[max(0, back - 2) : back] or "not" in norms[max(0, back - 3) : back]
    for match in hedging:
        if match.sense.attrs.get("asks"):
            words = norms[match.first]
            if words == "whether" and at < 0 and _is_whichever(norms, match.first):
                continue
            if match.last >= len(norms) - 1 and norms[0] in _OPENERS:
                return True
            if names_effect and match.first > at >= 0 and clause[match.first] == clause[at]:
                return True
            if at < 0 or (words == "whether" and clause[match.first] == clause[at] and match.first < at):
                return True
            if (words != "whether" and norms[0] in _ASKING) or norms[match.last : match.last + 1] == ["whether"]:
                return True
            if norms[match.last : match.last + 1] and norms[match.last] in _ASKING and match.last < at:
                return True
    return False
