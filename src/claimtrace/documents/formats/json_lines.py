"""JSON: an object a line, a list of objects, or one object, each with a field that holds an article's text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from claimtrace.documents.assembling import storable, tidy
from claimtrace.documents.extracted import Extracted
from claimtrace.documents.given import Given, Read, digest, too_large
from claimtrace.documents.limits import limits
from claimtrace.documents.page.facts import clean_date, clean_doi, clean_url
from claimtrace.documents.plain_text import read_plain_text
from claimtrace.errors import InputError
from claimtrace.model.documents import Block, Problem

_FILE = Path(__file__).resolve().parents[2] / "data" / "inputs" / "json_fields.json"


def read(given: Given) -> Read:
    """Read each object as an article, named ``pages.jsonl#3`` by its line or place.

    Raises:
        InputError: nothing in it is an object with a text.
    """
    count = 0
    for number, value in _values(given):
        name = f"{given.path}#{number}"
        if isinstance(value, InputError):
            yield Problem(name, value.code, str(value))
            count += 1
            continue
        try:
            yield _article(name, value, given)
        except InputError as error:
            yield Problem(name, error.code, str(error))
        count += 1
    if not count:
        if given.suffix in (".json", ".jsonl", ".ndjson"):
            raise InputError(f"{given.path}: no line is a JSON object with a text", "empty")
        given.stream.seek(0)
        yield read_plain_text(given.path, given.whole())


def _values(given: Given) -> Iterator[tuple[int, dict[str, Any] | InputError]]:
    """Objects with their numbers; a line at a time while the lines are objects, else the file as a whole."""
    most = limits().line_bytes
    stream = given.stream
    first = True
    number = 0
    while line := stream.readline(most + 1):
        number += 1
        if not line.strip():
            continue
        if len(line) > most:
            yield number, too_large(f"{given.path}#{number}", most)
            while line and not line.endswith(b"\n"):
                line = stream.readline(most)
            continue
        value = _loaded(line)
        if first and not isinstance(value, dict):
            stream.seek(0)
            yield from _whole(given)
            return
        first = False
        if isinstance(value, dict):
            yield number, cast("dict[str, Any]", value)
        else:
            yield (
                number,
                InputError(
                    f"{given.path}#{number}: line {number} is no JSON object; mend or drop the line", "damaged"
                ),
            )


def _whole(given: Given) -> Iterator[tuple[int, dict[str, Any] | InputError]]:
    value = _loaded(given.whole())
    if isinstance(value, dict):
        yield 1, cast("dict[str, Any]", value)
    elif isinstance(value, list):
        for number, one in enumerate(cast("list[object]", value), start=1):
            if isinstance(one, dict):
                yield number, cast("dict[str, Any]", one)
            else:
                yield number, InputError(f"{given.path}#{number}: entry {number} is no object", "damaged")


def _loaded(data: bytes) -> object:
    try:
        return json.loads(data.removeprefix(b"\xef\xbb\xbf"), strict=False)
    except (ValueError, RecursionError):
        return None


def _article(name: str, value: dict[str, Any], given: Given) -> Extracted:
    fields = {key.lower(): one for key, one in value.items()}
    text = storable(_first(fields, "text") or "")
    markup = _first(fields, "html")
    title = tidy(_first(fields, "title") or "")[:500] or None
    if text.strip():
        found = _with_title(name, text, title)
    elif markup is not None and markup.strip():
        from claimtrace.documents.formats.html import read_markup

        found = read_markup(name, markup, digest(markup.encode("utf-8", "replace")))
    else:
        raise InputError(
            f"{name}: the object has no text; one of the fields {', '.join(_names()['text'])} must hold it", "empty"
        )
    published, author, language = (_first(fields, key) for key in ("published", "author", "language"))
    doi = clean_doi(_first(fields, "doi") or "")
    return found._replace(
        title=title or found.title,
        published=(clean_date(published) if published else None) or found.published,
        author=tidy(author)[:200] if author else found.author,
        url=clean_url(_first(fields, "url")) or found.url or given.url,
        language=(language or found.language)[:2].lower() or "en",
        citations=tuple(dict.fromkeys((*found.citations, *((doi,) if doi else ())))),
    )


def _with_title(name: str, text: str, title: str | None) -> Extracted:
    """The text as it is; a title that stands in a field of its own goes before it."""
    sha256 = digest(text.encode("utf-8"))
    if title is None or tidy(text[: len(title) * 2]).casefold().startswith(title.casefold()):
        return Extracted(name, text, sha256)
    from claimtrace.documents.blocks import recognise_blocks

    whole = f"{title}\n\n{text}"
    end = len(title)
    found = (block for block in recognise_blocks(whole) if block.start >= end)
    rest = [block._replace(kind="paragraph") if block.kind == "headline" else block for block in found]
    return Extracted(name, whole, sha256, hints=(Block("headline", 0, end), *rest))


def _first(fields: dict[str, Any], kind: str) -> str | None:
    for name in _names()[kind]:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, list) and kind == "author":
            names = [one for one in cast("list[object]", value) if isinstance(one, str)]
            if names:
                return ", ".join(names)
    return None


@cache
def _names() -> dict[str, list[str]]:
    return json.loads(_FILE.read_bytes())["fields"]
