"""From words with places on a page to lines in reading order, without running heads, and to paragraphs.

Method: a gutter is a white strip that many lines leave free; what lies across it ends a pair of columns (a projection
profile in the manner of Nagy and Seth 1984, restricted to columns). Running heads are lines at the edge of several
pages that differ in nothing but numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from claimtrace.documents.assembling import Piece

_LEAST_LINES = 4  # lines on each side of a gutter
_ACROSS = 0.25  # share of lines that may lie across it (titles, tables, figures)
_GUTTER = 6.0  # points; the least width of a gutter
_EDGE = 3  # lines at the top and bottom of a page that may be running heads
_GAP = 1.45  # of the usual distance of lines: a new paragraph
_COMMON = 0.12  # share of all distances of lines that lie within a seventh of a common one
_INDENT = 0.8  # of the size of the letters: a new paragraph
_BIG = 1.18  # of the usual size: a heading
_NUMBERS = re.compile(r"\d+|\b[ivxlc]{1,6}\b")
_HYPHENS = ("-", "\u2010", "\u00ad", "\x02", "\ufffe")
_END = (".", "!", "?", ":", ";", '"', "”", "’", ")")


class Line(NamedTuple):
    """A line of one page: its box in points from the lower left corner, and its text."""

    left: float
    bottom: float
    right: float
    top: float
    text: str
    page: int = 0

    @property
    def size(self) -> float:
        """Height of the box, which follows the size of the letters."""
        return self.top - self.bottom


def lines_of(boxes: Iterable[Line]) -> list[Line]:
    """Lines in reading order from the boxes of one page: boxes side by side are joined, columns read in turn."""
    return _ordered(_joined([box for box in boxes if box.text.strip()]), 0)


def _joined(boxes: list[Line]) -> list[Line]:
    """Boxes of one line that nearly touch (a change of fonts, a superscript) become one."""
    rows: list[list[Line]] = []
    for box in sorted(boxes, key=lambda one: -(one.top + one.bottom)):
        if rows and any(_share_a_line(one, box) for one in rows[-1]):
            rows[-1].append(box)
        else:
            rows.append([box])
    lines: list[Line] = []
    for row in rows:
        last: Line | None = None
        for box in sorted(row, key=lambda one: one.left):
            size = max(last.size, box.size) if last else 0.0
            gap = box.left - last.right if last else 0.0
            if last is not None and -size <= gap < 0.9 * size:
                space = "" if gap < 0.12 * size or last.text.endswith(" ") else " "
                last = Line(
                    last.left,
                    min(last.bottom, box.bottom),
                    max(last.right, box.right),
                    max(last.top, box.top),
                    last.text + space + box.text,
                    last.page,
                )
                lines[-1] = last
            else:
                last = box
                lines.append(box)
    return lines


def _share_a_line(one: Line, other: Line) -> bool:
    """Whether two boxes overlap by half the height of the smaller: raised and lowered signs do."""
    return min(one.top, other.top) - max(one.bottom, other.bottom) >= 0.5 * min(one.size, other.size)


def _ordered(lines: list[Line], depth: int) -> list[Line]:
    gutter = _gutter(lines) if depth < 3 else None
    if gutter is None:
        return sorted(lines, key=lambda one: (-one.top, one.left))
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []

    def close() -> None:
        ordered.extend(_ordered(left, depth + 1))
        ordered.extend(_ordered(right, depth + 1))
        left.clear()
        right.clear()

    for line in sorted(lines, key=lambda one: -one.top):
        if line.left < gutter - 1 and line.right > gutter + 1:
            close()
            ordered.append(line)
        elif line.right <= gutter + 1:
            left.append(line)
        else:
            right.append(line)
    close()
    return ordered


def _gutter(lines: list[Line]) -> float | None:
    """The place of a white strip between two columns, or ``None``."""
    if len(lines) < 2 * _LEAST_LINES:
        return None
    low, high = min(one.left for one in lines), max(one.right for one in lines)
    width = high - low
    if width < 100:
        return None
    best: tuple[int, float] | None = None
    starts = Counter(round(one.left) for one in lines)
    for start, count in starts.items():
        if count < _LEAST_LINES or not low + 0.2 * width < start < low + 0.85 * width:
            continue
        ends = [one.right for one in lines if one.right <= start - 1]
        if len(ends) < _LEAST_LINES:
            continue
        across = sum(one.left < start - 1 and one.right > start + 1 for one in lines)
        beside = sum(one.left >= start - 1 for one in lines)
        # Lines that end in the strip must be its left side, not short last lines far from it.
        near = sum(end > start - 1 - 0.35 * width for end in ends)
        if across > _ACROSS * len(lines) or beside < _LEAST_LINES or near < _LEAST_LINES:
            continue
        edge = sorted(ends)[-1 - len(ends) // 20]
        if start - edge < _GUTTER:
            continue
        if best is None or (across, -count) < (best[0], -starts[round(best[1])]):
            best = (across, start)
    return None if best is None else best[1] - _GUTTER / 2


def without_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without the lines at their edges that repeat from page to page, and without page numbers.

    Args:
        pages: lines of each page.
    """
    seen: Counter[tuple[bool, str]] = Counter()
    edges: list[dict[int, bool]] = []
    for lines in pages:
        by_height = sorted(range(len(lines)), key=lambda at: -lines[at].top)
        edge = dict.fromkeys(by_height[-_EDGE:], False) | dict.fromkeys(by_height[:_EDGE], True)
        edges.append(edge)
        seen.update({(top, _without_numbers(lines[at].text)) for at, top in edge.items()})
    often = max(2, len(pages) // 5)
    kept: list[list[Line]] = []
    for lines, edge in zip(pages, edges, strict=True):
        kept.append(
            [
                line
                for at, line in enumerate(lines)
                if at not in edge
                or not (seen[(edge[at], _without_numbers(line.text))] >= often or line.text.strip(" -–—|").isdigit())
            ]
        )
    return kept


def _without_numbers(text: str) -> str:
    return _NUMBERS.sub("#", " ".join(text.lower().split()))


def pieces_of(pages: list[list[Line]]) -> Iterator[Piece]:
    """Paragraphs and headings, joined over lines, columns and pages."""
    lines = [line for page in pages for line in page]
    if not lines:
        return
    usual = _usual_size(lines)
    pitch = _usual_pitch(lines)
    words = _vocabulary(lines)
    biggest = max((line.size for line in pages[0]), default=usual) if pages else usual
    headed = False
    for group in _paragraphs(lines, usual, pitch):
        text = _text(group, words)
        size = median(line.size for line in group)
        few = len(text.split()) <= 30
        if few and size >= _BIG * usual and group[0].page == lines[0].page and not headed and size >= 0.95 * biggest:
            headed = True
            yield Piece(text, "headline")
        elif few and size >= _BIG * usual and not text.endswith("."):
            yield Piece(text, "subheading")
        else:
            yield Piece(text)


def _usual_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0]


def _usual_pitch(lines: list[Line]) -> float:
    """Distance of lines within a paragraph: the smallest that is common, as short paragraphs have as many gaps as lines."""
    steps = sorted(
        one.top - two.top
        for one, two in pairwise(lines)
        if one.page == two.page and 0.7 * one.size < one.top - two.top < 4 * one.size
    )
    least = max(2, len(steps) * _COMMON)
    return next(
        (step for step in steps if bisect_right(steps, step * 1.15) - bisect_left(steps, step) >= least),
        median(steps) if steps else 12.0,
    )


def _vocabulary(lines: list[Line]) -> frozenset[str]:
    return frozenset(word.strip(".,;:()\"'“”‘’").lower() for line in lines for word in line.text.split())


def _paragraphs(lines: list[Line], usual: float, pitch: float) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and _begins(group, line, usual, pitch):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(group: list[Line], line: Line, usual: float, pitch: float) -> bool:
    last = group[-1]
    if abs(line.size - last.size) > 0.22 * usual and (max(line.size, last.size) >= _BIG * usual):
        return True
    ended = last.text.rstrip().endswith(_END)
    step = last.top - line.top
    if line.page != last.page or step < 0 or line.left > last.right:  # next column or page
        return ended and (len(group) < 2 or last.right < max(one.right for one in group) - 2 * usual)
    if step > _GAP * pitch * max(1.0, line.size / usual):
        return True
    edge = min(one.left for one in group)
    if line.left - edge > _INDENT * usual and ended:
        return True
    right = max(one.right for one in group)
    return ended and len(group) > 1 and last.right < right - 0.25 * (right - edge)


def _text(group: list[Line], words: frozenset[str]) -> str:
    parts: list[str] = []
    for line in group:
        text = line.text.strip()
        if parts and parts[-1].endswith(_HYPHENS) and text[:1].isalpha():
            parts[-1] = _rejoined(parts[-1], text, words)
        else:
            parts.append(text)
    return " ".join(parts)


def _rejoined(first: str, second: str, words: frozenset[str]) -> str:
    """A word over a line's end: without its hyphen, unless it is known with one, or the next line begins large."""
    head = first[:-1].split()[-1].lower().lstrip("(\"'“‘") if first[:-1].split() else ""
    tail = second.split()[0].strip(".,;:()\"'“”‘’").lower()
    if first[-1] == "-" and (not second[0].islower() or (f"{head}-{tail}" in words and head + tail not in words)):
        return first + second
    return first[:-1] + second
