"""From pieces of markup to one text with blocks: what markup says for certain stands, the rest is recognised."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from claimtrace.documents.blocks import furniture_kind, recognise_blocks
from claimtrace.model.documents import CONTENT_BLOCKS, Block, BlockKind

_SHORT = 30  # words; a longer piece inside an article is no menu line, whatever it begins with
_ENDED: frozenset[str] = frozenset({"comment", "boilerplate"})
"""Kinds of what follows after an article's last line."""
_MOST_LOST = 0.35  # share of a page's article that its words may declare for its end; more is a mistake
_FURNITURE: frozenset[str] = frozenset(
    {"related-link", "advertisement", "byline", "metadata", "caption", "comment", "boilerplate"}
)
_PROSE: frozenset[str] = frozenset({"paragraph", "quote", "abstract", "list-item"})


class Piece(NamedTuple):
    """A run of text, its kind where the markup says it (else ``None``), and the path of its element."""

    text: str
    kind: BlockKind | None = None
    path: str | None = None


def assemble(pieces: Iterable[Piece], *, article: bool = False) -> tuple[str, tuple[Block, ...]]:
    """Text with an empty line between pieces, and its blocks.

    Args:
        pieces: in text order.
        article: the pieces are known to lie inside an article: where it ends need not be guessed from its words.

    Pieces without a kind get the one that their text alone suggests. When no piece has a kind the blocks are left
    empty, and the whole text is recognised later as a plain text is.
    """
    kept = [piece._replace(text=text) for piece in pieces if (text := tidy(piece.text))]
    text = "\n\n".join(piece.text for piece in kept)
    if not any(piece.kind or piece.path for piece in kept):
        return text, ()
    told = _told(kept, article)
    blocks: list[Block] = []
    at = 0
    for number, piece in enumerate(kept):
        end = at + len(piece.text)
        kind = piece.kind or _settled(told.get(number, "boilerplate"), piece.text, article)
        blocks.append(Block(kind, at, end, piece.path))
        at = end + 2
    return text, tuple(blocks)


def _told(pieces: list[Piece], article: bool) -> dict[int, BlockKind]:
    """What the pieces without a kind look like among those that are content for certain.

    Furniture that markup names is left out: a row of buttons in the middle must not look like the article's end.
    """
    if all(piece.kind is not None for piece in pieces):
        return {}
    places: list[tuple[int, int, int]] = []
    at = 0
    for number, piece in enumerate(pieces):
        if piece.kind is None or piece.kind in CONTENT_BLOCKS:
            places.append((number, at, at + len(piece.text)))
            at += len(piece.text) + 2
    found = recognise_blocks("\n\n".join(pieces[number].text for number, _, _ in places))
    starts = [block.start for block in found]
    told: dict[int, BlockKind] = {}
    for number, start, end in places:
        near = bisect_right(starts, end - 1) - 1
        if near >= 0 and found[near].end > start:
            told[number] = found[near].kind
    if article:
        lost = sum(
            len(pieces[number].text) for number, kind in told.items() if kind in _ENDED and not pieces[number].kind
        )
        if lost > _MOST_LOST * at:
            return {number: "paragraph" if kind in _ENDED else kind for number, kind in told.items()}
    return told


def _settled(told: BlockKind, text: str, article: bool) -> BlockKind:
    """What the words of a piece suggest, within what its place in the article allows."""
    words = len(text.split(None, _SHORT))
    own = furniture_kind(text) if words <= _SHORT else None
    if told in _FURNITURE:
        if own is not None or told in _ENDED or words <= _SHORT:
            return own or told
        return "paragraph"
    # Headlines and headings are what markup knows best: a line without a heading's tag is running text.
    return told if told in _PROSE else own or "paragraph"


def tidy(text: str) -> str:
    """Text with each run of white space as one space; signs that no text can hold are replaced."""
    return " ".join(storable(text).split())


def storable(text: str) -> str:
    """Text that can be written as UTF-8: lone surrogates and zeros become the replacement sign."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text
