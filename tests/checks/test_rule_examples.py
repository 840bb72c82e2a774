"""Every rule's own examples are run: what is said to fire fires, what is said to stay silent stays silent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import claimtrace
from claimtrace import check, scan
from claimtrace.checks.context import rules
from claimtrace.studies.plain import study_from_json
from claimtrace.studies.record import parse_records

STUDIES: dict[str, dict[str, Any]] = {
    one["id"]: one
    for one in json.loads((Path(claimtrace.__file__).parent / "data" / "example-studies.json").read_text("utf-8"))
}
EXAMPLES = [
    (code, group, number, example)
    for code, rule in rules().items()
    for group in ("fires", "silent")
    for number, example in enumerate(rule["examples"][group])
]
NAMES = [f"{code}-{group}-{number}" for code, group, number, _ in EXAMPLES]


def needs_an_article(code: str) -> bool:
    """What an article never tells, and what no study stands behind, is only seen in a whole article."""
    return rules()[code]["kind"] in ("omission", "unsupported")


def found_in(code: str, example: dict[str, Any], folder: Path) -> set[str]:
    study = study_from_json(STUDIES[example["study"]])
    if not needs_an_article(code):
        found = check(
            example["text"], study, headline=example.get("headline", False), published=example.get("published")
        )
        return {one.rule for one in found}
    article = folder / "article.txt"
    article.write_text(example["text"], "utf-8")
    done = scan(article, [study], bundled=False, published=example.get("published"))
    (document,) = done.documents
    assert document.study is not None, "the example's article does not tell which study it rests on"
    claimed = {one.rule for claim in done.claims for one in claim.overstatements}
    return claimed | {one.rule for one in document.omissions}


@pytest.mark.parametrize(("code", "group", "number", "example"), EXAMPLES, ids=NAMES)
def test_an_example_does_what_it_says(
    code: str, group: str, number: int, example: dict[str, Any], tmp_path: Path
) -> None:
    found = found_in(code, example, tmp_path)
    assert (code in found) == (group == "fires"), sorted(found)


@pytest.mark.parametrize(("code", "group", "number", "example"), EXAMPLES, ids=NAMES)
def test_an_example_is_whole(code: str, group: str, number: int, example: dict[str, Any]) -> None:
    assert set(example) <= {"text", "says", "study", "headline", "published"}
    assert example["says"].endswith((".", "!", "?"))
    assert example["study"] in STUDIES


def test_the_studies_of_the_examples_are_valid_records_and_each_is_used() -> None:
    studies, problems = parse_records(list(STUDIES.values()), "examples")
    assert len(studies) == len(STUDIES)
    assert not problems
    assert {example["study"] for _, _, _, example in EXAMPLES} == set(STUDIES)


@pytest.mark.parametrize("code", list(rules()))
def test_a_rule_has_two_examples_of_each_sort_and_no_two_alike(code: str) -> None:
    examples = rules()[code]["examples"]
    for group in ("fires", "silent"):
        assert len({one["text"] for one in examples[group]}) >= 2
    fires, silent = (
        {(one["text"], one.get("published")) for one in examples[group]} for group in ("fires", "silent")
    )
    assert not fires & silent


@pytest.mark.parametrize("code", list(rules()))
def test_what_why_and_source_are_whole_sentences(code: str) -> None:
    rule = rules()[code]
    for text in (rule["claim"], rule["why"]):
        assert text[0].isupper()
        assert text.endswith(".")
    assert len(rule["source"]) > 20
