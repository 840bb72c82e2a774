"""What a content sentence does in its article: headline, claim, background, attribution, caveat, advice, quote."""

from __future__ import annotations

from claimtrace.model.documents import BlockKind
from claimtrace.model.profile import Profile
from claimtrace.model.results import ClaimKind
from claimtrace.profile.voice import quoted_spans
from claimtrace.text.word_classes import word_class

_CAVEATS = frozenset({"not established", "no causal proof", "further work", "condition"})
_DOING = word_class("verbs of doing and publishing a study")


def kind_of_sentence(block: BlockKind, profile: Profile, linked: bool) -> ClaimKind:
    """The part that a sentence plays, from its block, its profile, and whether it speaks of a study."""
    if block in ("headline", "subheading"):
        return "headline"
    if block in ("quote", "abstract"):
        return "quote"
    text = profile.text
    quoted = sum(end - start for start, end in quoted_spans(text))
    if quoted * 2 > len(text):
        return "quote"
    if profile.advice >= 2 and not (profile.speaker in ("author", "study") and profile.relations):
        return "advice"
    if any(hedge.group in _CAVEATS for hedge in profile.hedges) and not any(
        not one.hedged and one.group == "cause" for one in profile.relations
    ):
        return "caveat"
    words = {word.strip(".,;:") for word in text.lower().split()}
    if profile.speaker in ("study", "author", "institution") and not profile.relations and words & _DOING:
        return "attribution"
    if linked:
        return (
            "claim"
            if profile.relations or profile.outcome or profile.strength >= 2
            else "attribution"
            if words & _DOING
            else "background"
        )
    return "background" if not (profile.relations and profile.strength >= 4) else "claim"
