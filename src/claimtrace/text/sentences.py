"""Sentences with offsets. The splitting itself is nupunkt's (trained on abbreviations, decimals, initials)."""

from __future__ import annotations

import re

# What nupunkt leaves together: a closing quote mark, then a new sentence without a space before it, and the
# ellipsis that ends a thought.
_MISSED = re.compile(r"[.!?][\"”’)]?(?=[A-Z][a-z]{2,}\s)")


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Sentences of ``text[start:end]`` as spans in code points of ``text``, without the white space around them."""
    from nupunkt import sent_spans

    end = len(text) if end is None else end
    part = text[start:end]
    if not part.strip():
        return []
    spans: list[tuple[int, int]] = []
    # Line breaks within a block are no sentence ends, and nupunkt is steadier without them.
    for first, last in sent_spans(part.replace("\n", " ").replace("\r", " ")):
        here = first
        for match in _MISSED.finditer(part, first, last):
            word = part[max(first, match.start() - 4) : match.start()]
            if word.isalpha() and word.islower():
                spans.append((here, match.end()))
                here = match.end()
        spans.append((here, last))
    return [span for first, last in spans if (span := _trimmed(text, start + first, start + last))]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if any(text[i].isalnum() for i in range(start, min(end, start + 200))) else None
