"""Bytes of a web page to a tree, with the traps of hostile markup closed beforehand."""

from __future__ import annotations

import codecs
import re
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from claimtrace.documents.decode import decode
from claimtrace.errors import InputError

Element = Any
"""An element of lxml, whose own types say less than its documentation."""

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s{0,20}<\?xml[^>]{0,100}?encoding\s{0,3}=\s{0,3}[\"']([A-Za-z0-9_.:-]{2,40})")
_DATA_URI = re.compile(r"data:[a-z]{2,20}/[^\"'\s<>]{200,}", re.IGNORECASE)
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,30})[\s/][^<>]{20000,}>?")
_MANY = 200  # attributes; the parser's time grows with their square
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift-jis": "cp932"}
"""Encodings that browsers read as their superset (WHATWG Encoding Standard)."""
_NO_ENCODINGS = frozenset(
    {"utf-7", "unicode-escape", "raw-unicode-escape", "punycode", "idna", "undefined", "mbcs", "oem"}
)


def decode_page(path: str, data: bytes, declared: str | None) -> tuple[str, str | None]:
    """Decode a page: byte order mark, the header's encoding, the page's own, UTF-8, detection.

    Args:
        path: its name, for messages.
        data: its bytes.
        declared: the encoding that a header outside it names.

    Returns:
        The text, and the encoding when it had to be guessed.

    Raises:
        InputError: the bytes are no text (code ``binary``).
    """
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = data[:4096]
        own = _CHARSET.search(head) or _XML_CHARSET.search(head)
        for name in (declared, own.group(1).decode("ascii") if own else None):
            codec = _codec(name)
            if codec is None or (codec.startswith("utf-16") and b"\0" not in head):
                continue  # a page that says UTF-16 in plain letters is none (WHATWG HTML, encoding sniffing)
            try:
                return data.decode(codec), None
            except UnicodeDecodeError:
                if codec == "utf-8":
                    break
                return data.decode(codec, errors="replace"), codec
    try:
        return decode(data)
    except InputError as error:
        raise InputError(f"{path}: {error}", error.code) from None


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip("\"' ")).name
    except (LookupError, ValueError):
        return None
    found = found.replace("_", "-")
    return None if found in _NO_ENCODINGS else _WIDER.get(found, found)


class Tree(NamedTuple):
    """A parsed page: its root (``None``: there is no element in it), and whether something nested too deep was cut."""

    root: Element | None
    cut: bool


def parse_page(text: str) -> Tree:
    """The tree of a page.

    libxml2 reads any markup in linear time and cuts what is nested too deep; its two weak spots are closed before:
    the time for one tag with very many attributes, and pictures written into the page.
    """
    from lxml import etree

    lean = _DATA_URI.sub("data:", text) if "data:" in text else text
    lean = _LONG_TAG.sub(_shorter, lean)
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root: Element = etree.fromstring(lean.encode("utf-8", "replace").replace(b"\0", b""), parser)
    except etree.XMLSyntaxError:
        return Tree(None, False)
    except etree.LxmlError as error:
        raise InputError(f"the markup cannot be read ({error})", "damaged") from None
    return Tree(root, any(one.type_name == "ERR_RESOURCE_LIMIT" for one in parser.error_log))


def _shorter(found: re.Match[str]) -> str:
    whole = found.group()
    return f"<{found.group(1)}>" if whole.count("=") + whole.count(" ") > _MANY else whole


def words_of(element: Element, *names: str) -> frozenset[str]:
    """Words of attributes such as class and id, in lower case; neighbours also joined by a hyphen."""
    found: set[str] = set()
    for name in names:
        value = element.get(name)
        if value:
            for token in value[:400].split():
                found |= _parts(token)
    return frozenset(found)


_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@cache
def _pieces(token: str) -> frozenset[str]:
    parts = [part.lower() for part in _PART.findall(token)]
    pairs = [f"{one}-{two}" for one, two in pairwise(parts)]
    return frozenset((*parts, *pairs, token.lower()))


def _parts(token: str) -> frozenset[str]:
    return _pieces(token) if len(token) < 80 else frozenset()
