"""CT201, CT203: the claim is wider than the study in disease or in treatment."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft, acts, names_model
from claimtrace.checks.study_reading import StudyReading, is_wider
from claimtrace.checks.wording import condition_name, replaced
from claimtrace.matching.terms import stem, terms
from claimtrace.model.profile import Condition, Intervention, Span
from claimtrace.model.studies import StudyIntervention
from claimtrace.text.phrases import holds_at_least, phrasebook, wider_conditions
from claimtrace.text.tokens import tokenize
from claimtrace.text.word_classes import word_class

_NOT_THE_DISEASE = word_class("words after a disease that is not told of")
_EXTENDS = frozenset({"other", "all", "any", "every", "most"})


def condition(context: Context) -> Iterator[Draft]:
    """CT201: a wider disease than the study's."""
    study, profile = context.study, context.profile
    if not study.conditions or context.others_voice or context.kind in ("abstract", "caveat"):
        return
    named = [
        one
        for one in profile.condition
        if one.concept in study.conditions or any(is_wider(c, frozenset({one.concept})) for c in study.conditions)
    ]
    if context.own_words:
        return
    holding = [one for one in profile.condition if is_wider(one.concept, study.conditions)]
    added = _added(context, [*named, *holding])
    if added is not None:
        what = f"carries the finding over to {added.span.text.lower()}"
        yield extended(study, added.span.start, added.span.end, what, 0.66)
        return
    other = _of_others(context, named)
    if other is not None:
        what = f"speaks of people with {other.span.text.lower()}"
        yield extended(study, other.span.start, other.span.end, what, 0.6)
        return
    for one in profile.condition:
        if not is_wider(one.concept, study.conditions) or context.not_own_voice(one.span.start, one.span.end):
            continue
        if _hardly_wider(one.concept, study.conditions) or len(study.conditions) >= _SEVERAL:
            continue
        if _same_but_for_course(one.label, study):
            continue
        if not context.headline and one.span.text.lower().rstrip("s") in ("tumor", "tumour"):
            continue  # in running text "the tumour" is the one that was studied
        words = context.tokens
        at = context.token_at(one.span.start)
        follows = [norm for norm, start in zip(words.norms, words.starts, strict=True) if start >= one.span.end][:2]
        after = follows[0] if follows else ""
        if after == "(" and follows[-1][:1].isdigit():
            continue  # "and other cancers (113)": a count in a list
        before = words.norms[max(0, at - 2) : at]
        further = bool(_EXTENDS & set(before)) and not (named and "including" in words.norms)
        if after in _NOT_THE_DISEASE and not further:
            continue
        label = condition_name(study)
        if (
            further
            and profile.certainty not in ("asked", "denied")
            and not any(h.group in ("not established", "further work") for h in profile.hedges)
        ):
            start = words.starts[max(0, at - 1)]
            if len(study.study.conditions) > 1 and named:
                continue
            if {"also", "been"} <= set(words.norms):
                continue  # "have also been found in other cancers": other work
            what = f"carries the finding over to {context.text[start : one.span.end]}"
            yield extended(study, start, one.span.end, what, 0.72)
            return
        if named:
            continue
        flat = profile.certainty in ("asserted", "presupposed") and not profile.hedges
        if not context.headline and (not flat or not profile.relations or profile.strength < 5 or _observed(context)):
            continue
        if not context.headline and _only_linked(context, one):
            continue
        if context.headline and not (profile.relations or profile.outcome or profile.tone):
            continue
        if _told_by_treatment(context):
            continue
        yield Draft(
            "CT201", one.span.start, one.span.end,
            f"The article speaks of {one.span.text.lower()} as such; the study looked at {label}.",
            "headline" if context.headline and _plain_disease(context, one) else "vague" if context.headline else "flat" if profile.strength == 6 and _direct(context) else "vague",
            0.66, replaced(context.text, one.span.start, one.span.end, _narrowed(one.span.text, label)), study.main, group="condition",
        )  # fmt: skip
        return


def extended(study: StudyReading, start: int, end: int, what: str, confidence: float) -> Draft:
    """The finding told of another disease; ``what`` the article does."""
    reason = f"The article {what}; the study looked at {condition_name(study)} only."
    return Draft("CT201", start, end, reason, "extended", confidence, None, study.main, group="condition")


def intervention(context: Context) -> Iterator[Draft]:
    """CT203: a wider treatment or exposure than the study's; asked of claims that stand alone and of flat ones."""
    study, profile = context.study, context.profile
    if context.others_voice or profile.certainty == "asked" or context.own_words or names_model(profile):
        return
    all_of_it = not _EXTENDS.isdisjoint(context.tokens.norms[:1])
    never = profile.certainty == "denied" and "never" in context.tokens.norms
    flat = not profile.hedges and (
        never or (profile.certainty == "asserted" and (all_of_it or (profile.strength == 6 and _direct(context))))
    )
    works = context.alone and profile.certainty == "asserted" and _works(context)
    told = any(one.group == "cause" for one in profile.relations) or (
        context.headline and profile.magnitude and profile.certainty != "denied"
    )
    if not works and not (told and (context.headline or flat)):
        return
    acting = any(acts(context, one) for one in profile.relations) or any(
        0 <= relation.span.start - one.span.end <= _RIGHT_AFTER
        for relation in profile.relations
        for one in profile.intervention
    )
    if not (works or never or context.headline or acting):
        return
    given = study.study.interventions
    names = {term.lower() for one in given for term in one.terms}
    classes = {name.lower() for one in given for name in one.classes}
    lower = context.text.lower()
    if any(term in lower for term in names - classes):
        return
    for one in (*profile.intervention, *_listed(context)):
        if context.not_own_voice(one.span.start, one.span.end) or _singled_out(context, one):
            continue
        if any(
            other.span.text.lower() != one.span.text.lower()
            and (one.concept in other.wider or one.concept == other.concept)
            and other.concept in study.interventions
            for other in profile.intervention
        ):
            continue  # the narrower thing is named beside it
        exact = _exact(context, one, names, classes)
        if exact is None or not context.is_about(_TOLD_OF if context.alone else _FLAT):
            continue
        start = one.span.start
        before = context.tokens.norms[max(0, context.token_at(start) - 1) : context.token_at(start)]
        if before and before[0] in _EXTENDS:
            start = context.tokens.starts[context.token_at(start) - 1]
        said = context.text[start : one.span.end]
        yield Draft(
            "CT203", start, one.span.end,
            f"The article speaks of {said.lower()} as such; the study used {exact.name}{f' given {exact.context}' if exact.context else ''}.",
            "class", 0.62, _with_member(context, start, one.span.end, exact.name), study.main, group="intervention",
        )  # fmt: skip
        return


def _works(context: Context) -> bool:
    """ "Dementia drugs finally work": the class stands right before a verb of working or failing."""
    norms = context.tokens.norms
    return any(
        not _WORK.isdisjoint(norms[at : at + 3])
        for one in context.profile.intervention
        for at in (context.token_at(one.span.end),)
    )


_RIGHT_AFTER = 2  # code points between a class and the verb that it is the subject of
_WORK = word_class("words for working and failing")


def _listed(context: Context) -> Iterator[Intervention]:
    """Classes that the record itself lists and that no lexicon knows: "anti-parasitic drugs", "knee surgery"."""
    norms = context.tokens.norms
    for name in dict.fromkeys(name for one in context.study.study.interventions for name in one.classes):
        words = tokenize(name).norms
        if not (len(words) > 1 or name.endswith("s")) or name in _TOO_WIDE:
            continue
        for at in range(len(norms) - len(words) + 1):
            if norms[at : at + len(words)] == words:
                start, end = context.tokens.starts[at], context.tokens.ends[at + len(words) - 1]
                yield Intervention(Span(start, end, context.text[start:end]), name, "listed")
                break


def _with_member(context: Context, start: int, end: int, name: str) -> str | None:
    """The sentence with the study's own treatment for its class, and the verb with it; ``None`` where that would limp."""
    member = name.split(",")[0]
    text = context.text
    verb = text[end:].lstrip().split(" ")[0]
    if not text[start:end].endswith("s") or member.endswith("s") or verb.endswith("ed") or verb in _ANY_NUMBER:
        return replaced(text, start, end, member)
    at = end + len(text[end:]) - len(text[end:].lstrip())
    if not verb.isalpha() or verb.endswith("s") or all(one.span.start != at for one in context.profile.relations):
        return None
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    return replaced(text[:at] + third + text[at + len(verb) :], start, end, member)


_ANY_NUMBER = word_class("verbs that have one form for one and many")
_CAN = 5
_TOLD_OF = 0.1
_FLAT = 0.0


def _exact(context: Context, one: Intervention, names: set[str], classes: set[str]) -> StudyIntervention | None:
    """What the study gave, where the claim names a class that holds it; ``None`` where it names the thing itself."""
    study = context.study
    given = study.study.interventions
    said, concept = one.span.text.lower(), one.concept.lower()
    listed = said in classes or concept in classes or any(stem(said) == stem(name) for name in classes)
    if given:
        own = one.kind == "listed" or _has_members(study, one.concept, classes)
        if not said.endswith("s") and _in_name(said, given):
            return None  # "gene therapy" for "lentiviral gene therapy": shorter, and no class
        if concept in names or said in names or not listed or not own:
            return None
        return next((g for g in given if {concept, said} & {c.lower() for c in g.classes}), given[0])
    if (
        not (context.headline and context.profile.strength >= _CAN)
        or one.concept in _TOO_WIDE
        or set(terms(tokenize(said).norms)) <= study.terms
    ):
        return None
    for finding in study.findings:
        for other in finding.profile.intervention:
            if one.concept in other.wider or (
                one.concept == other.concept and _is_class_name(one) and not _is_class_name(other)
            ):
                return StudyIntervention(name=other.span.text)
    return None


def _in_name(said: str, given: tuple[StudyIntervention, ...]) -> bool:
    words = set(tokenize(said).norms)
    return any(words <= set(tokenize(one.name).norms) for one in given)


_TOO_WIDE = word_class("classes too wide to be a treatment's")
"""Classes so wide that they stand for what was given as a pronoun does."""


def _is_class_name(one: Intervention) -> bool:
    """Whether an intervention is called by its class ("statins") and not by a member's name ("rosuvastatin")."""
    said = " ".join(stem(norm) for norm in tokenize(one.span.text).norms)
    return said == " ".join(stem(norm) for norm in tokenize(one.concept).norms)


def _added(context: Context, named: list[Condition]) -> Condition | None:
    """A disease that the study does not know, told in one breath with its own: "nut allergies and asthma"."""
    study, profile = context.study, context.profile
    changed = any(one.sense.attrs["role"] == "change" for one in context.phrases("changes"))
    if len(study.study.conditions) > 1:
        return None  # a study of several diseases may have counted more of them
    if not named or not context.alone or profile.certainty != "asserted" or not (profile.strength >= _CAN or changed):
        return None
    for one in profile.condition:
        beside = any(_joined(context, one, other) for other in named)
        if beside and not knows(study, one) and not context.not_own_voice(*one.span[:2]):
            return one
    return None


def _of_others(context: Context, named: list[Condition]) -> Condition | None:
    """A disease that the study does not know, and in whose patients it is told: "stents fail heart attack patients"."""
    study, profile = context.study, context.profile
    if named or not context.alone or not context.is_about(_TOLD_OF) or profile.hedges or profile.certainty == "asked":
        return None
    if (
        not any(one.group in ("cause", "none") for one in profile.relations)
        and profile.strength < _CAN
        and not context.headline
    ):
        return None
    words = context.tokens
    for one in profile.condition:
        if knows(study, one) or context.not_own_voice(*one.span[:2]):
            continue
        at = (
            words.starts.index(one.span.start) if one.span.start in words.starts else context.token_at(one.span.start)
        )
        end = context.token_at(one.span.end)
        after = words.norms[end : end + 1] if words.starts[end] >= one.span.end else []
        before = words.norms[max(0, at - 2) : at]
        if (after and after[0] in _SUFFERERS) or (
            len(before) == 2 and before[1] == "with" and before[0] in _SUFFERERS
        ):
            return one
        if before[-2:] == ["nothing", "for"]:
            return one
    return None


_SUFFERERS = word_class("those who suffer")


_ORGANS = frozenset(
    terms(
        ["heart", "myocardial", "brain", "lung", "kidney", "liver", "skin", "bone", "breast", "disease", "disorder"]
    )
)


def knows(study: StudyReading, one: Condition) -> bool:
    """Whether the study names a disease, one that holds it, or one that it holds."""
    known = study.conditions | {c.concept for f in study.findings for c in f.profile.condition}
    return (
        one.concept in known
        or is_wider(one.concept, known)
        or any(is_wider(k, frozenset({one.concept})) for k in known)
        or any(term in study.near for term in terms(tokenize(one.label).norms) if term not in _ORGANS)
        or all(term in study.near for term in terms(tokenize(one.span.text).norms))
    )


def _joined(context: Context, one: Condition, other: Condition) -> bool:
    first, second = sorted((one.span, other.span))
    if second.start - first.end > _BETWEEN:
        return False
    between = context.text[first.end : second.start].lower().replace(",", " ").split()
    return (0 < len(between) <= 2 and set(between) <= {"and", "or", "even", "also"}) or (
        not between and "," in context.text[first.end : second.start]
    )


_BETWEEN = 40  # code points between two diseases told in one breath
_SEVERAL = 3  # diseases of one family; a study of so many may name the family
_FAMILY = 8  # diseases below a wider name from which on the name says something else


def _same_but_for_course(label: str, study: StudyReading) -> bool:
    """ "Heart attack" where the study says "acute myocardial infarction": nobody means another disease."""
    words = set(label.lower().split())
    return any(words == set(own.lower().split()) - _COURSES for own in study.condition_labels)


_COURSES = word_class("courses of a disease")


def _hardly_wider(concept: str, own: frozenset[str]) -> bool:
    """The wider name holds few other diseases: "depression" for major depressive disorder."""
    return any(concept in wider_conditions(one) for one in own) and not holds_at_least(concept, _FAMILY)


def _has_members(study: StudyReading, concept: str, classes: set[str]) -> bool:
    """Whether the study's own words name something that the class only holds: a drug of it, a food of it."""
    return any(concept in one.wider for finding in study.findings for one in finding.profile.intervention) or any(
        concept in sense.attrs.get("parents", ()) or (sense.group == concept and name.lower() not in classes)
        for given in study.study.interventions
        for name in (given.name, *given.terms)
        for sense in phrasebook().senses_of(" ".join(tokenize(name).norms))
        if sense.lexicon == "interventions"
    )


def _singled_out(context: Context, one: Intervention) -> bool:
    """ "the drug", "a cheap steroid", "these statins", "Head lice drug": one thing, or some, is meant, not the class."""
    words = one.span.text.lower()
    at = context.token_at(one.span.start)
    before = context.tokens.norms[max(0, at - _BEFORE) : at]
    if not _ONE.isdisjoint(before[-1:] if words.endswith("s") else before):
        return True
    if one.concept.endswith("s") and not words.endswith("s"):
        return True  # "Statin cuts heart attacks": headlines drop the article
    if words.endswith("s") or " " in words:
        return False
    return words in (
        "drug",
        "vaccine",
        "jab",
        "pill",
        "treatment",
        "supplement",
        "device",
        "diet",
        "injection",
        "injections",
        "medicine",
    )


_BEFORE = 2
_ONE = word_class("words that single out")


def _told_by_treatment(context: Context) -> bool:
    """ "Mammography": what was done tells which disease is meant."""
    own = {t for label in context.study.condition_labels for t in terms(tokenize(label).norms)} - _ORGANS_APART
    return any(own & set(terms(tokenize(one.concept).norms)) for one in context.profile.intervention)


_ORGANS_APART = frozenset(terms(["cancer", "disease", "disorder", "syndrome", "infection", "failure", "system"]))


def _only_linked(context: Context, one: Condition) -> bool:
    """What stands nearest before the disease is a link: "a process that is associated with the spread of cancer"."""
    before = [relation for relation in context.profile.relations if relation.span.end <= one.span.start]
    return bool(before) and max(before, key=lambda relation: relation.span.end).group == "association"


def _observed(context: Context) -> bool:
    """Told in the past tense, as something seen once, not as how things are."""
    return any(
        one.span.text.lower().split(" ")[0].endswith("ed")
        or one.span.text.lower() in ("made", "led to", "led", "gave", "kept")
        for one in context.profile.relations
        if not one.presupposed
    )


def _direct(context: Context) -> bool:
    return not _observed(context) and any(
        one.group == "cause" and not one.hedged and not one.denied for one in context.profile.relations
    )


def _plain_disease(context: Context, disease: Condition) -> bool:
    """The bare name of the wider disease, not "some cancer" or "tumours"."""
    start = disease.span.start
    some = any(one.unit in ("some", "few") and 0 <= start - one.span.end <= 1 for one in context.profile.magnitude)
    return not some and disease.span.text.lower().rstrip("s") not in ("tumor", "tumour")


def _narrowed(words: str, label: str) -> str:
    return (
        label
        if words.lower().rstrip("s") not in ("tumor", "tumour")
        else f"{label} {words.lower()}".replace("cancer tumor", "tumor").replace("cancer tumour", "tumour")
    )
