"""Reading a page from its address: bounded in size and time, each hop checked, ``robots.txt`` respected.

Proxies of the environment are not used: the address that was checked is the one that is connected to.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urljoin

from claimtrace._version import __version__
from claimtrace.documents.given import Given, Read
from claimtrace.documents.inputs import ReadOptions
from claimtrace.documents.limits import Limits, limits, megabytes
from claimtrace.documents.packages import as_stream
from claimtrace.documents.web.addresses import Target, resolve
from claimtrace.errors import InputError

AGENT = f"claimtrace/{__version__}"
"""What ``User-Agent`` says; ``robots.txt`` rules for ``claimtrace`` apply."""
_ROBOT = "claimtrace"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536


class Fetched(NamedTuple):
    """What an address returned in the end."""

    url: str
    data: bytes
    charset: str | None


class _Response(NamedTuple):
    status: int
    reason: str
    headers: http.client.HTTPMessage
    data: bytes


def read_address(url: str, options: ReadOptions) -> Read:
    """Fetch an address and read what it returns with the reader that fits.

    Raises:
        InputError: it may not be read, cannot be reached, or returns nothing that can be read.
    """
    from claimtrace.documents.formats.registry import read_any

    page = fetch(url, options)
    yield from read_any(Given(url, as_stream(page.data), page.charset, page.url, again=read_any))


def fetch(url: str, options: ReadOptions, known: Limits | None = None) -> Fetched:
    """Get a page.

    Args:
        url: http or https.
        options: what the user allows.
        known: other limits than the usual ones.

    Raises:
        InputError: code ``scheme``, ``address``, ``private-address``, ``robots``, ``redirects``, ``http``,
            ``too-large``, ``timeout`` or ``unreachable``.
    """
    bounds = known or limits()
    deadline = time.monotonic() + bounds.fetch_seconds
    rules: dict[str, _Robots] = {}
    here = url
    for _ in range(bounds.redirects + 1):
        target = resolve(here, options.allow_private)
        if target.origin not in rules:
            rules[target.origin] = _robots(target, options, bounds, deadline)
        if not rules[target.origin].allows(target.url):
            raise InputError(f"{url[:200]}: the site's robots.txt does not allow reading it", "robots")
        response = _get(target, bounds, deadline, bounds.fetch_bytes)
        location = response.headers.get("Location")
        if response.status in _REDIRECTS and location:
            here = urljoin(here, location)
            continue
        if response.status != 200:
            raise InputError(f"{url[:200]}: the server answers {response.status} {response.reason[:60]}", "http")
        return Fetched(here, response.data, response.headers.get_content_charset())
    raise InputError(f"{url[:200]}: more than {bounds.redirects} redirects", "redirects")


class _Robots:
    """Rules of one site; ``text`` is ``None`` where all is allowed, or nothing (``closed``)."""

    def __init__(self, text: str | None, closed: bool = False) -> None:
        self._closed = closed
        self._rules = None
        if text is not None:
            from protego import Protego

            self._rules = Protego.parse(text)

    def allows(self, url: str) -> bool:
        """Whether the page may be read."""
        if self._rules is not None:
            return bool(self._rules.can_fetch(url, _ROBOT))
        return not self._closed


def _robots(target: Target, options: ReadOptions, bounds: Limits, deadline: float) -> _Robots:
    """RFC 9309: no file means no rules; a server in trouble means a closed site."""
    here = f"{target.origin}/robots.txt"
    for _ in range(bounds.redirects + 1):
        found = resolve(here, options.allow_private)
        response = _get(found, bounds, deadline, bounds.robots_bytes, cut=True)
        location = response.headers.get("Location")
        if response.status in _REDIRECTS and location:
            here = urljoin(here, location)
            continue
        if 200 <= response.status < 300:
            return _Robots(response.data.decode("utf-8", "replace"))
        return _Robots(None, closed=response.status >= 500)
    return _Robots(None)


def _get(target: Target, bounds: Limits, deadline: float, most: int, *, cut: bool = False) -> _Response:
    """One request, without following anything.

    Args:
        cut: what is beyond ``most`` bytes is dropped instead of refused.
    """
    name = target.url[:200]
    left = deadline - time.monotonic()
    if left <= 0:
        raise _late(name, bounds)
    connection = _Pinned(target, min(bounds.connect_seconds, left))
    try:
        with _watched(connection, left) as late:
            try:
                connection.request(
                    "GET",
                    target.request,
                    headers={
                        "Host": target.authority,
                        "User-Agent": AGENT,
                        "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
                        "Accept-Encoding": "gzip",
                        "Connection": "close",
                    },
                )
                response = connection.getresponse()
                data = _body(response, name, most, cut)
                if late.is_set():
                    raise TimeoutError  # the cut connection looks like the end of the page
                if response.length and len(data) < most:
                    raise http.client.IncompleteRead(b"", response.length)
                return _Response(response.status, response.reason or "", response.headers, data)
            except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
                if late.is_set() or isinstance(error, TimeoutError):
                    raise _late(name, bounds) from None
                raise InputError(
                    f"{name}: cannot be reached ({str(error)[:120] or type(error).__name__})", "unreachable"
                ) from None
    finally:
        connection.close()


def _late(name: str, bounds: Limits) -> InputError:
    return InputError(f"{name}: no full answer within {bounds.fetch_seconds:g} seconds", "timeout")


def _body(response: http.client.HTTPResponse, name: str, most: int, cut: bool) -> bytes:
    packed = (response.headers.get("Content-Encoding") or "").strip().lower()
    unpack = zlib.decompressobj(wbits=47) if packed in ("gzip", "x-gzip", "deflate") else None
    parts: list[bytes] = []
    size = 0
    while chunk := response.read(_CHUNK):
        while chunk:
            part = unpack.decompress(chunk, _CHUNK) if unpack is not None else chunk
            chunk = unpack.unconsumed_tail if unpack is not None else b""
            parts.append(part)
            size += len(part)
            if size > most:
                if cut:
                    return b"".join(parts)[:most]
                raise InputError(
                    f"{name}: larger than {megabytes(most)}, the most that is read from the web", "too-large"
                )
    return b"".join(parts)


class _Pinned(http.client.HTTPConnection):
    """A connection to the number that was checked, whatever its name resolves to now."""

    def __init__(self, target: Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self._target = target
        self.socket: socket.socket | None = None  # the base class forgets its own while an answer is still read

    def connect(self) -> None:
        self.socket = socket.create_connection((self._target.number, self.port), self.timeout)
        if self._target.scheme == "https":
            self.socket = ssl.create_default_context().wrap_socket(self.socket, server_hostname=self._target.host)
        self.sock = self.socket


@contextmanager
def _watched(connection: _Pinned, seconds: float) -> Generator[threading.Event, None, None]:
    """Cut the connection when the time is over, in whatever step it then is."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        if connection.socket is not None:
            with contextlib.suppress(OSError):
                connection.socket.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
