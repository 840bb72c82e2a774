"""Electronic books (EPUB 2 and 3): each part of the reading order is a document of its own."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from claimtrace.documents.extracted import Extracted
from claimtrace.documents.formats.html import read_markup
from claimtrace.documents.given import Given, Read, digest
from claimtrace.documents.markup import attribute, local, parse_xml
from claimtrace.documents.packages import Package
from claimtrace.documents.page.dom import Element, decode_page
from claimtrace.documents.page.facts import clean_date
from claimtrace.errors import InputError
from claimtrace.model.documents import Problem

_TYPES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})


def read(given: Given) -> Read:
    """Read the parts in reading order, named ``book.epub/part.xhtml``.

    Raises:
        InputError: it is damaged, protected, or holds no text.
    """
    package = Package(given.path, given.stream)
    if package.part("META-INF/rights.xml") is not None:
        raise InputError(f"{given.path}: protected against reading (DRM)", "encrypted")
    locked = package.part("META-INF/encryption.xml") or b""
    container = parse_xml(given.path, package.required("META-INF/container.xml", "book"), "book")
    rootfile = container.find(".//{*}rootfile")
    place = (attribute(rootfile, "full-path") or "") if rootfile is not None else ""
    opf = parse_xml(given.path, package.required(place, "book"), "book")
    facts = _facts(opf)
    count = 0
    for href in _reading_order(opf):
        name = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(href)))
        shown = f"{given.path}/{name.lstrip('./')}"
        try:
            if name.encode() in locked:
                raise InputError(f"{shown}: protected against reading (DRM)", "encrypted")
            data = package.required(name, "book")
            markup, _ = decode_page(shown, data, None)
            one = read_markup(shown, markup, digest(data), url=given.url)
        except InputError as error:
            if error.code != "empty":  # covers and title pages hold pictures
                yield Problem(shown, error.code, str(error))
            continue
        count += 1
        yield _with(one, facts)
    if not count:
        raise InputError(f"{given.path}: the book holds no text that can be read", "empty")


def _reading_order(opf: Element) -> list[str]:
    items = {
        attribute(item, "id") or "": attribute(item, "href") or ""
        for item in opf.iter("{*}item")
        if (attribute(item, "media-type") or "") in _TYPES
        and "nav" not in (attribute(item, "properties") or "").split()
    }
    return [items[key] for ref in opf.iter("{*}itemref") if (key := attribute(ref, "idref") or "") in items]


def _facts(opf: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in opf.iter():
        name = local(one)
        if name in ("creator", "date", "language", "title") and (one.text or "").strip():
            found.setdefault(name, one.text.strip())
    return found


def _with(one: Extracted, facts: dict[str, str]) -> Extracted:
    return one._replace(
        published=one.published or clean_date(facts.get("date", "")),
        author=one.author or facts.get("creator"),
        language=(facts.get("language", "") or one.language)[:2].lower() or "en",
    )
