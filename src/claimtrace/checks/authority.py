"""CT601: an appeal to research, experts or numbers of people that no known study stands behind; CT602: retracted."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.checks.context import Context, Draft, whole_span
from claimtrace.model.profile import Profile
from claimtrace.text.tokens import Tokens

_APPEALS = (
    "experts say", "experts believe", "experts agree", "experts warn", "scientists say", "scientists believe", "scientists agree", "doctors say",
    "doctors believe", "doctors agree", "doctors know", "many doctors", "many experts", "many scientists", "some experts", "some doctors",
    "studies show", "studies have shown", "research shows", "research has shown", "research proves", "studies prove", "science shows",
    "science has proven", "it is well known", "everyone knows", "it is a well-known fact", "some suspect", "it has been proven", "it is proven",
)  # fmt: skip
_TURNS = (
    "many patients have turned",
    "many people have turned",
    "more and more people",
    "more and more patients",
    "thousands of people have",
    "millions of people have",
    "many patients are turning",
    "many people are turning",
    "countless people",
    "countless patients",
)


def unlinked(text: str, tokens: Tokens, profile: Profile, headline: bool) -> Draft | None:
    """For a claim without a study: a vague authority, or uncounted crowds, that carry a claim of effect."""
    folded = " ".join(tokens.norms)
    if profile.certainty in ("asked", "denied") or profile.speaker == "other":
        return None
    for phrase in _TURNS:
        at = folded.find(phrase)
        if at >= 0:
            first = folded[:at].count(" ")
            start = tokens.starts[first]
            end = len(text.rstrip(" ."))
            return Draft(
                "CT601",
                start,
                end,
                "The article counts people without a source; no known study stands behind it.",
                "crowd",
                0.58,
                None,
                None,
                words="",
                group="unsupported",
            )
    if not profile.relations or all(one.hedged for one in profile.relations):
        return None
    for phrase in _APPEALS:
        at = folded.find(phrase)
        if at >= 0 and (at == 0 or folded[at - 1] == " "):
            first = folded[:at].count(" ")
            start, end = tokens.starts[first], len(text.rstrip(" ."))
            return Draft(
                "CT601",
                start,
                end,
                "The article appeals to an authority that it does not name; no known study stands behind it.",
                "authority",
                0.55,
                None,
                None,
                words="",
                group="unsupported",
            )
    return None


def retracted(context: Context) -> Iterator[Draft]:
    """CT602: told once a document, at the first claim that rests on the study."""
    status = context.study.study.status
    if status.state not in ("retracted", "concern") or not context.first_of_document or context.tells_retraction:
        return
    start, end = whole_span(context)
    when = f" on {status.date}" if status.date else ""
    what = (
        f"was retracted{when}"
        if status.state == "retracted"
        else f"carries an expression of concern{when and ' of' + when[3:]}"
    )
    yield Draft(
        "CT602", start, end, f"The article rests on the study and does not say that it {what}.",
        status.state, 0.97, _told(context.text, status.state), context.study.main, words=status.source or f"Status: {status.state}", group="retracted",
    )  # fmt: skip


def _told(text: str, state: str) -> str:
    bare = text.rstrip()
    mark = bare[-1:] if bare[-1:] in ".!?" else ""
    said = (
        "the study has since been retracted"
        if state == "retracted"
        else "the journal has since voiced concern about the study"
    )
    return f"{bare[: len(bare) - len(mark)]} ({said}){mark}"
