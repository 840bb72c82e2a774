"""XML from outside, read without its traps: no entity of its own is resolved, nothing is fetched, depth is bounded."""

from __future__ import annotations

import re
from html.entities import html5

from claimtrace.documents.given import damaged
from claimtrace.documents.page.dom import Element
from claimtrace.errors import InputError

_REFERENCE = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_DOCTYPE_WITHIN = 100_000  # bytes of a prolog in which entities can be declared


def parse_xml(path: str, data: bytes, what: str, *, mend: bool = False) -> Element:
    """The root of an XML document.

    Args:
        path: its name, for messages.
        data: the bytes.
        what: what it is, for messages ("feed", "document").
        mend: read on behind an error, as feeds need it.

    Raises:
        InputError: it declares entities (code ``bomb``), or is damaged.
    """
    from lxml import etree

    # Declared entities serve bombs and the reading of local files; no format that is read here needs them.
    if b"<!ENTITY" in data[:_DOCTYPE_WITHIN]:
        raise InputError(f"{path}: the {what} declares entities of its own, as bombs do; not read", "bomb")
    if mend and b"&" in data:
        data = _REFERENCE.sub(_numbered, data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=mend,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise damaged(path, what, str(error)) from None
    if root is None:
        raise damaged(path, what, "there is no element in it")
    return root


def _numbered(found: re.Match[bytes]) -> bytes:
    """A named reference of HTML, which XML does not know and feeds use, by its number."""
    name = found.group(1).decode("ascii")
    signs = html5.get(f"{name};")
    if signs is None or name in ("amp", "lt", "gt", "quot", "apos"):
        return found.group()
    return "".join(f"&#{ord(sign)};" for sign in signs).encode("ascii")


def local(element: Element) -> str:
    """Name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name without a namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return None
