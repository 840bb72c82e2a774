"""Word documents (Office Open XML): paragraphs by their styles; deleted text, notes and headers are left out.

Read from ECMA-376 part 1. Text in content controls, tracked insertions, links and text boxes is text; what tracked
changes deleted is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.documents.assembling import Piece, assemble
from claimtrace.documents.extracted import Extracted
from claimtrace.documents.given import Given, Read, digest, empty
from claimtrace.documents.markup import attribute, local, parse_xml
from claimtrace.documents.packages import Package, as_stream
from claimtrace.documents.page.dom import Element
from claimtrace.model.documents import BlockKind

_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "Fallback", "pPr", "rPr", "tblPr", "sectPr", "delText"})
_KINDS: dict[str, BlockKind] = {
    "title": "headline",
    "subtitle": "standfirst",
    "caption": "caption",
    "quote": "quote",
    "intense quote": "quote",
    "list paragraph": "list-item",
}


def read(given: Given) -> Read:
    """Read one document.

    Raises:
        InputError: it is damaged, encrypted, or holds no text.
    """
    data = given.whole()
    package = Package(given.path, as_stream(data))
    body = parse_xml(given.path, package.required("word/document.xml", "Word document"), "Word document")
    names = _style_names(given.path, package.part("word/styles.xml"))
    pieces = list(_paragraphs(body, names))
    text, blocks = assemble(pieces)
    if not text:
        raise empty(given.path, "document")
    title, author = _core(given.path, package.part("docProps/core.xml"))
    yield Extracted(
        given.path,
        text,
        digest(data),
        title=next((piece.text for piece in pieces if piece.kind == "headline"), None) or title,
        author=author,
        url=given.url,
        hints=blocks,
    )


def _paragraphs(body: Element, names: dict[str, str]) -> Iterator[Piece]:
    for paragraph in body.iter("{*}p"):
        if _inside_left_out(paragraph) or local(paragraph.getparent()) not in _HOLDERS:
            continue
        text = "".join(_words(paragraph))
        if text.strip():
            yield Piece(text, _kind(paragraph, names))


_HOLDERS = frozenset({"body", "tc", "sdtContent", "txbxContent", "customXml", "ins", "moveTo"})


def _inside_left_out(element: Element) -> bool:
    return any(local(above) in ("Fallback", "del", "moveFrom") for above in element.iterancestors())


def _words(paragraph: Element) -> Iterator[str]:
    """Text of a paragraph's runs, without paragraphs of text boxes that hang in it."""
    todo: list[Element] = list(reversed(paragraph))
    while todo:
        element = todo.pop()
        name = local(element)
        if name == "t":
            yield element.text or ""
        elif name in ("tab", "br", "cr"):
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
        elif name not in _LEFT_OUT and name not in ("p", "txbxContent"):
            todo.extend(reversed(element))


def _kind(paragraph: Element, names: dict[str, str]) -> BlockKind | None:
    style = paragraph.find("{*}pPr/{*}pStyle")
    name = names.get((attribute(style, "val") or "") if style is not None else "", "")
    if name in _KINDS:
        return _KINDS[name]
    if name.startswith("heading"):
        return "headline" if name.endswith(" 1") and _is_first(paragraph) else "subheading"
    if paragraph.find("{*}pPr/{*}numPr") is not None or name.startswith("list "):
        return "list-item"
    return None


def _is_first(paragraph: Element) -> bool:
    """A document's first words, when they are a heading of the first level, are its headline."""
    before = paragraph.getprevious()
    while before is not None:
        if any((text.text or "").strip() for text in before.iter("{*}t")):
            return False
        before = before.getprevious()
    return True


def _style_names(path: str, data: bytes | None) -> dict[str, str]:
    """Identifiers of styles to their English names: identifiers are translated, names are not."""
    if data is None:
        return {}
    found: dict[str, str] = {}
    for style in parse_xml(path, data, "Word document").iter("{*}style"):
        name = style.find("{*}name")
        if name is not None:
            found[attribute(style, "styleId") or ""] = (attribute(name, "val") or "").lower()
    return found


def _core(path: str, data: bytes | None) -> tuple[str | None, str | None]:
    """Title and author from the document's properties. When a file was made is no date of publication."""
    if data is None:
        return None, None
    found = {
        local(one): (one.text or "").strip() for one in parse_xml(path, data, "Word document").iter() if one.text
    }
    return found.get("title") or None, found.get("creator") or None
