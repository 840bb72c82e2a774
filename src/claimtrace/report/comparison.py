"""Two texts side by side, for ``claimtrace compare``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TextIO

from claimtrace.model.profile import Profile
from claimtrace.report.drawing import draw
from claimtrace.report.items import Grid, Item, Line, Mark, Part
from claimtrace.report.options import ReportOptions
from claimtrace.report.safe import kept, one_line

_VERDICTS = {
    "exaggerates": ("The report says more than its source", "critical"),
    "same": ("The report is as strong as its source", "good"),
    "downplays": ("The report is weaker than its source", "minor"),
}
_MARKS: dict[str, Mark] = {"more": "critical", "less": "minor", "differs": "major", "same": "faint"}
_WIDTHS = (10, 0, 0, 9)


class Dimension(NamedTuple):
    """One row: what the report and the source say, each as value and deciding words, and "more", "same", …"""

    name: str
    report: tuple[str, tuple[str, ...]]
    source: tuple[str, tuple[str, ...]]
    more: str


class Texts(NamedTuple):
    """What is compared: a name and the strongest statement of each side, ``None`` for a text without one."""

    report_name: str
    report: Profile | None
    source_name: str
    source: Profile | None


def write_comparison(
    label: str, sure: float, texts: Texts, dimensions: tuple[Dimension, ...], out: TextIO, options: ReportOptions
) -> None:
    """Write the verdict, both statements, and a row for each dimension.

    Args:
        label: exaggerates, same or downplays.
        sure: chance (0-1) that the verdict is right.
    """
    draw(_compose(label, sure, texts, dimensions), out, options)


def _compose(label: str, sure: float, texts: Texts, dimensions: tuple[Dimension, ...]) -> Iterator[Item]:
    verdict, mark = _VERDICTS[label]
    if texts.report is None or texts.source is None:
        yield Line((("Nothing to compare: one of the two texts holds no sentence.", "title"),))
        return
    beside = [one.name for one in dimensions if one.more == "more" and one.name != "strength"]
    word = ". Also more in" if label == "exaggerates" else ", but says more in"
    also = f"{word}: {', '.join(beside)}" if beside else ""
    yield Line(((f"{label}: ", mark), (verdict, "title"), (f" ({sure:.0%} sure){also}.", "plain")))
    yield Line(())
    if texts.report_name or texts.source_name:
        yield Line((("Compared are the strongest statements of the two texts.", "faint"),))
        yield Line(())
    rows = [
        (
            Line(()),
            _head("report", texts.report_name),
            _head("source", texts.source_name),
            Line((("report is", "label"),)),
        ),
        (
            Line(()),
            Line(tuple(_statement(texts.report))),
            Line(tuple(_statement(texts.source))),
            Line(()),
        ),
        (Line(()),) * 4,
    ]
    rows.extend(
        (
            Line(((one.name, "label"),)),
            _side(one.report),
            _side(one.source),
            Line(((one.more, _MARKS[one.more]),)),
        )
        for one in dimensions
    )
    yield Grid(tuple(rows), _WIDTHS)


def _head(side: str, name: str) -> Line:
    return Line(((side, "label"), (f"  {one_line(name)}" if name else "", "faint")))


def _statement(profile: Profile) -> list[Part]:
    """The sentence with the words that carry its strength underlined."""
    parts: list[Part] = []
    at = 0
    for start, end in sorted({(one.span.start, one.span.end) for one in (*profile.relations, *profile.hedges)}):
        start = max(start, at)
        if end <= start:
            continue
        parts.append((kept(profile.text[at:start]), "plain"))
        parts.append((kept(profile.text[start:end]), "span"))
        at = end
    parts.append((kept(profile.text[at:]), "plain"))
    return [part for part in parts if part[0]]


def _side(side: tuple[str, tuple[str, ...]]) -> Line:
    value, words = side
    said = ", ".join(f"“{one_line(word)}”" for word in words)
    return Line(((value, "plain"), (f"  {said}" if said else "", "quote")))
