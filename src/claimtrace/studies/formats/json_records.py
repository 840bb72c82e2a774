"""JSON and JSON lines: which of the known shapes a record has, and where in a file the records are. Read by ijson."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, cast

from claimtrace.errors import CatalogueError
from claimtrace.model.studies import Study
from claimtrace.studies.catalogue import RecordProblem
from claimtrace.studies.formats import crossref, csl, europepmc, openalex, own
from claimtrace.studies.formats.fields import entries, mapping
from claimtrace.studies.formats.items import Broken, Found, Item, Rejected
from claimtrace.studies.formats.source import LONGEST_RECORD, Source, Utf8

NAME = "JSON"

_HEAD = re.compile(r"\s*[\[{]")
_PLACES = ("message.items", "resultList.result", "results", "items", "references", "studies", "records")
"""Where answers of Crossref, Europe PMC and OpenAlex, and other wrappers, hold their records."""


class Shape(NamedTuple):
    """A kind of record: its name, whether a record is one, and the study in it (or why there is none)."""

    name: str
    fits: Callable[[dict[str, Any]], bool]
    study: Callable[[dict[str, Any]], Study | str | RecordProblem]


SHAPES = tuple(Shape(one.NAME, one.fits, one.study) for one in (openalex, europepmc, crossref, own, csl))


def detect(head: str) -> bool:
    """Whether the text begins as JSON does."""
    return _HEAD.match(head) is not None


def read(source: Source) -> Iterator[Item]:
    """The records of the file."""
    if _is_lines(source.head):
        yield from _read_lines(source)
    else:
        yield from _read_whole(source)


def item_of(value: object, record: int, line: int | None = None) -> Item:
    """A record of any known shape as a study."""
    if not isinstance(value, dict):
        return Rejected("expected a record (an object)", record, line)
    fields = cast("dict[str, Any]", value)
    for shape in SHAPES:
        if shape.fits(fields):
            try:
                study = shape.study(fields)
            except (TypeError, ValueError, AttributeError, KeyError):
                # Values of another kind than the shape has them, deeper than each reader looks.
                study = f"a record that looks like {shape.name}, but whose fields are of another kind"
            match study:
                case str():
                    return Rejected(study, record, line)
                case RecordProblem():
                    return Rejected(study.expected, record, line, study.id, study.field)
                case _:
                    return Found(study, record, line, shape.name)
    known = ", ".join(shape.name for shape in SHAPES)
    return Rejected(f"a record of no known shape (known: {known})", record, line)


def within(value: object) -> list[object]:
    """The records that an answer wraps, or the value itself."""
    answer = mapping(value)
    for place in _PLACES:
        *outer, last = place.split(".")
        inner = answer
        for step in outer:
            inner = mapping(inner.get(step))
        found = inner.get(last)
        if isinstance(found, list) and not any(shape.fits(answer) for shape in SHAPES):
            return entries(cast("list[object]", found))
    message = mapping(answer.get("message"))
    return [message] if message and "message-type" in answer else [value]


def _is_lines(head: str) -> bool:
    """JSON lines: the first line is a whole object, and another line follows."""
    first, end, rest = head.lstrip().partition("\n")
    if not end or not first.startswith("{") or not rest.strip():
        # A first line longer than the head, which no pretty-printed object has.
        return first.startswith("{") and not end and len(head) > 60_000 and not _wraps(first)
    return first.rstrip().endswith("}") and _loads(first) is not None


def _wraps(start: str) -> bool:
    return any(f'"{place.rsplit(".", 1)[-1]}":[' in start[:4_000].replace(" ", "") for place in _PLACES)


def _loads(text: str) -> object | None:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _read_lines(source: Source) -> Iterator[Item]:
    number = 0
    parts: list[str] = []
    size = 0
    at = 0
    for line, text in source.lines():
        if line != at and parts:
            yield from _line_items("".join(parts), size, number, at)
            number += 1
            parts, size = [], 0
        at = line
        size += len(text)
        if text.strip() and size <= LONGEST_RECORD:
            parts.append(text)
    if parts:
        yield from _line_items("".join(parts), size, number, at)


def _line_items(text: str, size: int, number: int, line: int) -> Iterator[Item]:
    if size > LONGEST_RECORD:
        yield Rejected(f"longer than {LONGEST_RECORD // 1_000_000} million signs", number + 1, line)
        return
    value = _loads(text)
    if value is None:
        yield Rejected("this line is no JSON", number + 1, line)
        return
    for one in within(value):
        yield item_of(one, number + 1, line)


def _read_whole(source: Source) -> Iterator[Item]:
    import ijson

    prefix = _place(source)
    if prefix is None:
        value = _whole(source)
        for number, one in enumerate(within(value), start=1):
            yield item_of(one, number)
        return
    number = 0
    with source.utf8() as stream:
        try:
            for value in _items(stream, prefix):
                number += 1
                yield item_of(value, number)
        except ijson.JSONError as error:
            yield Broken(f"this is not JSON from here on ({_reason(error)})", number + 1)


def _items(stream: Utf8, prefix: str) -> Iterator[object]:
    """The records at a place of the document, fed piece by piece; one that does not end is given up."""
    import ijson

    found: Any = ijson.sendable_list()
    feed: Any = ijson.items_coro(found, f"{prefix}.item" if prefix else "item", use_float=True)
    last = 0
    while piece := stream.read():
        feed.send(piece)
        if found:
            yield from found
            del found[:]
            last = stream.taken
        elif stream.taken - last > 4 * LONGEST_RECORD:
            raise ijson.JSONError("a record that does not end")
    feed.close()
    yield from found


def _place(source: Source) -> str | None:
    """Prefix of the list that holds the records; ``None`` when the document is one record."""
    import ijson

    if source.head.lstrip().startswith("["):
        return ""
    with source.utf8() as stream:
        try:
            for prefix, event, _ in ijson.parse(stream, use_float=True):
                if event == "start_array" and prefix in _PLACES:
                    return str(prefix)
                if stream.taken > 8 * LONGEST_RECORD:
                    return None
        except ijson.JSONError as error:
            raise CatalogueError(f"{source.name}: this is not JSON, though it begins so ({_reason(error)})") from None
    return None


def _whole(source: Source) -> object:
    with source.text() as text:
        data = text.read(LONGEST_RECORD + 1)
    if len(data) > LONGEST_RECORD:
        raise CatalogueError(
            f"{source.name}: one JSON object of more than {LONGEST_RECORD // 1_000_000} million signs"
        )
    value = _loads(data)
    if value is None:
        raise CatalogueError(f"{source.name}: this is not JSON, though it begins so")
    return value


def _reason(error: Exception) -> str:
    return str(error).partition("\n")[0].strip()[:120]
