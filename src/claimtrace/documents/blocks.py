"""Which lines of a plain text are the article, and which are the page around it.

The judgement rests on shape (length, punctuation, place), on shared vocabulary with the body, and on the words of
``data/lexicons/furniture.json``; never on a site's own layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimtrace.model.documents import Block, BlockKind
from claimtrace.text.dates import find_dates
from claimtrace.text.phrases import phrasebook
from claimtrace.text.tokens import tokenize
from claimtrace.text.word_classes import word_class

_TERMINAL = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_BULLET = re.compile(r"^\s*(?:[•◦▪‣·*–—-]|\(?\d{1,3}[.)])\s+")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_SELF = frozenset({"i", "i'm", "i've", "i'd", "i'll", "my", "me", "lol"})
_OPEN_END = word_class("words that end no sentence")
_VERBISH = word_class("commonest finite verbs")
_PROSE_WORDS = 12
_INNER_END = re.compile(r"[a-z)\"”’][.!?][\"”’)]?\s+[A-Z\"“]")
_WHOLE = 45  # words
_SAMPLE_CHARS = 400  # a block is recognised by its beginning; the rest of a megabyte line adds nothing


class _Part:
    """A paragraph in the making; ``words`` are normal forms of its first ``_SAMPLE_CHARS`` code points."""

    __slots__ = ("bullet", "end", "ends", "indent", "kind", "place_start", "start", "text", "words")

    def __init__(self, start: int, end: int, text: str, words: list[str], bullet: bool, indent: int) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.words = words
        self.bullet = bullet
        self.indent = indent
        self.kind: BlockKind | None = None
        self.place_start: str | None = None
        self.ends = False

    @property
    def count(self) -> int:
        return len(self.words)

    @property
    def closed(self) -> bool:
        return bool(_TERMINAL.search(self.text[-6:]))

    @property
    def prose(self) -> bool:
        return self.count >= _PROSE_WORDS and (self.closed or len(_INNER_END.findall(self.text)) >= 2)


def recognise_blocks(text: str) -> tuple[Block, ...]:
    """Blocks of a plain text, in text order, not overlapping.

    Args:
        text: the decoded text; offsets of the blocks are its code points.
    """
    parts = _paragraphs(text)
    if not parts:
        return ()
    _name_furniture(parts)
    body = _body(parts)
    _mark_comments(parts, body)
    _mark_tail(parts, body)
    _mark_top(parts, body)
    _mark_rest(parts, body)
    return tuple(Block(part.kind or "paragraph", part.start, part.end) for part in parts)


def _paragraphs(text: str) -> list[_Part]:
    lines: list[tuple[int, int]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = position + line.index(bare[0])
            lines.append((start, start + len(bare)))
        else:
            lines.append((-1, -1))
        position += len(line)
    joined: list[tuple[int, int]] = []
    previous: tuple[int, int] | None = None
    for start, end in lines:
        if start < 0:
            previous = None
            continue
        if previous is not None and goes_on(text[previous[0] : previous[1]], text[start : min(end, start + 120)]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
        previous = (start, end)
    parts: list[_Part] = []
    for start, end in joined:
        full = text[start:end]
        bullet = _BULLET.match(full)
        shift = bullet.end() if bullet else 0
        if shift == len(full):
            continue
        line_start = text.rfind("\n", 0, start) + 1
        parts.append(_part(full[shift:], start + shift, end, bullet is not None, start - line_start))
    return parts


def _part(body: str, start: int, end: int, bullet: bool, indent: int) -> _Part:
    sample = body if len(body) <= _SAMPLE_CHARS * 2 else body[:_SAMPLE_CHARS] + " " + body[-_SAMPLE_CHARS:]
    norms = [norm for norm in tokenize(sample).norms if norm[0].isalnum()]
    return _Part(start, end, sample, norms, bullet, indent)


def goes_on(line: str, following: str) -> bool:
    """Whether a sentence runs over the line break: hard-wrapped text, or a line that cannot end there."""
    if _BULLET.match(following) or _TERMINAL.search(line[-6:]) or line.endswith(("”", '"', "|")):
        return False
    last = re.split(r"[\s]+", line[-40:])[-1].lower().strip(",")
    if last in _OPEN_END or line.endswith(","):
        return True
    return following[0].islower() and len(line) > 30 and not _URL.search(line[-80:])


def furniture_kind(line: str) -> BlockKind | None:
    """What the words of a short line alone say that it is (a byline, a link to other stories), or ``None``.

    Args:
        line: one line; what begins like an abstract's heading is none of the furniture.
    """
    part = _part(line, 0, len(line), False, 0)
    _name_furniture([part])
    return None if part.place_start in (None, "abstract") else _furniture_kind(part)


def _name_furniture(parts: list[_Part]) -> None:
    book = phrasebook()
    for part in parts:
        words = part.words[:8] if part.count > _WHOLE else part.words  # of longer ones the beginning alone counts
        for match in book.find(words).get("furniture", ()):
            attrs = match.sense.attrs
            at_start = match.first == 0
            if attrs["place"] == "start" and not at_start:
                continue
            if attrs["place"] == "any" and part.count > _WHOLE:
                continue
            whole = match.last - match.first
            # A sentence may begin with "now", "by" or "share": a control stands alone or nearly so.
            labelled = at_start and len(part.text.partition(":")[0].split()) == whole < part.count
            if whole == 1 and part.count > 1 and part.closed and not labelled and not part.text.endswith(":"):
                continue
            if attrs["part"] == "byline" and (part.count > 14 or part.closed):
                continue
            if attrs["part"] in ("boilerplate", "caption", "metadata") and whole <= 2 and part.count > 30:
                continue
            if part.place_start is None or at_start:
                part.place_start = attrs["part"]
                part.ends = part.ends or (bool(attrs.get("ends")) and at_start)


def _is_prose(part: _Part) -> bool:
    return part.prose and part.place_start in (None, "abstract")


def _body(parts: list[_Part]) -> set[int]:
    """Paragraphs that are surely running text."""
    return {index for index, part in enumerate(parts) if _is_prose(part) and not part.bullet}


def _mark_comments(parts: list[_Part], body: set[int]) -> None:
    """A heading of comments, or a numbered thread in the first person, ends the article."""
    prose = sorted(body)
    first, third = prose[0] if prose else len(parts), prose[2] if len(prose) > 2 else len(parts)
    headed = (
        index
        for index, part in enumerate(parts)
        if index > max(2, first) and part.place_start == "comment" and part.count <= 8
    )
    threads = _threads(parts, third)
    start = min(next(headed, len(parts)), next(threads, len(parts)))
    for part in parts[start:]:
        part.kind = "comment"


def _threads(parts: list[_Part], after: int) -> Iterator[int]:
    """Bulleted parts from which on readers talk: of themselves, while the article before them does not."""
    personal = [0]
    bullets = [0]
    for part in parts:
        personal.append(personal[-1] + any(word in _SELF for word in part.words))
        bullets.append(bullets[-1] + part.bullet)
    for index in range(after + 1, len(parts)):
        rest, listed = len(parts) - index, bullets[-1] - bullets[index]
        if not parts[index].bullet or rest < 4 or listed < 3 or listed * 6 < rest:
            continue
        said = personal[-1] - personal[index]
        if said >= 3 and said * 5 >= rest and personal[index] * 4 <= index:
            yield index


def _mark_tail(parts: list[_Part], body: set[int]) -> None:
    """After the last line of the article come credits, links and legal lines, whatever they say."""
    prose = sorted(index for index in body if parts[index].kind is None)
    if not prose:
        return
    total = sum(parts[index].count for index in prose)
    seen = 0
    for index, part in enumerate(parts):
        if part.kind is not None:
            break
        if index in body:
            seen += part.count
        elif part.ends and seen * 2 >= total and seen:
            for one in parts[index:]:
                one.kind = "boilerplate"
            break
    last = max((index for index in prose if parts[index].kind is None), default=None)
    if last is None:
        return
    for index in range(last + 1, len(parts)):
        part = parts[index]
        if (
            part.kind is None and not (part.bullet and part.count >= 6) and not (part.closed and part.count >= 5)
        ) or (part.kind == "boilerplate" and part.place_start):
            part.kind = _furniture_kind(part)


def _mark_top(parts: list[_Part], body: set[int]) -> None:
    """Headline and standfirst share words with the body; menus and bylines do not."""
    first = min(body, default=len(parts))
    vocabulary: dict[str, int] = {}
    for index in body:
        if parts[index].kind is None:
            for word in set(parts[index].words):
                if len(word) > 3:
                    vocabulary[word] = vocabulary.get(word, 0) + 1
    headline = False
    headings: list[list[str]] = []
    for index in range(min(first, len(parts))):
        part = parts[index]
        if part.kind is not None:
            continue
        shared = _shared(part, vocabulary)
        alone = part.count <= 2 or len(part.text) < 12
        if part.place_start and not (part.place_start == "byline" and shared > 0.6 and part.count > 5):
            part.kind = _furniture_kind(part)
        elif find_dates(part.text) and part.count <= 30 and not part.closed:
            part.kind = "metadata"
        elif part.bullet and part.count >= 6:
            continue
        elif alone or part.text.endswith("|") or (part.text.endswith(":") and part.count <= 3):
            part.kind = "boilerplate"
        elif not body or shared >= 0.3 or (not headline and part.count >= 3 and (shared > 0.15 or index == 0)):
            if not headline and part.count <= 40:
                part.kind, headline = "headline", True
                headings.append(part.words)
            elif part.count >= 5:
                part.kind = "headline" if part.words in headings else "standfirst"
            else:
                part.kind = "boilerplate"
        else:
            part.kind = "boilerplate"
    if not headline and body:
        lead = parts[first]
        if first == 0 and lead.count <= 25 and len(body) > 1 and lead.kind is None:
            lead.kind = "headline"


def _mark_rest(parts: list[_Part], body: set[int]) -> None:
    headings = {" ".join(part.words) for part in parts if part.kind == "headline"}
    for index, part in enumerate(parts):
        if part.kind is not None:
            continue
        before = parts[index - 1] if index else None
        if len(part.text) < 4:
            part.kind = "boilerplate"
        elif _doubled(part.words) or part.place_start in ("related-link", "advertisement"):
            part.kind = "related-link" if part.place_start != "advertisement" else "advertisement"
        elif _URL.match(part.text) and len(_URL.sub("", part.text).strip()) < 12:
            part.kind = "metadata"
        elif (before is not None and before.place_start == "abstract" and not before.prose and part.prose) or (
            part.place_start == "abstract" and part.prose
        ):
            part.kind = "abstract"
        elif index in body:
            part.kind = "quote" if part.text[0] in '"“' and part.text.rstrip()[-1] in '"”' else "paragraph"
        elif part.place_start is not None and part.place_start != "abstract":
            part.kind = _furniture_kind(part)
        elif part.bullet:
            part.kind = "list-item" if part.count >= 3 else "boilerplate"
        elif part.count <= 1 and len(part.text) < 15 and not part.text[0].isupper():
            part.kind = "boilerplate"
        elif part.closed or part.text[0] in '"“':
            part.kind = "paragraph"
        elif " ".join(part.words).rstrip("!") in headings:
            part.kind = "headline"
        elif not part.text[0].isupper() and not part.text[0].isdigit() and part.count <= 10:
            part.kind = "caption"
        elif part.count <= 16:
            part.kind = "subheading" if _leads_on(parts, index) else "boilerplate"
        elif part.count >= _PROSE_WORDS and any(word in _VERBISH for word in part.words):
            part.kind = "paragraph"
        else:
            part.kind = "boilerplate"


def _leads_on(parts: list[_Part], index: int) -> bool:
    """A heading has running text after it, perhaps after other short lines."""
    return any(
        part.count >= _PROSE_WORDS and part.kind in (None, "paragraph", "quote")
        for part in parts[index + 1 : index + 5]
    )


def _furniture_kind(part: _Part) -> BlockKind:
    match part.place_start:
        case "related-link":
            return "related-link"
        case "advertisement":
            return "advertisement"
        case "caption":
            return "caption"
        case "byline":
            return "byline"
        case "metadata":
            return "metadata"
        case "comment":
            return "comment"
        case _:
            return "metadata" if find_dates(part.text) or _URL.search(part.text) else "boilerplate"


def _shared(part: _Part, vocabulary: dict[str, int]) -> float:
    words = [word for word in part.words if len(word) > 3]
    return sum(word in vocabulary for word in words) / len(words) if words else 0.0


def _doubled(words: list[str]) -> bool:
    """The same title twice in a row, once for the picture and once for the link."""
    half = len(words) // 2
    return (
        len(words) >= 6 and any(words[:n] == words[n : 2 * n] for n in {half, (len(words) - 2) // 2} if n >= 3)
    ) or (len(words) >= 8 and words[2 : 2 + (len(words) - 2) // 2] == words[2 + (len(words) - 2) // 2 :])
