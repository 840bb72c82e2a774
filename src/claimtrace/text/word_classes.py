"""Small closed classes of words (``data/word_classes.json``): function words, numerals, units, verbs of change."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_PATH = Path(__file__).resolve().parents[1] / "data" / "word_classes.json"


@cache
def _classes() -> dict[str, dict[str, Any]]:
    return {one["class"]: one for one in json.loads(_PATH.read_bytes())["classes"]}


def word_class(name: str) -> frozenset[str]:
    """The words of a class. Raises ``KeyError`` for a class that the file does not hold."""
    return frozenset(_classes()[name]["words"])


def word_values(name: str) -> dict[str, float]:
    """The words of a class that stand for numbers, each with its number (``KeyError`` as above)."""
    return dict(_classes()[name]["values"])
