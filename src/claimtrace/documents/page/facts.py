"""What a page says about itself: meta elements, JSON-LD, links; and the forms of dates, addresses and identifiers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from claimtrace.documents.assembling import tidy
from claimtrace.documents.page.dom import Element
from claimtrace.text.dates import find_dates

_FILE = Path(__file__).resolve().parents[2] / "data" / "inputs" / "metadata.json"
_ISO = re.compile(r"^\s*((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_SLASHED = re.compile(r"^\s*((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?!\d)")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"'<>]{1,200}")
_LONGEST = 500  # code points of a title, an author or an address that are kept


class PageFacts(NamedTuple):
    """Facts from metadata; ``None`` or empty where the page states none. Dates are ISO, DOIs bare and lower case."""

    title: str | None = None
    published: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    citations: tuple[str, ...] = ()


def page_facts(root: Element) -> PageFacts:
    """Read a page's metadata; JSON-LD comes before meta elements for the date and the author."""
    names = _names()
    metas: dict[str, list[str]] = {}
    canonical = title = None
    objects: list[dict[str, Any]] = []
    for element in root.iter("meta", "link", "title", "script"):
        match element.tag:
            case "meta":
                key = (
                    element.get("property")
                    or element.get("name")
                    or element.get("itemprop")
                    or element.get("http-equiv")
                )
                content = tidy(element.get("content") or "")
                if key and content:
                    metas.setdefault(key.lower(), []).append(content[:_LONGEST])
            case "link":
                if "canonical" in (element.get("rel") or "").lower().split():
                    canonical = canonical or clean_url(element.get("href"))
            case "title":
                title = title or tidy(element.text or "")[:_LONGEST] or None
            case _:
                if "ld+json" in (element.get("type") or ""):
                    objects.extend(_articles(element.text or "", names["articles"]))

    def first(name: str) -> str | None:
        return next((value for key in names[name] for value in metas.get(key, ())), None)

    dates = [_text(one.get("datePublished")) for one in objects]
    dates += [value for key in names["published"] for value in metas.get(key, ())]
    authors = [_people(one.get("author")) for one in objects] + [first("author")]
    cited = [value for key in names["doi"] for value in metas.get(key, ())]
    cited += [text for one in objects for text in _cited(one.get("citation"))]
    citations = [doi for text in cited if (doi := clean_doi(text))]
    citations += [f"pmid:{value}" for key in names["pmid"] for value in metas.get(key, ()) if value.isdigit()]
    return PageFacts(
        title=next((text for one in objects if (text := _text(one.get("headline")))), None)
        or first("title")
        or title,
        published=next((date for text in dates if text and (date := clean_date(text))), None),
        author=next((name for name in authors if name and "://" not in name), None),
        url=canonical or clean_url(first("url")),
        language=_language(root.get("lang") or first("language")),
        citations=tuple(dict.fromkeys(citations)),
    )


def clean_date(text: str) -> str | None:
    """ISO date of a stamp in any of the usual forms (ISO 8601, RFC 5322, written out), or ``None``."""
    for form in (_ISO, _SLASHED):
        match = form.match(text)
        if match:
            found = find_dates(f"{match[1]}-{match[2]}-{match[3]}")
            return found[0][2] if found else None
    found = find_dates(text[:200])
    if found:
        return found[0][2]
    try:
        return parsedate_to_datetime(text[:100]).date().isoformat()
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def clean_doi(text: str) -> str | None:
    """A bare DOI in lower case, or ``None``."""
    match = _DOI.search(text)
    return match.group().rstrip(".,;)").lower() if match else None


def clean_url(text: str | None) -> str | None:
    """An http or https address without white space, or ``None``."""
    value = (text or "").strip()
    if not value.lower().startswith(("http://", "https://")) or len(value) > 2000:
        return None
    return None if any(sign.isspace() or ord(sign) < 32 for sign in value) else value


@cache
def _names() -> dict[str, list[str]]:
    return json.loads(_FILE.read_bytes())


def _language(tag: str | None) -> str | None:
    code = (tag or "").strip().lower().replace("_", "-").partition("-")[0]
    return code if len(code) in (2, 3) and code.isascii() and code.isalpha() else None


def _articles(raw: str, kinds: list[str]) -> Iterator[dict[str, Any]]:
    """Objects of a JSON-LD script that describe an article."""
    try:
        data: object = json.loads(raw.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return  # scripts of pages are often broken; the page's other metadata are still there
    todo: list[object] = [data]
    seen = 0
    while todo and seen < 2000:
        seen += 1
        one = todo.pop(0)
        if isinstance(one, list):
            todo.extend(cast("list[object]", one))
        elif isinstance(one, dict):
            entry = cast("dict[str, Any]", one)
            kind: object = entry.get("@type")
            named = cast("list[object]", kind) if isinstance(kind, list) else [kind]
            if any(isinstance(each, str) and each in kinds for each in named):
                yield entry
            todo.extend(entry[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in entry)


def _text(value: object) -> str | None:
    return tidy(value)[:_LONGEST] or None if isinstance(value, str) else None


def _people(value: object) -> str | None:
    if isinstance(value, list):
        names = [name for one in cast("list[object]", value)[:20] if (name := _people(one))]
        return ", ".join(names)[:_LONGEST] or None
    if isinstance(value, dict):
        return _text(cast("dict[str, object]", value).get("name"))
    return _text(value)


def _cited(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value[:1000]
    elif isinstance(value, list):
        for one in cast("list[object]", value)[:200]:
            yield from _cited(one) if not isinstance(one, list) else ()
    elif isinstance(value, dict):
        entry = cast("dict[str, object]", value)
        for key in ("@id", "url", "sameAs", "identifier", "doi", "name"):
            text = entry.get(key)
            if isinstance(text, str):
                yield text[:1000]
