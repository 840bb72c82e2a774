"""Linking in catalogues of a thousand to a million records, against what a user might pick instead.

usage: python benchmarks/scale.py BENCHMARK FOLDER [SIZE…] [--articles N] [--peers-up-to SIZE] [--write]

BENCHMARK holds the real studies and articles (health-news), FOLDER takes the made catalogues and may be deleted afterwards
(some 2 GB for a million records); catalogues and indexes that it holds already are used again. Each measurement has a process of its
own. ``--write`` puts the figures into ``docs/figures/scale.json`` and the plot into ``docs/figures/scale.svg``.

Needs the extra ``bench``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psutil
from scale_records import Real, read_real, records

from claimtrace.documents.extracted import Extracted
from claimtrace.engine import scanning
from claimtrace.model.studies import Study
from claimtrace.studies.layers import Layers
from claimtrace.studies.library import Library
from claimtrace.text.tokens import tokenize

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1_000, 10_000, 100_000, 1_000_000)
WARM = 5
SLOW = {"rapidfuzz": 20, "fts5": 40}  # articles for peers that take seconds each in a large catalogue
Figures = dict[str, Any]


def clocks() -> tuple[float, float]:
    """Seconds by the wall and of processor time, children included."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), time.process_time() + children.ru_utime + children.ru_stime


def megabytes(path: Path) -> float:
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return round(sum(one.stat().st_size for one in files) / 1e6, 1)


def memory() -> float:
    return round(psutil.Process().memory_info().rss / 1e6, 1)


def peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, 1)


def chosen(real: Real, count: int) -> list[tuple[str, str]]:
    return random.Random(5).sample(real.articles, min(count, len(real.articles)))


def fill(real: Real, folder: Path, size: int) -> Figures:
    """The library; the time that inventing the records takes is left out."""
    invented = [0.0, 0.0]

    def timed() -> Iterator[Study]:
        source = records(size, real)
        while True:
            before = clocks()
            study = next(source, None)
            after = clocks()
            invented[0] += after[0] - before[0]
            invented[1] += after[1] - before[1]
            if study is None:
                return
            yield study

    path = folder / f"{size}.lib"
    started = clocks()
    with Library(path) as library:
        library.write(timed())
    ended = clocks()
    wall, cpu = (ended[at] - started[at] - invented[at] for at in (0, 1))
    return {
        "records_per_second": round(size / wall),
        "records_per_cpu_second": round(size / cpu),
        "megabytes": megabytes(path),
    }


def build(real: Real, folder: Path, size: int) -> Figures:
    from claimtrace.matching.disk_index import open_index

    with Library(folder / f"{size}.lib") as library:
        started = clocks()
        found = open_index(library)
        ended = clocks()
        assert found.problem is None, found.problem
        return {
            "records_per_second": round(size / (ended[0] - started[0])),
            "records_per_cpu_second": round(size / (ended[1] - started[1])),
            "seconds": round(ended[0] - started[0], 1),
            "megabytes": megabytes(Path(os.environ["CLAIMTRACE_CACHE"]) / "indexes"),
            "peak_megabytes": peak(),
        }


def scan(real: Real, folder: Path, size: int, count: int) -> Figures:
    """Whole scans of documents, and of these the linking alone."""
    linking = [0.0]
    link = scanning.link_document

    def timed(*given: Any) -> Any:
        started = time.process_time()
        result = link(*given)
        linking[0] += time.process_time() - started
        return result

    scanning.link_document = timed
    articles = chosen(real, count)
    started = clocks()
    library = Library(folder / f"{size}.lib")
    library.hold()
    scanner = scanning.Scanner(Layers([library]))
    scanner.document(Extracted("first", articles[0][0], ""))
    opened = clocks()
    rest = memory()
    for text, _ in articles[1 : WARM + 1]:
        scanner.document(Extracted("warm", text, ""))
    linking[0] = 0.0
    right = among = 0
    started_all = clocks()
    for number, (text, reference) in enumerate(articles):
        found = [one.id for one in scanner.document(Extracted(str(number), text, "")).candidates]
        right += found[:1] == [reference]
        among += reference in found[:5]
    ended = clocks()
    return {
        "first_document_seconds": round(opened[0] - started[0], 3),
        "cpu_milliseconds": round(1000 * (ended[1] - started_all[1]) / len(articles), 2),
        "wall_milliseconds": round(1000 * (ended[0] - started_all[0]) / len(articles), 2),
        "linking_cpu_milliseconds": round(1000 * linking[0] / len(articles), 2),
        "recall_at_1": round(right / len(articles), 3),
        "recall_at_5": round(among / len(articles), 3),
        "articles": len(articles),
        "rest_megabytes": rest,
        "peak_megabytes": peak(),
    }


def peer(name: str, real: Real, folder: Path, size: int, count: int) -> Figures:
    """A peer: the same records, the article's first 1,500 signs (rapidfuzz: 300) as the question."""
    started = clocks()
    with Library(folder / f"{size}.lib") as library:
        ask, disk = {"rapidfuzz": rapidfuzz_over_all, "fts5": sqlite_fts5, "bm25s": bm25s_in_memory}[name](
            library, folder
        )
    built = clocks()
    rest = memory()
    articles = chosen(real, count if size <= 10_000 else min(count, SLOW.get(name, count)))
    ask(articles[0][0])
    started_all = clocks()
    right = sum(ask(text) == reference for text, reference in articles)
    ended = clocks()
    return {
        "records_per_second": round(size / (built[0] - started[0])),
        "records_per_cpu_second": round(size / (built[1] - started[1])),
        "megabytes": disk,
        "cpu_milliseconds": round(1000 * (ended[1] - started_all[1]) / len(articles), 2),
        "wall_milliseconds": round(1000 * (ended[0] - started_all[0]) / len(articles), 2),
        "recall_at_1": round(right / len(articles), 3),
        "articles": len(articles),
        "rest_megabytes": rest,
        "peak_megabytes": peak(),
    }


Ask = Callable[[str], str]


def rapidfuzz_over_all(library: Library, folder: Path) -> tuple[Ask, float]:
    from rapidfuzz import fuzz, process

    ids, titles = [], []
    for study in library:
        ids.append(study.id)
        titles.append(study.title.lower())
    return lambda text: ids[process.extractOne(text[:300].lower(), titles, scorer=fuzz.token_set_ratio)[2]], 0.0


def sqlite_fts5(library: Library, folder: Path) -> tuple[Ask, float]:
    path = folder / "peer.fts5"
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.execute("CREATE VIRTUAL TABLE study USING fts5(id UNINDEXED, text, tokenize = 'porter unicode61')")
    base.executemany("INSERT INTO study VALUES (?, ?)", ((one.id, f"{one.title} {one.abstract}") for one in library))
    base.commit()

    def ask(text: str) -> str:
        words = dict.fromkeys(norm for norm in tokenize(text[:1500]).norms if norm.isalnum())
        query = " OR ".join(f'"{word}"' for word in words)
        row = base.execute("SELECT id FROM study WHERE study MATCH ? ORDER BY rank LIMIT 1", (query,)).fetchone()
        return row[0] if row else ""

    return ask, megabytes(path)


def bm25s_in_memory(library: Library, folder: Path) -> tuple[Ask, float]:
    import bm25s

    ids, texts = [], []
    for study in library:
        ids.append(study.id)
        texts.append(f"{study.title} {study.abstract}")
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, stopwords="en", show_progress=False), show_progress=False)

    def ask(text: str) -> str:
        question = bm25s.tokenize([text[:1500]], stopwords="en", show_progress=False)
        return ids[int(index.retrieve(question, k=1, show_progress=False).documents[0][0])]

    return ask, 0.0


def in_process(task: str, given: argparse.Namespace, size: int) -> Figures:
    """Run one measurement in a process of its own."""
    command = [
        sys.executable,
        __file__,
        given.benchmark,
        given.folder,
        str(size),
        "--articles",
        str(given.articles),
        "--task",
        task,
    ]
    environment = {**os.environ, "CLAIMTRACE_CACHE": str(Path(given.folder) / f"cache-{size}")}
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    print(f"{size:9,d} {task:10s} {figures}", flush=True)
    return figures


def measure(given: argparse.Namespace, size: int) -> Figures:
    folder = Path(given.folder)
    found: Figures = {}
    for task, made in (("fill", folder / f"{size}.lib"), ("build", folder / f"cache-{size}")):
        note = folder / f"{size}.{task}.json"
        if not made.exists():
            note.write_text(json.dumps(in_process(task, given, size)), "utf-8")
        if note.exists():
            found[task] = json.loads(note.read_text("utf-8"))
    found["scan"] = in_process("scan", given, size)
    for name in ("rapidfuzz", "fts5", "bm25s"):
        if size <= given.peers_up_to:
            found[name] = in_process(name, given, size)
    return found


def plot(figures: Figures, path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "claimtrace"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 3, figsize=(11, 3.4), layout="constrained")
    names = {"scan": "claimtrace (whole scan)", "rapidfuzz": "rapidfuzz", "fts5": "SQLite FTS5", "bm25s": "bm25s"}
    panels = (
        ("cpu_milliseconds", "milliseconds a document"),
        ("recall_at_1", "R@1"),
        ("peak_megabytes", "peak memory, MB"),
    )
    for axis, (key, title) in zip(axes, panels, strict=True):
        for name, label in names.items():
            points = [(int(size), found[name][key]) for size, found in figures["sizes"].items() if name in found]
            axis.plot(*zip(*points, strict=True), marker="o", label=label)
        axis.set(xscale="log", xlabel="records", title=title)
        if key != "recall_at_1":
            axis.set_yscale("log")
        axis.grid(alpha=0.3)
    axes[0].legend(fontsize=8)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Measure, print, and write when asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("benchmark")
    parser.add_argument("folder")
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--peers-up-to", type=int, default=100_000)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--task")
    given = parser.parse_args()
    folder = Path(given.folder)
    folder.mkdir(parents=True, exist_ok=True)
    if given.task:
        real, size = read_real(Path(given.benchmark)), given.sizes[0]
        if given.task in ("fill", "build"):
            found = {"fill": fill, "build": build}[given.task](real, folder, size)
        elif given.task == "scan":
            found = scan(real, folder, size, given.articles)
        else:
            found = peer(given.task, real, folder, size, given.articles)
        print(json.dumps(found))
        return
    figures: Figures = {
        "date": date.today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
        "sizes": {str(size): measure(given, size) for size in given.sizes},
    }
    if given.write:
        target = ROOT / "docs" / "figures"
        target.mkdir(parents=True, exist_ok=True)
        (target / "scale.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
        plot(figures, target / "scale.svg")


if __name__ == "__main__":
    main()
