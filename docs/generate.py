"""Make the pages that say what code and figures say: commands, Python, rules, severities, accuracy, and the man page.

usage: python docs/generate.py [--check]

With ``--check`` nothing is written; pages that are not up to date are named, and the exit status is 1.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import typer.main
from accuracy_pages import accuracy, model_card, reliability

import claimtrace
from claimtrace.cli.main import app

ROOT = Path(__file__).resolve().parents[1]
MADE = "<!-- made by docs/generate.py: change the code or the data, then make reference -->"
BEGIN, END = "<!-- the table is made by docs/generate.py -->", "<!-- end of the table -->"

Command = tuple[str, Any]


def pages() -> dict[Path, str]:
    """Every made page with its text."""
    rules: list[dict[str, Any]] = json.loads((ROOT / "src/claimtrace/data/rules.json").read_text("utf-8"))
    return {
        ROOT / "docs/reference/command-line.md": command_line(),
        ROOT / "docs/reference/python.md": python(),
        ROOT / "docs/rules.md": rules_page(rules),
        ROOT / "docs/severity.md": severity_page(rules),
        ROOT / "docs/accuracy.md": accuracy(),
        ROOT / "docs/model-card.md": model_card(),
        ROOT / "docs/figures/reliability.svg": reliability(),
        ROOT / "src/claimtrace/data/man/claimtrace.1": man(),
    }


def commands() -> Iterator[Command]:
    """Every command that does something, with its whole name, in the order of ``--help``."""

    def walk(name: str, command: Any) -> Iterator[Command]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield name, command
            return
        for word, one in inner.items():
            yield from walk(f"{name} {word}", one)

    yield from walk("claimtrace", typer.main.get_command(app))


def arguments(command: Any) -> list[Any]:
    """Its arguments."""
    return [one for one in command.params if one.param_type_name == "argument"]


def options(command: Any) -> list[Any]:
    """Its options, but --help."""
    return [one for one in command.params if one.param_type_name == "option" and one.name != "help"]


def words(option: Any) -> str:
    """Its names and what follows them."""
    names = ", ".join(sorted((*option.opts, *option.secondary_opts), key=len))
    return names if option.is_flag else f"{names} {metavar(option)}"


def metavar(option: Any) -> str:
    """The word for an option's value."""
    kind = type(option.type).__name__
    return option.metavar or {"Path": "FILE", "TyperPath": "FILE", "IntRange": "N", "FloatRange": "X"}.get(
        kind, "TEXT"
    )


def usage(name: str, command: Any) -> str:
    """One line."""
    given = " ".join(one.metavar or one.name.upper() for one in arguments(command))
    return " ".join(part for part in (name, "[OPTIONS]" if options(command) else "", given) if part)


def default(option: Any) -> str:
    """What holds when nothing is said; empty where there is nothing to say."""
    value = option.default
    if (
        option.is_flag
        or value is None
        or value == ""
        or callable(value)
        or not isinstance(value, str | int | float | Path)
    ):
        return ""
    return str(value)


def example(command: Any) -> str:
    """The command's example."""
    return str(command.epilog or "").removeprefix("Example: ")


def plain(text: str) -> str:
    """Text that no Markdown reader takes for more."""
    return re.sub(r"([*_\[\]<>|])", r"\\\1", text)


def command_line() -> str:
    """The page of the command line."""
    lines = ["# Command line", "", MADE, ""]
    lines += [
        "Settings come from the command line, then `CLAIMTRACE_*` variables, then the nearest settings file",
        "([living with findings](../how-to/living-with-findings.md)), then the defaults below. `claimtrace --install-completion`",
        "teaches your shell the commands, options and values; `man claimtrace` says what this page says, where pip put the manual",
        "page on the manual's path (`share/man` of the environment).",
        "",
    ]
    for name, command in commands():
        lines += [
            f"## {name}",
            "",
            plain(" ".join((command.help or "").split())),
            "",
            "```text",
            usage(name, command),
            "```",
            "",
        ]
        if arguments(command):
            lines += ["| argument | |", "|---|---|"]
            lines += [
                f"| `{one.metavar or one.name.upper()}` | {plain(one.help or '')} |" for one in arguments(command)
            ]
            lines.append("")
        if options(command):
            lines += ["| option | | default | variable |", "|---|---|---|---|"]
            for one in options(command):
                variable = f"`{one.envvar}`" if one.envvar else ""
                held = f"`{default(one)}`" if default(one) else ""
                lines.append(f"| `{words(one)}` | {plain(one.help or '')} | {held} | {variable} |")
            lines.append("")
        if example(command):
            lines += ["```bash", example(command), "```", ""]
    lines += [
        "## Exit status",
        "",
        "| status | |",
        "|---|---|",
        *(f"| {code} | {plain(what)} |" for code, what in STATUS),
        "",
    ]
    return "\n".join(lines)


STATUS = (
    (0, "It ran, whatever it found."),
    (
        1,
        "With --fail-on: something of that severity or worse was found that is neither accepted nor in the baseline.",
    ),
    (2, "Wrong use, or nothing could be read."),
    (3, "Some inputs could not be read; the others were scanned and reported."),
    (130, "Interrupted."),
)


def python() -> str:
    """The page of the Python interface."""
    lines = [
        "# Python",
        "",
        MADE,
        "",
        "Everything here is imported from `claimtrace`; importing it is cheap, the parts load on first use.",
        "",
    ]
    objects = {name: getattr(claimtrace, name) for name in claimtrace.__all__ if name != "__version__"}
    groups = (
        ("Functions", {name: one for name, one in objects.items() if inspect.isfunction(one)}),
        (
            "Objects",
            {name: one for name, one in objects.items() if inspect.isclass(one) and not issubclass(one, Exception)},
        ),
        (
            "Errors",
            {name: one for name, one in objects.items() if inspect.isclass(one) and issubclass(one, Exception)},
        ),
    )
    for title, members in groups:
        lines += [f"## {title}", ""]
        for name, one in members.items():
            lines += [f"### {name}", ""]
            if inspect.isfunction(one):
                lines += ["```text", signature(name, one), "```", ""]
            elif issubclass(one, Exception):
                lines += [f"A `{one.__bases__[0].__name__}`.", ""]
            lines += [*prose(inspect.getdoc(one) or ""), ""]
            if dataclasses.is_dataclass(one):
                lines += ["| field | type |", "|---|---|"]
                lines += [
                    f"| `{each.name}` | `{shown(each.type)}` |".replace(" | None`", " or None`")
                    for each in dataclasses.fields(one)
                ]
                lines.append("")
            if inspect.isclass(one) and not issubclass(one, Exception):
                lines += list(methods(one))
    return "\n".join(lines)


def methods(kind: type) -> Iterator[str]:
    """Public methods and properties with their first sentence."""
    for name, member in inspect.getmembers(kind):
        target = member.fget if isinstance(member, property) else member
        if name.startswith("_") or not (inspect.isfunction(target) and target.__doc__) or name in ("count", "index"):
            continue
        head = (
            name
            if isinstance(member, property)
            else signature(name, target).replace("(self, ", "(").replace("(self)", "()")
        )
        yield f"- `{' '.join(head.split())}`: {plain(' '.join(target.__doc__.replace('``', '`').split()))}"
    yield ""


def signature(name: str, function: Any) -> str:
    """A signature as one writes it, over several lines where it is long."""
    found = inspect.signature(function)
    parts = [parameter(one) for one in found.parameters.values()]
    keyword = next(
        (at for at, one in enumerate(found.parameters.values()) if one.kind is inspect.Parameter.KEYWORD_ONLY), None
    )
    if keyword is not None:
        parts.insert(keyword, "*")
    back = f" -> {shown(found.return_annotation)}" if found.return_annotation is not inspect.Signature.empty else ""
    line = f"{name}({', '.join(parts)}){back}"
    return line if len(line) < 90 else f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){back}"


def parameter(one: inspect.Parameter) -> str:
    """A parameter with its type and default."""
    typed = f"{one.name}: {shown(one.annotation)}" if one.annotation is not inspect.Parameter.empty else one.name
    return typed if one.default is inspect.Parameter.empty else f"{typed} = {one.default!r}"


def shown(kind: Any) -> str:
    """A type as one writes it."""
    if isinstance(kind, str):
        return kind.replace("'", '"')
    if get_origin(kind):
        return f"{shown(get_origin(kind))}[{', '.join(shown(one) for one in get_args(kind))}]"
    return getattr(kind, "__name__", str(kind))


def prose(doc: str) -> list[str]:
    """A docstring as Markdown: its sections become lists."""
    lines: list[str] = []
    inside = False
    for line in doc.replace("``", "`").splitlines():
        if re.fullmatch(r"(Args|Raises|Attributes|Returns):", line):
            lines += [f"{line}", ""]
            inside = True
        elif inside and re.match(r" {4}\S", line):
            name, colon, rest = line.strip().partition(": ")
            lines.append(f"- `{name}`: {rest}" if colon else f"- {line.strip()}")
        elif inside and line.startswith("     "):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    return lines


def rules_page(rules: list[dict[str, Any]]) -> str:
    """The page of the rules."""
    lines = ["# Rules", "", MADE, "", "| code | kind | the claim … |", "|---|---|---|"]
    lines += [f"| [{one['code']}](#{anchor(one)}) | {one['kind']} | {plain(one['claim'])} |" for one in rules]
    lines += [
        "",
        "Each example below is run by the tests against the study that it names: what is said to fire fires, what is said to",
        "stay silent stays silent. `claimtrace explain CODE` prints the same.",
        "",
        "In whole articles a learned grade is asked where no rule has found anything; what it finds is told under the rule whose kind",
        "fits best, with the study's own words ([model card](model-card.md)).",
        "",
    ]
    for one in rules:
        lines += [
            f"## {one['code']} {plain(one['title'])}",
            "",
            f"{plain(one['claim'])} {plain(one['why'])}",
            "",
        ]
        lines += [f"Source: {plain(one['source'])}.".replace("..", "."), "", "| severity | when |", "|---|---|"]
        lines += [f"| {row['severity']} | {plain(row['when'])} |" for row in one["severity"].values()]
        for group, head in (("fires", "Fires on:"), ("silent", "Silent on:")):
            lines += ["", head, ""]
            for each in one["examples"][group]:
                said = " / ".join(plain(part) for part in each["text"].strip().split("\n\n"))
                told = " (as a headline)" if each.get("headline") else ""
                date = f" (article of {each['published']})" if each.get("published") else ""
                lines.append(f"- *{said}*<br>because: {plain(each['says'])}{told}{date}")
        lines.append("")
    return "\n".join(lines)


def anchor(rule: dict[str, Any]) -> str:
    """Where a rule stands on its page."""
    return re.sub(r"[^a-z0-9 -]", "", f"{rule['code']} {rule['title']}".lower()).replace(" ", "-")


def severity_page(rules: list[dict[str, Any]]) -> str:
    """The page of severities: its table is made, the rest of it is written by hand."""
    before, _, rest = (ROOT / "docs/severity.md").read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    rows = [
        f"| {one['code']} {one['kind']} | {row['severity']} | {row['when']} |"
        for one in rules
        for row in one["severity"].values()
    ]
    return f"{before}{BEGIN}\n\n| rule | severity | when |\n|---|---|---|\n" + "\n".join(rows) + f"\n\n{END}{after}"


def man() -> str:
    """The man page, in the macros of groff_man(7)."""
    lines = [
        '.\\" made by docs/generate.py: change the code, then make man',
        f'.TH CLAIMTRACE 1 "" "claimtrace {claimtrace.__version__}" "User Commands"',
        ".SH NAME",
        "claimtrace \\- finds the study behind each sentence of a health article, and where the article says more",
        ".SH SYNOPSIS",
        ".B claimtrace",
        "COMMAND [OPTIONS] [ARGUMENTS]",
        ".SH DESCRIPTION",
        roff(
            "claimtrace reads health articles, finds the primary study that each sentence rests on, and shows where the "
            "article says more than the study does, with the study's own words next to it."
        ),
        ".SH COMMANDS",
    ]
    for name, command in commands():
        lines += [f".SS {roff(usage(name, command))}", roff(" ".join((command.help or "").split()))]
        for one in (*arguments(command), *options(command)):
            head = words(one) if one.param_type_name == "option" else one.metavar or one.name.upper()
            extra = f" Default: {default(one)}." if one.param_type_name == "option" and default(one) else ""
            extra += f" Variable: {one.envvar}." if one.envvar else ""
            lines += [".TP", f".B {roff(head)}", roff(f"{one.help or ''}{extra}") or "\\&"]
        if example(command):
            lines += [".PP", "Example:", ".PP", ".nf", f".RS\n{roff(example(command))}\n.RE", ".fi"]
    lines += [".SH EXIT STATUS"]
    for code, what in STATUS:
        lines += [".TP", f".B {code}", roff(what)]
    lines += [".SH FILES"]
    for file, what in FILES:
        lines += [".TP", f".I {roff(file)}", roff(what)]
    lines += [
        ".SH ENVIRONMENT",
        roff("Each option names its variable above. NO_COLOR takes colours off, COLUMNS sets the width of reports."),
    ]
    return "\n".join(lines) + "\n"


FILES = (
    (
        "claimtrace.toml",
        "Settings of a folder and all below it; claimtrace init writes one. [tool.claimtrace] in pyproject.toml serves as well.",
    ),
    ("claimtrace-accepted.toml", "Findings that somebody lets stand; claimtrace accept writes it."),
    ("claimtrace-baseline.json", "Findings that were there before; claimtrace baseline writes it."),
)


def roff(text: str) -> str:
    """Text that groff prints as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "")
    return f"\\&{text}" if text[:1] in (".", "'") else text


def main() -> int:
    """Write the pages, or say which are not up to date."""
    importlib.import_module("claimtrace.api")
    old = [path for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
    for path in old:
        if "--check" in sys.argv:
            print(f"{path.relative_to(ROOT)} is not up to date; make reference writes it", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages()[path], "utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return 1 if old and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
