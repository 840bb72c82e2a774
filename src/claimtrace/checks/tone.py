"""CT303: alarm or hype in the writer's own voice."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft, whole_span
from claimtrace.matching.rarity import is_known
from claimtrace.matching.terms import stem, terms
from claimtrace.text.tokens import tokenize
from claimtrace.text.word_classes import word_class

_LOUD = 2


def check(context: Context) -> Iterator[Draft]:
    """Tone words outside direct speech, in what the writer says of the study."""
    if context.profile.speaker in ("other", "expert") or context.kind in (
        "abstract",
        "background",
        "caveat",
        "quote",
    ):
        return
    own = [one for one in context.profile.tone if not context.not_own_voice(one.span.start, one.span.end)]
    own = [
        one
        for one in own
        if not _literal(context, one.span.start) and not _in_marks(context.text, one.span.start, one.span.end)
    ]
    own = [one for one in own if not _denied(context, one.span.start) and not _of_the_illness(context, one.span.end)]
    if context.in_document and not _AUTHORS.isdisjoint(context.tokens.norms):
        own = []  # "our results open an exciting avenue": the authors speak, without marks
    if not context.alone:
        own = [one for one in own if one.level > _LOUD or _of_the_study(context, one.span.start, one.span.end)]
    own = [one for one in own if not set(terms(tokenize(one.span.text).norms)) <= context.study.terms]
    if context.profile.speaker == "author" and context.quoted:
        own = []
    if not own:
        yield from _shouted(context)
        return
    loudest = max(own, key=lambda one: (one.level, -one.span.start))
    level = loudest.level
    if level < _LOUD and not context.headline and loudest.tone == "hype" and len(own) == 1 and level == 1:
        confidence = 0.56
    else:
        confidence = 0.6 + 0.08 * level
    shouting = context.text.rstrip().endswith("!") or loudest.span.text.isupper()
    circumstance = (
        "strong"
        if level == 3
        else "headline"
        if context.headline and level == _LOUD and context.profile.certainty != "asked"
        else "mild"
    )
    if shouting and level >= _LOUD:
        circumstance = "strong"
    what = "alarms" if loudest.tone == "alarm" else "praises"
    yield Draft(
        "CT303", loudest.span.start, loudest.span.end,
        f"“{loudest.span.text}” {what} in the writer's own voice; the study says it without.",
        circumstance, min(0.9, confidence), _without(context.text, loudest.span.start, loudest.span.end), context.study.main, group="tone",
    )  # fmt: skip


def _shouted(context: Context) -> Iterator[Draft]:
    """ "SLEEP FLUSHES …!", "they are POISONING our babies!": capitals and an exclamation mark, and no abbreviation."""
    text = context.text
    if "!" not in text:
        return
    loud = [
        at
        for at, norm in enumerate(context.tokens.norms)
        if len(norm) >= _WORD
        and norm.isalpha()
        and text[context.tokens.starts[at] : context.tokens.ends[at]].isupper()
        and is_known(stem(norm))
    ]
    start, end = whole_span(context)
    if not loud or context.in_quote(start, end):
        return
    if len(loud) < _MANY:
        start, end = context.tokens.starts[loud[0]], context.tokens.ends[loud[-1]]
    yield Draft(
        "CT303", start, end, "Capitals and an exclamation mark shout; the study says it without.",
        "strong", 0.7, None, context.study.main, group="tone",
    )  # fmt: skip


_WORD = 5  # letters from which on a word in capitals is no abbreviation
_MANY = 3
_AUTHORS = frozenset({"our", "we"})
_ILLNESS = word_class("illness nouns")


def _literal(context: Context, start: int) -> bool:
    """ "the shock", "had been shocked": what an experiment gives."""
    at = context.token_at(start)
    before = context.tokens.norms[max(0, at - 1) : at]
    return context.tokens.norms[at].startswith("shock") and not _GIVEN.isdisjoint(before)


_GIVEN = word_class("words before a shock that is given")


def _in_marks(text: str, start: int, end: int) -> bool:
    """Between quotation marks, however short: a word of others."""
    straight = text.count('"', 0, start) % 2 == 1 and '"' in text[end:]
    curved = text.count("“", 0, start) > text.count("”", 0, start) and "”" in text[end:]
    return straight or curved


def _of_the_illness(context: Context, end: int) -> bool:
    """ "devastating diseases": the illness is so, whatever was found."""
    at = context.token_at(end)
    following = context.tokens.norms[at : at + 2]
    named = any(0 <= one.span.start - end <= 2 for one in context.profile.condition)
    return named or (not _ILLNESS.isdisjoint(following) and _STUDY.isdisjoint(following))


_STUDY = word_class("what a study brings")


def _of_the_study(context: Context, start: int, end: int) -> bool:
    """ "troubling findings", "Even more alarming, …": of what the study found, not of the illness that it is about."""
    if context.text[end : end + 1] == "," and context.text[:start].strip().lower() in (
        "",
        "even more",
        "more",
        "most",
    ):
        return True
    at = context.token_at(start)
    return not _STUDY.isdisjoint(context.tokens.norms[at : at + 4])


_DENIALS = word_class("denying words of tone")


def _denied(context: Context, start: int) -> bool:
    """ "no miracle cure", "is not a breakthrough": the writer takes the word back."""
    at = context.token_at(start)
    return not (_DENIALS | _HOPED).isdisjoint(context.tokens.norms[max(0, at - 4) : at])


_HOPED = frozenset({"hoped", "hoping", "hopes", "promised", "promises", "expected", "expecting", "claimed"})


def _without(text: str, start: int, end: int) -> str | None:
    """The sentence without an opening "Even more alarming," or a lone adverb; ``None`` where it would limp."""
    after = text[end:]
    if text[:start].strip() == "" and after.startswith(","):
        rest = after[1:].lstrip()
        return rest[:1].upper() + rest[1:] if rest else None
    if text[start:end].lower().endswith("ly") and start > 0 and after[:1] == " ":
        return text[:start] + after[1:]
    return None
