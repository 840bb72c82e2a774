"""What a format reader hands on: text and what the file's metadata say, before blocks and sentences are found."""

from __future__ import annotations

from typing import NamedTuple

from claimtrace.model.documents import Block, Problem


class Extracted(NamedTuple):
    """One article out of one input; an archive, feed or mailbox yields several.

    Attributes:
        path: as the user gave it, with ``/``; parts of a container as ``mail.mbox#3`` or ``pages.zip/a.html``.
        text: the decoded or extracted text; all later offsets refer to it.
        sha256: hex digest of the article's bytes as they were read.
        hints: blocks that markup names for certain, in text order (empty: recognise them from the text).
        citations: DOIs (bare, lower case) and ``pmid:…`` that metadata or links carry.
    """

    path: str
    text: str
    sha256: str
    title: str | None = None
    published: str | None = None
    language: str = "en"
    author: str | None = None
    url: str | None = None
    citations: tuple[str, ...] = ()
    hints: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()
