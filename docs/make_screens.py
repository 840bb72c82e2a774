"""Makes what the documentation shows of the tool from the tool itself.

usage: python docs/make_screens.py [--check]

- In README.md and docs/*.md each block below ``<!-- excerpt: COMMAND -->`` (or ``<!-- excerpt: COMMAND | lines 1-20 -->``)
  is replaced by what the command prints in a pipe; below ``<!-- example: FORMAT -->`` by the first item of that format.
- docs/screens/*.svg are what a colour terminal shows; docs/screens/*.png are the HTML page in Chromium, where there is one.

With ``--check`` nothing is written; the exit status is 1 when an excerpt or a terminal picture is out of date.
"""

from __future__ import annotations

import html
import json
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "docs" / "screens"
WIDTH = 96
EXCERPT = re.compile(
    r"(<!-- excerpt: (?P<command>.+?)(?: \| lines (?P<first>\d+)-(?P<last>\d+))? -->\n```\w*\n)(?P<text>.*?)(```\n)",
    re.DOTALL,
)
EXAMPLE = re.compile(r"(<!-- example: (?P<format>\w+) -->\n```\w*\n)(?P<text>.*?)(```\n)", re.DOTALL)
EXAMPLE_OF = "seeds/004_3856f9b41592116f.txt"
TERMINAL: dict[str, tuple[int, int, list[str]]] = {
    "scan": (120, 44, ["scan", "seeds/003_68ec22e5cdfe0f80.txt", "--no-store"]),
    "compare": (
        100,
        20,
        [
            "compare",
            "Coffee prevents cancer. You should drink three cups a day",
            "In mice, coffee may lower the risk of liver cancer",
        ],
    ),
    "explain": (100, 30, ["explain", "CT202"]),
}
"""Name of each picture: columns, most rows, words of the command line."""
PAGES = {"report-desk": (1280, 860, "light"), "report-dark": (1280, 860, "dark"), "report-phone": (390, 780, "light")}


def environment(columns: int) -> dict[str, str]:
    """The caller's variables without those that change what is printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMTRACE_")}
    kept.pop("NO_COLOR", None)
    return {
        **kept,
        "COLUMNS": str(columns),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONIOENCODING": "utf-8",
    }


def piped(command: str) -> str:
    """What a ``claimtrace ...`` command prints in a pipe."""
    import shlex

    words = shlex.split(command)
    done = subprocess.run(
        [sys.executable, "-m", words[0], *words[1:], *(["--no-store"] if words[1] == "scan" else [])],
        cwd=ROOT, env=environment(WIDTH), capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.decode("utf-8")


def refreshed(text: str) -> str:
    """A page with each excerpt as the command prints it now."""

    def real(found: re.Match[str]) -> str:
        lines = piped(found["command"]).rstrip("\n").split("\n")
        if found["first"]:
            lines = lines[int(found["first"]) - 1 : int(found["last"])]
        return found[1] + "\n".join(lines) + "\n" + found[6]

    return EXAMPLE.sub(
        lambda found: found[1] + first_item(found["format"]) + "\n" + found[4], EXCERPT.sub(real, text)
    )


def first_item(name: str) -> str:
    """The first overstatement in an export, laid out for reading."""
    data = json.loads(piped(f"claimtrace scan {EXAMPLE_OF} --format {name}"))
    if name == "json":
        item = next(claim for claim in data["claims"] if claim["overstatements"])
        del item["profile"]
    elif name == "sarif":
        item = data["runs"][0]["results"][0]
    else:
        item = data["@graph" if "@graph" in data else "items"][0]
    return json.dumps(item, ensure_ascii=False, indent=2)


def on_a_terminal(words: list[str], columns: int) -> str:
    """What a command shows on a terminal with colours: its output through a pseudo-terminal, escapes and all."""
    reader, writer = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "claimtrace", *words], cwd=ROOT, env=environment(columns), stdout=writer, stderr=subprocess.DEVNULL
    )  # fmt: skip
    os.close(writer)
    pieces: list[bytes] = []
    while True:
        try:
            piece = os.read(reader, 1 << 16)
        except OSError:  # the other end is closed: Linux says so with an error
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(reader)
    process.wait()
    return b"".join(pieces).decode("utf-8").replace("\r\n", "\n")


def picture(name: str) -> str:
    """The SVG of a terminal."""
    from rich.console import Console
    from rich.text import Text

    columns, rows, words = TERMINAL[name]
    shown = on_a_terminal(words, columns).rstrip("\n").split("\n")
    cut = shown[:rows] if len(shown) > rows else shown
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=columns, file=nowhere, force_terminal=True, color_system="truecolor")
        console.print(Text.from_ansi("\n".join(cut)), soft_wrap=True)
        title = "claimtrace " + " ".join(
            f'"{word}"' if " " in word else word for word in words if word != "--no-store"
        )
        svg = console.export_svg(title=title, unique_id=f"screen-{name}")
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # those would be fetched from the network


def words_of(svg: str) -> list[str]:
    """The words that an SVG shows, whatever the version of rich that drew it."""
    body = re.sub(r"<style.*?</style>|<defs>.*?</defs>", " ", svg, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", body)).split()


def pages() -> None:
    """The HTML page in Chromium."""
    sys.path.insert(0, str(ROOT / "tools"))
    from chromium import Browser, find_chromium

    if find_chromium() is None:
        print("no chromium: the pictures of the HTML page stay as they are")
        return
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        page = Path(folder) / "report.html"
        subprocess.run(
            [sys.executable, "-m", "claimtrace", "scan", "seeds/", "--no-store", "--format", "html", "--output", str(page)],
            cwd=ROOT, env=environment(WIDTH), check=True,
        )  # fmt: skip
        for name, (width, height, scheme) in PAGES.items():
            browser.size(width, height)
            browser.scheme(scheme)
            browser.open(page)
            for _ in range(2):
                browser.press("j")
            browser.run("document.activeElement.blur()")
            browser.screenshot(SCREENS / f"{name}.png")


def main() -> int:
    """Make everything, or check it."""
    check = "--check" in sys.argv[1:]
    old: list[str] = []
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = path.read_text("utf-8")
        new = refreshed(text)
        if new != text:
            old.append(str(path.relative_to(ROOT)))
            if not check:
                path.write_text(new, "utf-8")
    SCREENS.mkdir(exist_ok=True)
    for name in TERMINAL:
        path, svg = SCREENS / f"{name}.svg", picture(name)
        if not path.is_file() or words_of(path.read_text("utf-8")) != words_of(svg):
            old.append(str(path.relative_to(ROOT)))
            if not check:
                path.write_text(svg, "utf-8")
    if not check:
        pages()
    print(
        "\n".join(f"{'out of date' if check else 'made anew'}: {name}" for name in old)
        or "all is as the tool prints it"
    )
    return int(check and bool(old))


if __name__ == "__main__":
    sys.exit(main())
