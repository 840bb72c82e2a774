"""The closed classes of words: their form, and that each is asked for somewhere."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from claimtrace.text.word_classes import word_class, word_values

PACKAGE = Path(str(files("claimtrace")))
FILE = json.loads((PACKAGE / "data" / "word_classes.json").read_text("utf-8"))
NAMES = [one["class"] for one in FILE["classes"]]


def test_classes_stand_once_with_a_source_that_resolves() -> None:
    assert len(NAMES) == len(set(NAMES))
    assert {one["source"] for one in FILE["classes"]} == set(FILE["sources"])
    assert all(re.search(r"(19|20)\d\d", citation) for citation in FILE["sources"].values())


@pytest.mark.parametrize("one", FILE["classes"], ids=NAMES)
def test_words_are_lower_case_and_stand_once(one: dict[str, Any]) -> None:
    words = list(one.get("words") or one["values"])
    assert words
    assert len(words) == len(set(words))
    assert all(word == word.lower() == " ".join(word.split()) for word in words)


@pytest.mark.parametrize("name", NAMES)
def test_no_class_is_idle(name: str) -> None:
    code = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    assert f'("{name}")' in code


def test_numbers_and_unknown_classes() -> None:
    assert word_values("numerals")["forty"] == 40
    assert "mmhg" in word_class("units")
    with pytest.raises(KeyError):
        word_class("no such class")
