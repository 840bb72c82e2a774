"""One walk over a page's tree: runs of text, and for each element what its tag and names say of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from claimtrace.documents.blocks import goes_on
from claimtrace.documents.page.dom import Element, words_of
from claimtrace.model.documents import BlockKind

_FILE = Path(__file__).resolve().parents[2] / "data" / "inputs" / "page_cues.json"
_SKIPPED = frozenset([
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio",
    "video", "map", "select", "option", "datalist", "textarea", "button", "input", "head", "title", "meta",
    "link"
])  # fmt: skip
_INLINE = frozenset([
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "picture", "source", "nobr"
])  # fmt: skip
_ROLES = frozenset([
    "navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog", "alertdialog",
    "alert", "toolbar",
])  # fmt: skip
_TAG_ZONES: dict[str, BlockKind] = {
    "nav": "boilerplate",
    "footer": "boilerplate",
    "aside": "boilerplate",
    "form": "boilerplate",
    "dialog": "boilerplate",
    "menu": "boilerplate",
    "figcaption": "caption",
    "figure": "caption",
    "caption": "caption",
    "address": "byline",
}
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t\r]*\n")
_STUDY_LINK = ("doi.org/10.", "pubmed", "doi/10.", "doi/full/10.", "doi/abs/10.", "doi:10.")
_PROSE_CHARS = 80
_PROSE_LINKS = 0.3


@dataclass(slots=True)
class Node:
    """An element: its parent (an index), path step, the zone that its names suggest, and sums over its inside."""

    parent: int
    tag: str
    step: str
    zone: BlockKind | None = None
    sure: bool = False
    body: bool = False
    title: bool = False
    lead: bool = False
    holds: bool = False
    prose: int = 0
    inner: dict[str, int] = field(default_factory=dict[str, int])


class Run(NamedTuple):
    """Text between two block boundaries: the element that holds it, and how many of its code points are links."""

    text: str
    node: int
    links: int

    @property
    def prose(self) -> bool:
        """Long enough for a sentence, ended as one, and not made of links."""
        return (
            len(self.text) >= _PROSE_CHARS
            and self.links < _PROSE_LINKS * len(self.text)
            and any(sign in self.text for sign in ".!?")
        )


class Page(NamedTuple):
    """A walked page. ``study_links`` are addresses of studies, each with the element that links to it."""

    nodes: list[Node]
    runs: list[Run]
    study_links: list[tuple[int, str]]

    def path(self, node: int) -> str:
        """The element's path from the root, an XPath with positions."""
        steps: list[str] = []
        while node > 0:
            steps.append(self.nodes[node].step)
            node = self.nodes[node].parent
        return "/" + "/".join(reversed(steps))

    def within(self, node: int, outer: int) -> bool:
        """Whether an element is another, or lies inside it."""
        while node > outer:  # a parent's index is always the smaller one
            node = self.nodes[node].parent
        return node == outer


class _Cues(NamedTuple):
    zones: dict[str, BlockKind]
    standfirst: frozenset[str]
    headline: frozenset[str]
    body: frozenset[str]


@cache
def _cues() -> _Cues:
    data: dict[str, Any] = json.loads(_FILE.read_bytes())
    zones = {word: kind for kind, words in data["zones"].items() for word in words}
    return _Cues(
        cast("dict[str, BlockKind]", zones),
        frozenset(data["standfirst"]),
        frozenset(data["headline"]),
        frozenset(data["body"]),
    )


class _Walker:
    def __init__(self) -> None:
        self.nodes: list[Node] = [Node(0, "", "")]
        self.runs: list[Run] = []
        self.study_links: list[tuple[int, str]] = []
        self.stack: list[int] = [0]
        self.buffer: list[tuple[str, bool]] = []
        self.inside_link = 0
        self.breaks = 0
        self.pre = 0

    def add(self, text: str | None) -> None:
        if text:
            if self.breaks and not text.isspace():
                self.breaks = 0
            self.buffer.append((text, self.inside_link > 0))

    def flush(self) -> None:
        """Close the run at a block's boundary; single line breaks divide it where no sentence runs over them."""
        if not self.buffer:
            return
        lines: list[tuple[str, int]] = [("", 0)]
        for text, linked in self.buffer:
            first, *others = text.split("\v") if text == "\v" else _BLANK.split(text) if self.pre else (text,)
            lines[-1] = _longer(lines[-1], first, linked)
            lines.extend(_longer(("", 0), one, linked) for one in others)
        self.buffer.clear()
        self.breaks = 0
        node = self._holder()
        joined: list[tuple[str, int]] = []
        for text, links in lines:
            tidied = " ".join(text.split())
            if not tidied:
                continue
            if joined and goes_on(joined[-1][0], tidied[:120]):
                joined[-1] = (f"{joined[-1][0]} {tidied}", joined[-1][1] + links)
            else:
                joined.append((tidied, links))
        for text, links in joined:
            run = Run(text, node, min(links, len(text)))
            self.runs.append(run)
            if run.prose:
                self.nodes[node].prose += len(text)

    def _holder(self) -> int:
        """The innermost element that is a block."""
        node = self.stack[-1]
        while node and self.nodes[node].tag in _INLINE:
            node = self.nodes[node].parent
        return node

    def start(self, element: Element) -> bool:
        """Enter an element; whether its inside is to be walked."""
        tag: str = element.tag
        parent = self.nodes[self.stack[-1]]
        count = parent.inner[tag] = parent.inner.get(tag, 0) + 1
        if tag in _SKIPPED or element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            return False
        if tag == "br":
            self.breaks += 1
            if self.breaks > 1:
                self.flush()
            else:
                self.buffer.append(("\v", False))
            return False
        if tag == "sup" and _is_footnote(element):
            return False
        node = Node(self.stack[-1], tag, f"{tag}[{count}]")
        if tag not in _INLINE:
            self.flush()
            self._name(node, element)
        elif tag == "a":
            self.inside_link += 1
            href = element.get("href") or ""
            if any(sign in href for sign in _STUDY_LINK):
                self.study_links.append((len(self.nodes), href[:400]))
        elif tag in ("span", "time", "small", "strong", "cite", "em"):
            self._name(node, element)
        self.pre += tag == "pre"
        self.stack.append(len(self.nodes))
        self.nodes.append(node)
        self.add(element.text)
        return True

    def end(self, element: Element) -> None:
        tag: str = element.tag
        if tag not in _INLINE:
            self.flush()
        self.stack.pop()
        self.pre -= tag == "pre"
        self.inside_link -= tag == "a"

    def _name(self, node: Node, element: Element) -> None:
        cues = _cues()
        tag = node.tag
        node.zone = _TAG_ZONES.get(tag)
        node.sure = tag in ("nav", "figcaption", "dialog")
        node.title = tag == "h1"
        role = element.get("role")
        if role in _ROLES:
            node.zone, node.sure = "boilerplate", role != "complementary"
        item = element.get("itemprop")
        words = (
            words_of(element, "class", "id", "data-testid", "data-component") if element.attrib else frozenset[str]()
        )
        if item:
            node.body = item == "articleBody"
            node.title = node.title or item == "headline"
            node.lead = item in ("description", "alternativeHeadline")
            if item in ("author", "datePublished", "dateModified", "comment"):
                node.zone = "byline" if item == "author" else "comment" if item == "comment" else "metadata"
        if not words:
            return
        node.body = node.body or not cues.body.isdisjoint(words)
        node.title = node.title or (tag in ("h1", "h2", "div", "p", "span") and not cues.headline.isdisjoint(words))
        node.lead = node.lead or not cues.standfirst.isdisjoint(words)
        if node.body or node.lead or (node.title and tag in ("h1", "h2")):
            return
        zones = {cues.zones[word] for word in words if word in cues.zones}
        if zones and not node.sure and (node.zone in (None, "boilerplate")):
            node.zone = next(kind for kind in _ORDER if kind in zones)


_ORDER: tuple[BlockKind, ...] = (
    "comment",
    "advertisement",
    "boilerplate",
    "related-link",
    "caption",
    "metadata",
    "byline",
)
"""Of several zones that an element's names suggest, the one that is believed."""


def _longer(line: tuple[str, int], text: str, linked: bool) -> tuple[str, int]:
    return line[0] + text, line[1] + (len(text.strip()) if linked else 0)


def _is_footnote(element: Element) -> bool:
    text = "".join(element.itertext())
    return len(text) <= 8 and element.find(".//a") is not None and not any(sign.isalpha() for sign in text)


def walk(root: Element) -> Page:
    """Walk a page once, in linear time."""
    from lxml import etree

    walker = _Walker()
    walked: Any = etree.iterwalk(root, events=("start", "end"))
    skipped: Element = None
    for event, element in walked:
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if not walker.start(element):
                walked.skip_subtree()
                skipped = element
        else:
            if element is skipped:
                skipped = None
            else:
                walker.end(element)
            walker.add(element.tail)
    walker.flush()
    nodes = walker.nodes
    for index in range(len(nodes) - 1, 0, -1):
        node = nodes[index]
        above = nodes[node.parent]
        above.prose += node.prose
        above.holds = above.holds or node.holds or node.title or node.body
    return Page(nodes, walker.runs, walker.study_links)
