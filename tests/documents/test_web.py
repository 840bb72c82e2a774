"""Addresses on the web, against a server on this machine."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from claimtrace.documents.inputs import ReadOptions, find_sources
from claimtrace.documents.limits import limits
from claimtrace.documents.web import addresses
from claimtrace.documents.web.addresses import resolve
from claimtrace.documents.web.fetch import AGENT, fetch
from claimtrace.errors import InputError
from claimtrace.model.documents import Document, Problem

PRIVATE = ReadOptions(allow_private=True)
Load = Callable[..., tuple[list[Document], list[Problem]]]
PAGE = "<html><head><title>Pills</title></head><body><article><h1>Pills lower pressure in trial</h1><p>The trial followed two hundred patients for five years, and caf\u00e9 visits fell.</p></article></body></html>"


class Site:
    """What the server answers: path to status, headers, body; and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, str, str]] = []
        self.base = ""
        self.written = 0
        self.finished = threading.Event()

    def says(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> str:
        data = body.encode() if isinstance(body, str) else body
        self.answers[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, data)
        return self.base + path


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, self.headers["Host"], self.headers["User-Agent"]))
            status, headers, data = made.answers.get(self.path, (404, {}, b"none"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if "slow" in self.path:
                try:
                    for _ in range(100):
                        self.wfile.write(b"<p>")
                        made.written += 1
                        time.sleep(0.05)
                except OSError:
                    return
                finally:
                    made.finished.set()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    made.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()


def code(url: str, options: ReadOptions = PRIVATE, **other: float) -> str:
    with pytest.raises(InputError) as caught:
        fetch(url, options, limits()._replace(**other))
    assert "\n" not in str(caught.value)
    return caught.value.code


def test_a_page_is_read_with_its_address(site: Site, load: Load) -> None:
    url = site.says("/a/story?x=1", PAGE.encode("cp1252"), Content_Type="text/html; charset=windows-1252")
    document = load(url, PRIVATE)[0][0]
    assert document.path == document.url == url
    assert document.title == "Pills lower pressure in trial"
    assert "caf\u00e9" in document.text
    assert [one[0] for one in site.asked] == ["/robots.txt", "/a/story?x=1"]
    assert {one[2] for one in site.asked} == {AGENT}


def test_what_is_packed_is_unpacked(site: Site, load: Load) -> None:
    url = site.says("/z", gzip.compress(PAGE.encode()), Content_Encoding="gzip", Content_Type="text/html")
    assert load(url, PRIVATE)[0][0].title == "Pills lower pressure in trial"
    bomb = site.says("/bomb", gzip.compress(bytes(5_000_000)), Content_Encoding="gzip")
    assert code(bomb, fetch_bytes=1_000_000) == "too-large"


def test_private_addresses_are_refused_without_leave(site: Site) -> None:
    url = site.says("/a", PAGE)
    assert code(url, ReadOptions()) == "private-address"
    assert site.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "[::1]",
        "[fd00::1]",
        "[::ffff:10.0.0.1]",
        "0.0.0.0",
        "2130706433",
        "100.64.0.1",
        "224.0.0.1",
        "[64:ff9b:1::1]",
    ],
)
def test_addresses_that_are_not_public(host: str) -> None:
    with pytest.raises(InputError) as caught:
        resolve(f"http://{host}/", allow_private=False)
    assert caught.value.code in ("private-address", "address")


@pytest.mark.parametrize("number", ["8.8.8.8", "2606:4700:4700::1111"])
def test_public_addresses(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (number, 80))])
    assert resolve("http://news.example/x", allow_private=False).number == number


def test_one_private_address_of_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(0, 0, 0, "", ("8.8.8.8", 80)), (0, 0, 0, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(InputError) as caught:
        resolve("http://news.example/", allow_private=False)
    assert caught.value.code == "private-address"


def test_the_address_that_was_checked_is_the_one_that_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves to something else a moment later leads nowhere else."""
    port = int(site.base.rpartition(":")[2])
    site.says("/a", PAGE)
    answers = iter([[(0, 0, 0, "", ("127.0.0.1", port))]] * 2)
    real = addresses.socket.getaddrinfo

    def once(host: str, *rest: Any, **named: Any) -> Any:
        return next(answers) if host == "news.example" else real(host, *rest, **named)

    monkeypatch.setattr(addresses.socket, "getaddrinfo", once)
    assert fetch(f"http://news.example:{port}/a", PRIVATE).data == PAGE.encode()
    assert site.asked[-1][1] == f"news.example:{port}"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "ftp://x.example/a",
        "gopher://x.example",
        "http://",
        "http://user:pass@127.0.0.1/",
        "http://127.0.0.1:99999/",
        "http://a b.example/",
    ],
)
def test_other_schemes_and_broken_addresses(url: str) -> None:
    assert code(url) in ("scheme", "address")


def test_redirects_are_followed_and_checked(site: Site, load: Load) -> None:
    end = site.says("/end", PAGE)
    url = site.says("/start", "", 302, Location="/middle")
    site.says("/middle", "", 301, Location=end)
    document = load(url, PRIVATE)[0][0]
    assert (document.path, document.url) == (url, end)
    assert code(site.says("/file", "", 302, Location="file:///etc/hostname")) == "scheme"
    assert code(site.says("/loop", "", 302, Location="/loop")) == "redirects"


def test_a_redirect_into_a_private_network_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host counts as public here; where it sends the reader is checked anew."""
    real = addresses._is_public
    monkeypatch.setattr(addresses, "_is_public", lambda number: number == "127.0.0.1" or real(number))
    url = site.says("/out", "", 302, Location="http://169.254.169.254/latest/meta-data/")
    assert code(url, ReadOptions()) == "private-address"


def test_robots_are_respected(site: Site) -> None:
    site.says(
        "/robots.txt", "User-agent: *\nDisallow: /secret\n\nUser-agent: claimtrace\nDisallow: /*.print$\nAllow: /\n"
    )
    assert code(site.says("/a.print", PAGE)) == "robots"
    assert fetch(site.says("/secret", PAGE), PRIVATE).data == PAGE.encode()
    assert code(site.says("/hop", "", 302, Location="/a.print")) == "robots"
    assert "/a.print" not in [one[0] for one in site.asked]


def test_a_site_in_trouble_is_closed_and_one_without_rules_open(site: Site) -> None:
    url = site.says("/a", PAGE)
    site.says("/robots.txt", "", 503)
    assert code(url) == "robots"
    site.says("/robots.txt", "", 403)
    assert fetch(url, PRIVATE).data == PAGE.encode()


def test_limits_of_size_and_time(site: Site) -> None:
    assert code(site.says("/big", b"x" * 100_000), fetch_bytes=50_000) == "too-large"
    assert code(site.says("/slow", PAGE), fetch_seconds=0.4) == "timeout"
    assert site.finished.wait(30)
    assert site.written < 100  # the connection was cut while the server was still writing


def test_errors_of_the_server(site: Site) -> None:
    assert code(site.base + "/none") == "http"
    assert code("http://127.0.0.1:9/") in ("unreachable", "timeout")


def test_an_address_is_a_source_and_a_file_with_a_colon_is_none() -> None:
    (one,) = find_sources(["https://news.example/a"])
    assert not isinstance(one, Problem)
    assert (one.path, one.file) == ("https://news.example/a", None)
    (other,) = find_sources(["notes:today"])
    assert isinstance(other, Problem)
    assert other.code == "missing"
