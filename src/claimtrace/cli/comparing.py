"""``claimtrace compare``."""

from __future__ import annotations

import json
from pathlib import Path

from claimtrace.cli.output import print_text
from claimtrace.documents.decode import decode
from claimtrace.engine.comparing import compare_texts
from claimtrace.errors import InputError
from claimtrace.model.profile import RELATION_NAMES, STRENGTH_NAMES, Profile
from claimtrace.report.safe import one_line


def show_comparison(report: str, source: str, as_json: bool) -> None:
    """Print which of two texts says more."""
    found = compare_texts(_text(report), _text(source))
    if as_json:
        data = {"label": found.label, "exaggerates": round(found.more, 4), "downplays": round(found.less, 4)}
        print_text(lambda out: print(json.dumps(data), file=out))
        return
    lines = [f"{found.label}: the report {_SAID[found.label]} ({max(found.more, found.less):.0%} sure)"]
    lines += [f"  {name:7s} {_described(one)}" for name, one in (("report", found.report), ("source", found.source))]
    print_text(lambda out: print("\n".join(lines), file=out))


_SAID = {
    "exaggerates": "says more than its source",
    "same": "says as much as its source",
    "downplays": "says less than its source",
}


def _described(profile: Profile | None) -> str:
    if profile is None:
        return "(no statement)"
    return f"{STRENGTH_NAMES[profile.strength]} ({RELATION_NAMES[profile.relation]}): {one_line(profile.text)}"


def _text(given: str) -> str:
    path = Path(given)
    try:
        if len(given) < 1000 and "\n" not in given and path.is_file():
            return decode(path.read_bytes())[0]
    except (OSError, ValueError) as error:
        raise InputError(f"{given}: cannot be read ({error})") from None
    return given
