"""Markdown (CommonMark with tables and strike-through): headings, paragraphs, lists and quotes by their marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimtrace.documents.assembling import Piece, assemble
from claimtrace.documents.blocks import furniture_kind
from claimtrace.documents.extracted import Extracted
from claimtrace.documents.given import Given, Read, digest, empty
from claimtrace.documents.page.facts import clean_date, clean_doi, clean_url
from claimtrace.documents.plain_text import read_plain_text
from claimtrace.model.documents import BlockKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LONGEST = 16_384  # signs of one paragraph; the parser's time for marks grows with the square, and prose ends before
_FACTS = ("title", "date", "author", "url", "link", "doi", "lang", "language", "published", "canonical_url")


def read(given: Given) -> Read:
    """Read one document, with the facts of its front matter.

    Raises:
        InputError: it is no text, or holds none.
    """
    from markdown_it import MarkdownIt

    data = given.whole()
    plain = read_plain_text(given.path, data)
    body, facts = _front_matter(plain.text.replace("\r\n", "\n"))
    if any(len(part) > _LONGEST for part in body.split("\n\n")):
        yield plain
        return
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"])
    pieces = list(_pieces(parser, body))
    if "title" in facts and not any(piece.kind == "headline" for piece in pieces):
        pieces.insert(0, Piece(facts["title"], "headline"))
    text, blocks = assemble(pieces)
    if not text:
        raise empty(given.path, "document")
    doi = clean_doi(facts.get("doi", ""))
    yield Extracted(
        given.path,
        text,
        digest(data),
        title=facts.get("title") or next((piece.text for piece in pieces if piece.kind == "headline"), None),
        published=clean_date(facts.get("published") or facts.get("date") or ""),
        language=(facts.get("lang") or facts.get("language") or "en")[:2].lower(),
        author=facts.get("author"),
        url=clean_url(facts.get("canonical_url") or facts.get("url") or facts.get("link")) or given.url,
        citations=(doi,) if doi else (),
        hints=blocks,
        problems=plain.problems,
    )


def _front_matter(text: str) -> tuple[str, dict[str, str]]:
    """Text below the front matter, and its plain ``key: value`` lines; nested values are left alone."""
    lines = text.lstrip("\ufeff").split("\n")
    if lines[0].strip() != "---":
        return text, {}
    end = next((at for at, line in enumerate(lines[1:200], start=1) if line.strip() in ("---", "...")), None)
    if end is None:
        return text, {}
    facts: dict[str, str] = {}
    for line in lines[1:end]:
        key, colon, value = line.partition(":")
        value = value.strip().strip("\"'")
        if colon and key.strip().lower() in _FACTS and value:
            facts[key.strip().lower()] = value[:500]
    return "\n".join(lines[end + 1 :]), facts


def _pieces(parser: MarkdownIt, body: str) -> Iterator[Piece]:
    around: list[str] = []
    titled = False
    for token in parser.parse(body):
        if token.type.endswith("_open"):
            around.append(token.type + token.tag)
        elif token.type.endswith("_close"):
            around.pop()
        elif token.type == "html_block":
            yield from _embedded(token.content)
        elif token.type == "inline":
            text, images = _words(token)
            heading = around[-1].startswith("heading") if around else False
            if not text.strip():
                yield from (Piece(alt, "caption") for alt in images if alt.strip())
            elif heading:
                first = around[-1].endswith("h1") and not titled
                titled = titled or first
                yield Piece(text, "headline" if first else furniture_kind(text) or "subheading")
            else:
                yield Piece(text, _kind(around, text))


def _kind(around: list[str], text: str) -> BlockKind | None:
    if any(one.startswith("blockquote") for one in around):
        return "quote"
    if any(one.startswith("list_item") for one in around):
        return furniture_kind(text) or ("list-item" if len(text.split()) >= 3 else "boilerplate")
    if any(one.startswith("table") for one in around):
        return None if len(text.split()) > 12 else "boilerplate"
    return None


def _words(token: Token) -> tuple[str, list[str]]:
    """Text of an inline token, and the alternative texts of its images."""
    parts: list[str] = []
    images: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            images.append(child.content)
    return "".join(parts), images


def _embedded(markup: str) -> Iterator[Piece]:
    from claimtrace.documents.page.dom import parse_page
    from claimtrace.documents.page.walk import walk

    root = parse_page(markup).root
    if root is not None:
        for run in walk(root).runs:
            yield Piece(run.text)
