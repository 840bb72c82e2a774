"""The page in headless Chromium: filters, keys, links, paper, accessibility, and text that would do harm."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from chromium import Browser, BrowserError, find_chromium

from claimtrace.model.results import Scan
from claimtrace.report.html import write
from claimtrace.report.options import ReportOptions

needs_chromium = pytest.mark.skipif(
    find_chromium() is None, reason="there is no chromium here; on Debian: apt-get install chromium"
)
DESK, PHONE = (1280, 900), (390, 844)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, seed_scan: Scan, tmp_path: Path) -> Browser:
    browser.size(*DESK)
    browser.scheme("light")
    browser.open(_written(seed_scan, tmp_path))
    return browser


def _written(scan: Scan, folder: Path) -> Path:
    path = folder / "report.html"
    with path.open("w", encoding="utf-8") as out:
        write(scan, out, ReportOptions())
    return path


def _overstated(scan: Scan, document: int = 0) -> list[str]:
    return [claim.id for claim in scan.documents[document].claims if claim.overstatements]


def test_each_article_is_a_block_of_json_that_nothing_can_end(hostile_scan: Scan) -> None:
    out = io.StringIO()
    write(hostile_scan, out, ReportOptions())
    text = out.getvalue()
    assert text.count("<script") == text.count("</script>") == 2 + len(hostile_scan.documents)
    block = text.split('data-article="doc0000000">')[1].split("</script>")[0]
    assert not set("<>&\u2028\x00") & set(block)
    assert json.loads(block)["title"].startswith("=cmd|' /C calc'!A0 </script><script>")


def test_pieces_join_to_the_sentence_and_overlaps_keep_all_their_notes(hostile_scan: Scan) -> None:
    from claimtrace.report.article_data import article_data

    data = article_data(hostile_scan.documents[0], hostile_scan)
    pieces = data["sentences"][1]["pieces"]
    assert [notes for _, notes in pieces][:3] == [[0], [0, 1], [1]]
    assert data["sentences"][1]["notes"] == [0, 1, 2]
    assert "w" * 1000 in "".join(text for text, _ in pieces)
    assert data["studies"]["evil"]["href"].startswith("https://doi.org/10.1/%22%3E%3Cscript%3E")


@needs_chromium
def test_it_asks_for_nothing_and_complains_of_nothing(page: Browser) -> None:
    for key in ("j", "j", "k", "n", "p", "?", "Escape"):
        page.press(key)
    assert page.requests == []
    assert page.console == []


@needs_chromium
def test_keys_walk_over_sentences_and_on_to_the_next_article(page: Browser, seed_scan: Scan) -> None:
    first = _overstated(seed_scan)
    assert page.run("document.querySelectorAll('#list li').length") == len(seed_scan.documents)
    for id in first:
        page.press("j")
        assert page.run("location.hash") == f"#{id}"
        assert page.run("document.activeElement.id") == id
    page.press("ArrowRight")
    assert page.run("location.hash") == f"#{_overstated(seed_scan, 1)[0]}"
    page.press("k")
    assert page.run("location.hash") == f"#{first[-1]}"
    page.press("e")
    assert page.run("document.activeElement.id") == "evidence"
    page.press("Escape")
    assert page.run("document.activeElement.id") == first[-1]
    page.press("n")
    assert page.run("document.querySelector('main article').dataset.article") == seed_scan.documents[1].id
    page.press("/")
    assert page.run("document.activeElement.id") == "find"
    page.press("j")
    assert page.run("document.activeElement.value") == "j"


@needs_chromium
def test_the_evidence_of_a_sentence(page: Browser, seed_scan: Scan) -> None:
    page.press("j")
    claim = next(claim for claim in seed_scan.documents[0].claims if claim.overstatements)
    shown = page.run("document.getElementById('evidence').innerText")
    for one in claim.overstatements:
        assert f"{one.rule} {one.kind}" in shown
        assert one.severity in shown
        assert " ".join(one.reason.split()) in shown
        assert one.suggestion is None or one.suggestion in shown
    assert "Neoadjuvant chemotherapy" in shown
    href = page.run("document.querySelector('#evidence a[href^=http]').href")
    assert href == "https://doi.org/10.1126/scitranslmed.aan0026"


@needs_chromium
def test_filters(page: Browser, seed_scan: Scan) -> None:
    def choose(id: str, value: str) -> None:
        page.run(
            f"(() => {{ const one = document.getElementById('{id}'); one.value = {json.dumps(value)};"
            "one.dispatchEvent(new Event(one.tagName === 'INPUT' ? 'input' : 'change')); })()"
        )

    def listed() -> int:
        return page.run("document.querySelectorAll('#list li').length")

    choose("severity", "critical")
    with_critical = [
        document
        for document in seed_scan.documents
        if any(one.severity == "critical" for claim in document.claims for one in claim.overstatements)
        or any(one.severity == "critical" for one in document.omissions)
    ]
    assert listed() == len(with_critical) < len(seed_scan.documents)
    page.press("j")
    chosen = page.run("location.hash.slice(1)")
    claim = next(claim for claim in seed_scan.claims if claim.id == chosen)
    assert "critical" in {one.severity for one in claim.overstatements}
    choose("kind", "distorted_term")
    assert listed() == 0
    assert "No article" in page.run("document.getElementById('reading').innerText")
    choose("severity", "")
    assert page.run("document.querySelectorAll('main .claim.out').length") > 0
    choose("kind", "")
    choose("find", "SELF-INJECTION")
    assert listed() == 1
    assert "self-injection" in page.run("document.querySelector('main h2').innerText")


@needs_chromium
def test_a_link_to_a_claim_opens_its_article(browser: Browser, seed_scan: Scan, tmp_path: Path) -> None:
    id = _overstated(seed_scan, 3)[-1]
    browser.size(*DESK)
    browser.open(_written(seed_scan, tmp_path), id)
    assert browser.run("document.querySelector('main article').dataset.article") == seed_scan.documents[3].id
    assert browser.run("document.querySelector('.claim.here').id") == id
    assert browser.run(f"document.getElementById('{id}').getBoundingClientRect().top") < DESK[1]
    browser.open(_written(seed_scan, tmp_path), "%22%5D;alert(1)")
    assert browser.run("document.querySelector('main article').dataset.article") == seed_scan.documents[0].id
    assert browser.console == []


@needs_chromium
def test_the_map_names_every_sentence_that_rests_on_a_study(page: Browser, seed_scan: Scan) -> None:
    linked = [claim.id for claim in seed_scan.documents[0].claims if claim.study]
    assert page.run("[...document.querySelectorAll('.places a')].map((one) => one.hash.slice(1))") == linked
    page.run("document.querySelector('.places a:last-child').click()")
    page.run("new Promise((done) => setTimeout(done, 50))")
    assert page.run("document.querySelector('.claim.here').id") == linked[-1]


@needs_chromium
def test_hostile_text_stays_text(browser: Browser, hostile_scan: Scan, tmp_path: Path) -> None:
    browser.open(_written(hostile_scan, tmp_path), "hostile001")
    browser.run("window.dispatchEvent(new Event('beforeprint'))")
    assert browser.run("document.title").startswith("claimtrace:")
    assert browser.run("document.querySelectorAll('main img, main script, main b').length") == 0
    assert browser.run("[...document.links].every((one) => ['https:', 'file:'].includes(one.protocol))")
    assert "onerror=alert(1)" in browser.run("document.querySelector('main').innerText")
    assert browser.requests == []
    assert browser.console == []


@needs_chromium
def test_a_script_that_got_in_would_not_run(page: Browser) -> None:
    with pytest.raises(BrowserError, match="TrustedScript"):
        page.run("document.createElement('img').setAttribute('onerror', 'window.owned = 1')")
    with pytest.raises(BrowserError, match="TrustedHTML"):
        page.run("document.body.innerHTML = '<script>window.owned = 1</script>'")
    page.run(
        "(() => { const one = document.createElement('script'); one.append('window.owned = 1');"
        "try { document.body.append(one); } catch {} })()"
    )
    assert page.run("window.owned === undefined")
    assert any("Trusted" in line or "Content Security Policy" in line for line in page.console)


@needs_chromium
def test_an_empty_page_says_so(browser: Browser, problem_scan: Scan, tmp_path: Path) -> None:
    browser.open(_written(problem_scan, tmp_path))
    assert browser.run("document.querySelector('h1').innerText") == "No article was scanned"
    assert "mine.json" in browser.run("document.querySelector('footer').innerText")
    assert browser.console == []


@needs_chromium
def test_on_paper_all_articles_with_all_their_notes(page: Browser, seed_scan: Scan) -> None:
    page.run("window.dispatchEvent(new Event('beforeprint'))")
    page.scheme("light", media="print")
    assert page.run("document.querySelectorAll('main article').length") == len(seed_scan.documents)
    shown = "[...document.querySelectorAll('.note')].filter((one) => one.checkVisibility()).length"
    found = [one for claim in seed_scan.claims for one in claim.overstatements]
    missing = [one for document in seed_scan.documents for one in document.omissions]
    assert page.run(shown) == len(found) + len(missing)
    assert page.run("['nav', 'form', 'aside'].every((one) => !document.querySelector(one).checkVisibility())")
    page.run("window.dispatchEvent(new Event('afterprint'))")
    page.scheme("light")
    assert page.run("document.querySelectorAll('main article').length") == 1
    assert page.pdf().startswith(b"%PDF")


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(
    browser: Browser, seed_scan: Scan, tmp_path: Path, scheme: str, window: tuple[int, int]
) -> None:
    found = find_spec("axe_core_python")
    if found is None or found.origin is None:
        pytest.skip("axe-core-python is not installed")
    browser.size(*window)
    browser.scheme(scheme)
    browser.open(_written(seed_scan, tmp_path))
    browser.press("?")
    browser.press("j")
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    browser.run((Path(found.origin).parent / "axe.min.js").read_text("utf-8") + "; 0")
    result = browser.run(
        "axe.run(document, { resultTypes: ['violations'] }).then((one) => one.violations.map((found) =>"
        "found.id + ': ' + found.nodes.map((node) => node.target.join(' ')).join(', ')))"
    )
    assert result == []
