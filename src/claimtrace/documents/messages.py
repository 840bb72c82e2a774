"""MIME messages: which part is the text, what the header says."""

from __future__ import annotations

from collections.abc import Iterator
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy, default
from email.utils import parseaddr
from functools import cache, lru_cache
from typing import cast

from claimtrace.documents.assembling import storable, tidy
from claimtrace.documents.extracted import Extracted
from claimtrace.documents.formats.html import read_markup
from claimtrace.documents.given import Given, Read, damaged, digest, empty
from claimtrace.documents.packages import as_stream
from claimtrace.documents.page.dom import decode_page
from claimtrace.documents.page.facts import clean_date, clean_url
from claimtrace.errors import InputError
from claimtrace.model.documents import Block, Problem

_LESS_WORDS = 0.6  # a plain part with less than this share of the page's words is a stub ("view in your browser")
_HEADER = 8192  # signs of one header field; the parser's time grows with the square of encoded words and parameters
_REPLIES = ("re:", "fwd:", "fw:", "aw:", "wg:", "tr:", "sv:")
_READ_ATTACHED = (
    "text/",
    "application/pdf",
    "application/rtf",
    "application/msword",
    "application/vnd.",
    "message/",
    "application/zip",
    "application/epub",
)


def parse_message(path: str, data: bytes) -> EmailMessage:
    """Parse a message.

    Raises:
        InputError: its parts nest too deep.
    """
    try:
        return BytesParser(policy=_policy()).parsebytes(data)
    except RecursionError:
        raise damaged(path, "message", "its parts nest without end") from None


@cache
def _policy() -> EmailPolicy[EmailMessage]:
    """The usual policy, which however parses a header anew each time it is asked for, at a third of the whole cost."""
    registry = HeaderRegistry()

    @lru_cache(512)
    def parsed(name: str, value: str) -> str:
        try:
            return cast("str", registry(name, value[:_HEADER]))
        except (LookupError, ValueError, TypeError, AttributeError, RecursionError):
            # The standard library's parser stumbles over some broken headers; such a one counts as empty.
            return cast("str", registry(name, ""))

    return default.clone(header_factory=parsed)


def read_message(given: Given, data: bytes, *, saved_page: bool = False) -> Read:
    """The message's text, then its attachments that hold text.

    Args:
        given: where the message comes from.
        data: its bytes.
        saved_page: it is a page that a browser saved (MHTML): only the page counts.
    """
    try:
        message = parse_message(given.path, data)
        if message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime"):
            raise InputError(f"{given.path}: an encrypted message; save its text from the mail program", "encrypted")
        yield _text(given, message, data, saved_page)
        if not saved_page:
            yield from _attachments(given, message)
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        # The standard library's parser stumbles over broken headers in many ways.
        raise damaged(given.path, "message", f"{type(error).__name__}: {error}") from None


def _text(given: Given, message: EmailMessage, data: bytes, saved_page: bool) -> Extracted:
    page = _body(message, "html")
    plain = None if saved_page else _body(message, "plain")
    subject = _subject(message)
    found: Extracted | None = None
    if page is not None:
        payload = _payload(page)
        markup, guessed = decode_page(given.path, payload, _charset(page))
        problems = (
            ()
            if guessed is None
            else (
                Problem(
                    given.path, "encoding", f"{given.path}: read as {guessed}, some characters may be wrong", False
                ),
            )
        )
        try:
            found = read_markup(given.path, markup, digest(data), url=_location(message, given), problems=problems)
        except InputError as error:
            if error.code != "empty" or plain is None:
                raise
    if plain is not None:
        markup, _ = decode_page(given.path, _payload(plain), _charset(plain))
        text = _unflowed(plain, storable(markup.replace("\r\n", "\n")))
        if text.strip() and (found is None or len(text.split()) >= _LESS_WORDS * len(found.text.split())):
            found = Extracted(given.path, text, digest(data), url=found.url if found else given.url)
    if found is None:
        raise empty(given.path, "message")
    if saved_page:
        return found
    return _headed(
        found._replace(
            published=clean_date(str(message.get("date", ""))) or found.published,
            author=_sender(message) or found.author,
        ),
        subject,
    )


def _headed(one: Extracted, subject: str | None) -> Extracted:
    """The subject is what a reader sees first: the headline, unless the text begins with it."""
    if not subject:
        return one
    if " ".join(one.text[: len(subject) * 2].split()).casefold().startswith(subject.casefold()):
        return one._replace(title=subject)
    shift = len(subject) + 2
    blocks = tuple(block._replace(start=block.start + shift, end=block.end + shift) for block in one.hints)
    hints = (Block("headline", 0, len(subject)), *blocks) if blocks else ()
    return one._replace(title=subject, text=f"{subject}\n\n{one.text}", hints=hints)


def _body(message: EmailMessage, kind: str) -> EmailMessage | None:
    part = message.get_body((kind,))
    return cast("EmailMessage | None", part)


def _payload(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _charset(part: EmailMessage) -> str | None:
    return part.get_content_charset() if part.get_param("charset") is not None else None


def _location(message: EmailMessage, given: Given) -> str | None:
    for name in ("snapshot-content-location", "content-location"):
        found = clean_url(str(message.get(name, "")))
        if found:
            return found
    return given.url


def _subject(message: EmailMessage) -> str | None:
    text = tidy(str(message.get("subject", "")))
    while text.lower().startswith(_REPLIES):
        text = text.partition(":")[2].strip()
    return text[:500] or None


def _sender(message: EmailMessage) -> str | None:
    name, address = parseaddr(str(message.get("from", "")))
    return tidy(name or address)[:200] or None


def _unflowed(part: EmailMessage, text: str) -> str:
    """Lines of RFC 3676 that end with a space go on in the next."""
    if part.get_param("format") != "flowed":
        return text
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        if goes_on and lines:
            lines[-1] += line
        else:
            lines.append(line)
        goes_on = line.endswith(" ") and line != "-- "
    return "\n".join(lines)


def _attachments(given: Given, message: EmailMessage) -> Iterator[Extracted | Problem]:
    for number, part in enumerate(message.iter_attachments(), start=1):
        kind = part.get_content_type()
        name = tidy(part.get_filename() or "").replace("/", "_").replace("\\", "_").lstrip(".")
        if (
            part.get_content_disposition() != "attachment"
            or not kind.startswith(_READ_ATTACHED)
            or kind == "text/calendar"
        ):
            continue
        shown = f"{given.path}/{name or f'part-{number}'}"
        if kind == "message/rfc822":
            inner: object = part.get_content()
            data = cast("EmailMessage", inner).as_bytes() if isinstance(inner, EmailMessage) else b""
        else:
            data = _payload(part)
        if data.strip():
            yield from given.member(shown, as_stream(data), _charset(part))
