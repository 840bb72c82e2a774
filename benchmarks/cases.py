"""Accuracy on the project's own cases: reports of studies, faithful and overstated, and innocent health writing.

usage: python benchmarks/cases.py [HEALTH_NEWS] [--output FILE] [--cases]

HEALTH_NEWS is the folder of the health-news benchmark; without it those figures are left out.
``--output`` writes all figures as JSON (docs/figures/cases.json); ``--cases`` also prints the other parts than ``blind``
case by case.

Of the part ``blind`` nothing but totals is printed or written, so that it stays a measure of reports never seen.
What the fields of a case mean stands in tests/data/cases/README.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import claimtrace
from claimtrace.studies.bundled import load_bundled
from claimtrace.text.sentences import split_sentences

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "data" / "cases"
PARTS = ("blind", "open", "wide", "late")
SHOWN = PARTS[1:]
Row = dict[str, Any]


def read_lines(path: Path) -> list[Row]:
    """The objects of a file of JSON lines, packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def ratio(part: float, whole: float) -> float | None:
    """A share with three decimals; ``None`` of nothing."""
    return round(part / whole, 3) if whole else None


def per_thousand(alarms: int, sentences: int) -> dict[str, float | int]:
    return {"sentences": sentences, "alarms": alarms, "per 1,000": round(1000 * alarms / max(1, sentences), 2)}


def told_of(case: Row, study: claimtrace.Study) -> list[claimtrace.Overstatement]:
    """What is told of a case: a report by ``claimtrace.check``, an article of several paragraphs by a scan."""
    if "\n" not in case["text"]:
        return claimtrace.check(case["text"], study, headline=case["headline"], published=case["published"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.txt"
        path.write_text(case["text"] + "\n", "utf-8")
        result = claimtrace.scan(path, studies=[study], bundled=False, published=case["published"])
    return [one for claim in result.claims for one in claim.overstatements]


def judge(case: Row, study: claimtrace.Study) -> Row:
    """One case at the tool's own thresholds.

    Returns:
        ``hits``: expected overstatements that were told, each with whether severity and words agree;
        ``missed``: expected kinds that were not; ``false``: kinds that no editor would name here.
    """
    told = told_of(case, study)
    hits: list[Row] = []
    missed: list[str] = []
    for expected, words in zip(case["expected"], case["spans"], strict=True):
        same = [one for one in told if one.kind == expected["kind"]]
        if not same:
            missed.append(expected["kind"])
            continue
        start = case["text"].index(words)
        shared = {one: min(one.end, start + len(words)) - max(one.start, start) for one in same}
        best = max(same, key=lambda one: shared[one])
        hits.append(
            {"kind": best.kind, "severity": best.severity == expected["severity"], "words": shared[best] > 0}
        )  # fmt: skip
    asked = {one["kind"] for one in case["expected"]}
    false = [one for one in told if one.kind not in asked and one.kind not in case.get("also", ())]
    return {
        "case": case,
        "hits": hits,
        "missed": missed,
        "false": sorted({one.kind for one in false}),
        "told": [{"rule": one.rule, "kind": one.kind, "severity": one.severity, "span": one.span} for one in told],
    }


def told_by_scan(case: Row, extra: claimtrace.Study | None, folder: Path) -> set[str]:
    """Kinds told when the case is scanned as an article with the bundled records and ``extra``."""
    path = folder / f"{case['id']}.txt"
    path.write_text(case["text"] + "\n", "utf-8")
    result = claimtrace.scan(path, studies=[extra] if extra else None, published=case["published"])
    return {one.kind for claim in result.claims for one in claim.overstatements}


def summary(judged: Sequence[Row]) -> Row:
    """Totals over judged cases: cases found and flagged, each kind, severities."""
    overstated = [one for one in judged if one["case"]["expected"]]
    faithful = [one for one in judged if not one["case"]["expected"]]
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for one in judged:
        right.update(hit["kind"] for hit in one["hits"])
        missed.update(one["missed"])
        wrong.update(one["false"])
    found = sum(bool(one["hits"]) for one in overstated)
    flagged = sum(bool(one["told"]) for one in faithful)
    hits = [hit for one in judged for hit in one["hits"]]
    return {
        "overstated": len(overstated),
        "found": found,
        "missed": len(overstated) - found,
        "faithful": len(faithful),
        "flagged": flagged,
        "precision of kinds": ratio(right.total(), right.total() + wrong.total()),
        "recall of kinds": ratio(right.total(), right.total() + missed.total()),
        "severity agrees": ratio(sum(hit["severity"] for hit in hits), len(hits)),
        "words overlap": ratio(sum(hit["words"] for hit in hits), len(hits)),
        "kinds": {
            kind: {
                "expected": right[kind] + missed[kind],
                "told": right[kind] + wrong[kind],
                "right": right[kind],
                "precision": ratio(right[kind], right[kind] + wrong[kind]),
                "recall": ratio(right[kind], right[kind] + missed[kind]),
            }
            for kind in sorted(right | wrong | missed)
        },
    }


def score_cases() -> tuple[Row, list[Row]]:
    """Figures of every part, and the judged cases of those that may be looked at."""
    bundled = {study.id: study for study in load_bundled()}
    studies = bundled | {study.id: study for study in claimtrace.load_catalogue(CASES / "studies.json")}
    cases = [case for name in ("overstated", "faithful") for case in read_lines(CASES / f"{name}.jsonl")]
    figures: Row = {}
    shown: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for part in PARTS:
            pairs = [(case, studies[case["study"]]) for case in cases if case["half"] == part]
            judged = [judge(case, study) for case, study in pairs]
            as_articles = [
                told_by_scan(case, None if study.id in bundled else study, Path(folder)) for case, study in pairs
            ]
            figures[part] = summary(judged)
            figures[part]["as articles"] = {
                "found": sum(
                    bool(told & {one["kind"] for one in case["expected"]})
                    for (case, _), told in zip(pairs, as_articles, strict=True)
                ),
                "flagged": sum(
                    bool(told) and not case["expected"] for (case, _), told in zip(pairs, as_articles, strict=True)
                ),
            }
            if part in SHOWN:
                shown += judged
    return figures, shown


def alarms_of(claims: Iterable[Any]) -> list[Row]:
    return [
        {"rule": one.rule, "kind": one.kind, "span": one.span, "sentence": claim.text}
        for claim in claims
        for one in claim.overstatements
    ]


def score_innocent() -> tuple[Row, list[Row]]:
    """Alarms in writing that reports no study, scanned with the bundled records."""
    result = claimtrace.scan(CASES / "innocent")
    alarms = alarms_of(result.claims)
    figures = per_thousand(len(alarms), len(result.claims))
    linked = sum(document.study is not None for document in result.documents)
    return {**figures, "files": len(result.documents), "files with a study": linked}, alarms


def score_health_news(folder: Path) -> Row:
    """Alarms in press releases coded as not exaggerated, and in the studies' own conclusions."""
    rows = read_lines(folder / "studies.jsonl")
    records = {
        row["reference"]: claimtrace.Study(
            id=row["reference"], title=row["title"], abstract=" ".join(row["conclusions"])
        )
        for row in rows
    }
    codes = ("causal_exaggerated", "sample_exaggerated", "advice_exaggerated")
    innocent = {
        row["reference"]
        for row in read_lines(folder / "reports.jsonl")
        if row["kind"] == "press_release" and not any(row[code] is not False for code in codes)
    }
    sentences = alarms = releases = 0
    rules = Counter[str]()
    with tempfile.TemporaryDirectory() as place:
        for row in read_lines(folder / "articles.jsonl.gz"):
            if row["kind"] != "press_release" or row["reference"] not in innocent:
                continue
            path = Path(place) / f"{row['id']}.txt"
            path.write_text(row["text"], "utf-8")
            result = claimtrace.scan(path, studies=[records[row["reference"]]], bundled=False)
            releases += 1
            sentences += len(result.claims)
            found = alarms_of(result.claims)
            alarms += len(found)
            rules.update(f"{one['rule']} {one['kind']}" for one in found)
    own_sentences = own_alarms = 0
    own_rules = Counter[str]()
    for row in rows:
        for conclusion in row["conclusions"]:
            told = claimtrace.check(conclusion, records[row["reference"]])
            own_sentences += len(split_sentences(conclusion))
            own_alarms += len(told)
            own_rules.update(f"{one.rule} {one.kind}" for one in told)
    return {
        "press releases": {**per_thousand(alarms, sentences), "releases": releases, "by rule": dict(rules)},
        "own conclusions": {
            **per_thousand(own_alarms, own_sentences),
            "studies": len(records),
            "by rule": dict(own_rules),
        },
    }


def print_part(part: str, figures: Row) -> None:
    print(
        f"{part}: overstated found {figures['found']} of {figures['overstated']}, faithful flagged {figures['flagged']} of "
        f"{figures['faithful']}; kinds: precision {figures['precision of kinds']}, recall {figures['recall of kinds']}; "
        f"severity agrees {figures['severity agrees']}, words overlap {figures['words overlap']}; as articles: found "
        f"{figures['as articles']['found']}, flagged {figures['as articles']['flagged']}"
    )
    for kind, one in figures["kinds"].items():
        print(
            f"  {kind:20s} expected {one['expected']:3d}  told {one['told']:3d}  right {one['right']:3d}  "
            f"precision {one['precision']!s:5}  recall {one['recall']!s:5}"
        )


def print_cases(judged: Sequence[Row]) -> None:
    """The open parts, case by case: what is missed and what is told without reason."""
    for one in judged:
        if one["missed"] or one["false"]:
            case = one["case"]
            print(f"{case['id']} ({case['study']}): {case['text']}")
            print(f"  missed: {', '.join(one['missed']) or '-'}   without reason: {', '.join(one['false']) or '-'}")
            for told in one["told"]:
                print(f"  told: {told['rule']} {told['kind']} {told['severity']}: {told['span']}")


def main() -> None:
    """Score, print, and write what was asked for."""
    parser = argparse.ArgumentParser(description="Accuracy on the project's own cases.")
    parser.add_argument("health_news", nargs="?", type=Path, help="folder of the health-news benchmark")
    parser.add_argument("--output", type=Path, help="write the figures as JSON")
    parser.add_argument(
        "--cases", action="store_true", help="print the open parts and the innocent alarms one by one"
    )
    arguments = parser.parse_args()

    parts, judged = score_cases()
    innocent, alarms = score_innocent()
    figures: Row = {"version": claimtrace.__version__, **parts, "innocent": innocent}
    for part in PARTS:
        print_part(part, parts[part])
    print(f"innocent: {innocent}")
    if arguments.cases:
        print_cases(judged)
        for alarm in alarms:
            print(f"{alarm['rule']} {alarm['kind']}: {alarm['span']}  <- {alarm['sentence']}")
    if arguments.health_news:
        figures["health news"] = score_health_news(arguments.health_news)
        for name, one in figures["health news"].items():
            print(f"{name}: {one}")
    if arguments.output:
        arguments.output.parent.mkdir(parents=True, exist_ok=True)
        arguments.output.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
