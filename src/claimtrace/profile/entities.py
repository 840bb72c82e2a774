"""Who was studied, which disease, which treatment or exposure, which outcome."""

from __future__ import annotations

from claimtrace.model.profile import Condition, Intervention, Outcome, Population
from claimtrace.profile.cues import span_of
from claimtrace.profile.numbers import number_at, numeral_ending_at
from claimtrace.text.phrases import Match
from claimtrace.text.tokens import Tokens
from claimtrace.text.word_classes import word_class

_BEFORE_HEADS = 4  # words that may stand between a head count and the people counted ("20 postmenopausal women")
_MATERIAL_REACH = 5  # words from "human" to the noun that it belongs to ("human umbilical vein endothelial cells")
_GRAFT_REACH = 8  # words from "bearing" or "implanted" to the tumour
_NOT_A_COUNT = word_class("no head count")
_CELLS = word_class("cell nouns")
_TISSUE = word_class("tissue nouns")
_TUMOURS = word_class("tumour nouns")
_GRAFTED = word_class("graft verbs")
_PHRASE_ENDS = word_class("noun phrase ends")
_WHO_HAS = frozenset({"with", "for"})  # words between people, or a treatment, and the disease they have or it is for
_HUMAN = frozenset({"human", "patient", "donated", "donor"})
_SEXED = frozenset({"males", "females", "male", "female"})
_SEXES = {"male": "men", "female": "women"}


def populations(tokens: Tokens, matches: list[Match]) -> tuple[Population, ...]:
    """Study populations named, with head counts.

    "Human" before cells or tissue is no person, and animals that carry human tumours are xenografts.
    """
    if not matches:
        return ()
    norms = tokens.norms
    grafts = _has_human_graft(norms)
    found: list[Population] = []
    sex: str | None = None
    for at, match in enumerate(matches):
        attrs = match.sense.attrs
        kind = attrs["kind"]
        following = matches[at + 1] if at + 1 < len(matches) else None
        word = norms[match.first] if match.last - match.first == 1 else ""
        if word in _SEXES and following is not None and _belongs_to(norms, match.last, following.first):
            sex = _SEXES[word]
            continue
        if word in _SEXED and found and found[-1].kind in ("animals", "xenograft"):
            continue
        if grafts and word in ("patient", "patients") and "from" in norms[max(0, match.first - 3) : match.first]:
            continue
        if word in _HUMAN:
            material = _material(norms, match.last, grafts)
            if material is not None:
                kind, last = material
                covered = (
                    following is not None and following.first < last and following.sense.attrs["kind"] != "people"
                )
                if kind and not covered and not grafts:
                    found.append(Population(span_of(tokens, match.first, last), kind))
                continue
        species = attrs.get("species") or ("human" if kind == "people" else None)
        if grafts and kind == "animals" and species in ("mouse", "rat", "rodent", "zebrafish", "animal"):
            kind = "xenograft"
        found.append(
            Population(
                span=span_of(tokens, match.first, match.last),
                kind=kind,
                species=species,
                role=attrs.get("role"),
                number=_head_count(tokens, match.first) or _count_in_brackets(norms, match.last),
                sex=attrs.get("sex") or (sex if kind == "people" else None),
                age=attrs.get("age"),
            )
        )
        sex = None
    return tuple(found)


def _belongs_to(norms: list[str], last: int, first: int) -> bool:
    """Whether at most one plain word stands between an adjective and the next population."""
    return first == last or (first == last + 1 and norms[last].isalpha() and norms[last] not in _PHRASE_ENDS)


def _material(norms: list[str], start: int, grafts: bool) -> tuple[str, int] | None:
    """Cells or tissue that the noun phrase from token ``start`` ends in ("" for a grafted tumour), and its end."""
    for at in range(start, min(len(norms), start + _MATERIAL_REACH)):
        norm = norms[at]
        if norm in _CELLS:
            return "cells", at + 1
        if norm in _TISSUE:
            return "tissue", at + 1
        if grafts and norm in _TUMOURS:
            return "", at + 1
        if norm in _PHRASE_ENDS or not norm[0].isalnum():
            return None
    return None


def _has_human_graft(norms: list[str]) -> bool:
    """ "bearing human tumours", "human cancer cells were injected into": a graft verb near a tumour of people."""
    words = set(norms)
    if words.isdisjoint(_GRAFTED) or words.isdisjoint(("human", "patient", "patients")):
        return False
    human = -_GRAFT_REACH
    tumour = verb = -2 * _GRAFT_REACH
    for at, norm in enumerate(norms):
        if norm in ("human", "patient", "patients"):
            human = at
        elif norm in _TUMOURS and at - human <= _MATERIAL_REACH:
            tumour = at
        elif norm in _GRAFTED:
            verb = at
        else:
            continue
        if abs(tumour - verb) <= _GRAFT_REACH:
            return True
    return False


def conditions(tokens: Tokens, matches: list[Match]) -> tuple[Condition, ...]:
    """Diseases named, as concepts of the Human Disease Ontology."""
    return tuple(
        Condition(span_of(tokens, one.first, one.last), one.sense.attrs["concept"], one.sense.group)
        for one in matches
    )


def interventions(tokens: Tokens, matches: list[Match]) -> tuple[Intervention, ...]:
    """Treatments and exposures named, with their classes."""
    return tuple(
        Intervention(
            span_of(tokens, one.first, one.last),
            one.sense.group,
            one.sense.attrs["class"],
            tuple(one.sense.attrs.get("parents", ())),
        )
        for one in matches
    )


def outcomes(tokens: Tokens, matches: list[Match], exposures: list[Match]) -> tuple[Outcome, ...]:
    """Outcomes named, and whether each is the thing itself or a marker of it.

    Where several are named, those that say who was studied ("nurses with eczema") or what they were given ("losing
    weight") are no outcomes.
    """
    if len(matches) > 1:
        norms = tokens.norms
        given = {at for one in exposures for at in range(one.first, one.last)}
        plain = [
            one for one in matches if one.first not in given and not (one.first and norms[one.first - 1] in _WHO_HAS)
        ]
        matches = plain or matches
    return tuple(
        Outcome(
            span_of(tokens, one.first, one.last),
            one.sense.group,
            one.sense.attrs["kind"] == "marker",
            tuple(one.sense.attrs.get("stands_for", ())),
            one.sense.attrs.get("polarity"),
        )
        for one in matches
    )


def _head_count(tokens: Tokens, first: int) -> int | None:
    norms = tokens.norms
    for back in range(first - 1, max(-1, first - 2 - _BEFORE_HEADS), -1):
        norm = norms[back]
        if number_at(norm) is not None:
            following = norms[back + 1] if back + 1 < len(norms) else ""
            if following in _NOT_A_COUNT or tokens.joined(back):
                return None
            value = numeral_ending_at(norms, back)
            if value != int(value) or value < 2 or (norm.isdigit() and len(norm) == 4 and 1900 <= value <= 2100):
                return None
            return int(value)
        if norm in _NOT_A_COUNT or not norm[0].isalnum():
            return None
    return None


def _count_in_brackets(norms: list[str], last: int) -> int | None:
    """ "women (n = 240)"."""
    if norms[last : last + 3] != ["(", "n", "="] or last + 3 >= len(norms):
        return None
    value = number_at(norms[last + 3])
    return int(value) if value is not None else None
