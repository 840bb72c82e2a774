"""OpenDocument texts, as packages and as flat XML: paragraphs and headings by their styles."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.documents.assembling import Piece, assemble
from claimtrace.documents.extracted import Extracted
from claimtrace.documents.given import Given, Read, digest, empty
from claimtrace.documents.markup import attribute, local, parse_xml
from claimtrace.documents.packages import Package, as_stream
from claimtrace.documents.page.dom import Element
from claimtrace.errors import InputError
from claimtrace.model.documents import BlockKind

_LEFT_OUT = frozenset(
    {"note", "annotation", "annotation-end", "tracked-changes", "bookmark", "ruby-text", "table-of-content"}
)
_KINDS: dict[str, BlockKind] = {
    "title": "headline",
    "subtitle": "standfirst",
    "quotations": "quote",
    "caption": "caption",
    "illustration": "caption",
    "figure": "caption",
}


def read(given: Given) -> Read:
    """Read one document.

    Raises:
        InputError: it is damaged, encrypted, or holds no text.
    """
    data = given.whole()
    if data[:2] == b"PK":
        package = Package(given.path, as_stream(data))
        manifest = package.part("META-INF/manifest.xml")
        if manifest is not None and b"encryption-data" in manifest:
            raise InputError(f"{given.path}: encrypted; remove the password in the program that made it", "encrypted")
        root = parse_xml(given.path, package.required("content.xml", "document"), "document")
        meta = package.part("meta.xml")
        about = parse_xml(given.path, meta, "document") if meta is not None else root
    else:
        root = about = parse_xml(given.path, data, "document")
    body = root.find(".//{*}body")
    pieces = list(_paragraphs(body, _parents(root))) if body is not None else []
    text, blocks = assemble(pieces)
    if not text:
        raise empty(given.path, "document")
    facts = {
        local(one): (one.text or "").strip() for one in about.iter("{*}title", "{*}creator", "{*}initial-creator")
    }
    yield Extracted(
        given.path,
        text,
        digest(data),
        title=next((piece.text for piece in pieces if piece.kind == "headline"), None) or facts.get("title") or None,
        author=facts.get("initial-creator") or facts.get("creator") or None,
        url=given.url,
        hints=blocks,
    )


def _parents(root: Element) -> dict[str, str]:
    """Automatic styles to the named style that they derive from."""
    return {
        attribute(style, "name") or "": attribute(style, "parent-style-name") or "" for style in root.iter("{*}style")
    }


def _paragraphs(body: Element, parents: dict[str, str]) -> Iterator[Piece]:
    first = True
    for element in body.iter("{*}p", "{*}h"):
        above = [local(one) for one in element.iterancestors()]
        if not _LEFT_OUT.isdisjoint(above):
            continue
        text = "".join(_words(element))
        if not text.strip():
            continue
        yield Piece(text, _kind(element, above, parents, first))
        first = False


def _kind(element: Element, above: list[str], parents: dict[str, str], first: bool) -> BlockKind | None:
    style = attribute(element, "style-name") or ""
    for name in (style, parents.get(style, "")):
        kind = _KINDS.get(name.lower())
        if kind is not None:
            return kind
    if local(element) == "h":
        return "headline" if first else "subheading"
    if "list-item" in above:
        return "list-item"
    return None


def _words(element: Element) -> Iterator[str]:
    """Text of a paragraph; ODF writes runs of spaces, tabs and breaks as elements."""
    yield element.text or ""
    for child in element:
        name = local(child)
        if name in ("s", "tab", "line-break"):
            yield " "
        elif name not in _LEFT_OUT and name not in ("p", "h", "frame"):
            yield from _words(child)
        yield child.tail or ""
