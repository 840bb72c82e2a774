"""Web pages: the article among menus, banners, other stories and comments, with each block's element."""

from __future__ import annotations

from urllib.parse import unquote

from claimtrace.documents.assembling import Piece, assemble
from claimtrace.documents.extracted import Extracted
from claimtrace.documents.given import Given, Read, digest, empty
from claimtrace.documents.limits import limits
from claimtrace.documents.load import find_citations
from claimtrace.documents.page.article import article_pieces, study_links_within, with_title_apart
from claimtrace.documents.page.dom import decode_page, parse_page
from claimtrace.documents.page.facts import PageFacts, page_facts
from claimtrace.documents.page.walk import walk
from claimtrace.model.documents import Problem


def read(given: Given) -> Read:
    """Read one page.

    Raises:
        InputError: it is too large, no text, or holds none.
    """
    data = given.whole(limits().markup_bytes)
    markup, guessed = decode_page(given.path, data, given.charset)
    problems = (
        ()
        if guessed is None
        else (
            Problem(given.path, "encoding", f"{given.path}: read as {guessed}, some characters may be wrong", False),
        )
    )
    yield read_markup(given.path, markup, digest(data), url=given.url, problems=problems)


def read_markup(
    path: str, markup: str, sha256: str, *, url: str | None = None, problems: tuple[Problem, ...] = ()
) -> Extracted:
    """The article of a page that is already decoded.

    Raises:
        InputError: there is no text in it.
    """
    root, cut = parse_page(markup)
    if root is None:
        raise empty(path, "page")
    if cut:
        told = f"{path}: elements nest deeper than any page needs; what lies deeper or follows is missing"
        problems = (*problems, Problem(path, "nesting", told, False))
    facts = page_facts(root)
    page = with_title_apart(walk(root), facts.title)
    pieces, holder = article_pieces(page, facts.title)
    text, blocks = assemble(pieces, article=True)
    if not text:
        raise empty(path, "page")
    cited = [one for href in study_links_within(page, holder) for one in find_citations(unquote(href))]
    return Extracted(
        path,
        text,
        sha256,
        title=_title(pieces, facts),
        published=facts.published,
        language=facts.language or "en",
        author=facts.author,
        url=facts.url or url,
        citations=tuple(dict.fromkeys((*facts.citations, *cited))),
        hints=blocks,
        problems=problems,
    )


def _title(pieces: list[Piece], facts: PageFacts) -> str | None:
    return next((piece.text for piece in pieces if piece.kind == "headline"), None) or facts.title
