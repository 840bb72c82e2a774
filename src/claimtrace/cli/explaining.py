"""``claimtrace rules``, ``explain`` and ``schema``."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

from claimtrace.checks.context import rules
from claimtrace.cli.output import print_text
from claimtrace.errors import SettingsError

_SCHEMAS = Path(__file__).resolve().parents[1] / "data" / "schemas"


def list_rules(as_json: bool) -> None:
    """Print all rules."""
    known = list(rules().values())
    if as_json:
        print_text(lambda out: print(json.dumps(known, ensure_ascii=False, indent=2), file=out))
        return
    print_text(
        lambda out: print("\n".join(f"{one['code']}  {one['kind']:18s}  {one['claim']}" for one in known), file=out)
    )


def explain_rule(code: str) -> None:
    """Print one rule in full."""
    rule = rules().get(code.strip().upper())
    if rule is None:
        raise SettingsError(f"there is no rule {code!r}; claimtrace rules lists them")
    lines = [f"{rule['code']}  {rule['title']} ({rule['kind']})", ""]
    lines += textwrap.wrap(f"{rule['claim']} {rule['why']}", 96)
    lines += ["", f"Source: {rule['source']}", "", "Severity:"]
    lines += [f"  {row['severity']:9s} {row['when']}" for row in rule["severity"].values()]
    for group, head in (("fires", "It fires on:"), ("silent", "It is silent on:")):
        lines += ["", head, *(line for one in rule["examples"][group] for line in _example(one))]
    lines += [
        "",
        "To silence it:",
        f"  in one place    claimtrace accept CLAIM_ID {rule['code']} --reason WHY",
        f'  in some files   [per-path."opinion/**"] with ignore = ["{rule["code"]}"] in claimtrace.toml',
        f'  everywhere      --ignore {rule["code"]}, or ignore = ["{rule["code"]}"] in claimtrace.toml',
    ]
    print_text(lambda out: print("\n".join(lines), file=out))


def _example(one: dict[str, Any]) -> list[str]:
    """The article's words, and what the study says to them."""
    lines: list[str] = []
    for number, part in enumerate(one["text"].strip().split("\n\n")):
        lines += textwrap.wrap(part, 94, initial_indent="    " if number else "  - ", subsequent_indent="    ")
    told = " (as a headline)" if one.get("headline") else ""
    date = f" (article of {one['published']})" if one.get("published") else ""
    why = f"because: {one['says']}{told}{date}"
    return [*lines, *textwrap.wrap(why, 92, initial_indent="      ", subsequent_indent="        ")]


def print_schema(name: str) -> None:
    """Print a JSON Schema."""
    if name == "study":
        from claimtrace.studies.record import StudyRecord

        text = json.dumps(StudyRecord.model_json_schema(by_alias=True), ensure_ascii=False, indent=2)
    elif name in ("scan", "baseline"):
        text = (_SCHEMAS / f"{name}.json").read_text("utf-8").rstrip()
    else:
        raise SettingsError(f"there is no schema {name!r}; known are scan, study and baseline")
    print_text(lambda out: print(text, file=out))
