"""One study from Crossref and Europe PMC, because the user asked for it by its identifier.

Nothing else in claimtrace uses the network. The hosts stand in ``data/catalogues/services.json``; no other is ever
asked, also not when one of them says to look elsewhere. Only the standard library is used: two small requests need
no client library, and ``urllib`` heeds the system's proxies.
"""

from __future__ import annotations

import http.client
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from claimtrace._version import __version__
from claimtrace.errors import CatalogueError
from claimtrace.model.studies import Source, Study
from claimtrace.studies import normal
from claimtrace.studies.doubles import merge
from claimtrace.studies.formats.items import Found
from claimtrace.studies.formats.json_records import item_of, within
from claimtrace.studies.formats.markup import DATA

_DOI = re.compile(r"10\.\d{4,9}/[^\s?#&\"<>]{1,300}")
_PMID = re.compile(r"(?:pmid:?\s*)?(\d{1,9})", re.IGNORECASE)
_PMCID = re.compile(r"pmc\d{1,9}(?:\.\d+)?", re.IGNORECASE)
_PUBMED = re.compile(r"/(?:pubmed/|article/med/|abstract/med/)?(\d{1,9})/?", re.IGNORECASE)
_PMC = re.compile(r"/(?:articles?/|pmc/articles/)?(?:pmc/)?(pmc\d{1,9})(?:/.*)?", re.IGNORECASE)
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


class Wanted(NamedTuple):
    """The identifier of a study; one of the three is given."""

    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None

    def __str__(self) -> str:
        """As people write it."""
        return self.doi or (f"PMID {self.pmid}" if self.pmid else str(self.pmcid))


class Services(NamedTuple):
    """Where to ask, and how patiently. Seconds and bytes."""

    crossref: str
    work: str
    europepmc: str
    search: str
    connect_seconds: float
    total_seconds: float
    most_bytes: int
    tries: int
    first_wait_seconds: float
    longest_wait_seconds: float


class _UnknownError(Exception):
    """The service answers that it has no such record."""


class _FailedError(Exception):
    """The service cannot be asked, or gives no usable answer; the message says why."""


def services() -> Services:
    """The services and limits of ``data/catalogues/services.json``."""
    data = _data()
    limits = {name: data["limits"][name] for name in Services._fields if name in data["limits"]}
    return Services(
        data["crossref"]["base"], data["crossref"]["work"], data["europepmc"]["base"], data["europepmc"]["search"], **limits
    )  # fmt: skip


def _data() -> dict[str, Any]:
    return json.loads((DATA / "services.json").read_bytes())


def wanted(text: str) -> Wanted:
    """The identifier in a DOI, a PMID, a PMCID, or an address that holds one.

    Raises:
        CatalogueError: there is none in it.
    """
    given = text.strip()[:2_000]
    doi = normal.doi(given)
    if doi:
        return Wanted(doi=doi)
    pmid = _PMID.fullmatch(given)
    if pmid:
        return Wanted(pmid=normal.pmid(pmid.group(1)))
    if _PMCID.fullmatch(given):
        return Wanted(pmcid=normal.pmcid(given))
    if given.lower().startswith(("http://", "https://")):
        try:
            address = urlsplit(given)
        except ValueError:
            address = urlsplit("")
        if (address.hostname or "").removeprefix("www.") in _data()["pages"]:
            number, article = _PUBMED.fullmatch(address.path), _PMC.fullmatch(address.path)
            if number:
                return Wanted(pmid=normal.pmid(number.group(1)))
            if article:
                return Wanted(pmcid=normal.pmcid(article.group(1)))
        within_path = _DOI.search(unquote(f"{address.path}?{address.query}"))
        if within_path:
            found = re.sub(
                r"/(?:full|abstract|pdf|epdf|meta|fulltext)$|\.pdf$|\.full$", "", within_path.group().rstrip("/.")
            )
            return Wanted(doi=normal.doi(found))
        raise CatalogueError(
            f"{given[:100]}: this address holds no DOI and no PubMed number; look for one on the page, and give that"
        )
    raise CatalogueError(f"{given[:100]!r} is no DOI (10.…/…), PMID (digits), PMCID (PMC…) or web address")


def fetch(asked: Wanted, where: Services | None = None, tell: Callable[[str], None] | None = None) -> Study:
    """The study with an identifier, from Crossref and Europe PMC together.

    Europe PMC has abstracts, PubMed numbers and publication types; Crossref has what is in no medical database, and
    the publishers' notices of retraction. One that fails is told and done without.

    Args:
        asked: the identifier.
        where: other services than the data file's, for tests.
        tell: is told what went wrong with one of the two.

    Raises:
        CatalogueError: neither has it, or neither can be asked.
    """
    at = where or services()
    failures: list[str] = []
    missing = 0

    def ask(name: str, get: Callable[[], Study]) -> Study | None:
        nonlocal missing
        try:
            return get()
        except _UnknownError:
            missing += 1
            failures.append(f"{name} does not know it")
        except _FailedError as error:
            failures.append(f"{name}: {error}")
        return None

    medical = ask("Europe PMC", lambda: _from_europepmc(asked, at))
    doi = asked.doi or (medical.doi if medical else None)
    work = ask("Crossref", lambda: _from_crossref(doi, at)) if doi else None
    found = [one for one in (medical, work) if one is not None]
    if not found:
        if missing == len(failures):
            raise CatalogueError(f"{asked}: no such record ({'; '.join(failures)})")
        raise CatalogueError(
            f"{asked}: nothing could be fetched ({'; '.join(failures)}); a saved answer can be read with --from-file"
        )
    if tell:
        for failure in failures:
            tell(failure)
    return merge(*found).study if len(found) == 2 else found[0]


def _from_crossref(doi: str, at: Services) -> Study:
    answer = _json(at.crossref + at.work.format(doi=quote(doi, safe="")), at)
    return _study(answer, "Crossref", Wanted(doi=doi))


def _from_europepmc(asked: Wanted, at: Services) -> Study:
    if asked.doi:
        query = f'DOI:"{asked.doi}"'
    elif asked.pmid:
        query = f"EXT_ID:{asked.pmid} AND SRC:MED"
    else:
        query = f"PMCID:{asked.pmcid}"
    answer = _json(at.europepmc + at.search.format(query=quote(query, safe="")), at)
    return _study(answer, "Europe PMC", asked)


def _study(answer: object, name: str, asked: Wanted) -> Study:
    """The record of an answer that carries the identifier asked for; what else it holds is passed over."""
    reason = None
    for number, value in enumerate(within(answer), start=1):
        item = item_of(value, number)
        if isinstance(item, Found):
            study = item.study
            if any(
                mine and mine == theirs
                for mine, theirs in zip((study.doi, study.pmid, study.pmcid), asked, strict=True)
            ):
                return replace(study, sources=(Source("record", name),))
        elif not isinstance(item, Found):
            reason = getattr(item, "reason", None)
    if reason:
        raise _FailedError(f"its record cannot be used: {reason}")
    raise _UnknownError


def _json(url: str, at: Services) -> object:
    wait = at.first_wait_seconds
    deadline = time.monotonic() + at.total_seconds
    for left in range(at.tries - 1, -1, -1):
        try:
            return _once(url, at, deadline)
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                raise _UnknownError from None
            reason, pause = f"it answers {error.code} ({error.reason})", _asked_to_wait(error)
            if error.code not in _AGAIN:
                raise _FailedError(reason) from None
        except _FailedError:
            raise
        except (OSError, http.client.HTTPException) as error:
            reason, pause = _network_reason(error), None
        pause = min(pause if pause is not None else wait, at.longest_wait_seconds)
        if not left or time.monotonic() + pause >= deadline:
            raise _FailedError(f"{reason}, also when asked again" if left < at.tries - 1 else reason)
        time.sleep(pause)
        wait *= 2
    raise _FailedError("it was never asked")


def _once(url: str, at: Services, deadline: float) -> object:
    request = urllib.request.Request(  # noqa: S310 - the address is one of the data file's
        url, headers={"Accept": "application/json", "User-Agent": f"claimtrace/{__version__} (studies add)"}
    )
    opener = urllib.request.build_opener(_NoRedirect)
    with opener.open(request, timeout=max(0.1, min(at.connect_seconds, deadline - time.monotonic()))) as answer:
        kind = answer.headers.get_content_type()
        if "json" not in kind:
            raise _FailedError(
                f"it answers with {kind[:60]}, not JSON (a log-in page, or a proxy, may stand between)"
            )
        data = bytearray()
        while piece := answer.read1(65_536):
            data += piece
            if len(data) > at.most_bytes:
                raise _FailedError(f"its answer is longer than {at.most_bytes:,} bytes")
            if time.monotonic() > deadline:
                raise _FailedError(f"its answer was not complete after {at.total_seconds:g} seconds")
        expected = answer.headers.get("Content-Length", "")
        if expected.isdigit() and len(data) < int(expected):
            raise http.client.IncompleteRead(bytes(data))
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise _FailedError("its answer is no JSON") from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Neither service redirects its API; what does so stands between, and is not followed."""

    def redirect_request(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: Any) -> None:
        """Follow nothing: the answer is an error like any other."""


def _asked_to_wait(error: urllib.error.HTTPError) -> float | None:
    """Seconds that Retry-After asks for, as a number or as a date."""
    text = (error.headers.get("Retry-After") or "").strip()
    if text.isdigit():
        return float(text[:6])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time()) if text else None
    except ValueError:
        return None


def _network_reason(error: OSError | http.client.HTTPException) -> str:
    inner = getattr(error, "reason", error)
    if isinstance(inner, TimeoutError):
        return "it does not answer in time"
    if isinstance(error, http.client.HTTPException):
        return "its answer broke off"
    words = getattr(inner, "strerror", None) or str(inner) or type(inner).__name__
    return f"it cannot be reached ({' '.join(str(words).split())[:120]}); is this computer online?"
