"""The texts of the rules, for reports that explain themselves."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_RULES = Path(__file__).resolve().parents[1] / "data" / "rules.json"


@cache
def known_rules() -> list[dict[str, Any]]:
    """All rules, as ``data/rules.json`` holds them."""
    return json.loads(_RULES.read_bytes())
