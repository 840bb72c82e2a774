"""Which part of a page is the article, and what each of its blocks is.

The article is where most running text lies that is in no menu, comment or list of other stories; elements that name
themselves (``article``, ``articleBody``, usual class names) are believed when they hold enough of it. A name such as
``comments`` or ``sidebar`` counts for nothing on an element that holds the headline or most of the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.documents.assembling import Piece
from claimtrace.documents.blocks import furniture_kind
from claimtrace.documents.page.walk import Node, Page, Run
from claimtrace.model.documents import BlockKind

_BODY_SHARE, _ARTICLE_SHARE, _MAIN_SHARE, _DESCEND = 0.35, 0.4, 0.5, 0.75
"""Share of the page's free prose that an element must hold to be taken for the article."""
_CLEAR, _CLEAR_TIMES = 0.55, 4
"""A smaller share will do where no other child comes near."""
_TOO_BIG = 0.6
"""An element with more of the page's prose than this is no menu and no sidebar, whatever it is called."""
_TOO_BIG_COMMENT = 0.95
_LINKED = 0.6
_LEAST_TITLE = 12  # code points; a shorter part of a title is the site's name
_CARD_DEPTH, _LEAST_CARDS = 4, 2
_LEAD_CHARS = 40


def article_pieces(page: Page, title: str | None) -> tuple[list[Piece], int]:
    """The article's pieces in order, and the element that holds it.

    Args:
        page: the walked page.
        title: the article's title from metadata, to tell its headline from a site's name.
    """
    zones = _zones(page)
    free = _free_prose(page, zones)
    root = _root(page, zones, free)
    headline = _headline(page, zones, root, title)
    return list(_pieces(page, zones, root, headline, title)), root


def study_links_within(page: Page, root: int) -> tuple[str, ...]:
    """Addresses of studies that the article itself links to."""
    zones = _zones(page)
    return tuple(href for node, href in page.study_links if page.within(node, root) and zones[node] is None)


def _zones(page: Page) -> list[BlockKind | None]:
    """The zone that each element lies in, outermost first."""
    nodes = page.nodes
    total = max(1, nodes[0].prose)
    found: list[BlockKind | None] = [None]
    for node in nodes[1:]:
        above = found[node.parent]
        if above is not None and above != "caption":
            found.append(above)
            continue
        zone = node.zone
        if zone is not None and not node.sure:
            most = _TOO_BIG_COMMENT if zone == "comment" else _TOO_BIG
            if node.holds or node.body or (node.prose > most * total and node.tag != "figcaption"):
                zone = None
        if zone is None and node.tag == "header" and _is_site_header(page, node):
            zone = "boilerplate"
        found.append(zone or above)
    for card in _cards(page):
        found[card] = found[card] or "related-link"
    return found


def _cards(page: Page) -> list[int]:
    """Elements of teasers: several neighbours of one shape, each a linked title with a sentence or two."""
    around: dict[int, list[Run]] = {}
    for run in page.runs:
        node = run.node
        for _ in range(_CARD_DEPTH):
            around.setdefault(node, []).append(run)
            node = page.nodes[node].parent
    shapes: dict[int, list[int]] = {}
    for node, runs in around.items():
        if 2 <= len(runs) <= 5 and any(run.links > _LINKED * len(run.text) for run in runs):
            prose = sum(run.prose for run in runs)
            if prose == 1 and page.nodes[node].tag != "body":
                shapes.setdefault(page.nodes[node].parent, []).append(node)
    cards = {node for nodes in shapes.values() if len(nodes) >= _LEAST_CARDS for node in nodes}
    # What lies in a card is of the card: its inside must be named as well.
    return [node for node in range(1, len(page.nodes)) if _is_in(page, node, cards)] if cards else []


def _is_in(page: Page, node: int, cards: set[int]) -> bool:
    for _ in range(_CARD_DEPTH):
        if node in cards:
            return True
        node = page.nodes[node].parent
    return False


def _is_site_header(page: Page, node: Node) -> bool:
    return not node.holds and page.nodes[node.parent].tag == "body"


def _free_prose(page: Page, zones: list[BlockKind | None]) -> list[int]:
    free = [0] * len(page.nodes)
    for run in page.runs:
        if run.prose and zones[run.node] is None:
            free[run.node] += len(run.text)
    for index in range(len(free) - 1, 0, -1):
        free[page.nodes[index].parent] += free[index]
    return free


def _root(page: Page, zones: list[BlockKind | None], free: list[int]) -> int:
    nodes = page.nodes
    total = free[0]
    if not total:
        return 0

    def best(indices: list[int], share: float) -> int | None:
        at = max(indices, key=lambda index: free[index], default=0)
        return at if at and free[at] >= share * total else None

    open_nodes = [index for index in range(1, len(nodes)) if zones[index] is None and free[index]]
    bodies = [index for index in open_nodes if nodes[index].body]
    articles = [index for index in open_nodes if nodes[index].tag == "article"]
    mains = [index for index in open_nodes if nodes[index].tag == "main"]
    body = best(bodies, _BODY_SHARE)
    if body is not None:
        return _with_siblings(page, free, bodies, body)
    for found in (best(articles, _ARTICLE_SHARE), best(mains, _MAIN_SHARE)):
        if found is not None:
            return found
    return _descend(page, free)


def _with_siblings(page: Page, free: list[int], bodies: list[int], body: int) -> int:
    """Some sites cut the body into several elements of one name around advertisements."""
    parts = [one for one in bodies if not page.within(one, body) and not page.within(body, one)]
    if sum(free[one] for one in parts) * 4 < free[body]:
        return body
    around = body
    while around and not all(page.within(one, around) for one in parts):
        around = page.nodes[around].parent
    return around if free[around] <= 1.5 * (free[body] + sum(free[one] for one in parts)) else body


def _descend(page: Page, free: list[int]) -> int:
    """From the whole page down to the element whose text is spread over its children."""
    heaviest: dict[int, int] = {}
    for index in range(1, len(page.nodes)):
        parent = page.nodes[index].parent
        if free[index] > free[heaviest.get(parent, 0)] or parent not in heaviest:
            heaviest[parent] = index
    second: dict[int, int] = {}
    for index in range(1, len(page.nodes)):
        parent = page.nodes[index].parent
        if index != heaviest[parent]:
            second[parent] = max(second.get(parent, 0), free[index])
    at = 0
    while at in heaviest and free[at]:
        following = heaviest[at]
        share = free[following] / free[at]
        if share < _DESCEND and not (share >= _CLEAR and free[following] >= _CLEAR_TIMES * second.get(at, 0)):
            break
        if page.nodes[following].tag in ("p", "li", "blockquote") and at:
            break
        at = following
    return at


def _headline(page: Page, zones: list[BlockKind | None], root: int, title: str | None) -> int | None:
    """Index of the run that is the article's headline."""
    first = next((at for at, run in enumerate(page.runs) if page.within(run.node, root)), 0)
    wanted = [_plain(one) for one in _titles(title)]
    longest = max((len(one) for one in wanted[1:] or wanted), default=1)
    best: tuple[float, int] | None = None
    for at, run in enumerate(page.runs):
        if at > first + 8 or len(run.text) > 400:
            continue
        node = page.nodes[run.node]
        named = node.title or page.nodes[node.parent].title
        heading = node.tag in ("h1", "h2")
        if not (named or heading or wanted) or zones[run.node] == "comment":
            continue
        text = _plain(run.text)
        same = text in wanted or (len(text) > 15 and any(one.startswith(text) for one in wanted))
        if not same and not named and not (heading and page.within(run.node, root) and at <= first + 2):
            continue
        if zones[run.node] is not None and not same:
            continue
        # of a title's two halves the longer one is the article's, the other the site's
        score = (
            4.0 * same * min(1.0, len(text) / longest)
            + 2.0 * (node.tag == "h1")
            + 1.0 * named
            - 0.01 * abs(at - first)
        )
        if best is None or score > best[0]:
            best = (score, at)
    return best[1] if best else None


def _titles(title: str | None) -> list[str]:
    """A title as it is, and without the site's name before or behind it."""
    if not title:
        return []
    found = [title]
    for sign in (" | ", " - ", " – ", " — ", " :: ", " » "):
        if sign in title:
            found += [title.rpartition(sign)[0], title.partition(sign)[0], title.partition(sign)[2]]
    return [one for one in dict.fromkeys(found) if len(one) >= _LEAST_TITLE]


def with_title_apart(page: Page, title: str | None) -> Page:
    """The page with a headline that runs on in one element (before a byline, say) as a run of its own."""
    titles = _titles(title)
    runs: list[Run] = []
    for run in page.runs:
        begun = next((one for one in titles if run.text.startswith(f"{one} ")), None) if len(run.text) < 400 else None
        if begun is None or (run.links and run.links < len(run.text)):
            runs.append(run)
        else:
            rest = run.text[len(begun) :].strip()
            runs += [Run(begun, run.node, min(run.links, len(begun))), Run(rest, run.node, min(run.links, len(rest)))]
    return page._replace(runs=runs)


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())


def _pieces(
    page: Page, zones: list[BlockKind | None], root: int, headline: int | None, title: str | None
) -> Iterator[Piece]:
    outer = root
    if headline is not None:
        while outer and not page.within(page.runs[headline].node, outer):
            outer = page.nodes[outer].parent
    inside = False
    comments = told = False
    for at, run in enumerate(page.runs):
        here = page.within(run.node, root)
        path = page.path(run.node)
        if at == headline:
            yield Piece(run.text, "headline", path)
        elif here:
            inside = True
            kind = "comment" if comments else _kind(page, zones, run, told)
            if headline is not None and at < headline and kind is None:
                kind = "boilerplate"
            told = told or run.prose
            if kind == "comment" and page.nodes[run.node].tag in _HEADINGS and _few_follow(page, root, at):
                comments = True
            yield Piece(run.text, kind, path)
        elif headline is not None and headline < at and not inside and page.within(run.node, outer):
            kind = _above(page, zones, run)
            if kind is not None:
                yield Piece(run.text, kind, path)


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def _above(page: Page, zones: list[BlockKind | None], run: Run) -> BlockKind | None:
    """What stands between headline and body: the standfirst, who wrote it and when; all else is left out."""
    zone = zones[run.node]
    if zone is not None:
        return zone if zone in ("byline", "metadata", "caption") else None
    words = len(run.text.split())
    told = furniture_kind(run.text) if words < 30 else None
    if told in ("byline", "metadata"):
        return told
    if told is None and (_is_lead(page, run.node) or len(run.text) >= _LEAD_CHARS) and run.links * 2 < len(run.text):
        return "standfirst"
    return "metadata" if any(sign.isdigit() for sign in run.text) and words < 15 else None


def _is_lead(page: Page, node: int) -> bool:
    return page.nodes[node].lead or page.nodes[page.nodes[node].parent].lead


def _kind(page: Page, zones: list[BlockKind | None], run: Run, told: bool) -> BlockKind | None:
    """What the markup says of a run inside the article (``told``: its text has begun); ``None``: its words must tell."""
    zone = zones[run.node]
    if zone is not None:
        return zone
    if not told and _is_lead(page, run.node) and run.links * 2 < len(run.text):
        return "standfirst"
    if page.nodes[run.node].tag in _HEADINGS:
        return furniture_kind(run.text) or "subheading"
    words = len(run.text.split())
    if run.links > (_LINKED if words < 40 else 0.8) * len(run.text):
        return "related-link"
    around = run.node
    for _ in range(4):
        tag = page.nodes[around].tag
        if tag in ("li", "dd", "dt"):
            return furniture_kind(run.text) or ("list-item" if words >= 3 else "boilerplate")
        if tag == "blockquote":
            return "quote"
        around = page.nodes[around].parent
    return None


def _few_follow(page: Page, root: int, at: int) -> bool:
    """A heading of comments ends the article when less than half of it stands below."""
    lengths = [
        (index, len(run.text)) for index, run in enumerate(page.runs) if run.prose and page.within(run.node, root)
    ]
    below = sum(length for index, length in lengths if index > at)
    return below * 2 < sum(length for _, length in lengths)
