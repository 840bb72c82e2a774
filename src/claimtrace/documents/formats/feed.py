"""Feeds (RSS 0.9 to 2.0, RSS 1.0, Atom): each entry with its content, named ``feed.xml#3``."""

from __future__ import annotations

from claimtrace.documents.assembling import storable, tidy
from claimtrace.documents.extracted import Extracted
from claimtrace.documents.formats.html import read_markup
from claimtrace.documents.given import Given, Read, digest, empty
from claimtrace.documents.limits import limits
from claimtrace.documents.markup import attribute, local, parse_xml
from claimtrace.documents.page.dom import Element
from claimtrace.documents.page.facts import clean_date, clean_doi, clean_url
from claimtrace.errors import InputError
from claimtrace.model.documents import Block, Problem

_CONTENT = ("encoded", "content", "description", "summary")
"""Elements that may hold an entry's text; the longest one is taken."""
_DATES = ("pubDate", "published", "date", "issued", "updated", "modified")


def read(given: Given) -> Read:
    """Read the entries in order.

    Raises:
        InputError: the feed is damaged, declares entities, or has no entries.
    """
    yield from read_entries(given, parse_xml(given.path, given.whole(limits().markup_bytes), "feed", mend=True))


def read_entries(given: Given, root: Element) -> Read:
    """Read the entries of a parsed feed.

    Raises:
        InputError: there are none.
    """
    language = next((tidy(one.text or "") for one in root.iter("{*}language") if one.text), None)
    language = language or attribute(root, "lang") or "en"
    number = 0
    for entry in root.iter("{*}item", "{*}entry"):
        number += 1
        name = f"{given.path}#{number}"
        try:
            yield _article(name, entry, language[:2].lower())
        except InputError as error:
            yield Problem(name, error.code, str(error))
        entry.clear()
    if not number:
        raise empty(given.path, "feed")


def _article(name: str, entry: Element, language: str) -> Extracted:
    parts: dict[str, list[Element]] = {}
    for child in entry:
        parts.setdefault(local(child), []).append(child)
    title = tidy(_plain(_markup(parts["title"][0]))) if "title" in parts else ""
    markup = max((_markup(one) for key in _CONTENT for one in parts.get(key, ())), key=len, default="")
    sha256 = digest(f"{title}\n{markup}".encode("utf-8", "replace"))
    try:
        found = read_markup(name, f"<html><body><article>{markup}</article></body></html>", sha256)
        # Paths lead through the page that was put around the entry, and so to nothing in the feed.
        found = found._replace(hints=tuple(block._replace(path=None) for block in found.hints))
    except InputError as error:
        if error.code != "empty" or not title:
            raise
        found = Extracted(name, "", sha256)
    stamps = [tidy(one.text or "") for key in _DATES for one in parts.get(key, ())]
    doi = next(
        (doi for key in ("doi", "identifier") for one in parts.get(key, ()) if (doi := clean_doi(one.text or ""))),
        None,
    )
    return _headed(found, title)._replace(
        title=title or found.title,
        published=next((date for stamp in stamps if (date := clean_date(stamp))), None),
        author=_author(parts),
        url=_link(parts),
        language=language,
        citations=tuple(dict.fromkeys(((doi,) if doi else ()) + found.citations)),
    )


def _headed(found: Extracted, title: str) -> Extracted:
    if not title:
        return found
    if any(block.kind == "headline" and found.text[block.start : block.end] == title for block in found.hints):
        return found
    shift = len(title) + 2
    blocks = (block._replace(start=block.start + shift, end=block.end + shift) for block in found.hints)
    if not found.text:
        return found._replace(text=title, hints=(Block("headline", 0, len(title)),))
    return found._replace(text=f"{title}\n\n{found.text}", hints=(Block("headline", 0, len(title)), *blocks))


def _markup(element: Element) -> str:
    """Escaped markup, CDATA, plain text, or XHTML as child elements: all as markup."""
    if len(element):
        from lxml import etree

        return "".join(
            [element.text or "", *(etree.tostring(child, encoding="unicode", method="html") for child in element)]
        )
    text = storable(element.text or "")
    kind = attribute(element, "type") or ""
    if kind in ("text", "text/plain"):
        from html import escape

        return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
    return text


def _plain(markup: str) -> str:
    """Text of a title, in which tags and references may be escaped twice."""
    if "<" not in markup and "&" not in markup:
        return markup
    from claimtrace.documents.page.dom import parse_page

    root = parse_page(f"<p>{markup}</p>").root
    return "".join(root.itertext()) if root is not None else markup


def _author(parts: dict[str, list[Element]]) -> str | None:
    for key in ("creator", "author"):
        for one in parts.get(key, ()):
            name = one.find("{*}name")
            text = tidy((name.text if name is not None else one.text) or "")
            if text:
                return text[:200]
    return None


def _link(parts: dict[str, list[Element]]) -> str | None:
    for one in parts.get("link", ()):
        if (attribute(one, "rel") or "alternate") == "alternate":
            found = clean_url(attribute(one, "href") or one.text)
            if found:
                return found
    return next((found for one in parts.get("guid", ()) if (found := clean_url(one.text))), None)
