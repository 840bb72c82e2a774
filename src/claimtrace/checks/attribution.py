"""CT501: a name, place, journal or detail of the study is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from claimtrace.checks.context import Context, Draft
from claimtrace.checks.study_reading import StudyReading
from claimtrace.checks.wording import replaced
from claimtrace.matching.evidence import name_folded
from claimtrace.model.studies import Author
from claimtrace.text.tokens import tokenize
from claimtrace.text.word_classes import word_class

_NAME = re.compile(
    r"(?:(?:Dr|Prof|Professor|Doctor)\.?\s)?((?:[A-ZÀ-Þ][\w’'-]+|[A-Z]\.)(?:\s(?:[A-ZÀ-Þ][\w’'-]+|[A-Z]\.|de|van|von|der)){1,3})"
)
_JOURNAL = re.compile(
    r"\b(?:journal|published (?:online )?in|appeared in|issue of)[,:]?\s(?:the\s)?(?:(?:peer[- ]reviewed|medical|scientific)\s)?(?:journal[,:]?\s)?[\"“]?((?:[A-Z][\w&]+|of|and|the|for|in)(?:\s(?:[A-Z][\w&]+|of|and|the|for|in|&))*)"
)
_ROLE = word_class("words beside a researcher")
_LEAST, _SAME = 74, 99


def check(context: Context) -> Iterator[Draft]:
    """Near-misses of authors' names, other journals, and drugs of a regimen left out."""
    yield from _names(context)
    yield from _journal(context)
    yield from _regimen(context)
    yield from _heads(context)
    yield from _ages(context)
    yield from _design(context)


def _names(context: Context) -> Iterator[Draft]:
    authors = context.study.study.authors
    if not authors or not (_ROLE & set(context.tokens.norms) or _at_home(context)):
        return
    places = {word for name in context.study.study.institutions for word in name_folded(name).split()}
    for match in _NAME.finditer(context.text):
        name = match.group(1).removesuffix("'s").removesuffix("’s")
        words = [
            word
            for word in name_folded(name).split()
            if len(word.rstrip(".")) > 1
            and word not in ("dr.", "prof.", "dr", "prof", "professor", "lead", "researcher")
        ]
        if len(words) < 2 or any(word in places for word in words):
            continue
        score, author = max(((_likeness(words, one), one) for one in authors), key=lambda pair: pair[0])
        if score < _LEAST:
            score, author = _by_given_name(context, words, authors)
        if _LEAST <= score < _SAME and not any(_is(words, one) for one in authors):
            right = f"{author.given} {author.family}" if author.given else author.family
            yield Draft(
                "CT501", match.start(1), match.start(1) + len(name),
                f"The article names {name}; the study's author is {right}.",
                "name", 0.8, replaced(context.text, match.start(1), match.start(1) + len(name), right), None, words=right, group="name",
            )  # fmt: skip
            return


def _by_given_name(context: Context, words: list[str], authors: tuple[Author, ...]) -> tuple[float, Author]:
    """A long given name that is nearly an author's, in a sentence that names the author's institution."""
    best, nearest = 0.0, authors[0]
    for author in authors if _at_home(context) else ():
        given = name_folded((author.given or "").split(" ")[0]).replace("-", "")
        for word in words:
            if min(len(given), len(word)) >= _LONG and fuzz.ratio(word, given) > best:
                best, nearest = fuzz.ratio(word, given), author
    return (best, nearest) if best >= _NEARLY else (0.0, nearest)


def _at_home(context: Context) -> bool:
    """The sentence names the institution of an author."""
    folded = name_folded(context.text)
    places = [word for one in context.study.study.institutions for word in name_folded(one).replace("-", " ").split()]
    return any(len(word) > _LONG and word not in _NO_NAME and word in folded for word in places)


_LONG = 6
_NO_NAME = word_class("words of institutions' names that many share")
_NEARLY = 85.0


def _likeness(words: list[str], author: Author) -> float:
    """Likeness of two names, 0–100, whichever part comes first."""
    best = 0.0
    family = name_folded(author.family).replace("-", "")
    parts = len(family.split())
    if 1 < parts < len(words):
        words = [*words[:-parts], " ".join(words[-parts:])]
    for given in {author.given or "", *author.also_known_as}:
        first = name_folded(given.split(" ")[0]).replace("-", "").rstrip(".")
        if len(first) < 2:
            continue
        for a, b in ((words[0], words[-1]), (words[-1], words[0])):
            a, b = a.replace("-", ""), b.replace("-", "")
            given_like, family_like = fuzz.ratio(a, first), fuzz.ratio(b, family)
            if min(given_like, family_like) >= 60 and max(given_like, family_like) >= 80:
                best = max(best, (given_like + family_like) / 2)
    return best


def _is(words: list[str], author: Author) -> bool:
    family = name_folded(author.family)
    known = {family, *(name_folded(one) for one in author.also_known_as)}
    return words[-1] in known or " ".join(words[-2:]) in known or any(family == word for word in words)


def _journal(context: Context) -> Iterator[Draft]:
    journal = context.study.study.journal
    if not journal:
        return
    own = name_folded(journal)
    match = _JOURNAL.search(context.text)
    if not match or own in name_folded(context.text):
        return
    words = match.group(1).split()
    while words and words[-1].islower():
        words.pop()
    if len(words) > 1 and words[0] == "The":
        words = words[1:]
    named = " ".join(words)
    if (
        not named[:1].isupper()
        or len(named) < 3
        or named.split(" ")[0]
        in (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
            "This",
            "That",
            "The",
        )
    ):
        return
    if fuzz.ratio(name_folded(named), own) >= 85 or _initials(named, journal):
        return
    said = match.group(0)[: match.start(1) - match.start()].lower()
    start = context.text.index(named, match.start(1))
    if " " not in named and "journal" not in said and named.lower() not in _ONE_WORD:
        return  # "published in Sweden"
    yield Draft(
        "CT501", start, start + len(named),
        f"The article names the journal {named}; the study came out in {journal}.",
        "journal", 0.7, replaced(context.text, start, start + len(named), journal), None, words=journal, group="journal",
    )  # fmt: skip


_ONE_WORD = word_class("journals of one word")


def _initials(short: str, full: str) -> bool:
    words = [word for word in re.split(r"[\s&]+", full) if word[:1].isupper()]
    letters = "".join(word[0] for word in words).lower()
    bare = re.sub(r"[^a-z]", "", short.lower())
    return bare == letters or bare in full.lower().replace(" ", "") or full.lower() in short.lower()


def _regimen(context: Context) -> Iterator[Draft]:
    """A sentence on the patients that lists some of a regimen's drugs and not the others."""
    lower = context.text.lower()
    numbers = {one.number for one in context.profile.population if one.number}
    samples = {sample.number for sample in context.study.study.sample if sample.number}
    if not numbers & samples:
        return
    for given in context.study.study.interventions:
        named = given.name.lower()
        drugs = [
            term
            for term in given.terms
            if term.lower() in named and term.lower() not in {c.lower() for c in given.classes}
        ]
        present = [drug for drug in drugs if drug.lower() in lower]
        missing = [drug for drug in drugs if drug.lower() not in lower]
        if len(present) >= 2 and missing:
            start = min(lower.index(drug.lower()) for drug in present)
            end = max(lower.index(drug.lower()) + len(drug) for drug in present)
            yield Draft(
                "CT501", start, end,
                f"The article names {' and '.join(present)}; the study gave {given.name} ({', '.join(missing)} is left out).",
                "detail", 0.66, None, None, words=given.name, group="detail",
            )  # fmt: skip
            return


_COUNTED = word_class("words beside a study's number of people")
_OF_PARTS = word_class("words beside a part of a study's people")
_LEAST_HEADS = 10
_ROUNDED = 0.1  # share by which a head count may be off and still be the study's, rounded


def _heads(context: Context) -> Iterator[Draft]:
    """ "a trial with 670 patients" of a study of 67: another number of people than the study's, or any sum of its."""
    study = context.study
    counts = [one for one in context.profile.population if one.kind == "people" and one.number]
    total, words = _people_of(study)
    if total is None or len(counts) != 1 or _COUNTED.isdisjoint(context.tokens.norms):
        return
    said = counts[0].number or 0
    known = {number for number in study.numbers if number >= _LEAST_HEADS} | {float(total)}
    known |= {a + b for a in known for b in known}
    if said < _LEAST_HEADS or any(abs(said - number) <= _ROUNDED * number for number in known):
        return
    if said < total and not _OF_PARTS.isdisjoint(context.tokens.norms):
        return  # one arm of it
    span = counts[0].span
    yield Draft(
        "CT501", span.start, span.end,
        f"The article speaks of {said} people; the study looked at {total}.",
        "detail", 0.66, None, None, words=words, group="detail",
    )  # fmt: skip


def _people_of(study: StudyReading) -> tuple[int | None, str]:
    """How many people were looked at, by the record or else by the largest count of the abstract, and in what words."""
    for sample in study.study.sample:
        if sample.kind == "people" and sample.number:
            return sample.number, f"{sample.number} {sample.who}"
    counted = [
        (who.number, one.words)
        for one in (() if study.is_short else study.findings)
        for who in one.profile.population
        if who.kind == "people" and who.number and who.number >= _LEAST_HEADS
    ]
    return max(counted, default=(None, ""))


_AGES = re.compile(r"\bage[ds]?\s(?:between\s|from\s)?(\d{1,3})\s?(?:to|and|-|–)\s?(\d{1,3})\b", re.IGNORECASE)
_ANY_AGES = re.compile(r"\b(\d{1,3})\s?(?:to|and|-|–)\s?(\d{1,3})(?:[ -]years?|[ -]year-olds?|\s?y\b)", re.IGNORECASE)


def _ages(context: Context) -> Iterator[Draft]:
    """ "aged 45 to 64" of a study of people between 55 and 64: an age range that is none of the study's."""
    match = _AGES.search(context.text)
    study = context.study.study
    if match is None or context.quoted or context.others_voice:
        return
    text = " ".join(
        [
            study.title,
            study.abstract or "",
            *(one.who for one in study.sample),
            *(one.statement for one in study.findings),
        ]
    )
    own = {found.groups() for pattern in (_AGES, _ANY_AGES) for found in pattern.finditer(text)}
    strange = [number for number in match.groups() if all(number not in one for one in own)]
    if not own or not strange or any(number in tokenize(text).norms for number in strange):
        return
    first, last = next(iter(sorted(own)))
    yield Draft(
        "CT501", match.start(), match.end(),
        f"The article gives the ages as {match.group(1)} to {match.group(2)}; the study looked at people from {first} to {last}.",
        "detail", 0.62, None, context.study.main, words=study.title, group="detail",
    )  # fmt: skip


_CALLED = word_class("words before a study's design")


def _design(context: Context) -> Iterator[Draft]:
    """A randomised trial made of a study in which nothing was left to chance."""
    named = [one for one in context.phrases("designs") if one.sense.attrs["design"] == "randomised-trial"]
    if not named or context.others_voice or context.profile.certainty in ("asked", "denied"):
        return
    study = context.study.study
    other = context.study.design not in (None, "randomised-trial", "systematic-review", "meta-analysis", "modelling")
    if not other or any(term.startswith(("random", "placebo")) for term in context.study.terms):
        return
    for match in named:
        start, end = context.at(match)
        before = context.tokens.norms[match.first - 1 : match.first]
        if not before or before[0] not in _CALLED:
            continue
        if context.not_own_voice(start, end) or not context.is_about(_ABOUT):
            continue
        yield Draft(
            "CT501", start, end, f"The article calls it a {context.text[start:end]}; the study is a {(context.study.design or '').replace('-', ' ')} study.",
            "detail", 0.62, None, context.study.main, words=study.title, group="detail",
        )  # fmt: skip
        return


_ABOUT = 0.4
