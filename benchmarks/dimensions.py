"""How well each dimension of a profile is read, on this project's own labelled statements.

usage: python benchmarks/dimensions.py [--health-news FOLDER] [--json FILE] [--dev-only]

One line a dimension: figures on the statements that the rules were developed on (dev) and on those that were kept
apart (test). Single labels are scored by macro-F1 and accuracy, sets of values by micro-F1. With the folder of
human-coded health news, more: the sample of a study (human, non-human, mixed) read from its title
and conclusions, and whether a report advises more than its study does.

Labels of sets: condition and intervention hold lists of names that may stand for each other (labels of the Human
Disease Ontology, groups of the lexicon); a share or level in percent is not relative, a change or comparison is; time
holds "new" where the research is sold as new, and dates as ISO dates, months or years; tone counts outside speech only.
The halves of all dimensions but certainty and direction come from one hand, which also wrote the rules, so that their
figures flatter; those two were labelled apart.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from claimtrace.model.profile import Profile
from claimtrace.profile.statement import profile_statement

ROOT = Path(__file__).resolve().parents[1]
SETS = ROOT / "tests" / "data" / "dimensions"
FIGURES = ROOT / "docs" / "figures" / "dimensions.json"

_ROLES = ("patients", "volunteers", "participants", "professionals")
_AGES = ("infant", "child", "adolescent", "young adult", "older")


def read_set(dimension: str, part: str) -> list[dict[str, Any]]:
    """The labelled statements of a dimension; ``part`` is dev or test."""
    lines = (SETS / f"{dimension}.{part}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _population_items(one: dict[str, Any]) -> set[str]:
    facets = {
        "kind": one.get("kind"),
        "species": one.get("species") if one.get("kind") in ("animals", "xenograft") else None,
        "role": one.get("role") if one.get("role") in _ROLES else None,
        "number": one.get("number"),
        "sex": one.get("sex"),
        "age": one.get("age") if one.get("age") in _AGES else None,
    }
    return {f"{name}={value}" for name, value in facets.items() if value}


def _population(profile: Profile) -> set[str]:
    return set().union(*(_population_items(one._asdict()) for one in profile.population), set())


def _magnitude_item(kind: str, value: float | None, unit: str | None, relative: bool | None) -> str:
    number = "" if value is None else f"{value:.2g}"
    if kind == "percent":
        return f"percent {number} {'relative' if relative else 'absolute'}"
    if kind in ("count", "amount"):
        return f"{kind} {number} {(unit or '').lower().removesuffix('s')}"
    if kind in ("vague", "universal"):
        return f"{kind} {unit}"
    return f"{kind} {number}"


def _magnitude(profile: Profile) -> set[str]:
    return {_magnitude_item(one.kind, one.value, one.unit, one.relative) for one in profile.magnitude}


def _time(profile: Profile) -> set[str]:
    return ({"new"} if profile.novelty else set()) | {f"date:{iso}" for _, iso in profile.dates}


def _same(label: Any) -> set[Any]:
    return set(label)


_GOLD: dict[str, Callable[[Any], set[Any]]] = {
    "population": lambda label: set().union(*(_population_items(one) for one in label), set()),
    "condition": lambda label: {tuple(name.lower() for name in names) for names in label},
    "intervention": lambda label: {tuple(names) for names in label},
    "outcome": lambda label: {one["concept"] + ("*" if one["marker"] else "") for one in label},
    "magnitude": lambda label: {
        _magnitude_item(one["kind"], one.get("value"), one.get("unit"), one.get("relative")) for one in label
    },
    "time": _same,
    "tone": _same,
}
_READ: dict[str, Callable[[Profile], set[Any]]] = {
    "population": _population,
    "condition": lambda profile: {one.label.lower() for one in profile.condition},
    "intervention": lambda profile: {one.concept for one in profile.intervention},
    "outcome": lambda profile: {one.concept + ("*" if one.marker else "") for one in profile.outcome},
    "magnitude": _magnitude,
    "time": _time,
    "tone": lambda profile: {one.tone for one in profile.tone},
}
SINGLE = ("certainty", "direction", "advice", "speaker")
SETS_OF_VALUES = tuple(_GOLD)
DIMENSIONS = (*SINGLE, *SETS_OF_VALUES)


def compared(dimension: str, row: dict[str, Any]) -> tuple[set[Any], set[Any]]:
    """Labels and readings of one statement as comparable sets; names that may stand for each other are one."""
    profile = profile_statement(row["text"])
    if dimension in SINGLE:
        return {row["label"]}, {getattr(profile, dimension)}
    gold = _GOLD[dimension](row["label"])
    read = _READ[dimension](profile)
    if dimension in ("condition", "intervention"):
        first = {name: names[0] for names in gold for name in names}
        return {names[0] for names in gold}, {first.get(name, name) for name in read}
    return gold, read


def macro_f1(pairs: Iterable[tuple[Any, Any]]) -> float:
    """Mean of the F1 of each label that occurs; pairs of label and reading."""
    right: Counter[Any] = Counter()
    labels: Counter[Any] = Counter()
    readings: Counter[Any] = Counter()
    for label, reading in pairs:
        labels[label] += 1
        readings[reading] += 1
        right[label] += label == reading
    return sum(2 * right[one] / (labels[one] + readings[one]) for one in labels) / len(labels)


def score(dimension: str, part: str) -> dict[str, float]:
    """Figures of a dimension: ``statements``, ``exact`` (all values right) and ``f1``."""
    sides = [compared(dimension, row) for row in read_set(dimension, part)]
    exact = sum(gold == read for gold, read in sides) / len(sides)
    if dimension in SINGLE:
        f1 = macro_f1((next(iter(gold)), next(iter(read))) for gold, read in sides)
    else:
        both = sum(len(gold & read) for gold, read in sides)
        f1 = 2 * both / max(1, sum(len(gold) + len(read) for gold, read in sides))
    return {"statements": len(sides), "f1": round(f1, 3), "exact": round(exact, 3)}


_MODELS = frozenset({"animals", "xenograft", "cells", "organoids"})


def sample_of(text: str) -> str:
    """The sample as the health-news coders name it, from a study's title and conclusions.

    Where nobody is named, people are implied, which counts as human.
    """
    kinds = {one.kind for one in profile_statement(text).population}
    if kinds & _MODELS:
        return "mixed" if "people" in kinds else "non-human"
    return "human"


def health_news(folder: Path) -> dict[str, dict[str, float]]:
    """Checks against the human-coded studies and reports."""
    studies = [json.loads(line) for line in (folder / "studies.jsonl").read_text("utf-8").splitlines()]
    pairs = [
        (one["sample"].removesuffix("-implied"), sample_of(". ".join((one["title"], *one["conclusions"]))))
        for one in studies
        if one["sample"]
    ]
    two = [(gold == "human", read == "human") for gold, read in pairs]
    advice = {one["reference"]: one["advice"] for one in studies}
    reports = [json.loads(line) for line in (folder / "reports.jsonl").read_text("utf-8").splitlines()]
    both = read = coded = 0
    for one in reports:
        if one["advice_exaggerated"] is None or advice.get(one["reference"]) is None:
            continue
        told = max(profile_statement(one[field] or "").advice for field in ("headline", "main"))
        says_more = told > advice[one["reference"]]
        both += says_more and one["advice_exaggerated"]
        read += says_more
        coded += one["advice_exaggerated"]
    return {
        "sample": {
            "statements": len(pairs),
            "f1": round(macro_f1(pairs), 3),
            "exact": round(sum(gold == reading for gold, reading in pairs) / len(pairs), 3),
        },
        "sample, people or not": {
            "statements": len(two),
            "f1": round(macro_f1(two), 3),
            "exact": round(sum(gold == reading for gold, reading in two) / len(two), 3),
        },
        "advice exaggerated": {"statements": len(reports), "f1": round(2 * both / max(1, read + coded), 3)},
    }


def main() -> None:
    """Print the figures, and write them where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--health-news", type=Path, help="folder with studies.jsonl and reports.jsonl")
    parser.add_argument("--json", type=Path, help=f"file for the figures (the model card's: {FIGURES.name})")
    parser.add_argument("--dev-only", action="store_true", help="leave the statements kept apart unread")
    given = parser.parse_args()
    parts = ("dev",) if given.dev_only else ("dev", "test")
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for dimension in DIMENSIONS:
        figures[dimension] = {part: score(dimension, part) for part in parts}
        shown = "   ".join(
            f"{part} {one['f1']:.3f} (exact {one['exact']:.3f}, n={one['statements']})"
            for part, one in figures[dimension].items()
        )
        print(f"{dimension:13}{'macro' if dimension in SINGLE else 'micro'}-F1  {shown}")
    if given.health_news:
        figures["health news"] = health_news(given.health_news)
        for name, one in figures["health news"].items():
            print(f"health news, {name}: F1 {one['f1']:.3f} (n={one['statements']})")
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
