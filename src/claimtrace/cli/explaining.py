"""``claimtrace rules``, ``explain`` and ``schema``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from claimtrace.checks.context import rules
from claimtrace.cli.output import print_text, terminal_options
from claimtrace.errors import SettingsError
from claimtrace.report.drawing import draw
from claimtrace.report.items import Grid, Item, Line

_SCHEMAS = Path(__file__).resolve().parents[1] / "data" / "schemas"
_CODE, _KIND = 5, 18


def list_rules(as_json: bool) -> None:
    """Print all rules."""
    known = list(rules().values())
    if as_json:
        print_text(lambda out: print(json.dumps(known, ensure_ascii=False, indent=2), file=out))
        return
    rows = tuple(
        (Line(((one["code"], "title"),)), Line(((one["kind"], "label"),)), Line(((one["claim"], "plain"),)))
        for one in known
    )
    print_text(lambda out: draw((Grid(rows, (_CODE, _KIND, 0)),), out, terminal_options()))


def explain_rule(code: str) -> None:
    """Print one rule in full.

    Raises:
        SettingsError: there is no such rule; the message names those that are near.
    """
    known = rules()
    rule = known.get(code.strip().upper())
    if rule is None:
        near = _near(code.strip(), known)
        hint = (
            f"did you mean {' or '.join(near)}? claimtrace rules lists all" if near else "claimtrace rules lists them"
        )
        raise SettingsError(f"there is no rule {code!r}; {hint}")
    print_text(lambda out: draw(_explained(rule), out, terminal_options()))


def _near(code: str, known: dict[str, dict[str, Any]]) -> list[str]:
    """Codes that begin so or look like it, or whose kind is so called."""
    by_kind = [name for name, rule in known.items() if rule["kind"] == code.lower()]
    begun = [name for name in known if code and name.startswith(code.upper())]
    return (by_kind or begun)[:3] or get_close_matches(code.upper(), known, 3, 0.6)


def _explained(rule: dict[str, Any]) -> Iterator[Item]:
    yield Line(((f"{rule['code']}  {rule['title']}", "title"), (f"  ({rule['kind']})", "faint")))
    yield Line(())
    yield Line(((f"{rule['claim']} {rule['why']}", "plain"),))
    yield Line(())
    yield Line((("Source:   ", "label"), (rule["source"], "plain")), hang=10)
    yield Line(())
    yield Line((("Severity", "label"),))
    for row in rule["severity"].values():
        yield Line(((f"{row['severity']:<8s}  ", row["severity"]), (row["when"], "plain")), indent=2, hang=10)
    for title, examples in (("It fires on", "fires"), ("It is silent on", "silent")):
        yield Line(())
        yield Line(((title, "label"),))
        for one in rule["examples"][examples]:
            yield from _example(one)
    yield Line(())
    yield Line((("To silence it", "label"),))
    code = rule["code"]
    yield Line((("in one place   ", "faint"), (f"claimtrace accept CLAIM_ID {code} --reason WHY", "plain")), indent=2)
    yield Line(
        (
            ("in some files  ", "faint"),
            (f'[per-path."opinion/**"] with ignore = ["{code}"]', "plain"),
            (" in claimtrace.toml", "faint"),
        ),
        indent=2,
        hang=15,
    )
    yield Line(
        (
            ("everywhere     ", "faint"),
            (f'--ignore {code}, or ignore = ["{code}"]', "plain"),
            (" in claimtrace.toml", "faint"),
        ),
        indent=2,
        hang=15,
    )


def _example(one: dict[str, Any]) -> Iterator[Item]:
    """The article's words, and what the study says to them."""
    for number, part in enumerate(one["text"].strip().split("\n\n")):
        yield Line(
            (("" if number else "- ", "faint"), (part, "plain")), indent=4 if number else 2, hang=0 if number else 2
        )
    told = " (as a headline)" if one.get("headline") else ""
    date = f" (article of {one['published']})" if one.get("published") else ""
    yield Line((("because: ", "label"), (f"{one['says']}{told}{date}", "faint")), indent=6, hang=2)


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
