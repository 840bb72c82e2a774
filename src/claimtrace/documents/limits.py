"""How much of an input is read; the numbers and their reasons stand in ``data/inputs/limits.json``."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).resolve().parents[1] / "data" / "inputs" / "limits.json"


class Limits(NamedTuple):
    """Bytes, seconds and counts; one field an entry of the data file."""

    article_bytes: int
    markup_bytes: int
    unpacked_bytes: int
    unpacked_ratio: int
    ratio_from_bytes: int
    members: int
    nesting: int
    line_bytes: int
    mail_bytes: int
    pages: int
    fetch_bytes: int
    fetch_seconds: float
    connect_seconds: float
    redirects: int
    robots_bytes: int


@cache
def limits() -> Limits:
    """The limits in force."""
    data = json.loads(_FILE.read_bytes())["limits"]
    return Limits(**{name: entry["value"] for name, entry in data.items()})


def megabytes(count: int) -> str:
    """A number of bytes for people."""
    return f"{count / 1_048_576:.0f} MB" if count >= 1_048_576 else f"{max(1, count // 1024)} kB"
