"""``studies add`` against a server on this machine that serves saved answers, and misbehaves."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from claimtrace.errors import CatalogueError
from claimtrace.studies.fetching import Services, Wanted, fetch, services, wanted

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "catalogues"
DOI = "10.5555/invented.2018.17"
WORK = json.dumps(
    {"status": "ok", "message-type": "work", "message": json.loads((SAMPLES / "crossref.json").read_text("utf-8"))["message"]["items"][0]}
)  # fmt: skip
ARTICLE = (SAMPLES / "europepmc.json").read_text("utf-8")


class Server(ThreadingHTTPServer):
    """Answers by the manners set for each of the two services; counts what it is asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.manners: dict[str, list[str]] = {"crossref": ["good"], "europepmc": ["good"]}
        self.asked: list[str] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def services(self, **limits: Any) -> Services:
        given = {
            "connect_seconds": 10.0,
            "total_seconds": 30.0,
            "most_bytes": 200_000,
            "tries": 3,
            "first_wait_seconds": 0.01,
        }
        return services()._replace(
            crossref=self.base, europepmc=self.base, longest_wait_seconds=0.05, **{**given, **limits}
        )


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(unquote(self.path))
        name = "crossref" if self.path.startswith("/works/") else "europepmc"
        manners = self.server.manners[name]
        manner = manners.pop(0) if len(manners) > 1 else manners[0]
        body = (WORK if name == "crossref" else ARTICLE).encode()
        getattr(self, f"_{manner}")(body)

    def _send(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _good(self, body: bytes) -> None:
        self._send(200, body)

    def _none(self, body: bytes) -> None:
        self._send(404, b"Resource not found.", "text/plain")

    def _empty(self, body: bytes) -> None:
        self._send(200, b'{"resultList": {"result": []}}')

    def _other(self, body: bytes) -> None:
        self._send(200, body.replace(b"10.5555", b"10.9999").replace(b'"123"', b'"999"').replace(b"PMC55", b"PMC99"))

    def _busy(self, body: bytes) -> None:
        self._send(429, b"", Retry_After="0")

    def _busy_long(self, body: bytes) -> None:
        self._send(429, b"", Retry_After="Wed, 21 Oct 2099 07:28:00 GMT")

    def _ill(self, body: bytes) -> None:
        self._send(500, b"oops")

    def _forbidden(self, body: bytes) -> None:
        self._send(403, b"no")

    def _page(self, body: bytes) -> None:
        self._send(200, b"<html>Log in</html>", "text/html")

    def _elsewhere(self, body: bytes) -> None:
        self._send(302, b"", Location=f"{self.server.base}/works/stolen")

    def _cut(self, body: bytes) -> None:
        self._send(200, body[:200], Content_Length=str(len(body)))

    def _garbled(self, body: bytes) -> None:
        self._send(200, body[:200])

    def _huge(self, body: bytes) -> None:
        self._send(200, b" " * 400_000)

    def _silent(self, body: bytes) -> None:
        time.sleep(1.2)

    def _dripping(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        try:
            for _ in range(60):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    one = Server()
    thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield one
    one.shutdown()
    one.server_close()
    thread.join()


def test_both_answers_are_joined(server: Server) -> None:
    study = fetch(Wanted(doi=DOI), server.services())
    assert (study.doi, study.pmid, study.pmcid, study.design) == (DOI, "123", "PMC55", "meta-analysis")
    assert study.status.state == "retracted"
    assert [one.where for one in study.sources] == ["Europe PMC", "Crossref"]
    assert server.asked[0].startswith("/europepmc/webservices/rest/search")
    assert f'DOI:"{DOI}"' in server.asked[0]
    assert server.asked[1] == f"/works/{DOI}"


def test_a_pmid_leads_to_the_doi(server: Server) -> None:
    assert fetch(Wanted(pmid="123"), server.services()).doi == DOI
    assert "EXT_ID:123 AND SRC:MED" in server.asked[0]
    assert server.asked[1] == f"/works/{DOI}"


@pytest.mark.parametrize("manner", ["busy", "ill", "cut", "silent"])
def test_what_passes_is_asked_again(server: Server, manner: str) -> None:
    server.manners["crossref"] = [manner, "good"]
    patience = 0.3 if manner == "silent" else 10.0
    server.manners["europepmc"] = ["none"]
    assert fetch(Wanted(doi=DOI), server.services(connect_seconds=patience)).status.state == "retracted"
    assert server.asked.count(f"/works/{DOI}") == 2


@pytest.mark.parametrize(
    ("manner", "word", "times"),
    [
        ("busy", "429", 3),
        ("busy_long", "429", 3),
        ("ill", "500", 3),
        ("forbidden", "403", 1),
        ("page", "text/html", 1),
        ("elsewhere", "302", 1),
        ("cut", "broke off", 3),
        ("garbled", "no JSON", 1),
        ("huge", "longer than", 1),
        ("silent", "in time", 3),
        ("dripping", "not complete", 1),
        ("none", "does not know", 1),
        ("empty", "does not know", 1),
        ("other", "does not know", 1),
    ],
)
def test_one_that_fails_is_told_and_done_without(server: Server, manner: str, word: str, times: int) -> None:
    server.manners["crossref"] = [manner]
    told: list[str] = []
    limits = server.services(
        total_seconds=0.8 if manner == "dripping" else 30.0, connect_seconds=0.3 if manner == "silent" else 10.0
    )
    study = fetch(Wanted(doi=DOI), limits, told.append)
    assert study.pmid == "123"
    assert len(told) == 1
    assert word in told[0]
    assert told[0].startswith("Crossref")
    assert len([one for one in server.asked if one.startswith("/works/")]) == times


def test_when_both_fail_one_line_says_why(server: Server) -> None:
    server.manners = {"crossref": ["ill"], "europepmc": ["page"]}
    with pytest.raises(CatalogueError, match=r"500.*--from-file") as caught:
        fetch(Wanted(doi=DOI), server.services())
    assert "\n" not in str(caught.value)
    server.manners = {"crossref": ["none"], "europepmc": ["empty"]}
    with pytest.raises(CatalogueError, match="no such record"):
        fetch(Wanted(doi=DOI), server.services())


def test_offline_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{taken.getsockname()[1]}"
    nobody = services()._replace(crossref=base, europepmc=base, first_wait_seconds=0.01, tries=2)
    with pytest.raises(CatalogueError, match="online"):
        fetch(Wanted(doi=DOI), nobody)


def test_only_the_hosts_of_the_data_file() -> None:
    at = services()
    assert at.crossref.startswith("https://api.crossref.org")
    assert at.europepmc.startswith("https://www.ebi.ac.uk")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.5555/ABC.1", Wanted(doi="10.5555/abc.1")),
        ("https://doi.org/10.5555/ABC.1", Wanted(doi="10.5555/abc.1")),
        ("doi:10.5555/abc.1", Wanted(doi="10.5555/abc.1")),
        ("123", Wanted(pmid="123")),
        ("PMID: 123", Wanted(pmid="123")),
        ("PMC55", Wanted(pmcid="PMC55")),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", Wanted(pmid="123")),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC55/pdf/x.pdf", Wanted(pmcid="PMC55")),
        ("https://europepmc.org/article/MED/123", Wanted(pmid="123")),
        ("https://www.example.org/doi/full/10.5555/abc.1?x=1", Wanted(doi="10.5555/abc.1")),
        ("https://www.example.org/articles/10.5555%2Fabc.1/full", Wanted(doi="10.5555/abc.1")),
    ],
)
def test_identifiers_are_found_in_what_people_paste(text: str, found: Wanted) -> None:
    assert wanted(text) == found


@pytest.mark.parametrize(
    "text", ["", "walnuts", "https://example.org/news", "http://[bad", "file:///etc/passwd", "10.5555"]
)
def test_what_holds_no_identifier_is_refused(text: str) -> None:
    with pytest.raises(CatalogueError):
        wanted(text)
