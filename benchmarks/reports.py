"""Reports of a thousand articles: time to write, size, peak memory; and how soon the HTML page paints.

usage: python benchmarks/reports.py [ARTICLES]

The articles are the five of ``seeds/``, repeated, each with identifiers of its own. The scan is made before the clock
starts. Times are the best of three; memory is the most that Python held above the scan while it wrote. The page is opened
in headless Chromium, where there is one: first contentful paint, the moment from which it answers (load), and how long a
filter and a step to the next sentence take.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import claimtrace
from claimtrace.engine.identifiers import identifier
from claimtrace.model.results import Scan
from claimtrace.report.options import ReportOptions
from claimtrace.report.registry import FORMATS, writer

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from chromium import Browser, find_chromium  # noqa: E402  (the driver is no part of the package)

ROUNDS = 3
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
_LOAD = "performance.getEntriesByType('navigation')[0].loadEventEnd"
_FILTER = """(() => { const started = performance.now(); const one = document.getElementById('severity');
one.value = 'critical'; one.dispatchEvent(new Event('change')); document.body.offsetHeight;
return performance.now() - started; })()"""
_STEP = """(() => { const started = performance.now();
document.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true })); document.body.offsetHeight;
return performance.now() - started; })()"""
_LAST = "document.querySelector('#list li:last-child a').hash.slice(1)"


def many(scan: Scan, count: int) -> Scan:
    """The scan with its documents repeated, no identifier twice."""
    documents = []
    for number in range(count):
        one = scan.documents[number % len(scan.documents)]
        again = str(number // len(scan.documents))
        own = identifier("document", one.id, again)
        claims = tuple(replace(claim, id=identifier("claim", claim.id, again), document=own) for claim in one.claims)
        path = f"articles/{number:04d}.txt"
        documents.append(replace(one, id=own, claims=claims, document=replace(one.document, path=path)))
    return replace(scan, documents=tuple(documents))


def written(name: str, scan: Scan, path: Path) -> tuple[float, float]:
    """Seconds for one report, and the megabytes held at most while it was written."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        with path.open("w", encoding="utf-8", newline="") as out:
            writer(name)(scan, out, ReportOptions(width=100, colour=name == "rich"))
        best = min(best, time.perf_counter() - started)
    tracemalloc.start()
    with Path(os.devnull).open("w", encoding="utf-8") as out:
        writer(name)(scan, out, ReportOptions(width=100, colour=name == "rich"))
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return best, held / 1e6


def main() -> None:
    """Print both tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    scan = many(claimtrace.scan(ROOT / "seeds"), count)
    claims = sum(len(one.claims) for one in scan.documents)
    print(f"{count} articles, {claims} sentences")
    print(f"{'format':12s} {'seconds':>8s} {'MB':>8s} {'MB held':>8s}")
    with tempfile.TemporaryDirectory() as folder:
        for name in FORMATS:
            path = Path(folder) / f"report.{name}"
            seconds, held = written(name, scan, path)
            print(f"{name:12s} {seconds:8.2f} {path.stat().st_size / 1e6:8.1f} {held:8.1f}", flush=True)
        if find_chromium() is None:
            print("no chromium: the page was not opened")
            return
        paints: list[float] = []
        loads: list[float] = []
        with Browser() as browser:
            browser.size(1280, 900)
            page = Path(folder) / "report.html"
            for _ in range(ROUNDS):
                browser.open(page)
                browser.run("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
                paints.append(browser.run(_PAINT))
                loads.append(browser.run(_LOAD))
            last = browser.run(_LAST)
            times = {"next article": browser.run(_STEP), "filter": browser.run(_FILTER)}
            started = time.perf_counter()
            browser.open(page, last)
            times["deep link to the last article, from nothing"] = 1000 * (time.perf_counter() - started)
            heap = browser.run("performance.memory.usedJSHeapSize") / 1e6
        print(f"first contentful paint {statistics.median(paints):6.0f} ms")
        print(f"loaded                 {statistics.median(loads):6.0f} ms")
        for name, taken in times.items():
            print(f"{name}: {taken:.0f} ms")
        print(f"heap {heap:.0f} MB")


if __name__ == "__main__":
    main()
