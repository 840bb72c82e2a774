"""Whole scans: sentences a second on one core among a thousand studies, and where the time goes.

usage: python benchmarks/throughput.py [HEALTH_NEWS] [--profile]

Over the articles of the benchmark folder where it is given, else over the five seeds again and again. The peer in the
same run is the least that a program must do with the same sentences: split them (nupunkt) and score them with a bag of
words, so that the ratio holds on any machine.
"""

from __future__ import annotations

import cProfile
import pstats
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from scale_records import read_real, records

from claimtrace.engine.scanning import Scanner
from claimtrace.engine.settings import Settings
from claimtrace.model.documents import Problem
from claimtrace.model.studies import Study
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.catalogue import Catalogue
from claimtrace.text.sentences import split_sentences

ROOT = Path(__file__).resolve().parents[1]
STUDIES = 1000
ARTICLES = 400
_WORD = re.compile(r"\w+")


def texts_of(folder: Path | None) -> tuple[list[str], list[Study]]:
    """Articles, and a catalogue of a thousand studies that holds theirs."""
    if folder is None:
        seeds = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
        return seeds * (ARTICLES // len(seeds)), list(load_bundled())
    real = read_real(folder)
    made = list(records(STUDIES, real))
    return [text for text, _ in real.articles[:ARTICLES]], made


def peer(texts: list[str]) -> int:
    """Split sentences and count words: the floor."""
    count = 0
    for text in texts:
        for start, end in split_sentences(text):
            Counter(_WORD.findall(text[start:end].lower()))
            count += 1
    return count


def main() -> None:
    """Print sentences a second, the ratio to the peer, and with --profile the functions that take the time."""
    given = [one for one in sys.argv[1:] if not one.startswith("--")]
    texts, studies = texts_of(Path(given[0]) if given else None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(texts):
            (folder / f"{number:05}.txt").write_text(text, "utf-8")
        scanner = Scanner(Catalogue(studies), Settings())
        first = next(scanner.each([folder]))  # builds the index and loads the tables
        assert not isinstance(first, Problem)
        profiler = cProfile.Profile() if "--profile" in sys.argv else None
        started = time.process_time()
        if profiler:
            profiler.enable()
        sentences = sum(len(one.claims) for one in scanner.each([folder]) if not isinstance(one, Problem))
        if profiler:
            profiler.disable()
        taken = time.process_time() - started
    started = time.process_time()
    peer(texts)
    floor = time.process_time() - started
    print(
        f"{len(texts)} articles, {len(studies)} studies, {sentences} sentences: {sentences / taken:.0f} sentences/s, "
        f"{1000 * taken / len(texts):.1f} ms an article (processor time, one core); "
        f"{taken / floor:.1f} times splitting sentences and counting words"
    )
    if profiler:
        pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
