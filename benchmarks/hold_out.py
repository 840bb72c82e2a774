"""The five seed articles, each scored without the cue phrases that only it has.

usage: python benchmarks/hold_out.py GOLD HEALTH_NEWS [--output FILE]

GOLD is the folder of the seeds' labels, HEALTH_NEWS that of the health-news benchmark. The rules were developed with the
seeds at hand; what was developed on one of them cannot be told from the history of the lexicons, so it is defined: a phrase
of a lexicon that is found in this seed and nowhere else in all text that the development looked at (the other seeds, the
open and wide cases, the innocent texts, the labelled statements, the articles, reports and studies of the benchmark).
These phrases are switched off, the seed is scanned again, and both figures are printed. It is a lower bound of a kind:
many such phrases are ordinary words that any writer of a lexicon would have put in. Rules in code, grades and study
records stay as they are; disease names, which the ontology gives, too.
"""

from __future__ import annotations

import argparse
import contextlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cases import CASES, SHOWN, read_lines

import claimtrace
from claimtrace.checks.study_reading import read_study
from claimtrace.text.phrases import CONDITION, phrasebook
from claimtrace.text.tokens import tokenize

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
DIMENSIONS = ROOT / "tests" / "data" / "dimensions"
SERIOUS = {"major", "critical"}
Row = dict[str, Any]


class Counts(NamedTuple):
    """Right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: object) -> Counts:
        assert isinstance(other, Counts)
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    def __str__(self) -> str:
        told, asked = self.right + self.wrong, self.right + self.missed
        precision = f"{self.right / told:.2f}" if told else " -  "
        recall = f"{self.right / asked:.2f}" if asked else " -  "
        return f"P {precision} R {recall} ({self.right:2d}/{self.wrong}/{self.missed:2d})"


def phrases_of(texts: Iterable[str]) -> set[str]:
    """Lexicon phrases in normal form that are found in some texts."""
    book = phrasebook()
    found: set[str] = set()
    for text in texts:
        for line in text.splitlines():
            norms = tokenize(line).norms
            for lexicon, matches in book.find(norms).items():
                if lexicon != CONDITION:
                    found.update(" ".join(norms[one.first : one.last]) for one in matches)
    return found


def strings(value: object) -> Iterator[str]:
    """All strings in a row of data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def development_text(health_news: Path) -> Iterator[str]:
    """All text but the seeds that the development looked at."""
    for name in ("overstated", "faithful"):
        yield from (case["text"] for case in read_lines(CASES / f"{name}.jsonl") if case["half"] in SHOWN)
    yield from (path.read_text("utf-8") for path in sorted((CASES / "innocent").glob("*.txt")))
    for path in sorted(DIMENSIONS.glob("*.jsonl")):
        yield from strings(read_lines(path))
    for name in ("articles.jsonl.gz", "reports.jsonl", "studies.jsonl"):
        yield from strings(read_lines(health_news / name))


@contextlib.contextmanager
def switched_off(phrases: Iterable[str]) -> Iterator[None]:
    """The tool without some phrases: each is a mere beginning of others, as far as there are any."""
    book = phrasebook()
    table = book._table
    kept = {one: table[one] for one in phrases if book.senses_of(one)}  # asked for, a phrase is read into the table
    table.update(dict.fromkeys(kept, 0))
    read_study.cache_clear()
    try:
        yield
    finally:
        table.update(kept)
        read_study.cache_clear()


def score(path: Path, gold: list[Row]) -> dict[str, Counts]:
    """Overstated sentences (serious, any) and kinds of one article, counted as the gold's own scorer does."""
    told = [
        (one.start, one.end, one.kind, one.severity)
        for claim in claimtrace.scan(path).claims
        for one in claim.overstatements
    ]
    serious, every, kinds = Counts(), Counts(), Counts()
    for row in gold:
        if not row["content"] or row["borderline"]:
            continue
        here = [one for one in told if min(one[1], row["end"]) > max(one[0], row["start"])]
        want = {one["type"] for one in row["overstatements"]}
        got = {kind for _, _, kind, _ in here}
        kinds += Counts(len(want & got), len(got - want), len(want - got))
        every += _one(bool(want), bool(got))
        want_serious = any(one["severity"] in SERIOUS for one in row["overstatements"])
        got_serious = any(severity in SERIOUS for *_, severity in here)
        if not (got_serious and want and not want_serious):
            serious += _one(want_serious, got_serious)
    return {"serious": serious, "any": every, "kinds": kinds}


def _one(want: bool, got: bool) -> Counts:
    return Counts(int(want and got), int(got and not want), int(want and not got))


def main() -> None:
    """Score each seed with all phrases and without its own, print, and write what was asked for."""
    parser = argparse.ArgumentParser(description="The seeds without what was developed on them.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("health_news", type=Path)
    parser.add_argument("--output", type=Path, help="write the figures as JSON")
    arguments = parser.parse_args()
    gold = read_lines(arguments.gold / "seeds.jsonl")
    texts = {path.name: path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))}
    elsewhere = phrases_of(development_text(arguments.health_news))
    found = {name: phrases_of([text]) for name, text in texts.items()}
    figures: Row = {}
    total: dict[str, dict[str, Counts]] = {}
    for name in texts:
        others = set[str]().union(*(one for other, one in found.items() if other != name))
        own = found[name] - elsewhere - others
        rows = [row for row in gold if row["doc"] == name]
        results = {"all phrases": score(SEEDS / name, rows)}
        with switched_off(own):
            results["without its own"] = score(SEEDS / name, rows)
        print(f"{name}: {len(own)} of its {len(found[name])} phrases are found nowhere else")
        for label, counts in results.items():
            print(f"  {label:16s} " + "   ".join(f"{key} {one}" for key, one in counts.items()))
            into = total.setdefault(label, {})
            for key, one in counts.items():
                into[key] = into.get(key, Counts()) + one
        figures[name] = {"own phrases": len(own)} | {
            label: {key: one._asdict() for key, one in counts.items()} for label, counts in results.items()
        }
    print("all five")
    for label, counts in total.items():
        print(f"  {label:16s} " + "   ".join(f"{key} {one}" for key, one in counts.items()))
    figures["all"] = {label: {key: one._asdict() for key, one in counts.items()} for label, counts in total.items()}
    if arguments.output:
        arguments.output.parent.mkdir(parents=True, exist_ok=True)
        arguments.output.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
