"""Faithful wordings: the smallest change of the writer's sentence that the study carries."""

from __future__ import annotations

import re

from claimtrace.checks.study_reading import StudyReading
from claimtrace.model.profile import Span

_IRREGULAR = {"has": "have", "does": "do", "is": "be", "goes": "go"}
_SUBJECT_END = re.compile(r"[\w)%'’”\"]\s+$")


def base_form(verb: str) -> str | None:
    """The base form of a verb in the third person singular (or of a plain plural); ``None`` for other forms."""
    lower = verb.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if lower.endswith(("ing", "ed", "ion")) or not lower.isalpha():
        return None
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    if lower.endswith(("sses", "shes", "ches", "xes", "zes")):
        return lower[:-2]
    if lower.endswith("s") and not lower.endswith("ss"):
        return lower[:-1]
    return None


def hedged_wording(text: str, cue: Span | None, hedge: bool) -> str | None:
    """The sentence with its cause word hedged: "causes" becomes "may cause", "is linked to" for an observed link.

    Args:
        text: the sentence.
        cue: the cause word.
        hedge: the study hedges the effect itself.
    """
    if cue is None:
        return None
    head, _, rest = cue.text.partition(" ")
    base = base_form(head)
    before = text[: cue.start]
    if base is None or not _SUBJECT_END.search(before):
        return None
    return f"{before}may {base}{' ' + rest if rest else ''}{text[cue.end :]}"


def replaced(text: str, start: int, end: int, new: str) -> str:
    """The sentence with one stretch replaced, in the stretch's own capitalisation."""
    old = text[start:end]
    if old.isupper() and len(old) > 3:
        new = new.upper()
    elif old[:1].isupper() and new[:1].islower():
        new = new[:1].upper() + new[1:]
    return text[:start] + new + text[end:]


def in_models(text: str, study: StudyReading) -> str | None:
    """The sentence with its model named first: "In mice, …"."""
    model = model_name(study)
    if model is None:
        return None
    first = text[:1]
    keep = (
        first in "\"“'‘"
        or text[:2].isupper()
        or (len(text) > 1 and text.split(" ")[0][1:].lower() != text.split(" ")[0][1:])
    )
    return f"In {model}, {text if keep else first.lower() + text[1:]}"


def model_name(study: StudyReading) -> str | None:
    """What the study's model is called in plain words."""
    plural = {
        "mouse": "mice",
        "rat": "rats",
        "zebrafish": "zebrafish",
        "fruit fly": "fruit flies",
        "monkey": "monkeys",
        "worm": "worms",
        "pig": "pigs",
        "dog": "dogs",
        "rabbit": "rabbits",
        "yeast": "yeast",
        "rodent": "rodents",
        "animal": "animals",
    }
    for species in study.study.species:
        if species in plural:
            return plural[species]
    for one in study.findings:
        for population in one.profile.population:
            if population.kind == "animals" and population.species in plural:
                return plural[population.species]
    if "cells" in study.kinds:
        return "cells in the laboratory"
    return "animals" if "animals" in study.kinds or "xenograft" in study.kinds else None


def named_subjects(study: StudyReading, kind: str) -> str:
    """Who was studied, in words for a reason."""
    sample = next((one for one in study.study.sample if one.kind == kind), None)
    if sample is not None:
        who = re.split(r"[,;]", sample.who)[0]
        return f"{sample.number} {who}" if sample.number else who
    if kind == "people":
        return "people"
    return model_name(study) or "models"


def condition_name(study: StudyReading) -> str:
    """The disease studied, by the record's own name for it."""
    names = study.study.conditions or study.condition_labels
    return " and ".join(names[:3]) if names else "the disease studied"
