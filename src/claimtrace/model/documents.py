"""What was read: documents, their blocks and sentences, and the problems met on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

BlockKind = Literal[
    "headline",
    "standfirst",
    "subheading",
    "paragraph",
    "list-item",
    "quote",
    "abstract",
    "caption",
    "byline",
    "metadata",
    "comment",
    "related-link",
    "advertisement",
    "boilerplate",
]

CONTENT_BLOCKS: frozenset[str] = frozenset(
    {"headline", "standfirst", "subheading", "paragraph", "list-item", "quote", "abstract"}
)
"""Kinds of block whose sentences are claims; all others are furniture around the article."""


class Problem(NamedTuple):
    """Something that went wrong with one input, told instead of raised.

    Attributes:
        path: the input as the user named it, with ``/``.
        code: a stable word for programs, for example ``unreadable`` or ``encoding``.
        message: one line for people: what, where, what to do.
        fatal: the input could not be read at all.
    """

    path: str
    code: str
    message: str
    fatal: bool = True


class Block(NamedTuple):
    """A run of text with one function on the page; offsets are code points of ``Document.text``.

    ``path`` is the element's path for documents that come from HTML, else ``None``.
    """

    kind: BlockKind
    start: int
    end: int
    path: str | None = None


class Sentence(NamedTuple):
    """One sentence of a block; ``block`` is an index into ``Document.blocks``."""

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded article. Offsets everywhere count Unicode code points of ``text``.

    Attributes:
        path: as the user gave it, with ``/``.
        text: the decoded (for markup: extracted) text, unchanged.
        blocks: in text order, not overlapping.
        sha256: digest of the bytes that were read.
        title: headline, when the document has one.
        published: the article's own ISO date, when it states one.
        language: two-letter code; ``en`` unless the document says otherwise.
        url: canonical address from metadata.
        author: byline, from metadata or text.
        citations: identifiers (DOI, PMID as ``pmid:…``) that the metadata or links carry.
        problems: what was mended or lost while reading (a guessed encoding, for example).
    """

    path: str
    text: str
    blocks: tuple[Block, ...]
    sha256: str
    title: str | None = None
    published: str | None = None
    language: str = "en"
    url: str | None = None
    author: str | None = None
    citations: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
