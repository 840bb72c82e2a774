"""Which sentences of a linked article speak of its study."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import claimtrace
from claimtrace.matching.sentence_numbers import ALONE, AROUND, STORY, cues
from claimtrace.matching.sentences import sentence_model
from claimtrace.model.studies import Study
from claimtrace.studies.bundled import load_bundled

STUDY = Study(
    id="walnut-2016",
    title="Walnut intake and knee osteoarthritis pain in older adults: a randomised trial",
    abstract="In this trial of 212 older adults with knee osteoarthritis, daily walnuts were associated with less pain at six months.",
    published="2016-03-01",
)
HEADLINE = "Walnuts ease aching knees"
REPORTED = (
    "Eating a handful of walnuts a day may ease the pain of knee osteoarthritis, a new trial has found.",
    "Researchers followed 212 older adults with knee osteoarthritis for six months.",
    "Those who were given walnuts reported less pain than those who were not.",
    "This was true for women and men alike, the authors said in their paper.",
)
GENERAL = (
    "Walnuts are the seeds of a tree that has been grown since antiquity.",
    "They grow best in deep soil and full sun.",
    "Most gardeners plant them in autumn.",
)
ANOTHER = (
    "A council in the north has approved plans for a cycle path along the river.",
    "The path was paid for by a lottery grant, a spokesman for the council said.",
    "It will be opened by the mayor in May.",
)


def linked(tmp_path: Path, *paragraphs: tuple[str, ...]) -> dict[str, bool]:
    path = tmp_path / "article.txt"
    path.write_text("\n\n".join([HEADLINE, *(" ".join(one) for one in paragraphs)]), "utf-8")
    scan = claimtrace.scan(path, studies=[STUDY], bundled=False)
    assert scan.documents[0].study is not None
    return {claim.text: claim.study is not None for claim in scan.claims}


def test_what_is_reported_is_linked_and_what_is_generally_known_is_not(tmp_path: Path) -> None:
    found = linked(tmp_path, REPORTED[:2], GENERAL, REPORTED[2:])
    assert [text for text in (HEADLINE, *REPORTED) if not found[text]] == []
    assert [text for text in GENERAL if found[text]] == []


def test_another_story_on_the_page_is_not_linked(tmp_path: Path) -> None:
    found = linked(tmp_path, REPORTED[:2], ANOTHER, REPORTED[2:])
    assert [text for text in ANOTHER if found[text]] == []


def test_the_model_knows_the_numbers() -> None:
    model = sentence_model()
    assert len(model.alone.weights) == len(ALONE)
    asked: set[int] = set()
    waiting = list(model.among.trees)
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            asked.add(node[0])
            waiting += node[2:]
    assert asked <= set(range(len((*AROUND, *STORY, *ALONE))))
    assert len(asked) > len(AROUND)


def test_cue_words_stand_in_normal_form() -> None:
    assert [word for word in cues() if word != word.lower().strip() or " " in word] == []


def test_training_articles_are_labelled_and_not_on_the_seeds(root: Path) -> None:
    behind_seeds = {"karagiannis-2017-tmem", "keklikoglou-2019-exosomes", "kim-2009-self-seeding"}
    known = {study.id for study in load_bundled()}
    with gzip.open(root / "training/explainers.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    assert len(rows) > 40
    assert {row["study"] for row in rows} <= known - behind_seeds
    labels = {label for row in rows for block in row["blocks"] for _, label in block["sentences"]}
    assert labels == {0, 1}
