"""CT601: an appeal to research, experts or numbers of people that no known study stands behind; CT602: retracted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claimtrace.checks.context import Context, Draft, whole_span
from claimtrace.model.profile import Profile
from claimtrace.text.phrases import Match
from claimtrace.text.tokens import Tokens
from claimtrace.text.word_classes import word_class

_EARLIER = word_class("words for research that came before")
"""Before "studies have shown": it points at some work, even if it does not name it."""
_WHY = {
    "crowd": "The article counts people without a source; no known study stands behind it.",
    "authority": "The article appeals to an authority that it does not name; no known study stands behind it.",
}
_CONFIDENCE = {"crowd": 0.58, "authority": 0.55}


def unlinked(text: str, tokens: Tokens, profile: Profile, found: Mapping[str, list[Match]]) -> Draft | None:
    """For a claim without a study: a vague authority, or uncounted crowds, that carry a claim of effect."""
    if profile.certainty in ("asked", "denied") or profile.speaker == "other":
        return None
    for match in found.get("authority", ()):
        appeal = str(match.sense.attrs["appeal"])
        if not _EARLIER.isdisjoint(tokens.norms[max(0, match.first - 2) : match.first]):
            continue
        if appeal == "authority" and (
            not profile.relations or all(one.hedged or one.presupposed for one in profile.relations)
        ):
            continue
        return Draft(
            "CT601", tokens.starts[match.first], max(tokens.ends[match.last - 1], len(text.rstrip(" ."))),
            _WHY[appeal], appeal, _CONFIDENCE[appeal], None, None, words="", group="unsupported",
        )  # fmt: skip
    return None


def crowd(context: Context) -> Iterator[Draft]:
    """CT601 within what rests on a study: "many people have turned to …", "everyone knows that …" are no finding of it."""
    profile = context.profile
    if profile.certainty in ("asked", "denied") or context.others_voice:
        return
    claims = any(one.group == "cause" and not one.hedged and not one.presupposed for one in profile.relations)
    for match in context.phrases("authority"):
        appeal = str(match.sense.attrs["appeal"])
        attrs = match.sense.attrs
        stands = attrs.get("stands") == "alone" or (context.aboutness < _ELSEWHERE and context.alone)
        if appeal != "crowd" and not (stands and (claims or attrs.get("itself"))):
            continue
        start, end = context.at(match)
        before = context.tokens.norms[max(0, match.first - 1) : match.first]
        if not context.not_own_voice(start, end) and _EARLIER.isdisjoint(before):
            yield Draft(
                "CT601", start, max(end, len(context.text.rstrip(" ."))), _WHY[appeal], appeal, _CONFIDENCE[appeal],
                None, None, words="", group="unsupported",
            )  # fmt: skip
            return


_ELSEWHERE = 0.3
"""Share of a claim's words below which "studies show" speaks of other studies."""


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
