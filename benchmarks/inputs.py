"""Time and memory of reading: a 500-page PDF, a 20 MB page, a mailbox of 10,000 messages, and others of their size.

usage: python benchmarks/inputs.py [NAME...]

Each input is made in a temporary folder and read in a process of its own, to the sentences, as a scan reads it, but
without matching and checks: what is measured is this part alone. Seconds are those of the processor, so that a busy machine counts
less; peak memory is the whole process.
"""

from __future__ import annotations

import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

WORDS = [
    "researchers",
    "led",
    "by",
    "a",
    "doctor",
    "gave",
    "the",
    "extract",
    "to",
    "mice",
    "with",
    "arthritis",
    "and",
    "looked",
    "at",
    "their",
    "joints",
    "every",
    "day",
    "for",
    "some",
    "weeks",
    "while",
    "the",
    "swelling",
    "in",
    "treated",
    "animals",
    "fell",
    "by",
    "half",
    "but",
    "stayed",
    "in",
    "those",
    "that",
    "got",
    "water",
    "and",
    "nothing",
    "else",
]


def sentence(chance: random.Random) -> str:
    """Some invented words."""
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(8, 24))).capitalize() + "."


def paragraph(chance: random.Random, count: int = 4) -> str:
    """Some sentences."""
    return " ".join(sentence(chance) for _ in range(count))


def pdf(path: Path) -> str:
    """500 pages in two columns with running heads."""
    from fpdf import FPDF

    chance = random.Random(1)
    made = FPDF()
    for number in range(500):
        made.add_page()
        made.set_auto_page_break(False)
        made.set_font("Helvetica", size=8)
        made.set_xy(10, 5)
        made.cell(0, 5, f"Journal of Invented Rheumatology {number + 1}")
        made.set_font("Times", size=10)
        for column in range(2):
            made.set_xy(10 + column * 98, 20)
            for _ in range(8):
                made.set_x(10 + column * 98)
                made.multi_cell(92, 4.5, paragraph(chance, 3), align="J")
                made.ln(2)
    path.write_bytes(bytes(made.output()))
    return "500 pages"


def page(path: Path) -> str:
    """A page of 20 MB: an article, and comments without end."""
    chance = random.Random(2)
    with path.open("w", encoding="utf-8") as out:
        out.write("<html><head><title>Long</title></head><body><article><h1>A very long article of many words</h1>")
        while out.tell() < 14_000_000:
            out.write(f'<p class="x">{paragraph(chance)} <a href="/x">{sentence(chance)}</a></p>\n')
        out.write('</article><div id="comments">')
        while out.tell() < 20_000_000:
            out.write(f'<div class="comment"><b>reader</b><p>{paragraph(chance, 2)}</p></div>\n')
        out.write("</div></body></html>")
    return f"{path.stat().st_size / 1e6:.0f} MB"


def mailbox(path: Path) -> str:
    """10,000 messages, every third one a page."""
    chance = random.Random(3)
    with path.open("w", encoding="utf-8") as out:
        for number in range(10_000):
            body = "\n\n".join(paragraph(chance, 3) for _ in range(4))
            kind = "text/plain"
            if number % 3 == 0:
                kind = "text/html"
                body = "<html><body>" + "".join(f"<p>{one}</p>" for one in body.split("\n\n")) + "</body></html>"
            out.write(
                f"From a@x.example Mon May  3 10:00:00 2021\nFrom: A <a@x.example>\nTo: b@x.example\nSubject: Letter {number}\n"
                f"Date: Mon, 03 May 2021 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\n\n{body}\n\n"
            )
    return f"10,000 messages, {path.stat().st_size / 1e6:.0f} MB"


def text(path: Path) -> str:
    """50 MB of plain text."""
    chance = random.Random(4)
    block = "\n\n".join(paragraph(chance) for _ in range(500)) + "\n\n"
    with path.open("w", encoding="utf-8") as out:
        while out.tell() < 50_000_000:
            out.write(block)
    return f"{path.stat().st_size / 1e6:.0f} MB"


def lines(path: Path) -> str:
    """10,000 articles in JSON lines, packed."""
    chance = random.Random(5)
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for number in range(10_000):
            out.write(
                json.dumps({"title": f"Story {number}", "text": "\n\n".join(paragraph(chance, 3) for _ in range(4))})
                + "\n"
            )
    return f"10,000 articles, {path.stat().st_size / 1e6:.0f} MB packed"


def archive(path: Path) -> str:
    """2,000 pages in a ZIP archive."""
    chance = random.Random(6)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for number in range(2_000):
            body = "".join(f"<p>{paragraph(chance, 3)}</p>" for _ in range(12))
            out.writestr(
                f"page{number:05d}.html",
                f"<html><body><nav><a href='/'>Home</a></nav><article><h1>A story of some words {number}</h1>{body}</article></body></html>",
            )
    return f"2,000 pages, {path.stat().st_size / 1e6:.0f} MB packed"


INPUTS: dict[str, tuple[str, Callable[[Path], str]]] = {
    "pdf": ("long.pdf", pdf),
    "page": ("long.html", page),
    "mailbox": ("mail.mbox", mailbox),
    "text": ("long.txt", text),
    "json": ("lines.jsonl.gz", lines),
    "zip": ("pages.zip", archive),
}


def read(path: str) -> None:
    """In a process of its own: read an input and print what it cost."""
    from claimtrace.documents.inputs import Source, read_source
    from claimtrace.documents.load import make_document, sentences_of
    from claimtrace.model.documents import Problem

    started = time.process_time()
    documents = sentences = 0
    for one in read_source(Source(path, Path(path))):
        if isinstance(one, Problem):
            raise SystemExit(one.message)
        documents += 1
        sentences += len(sentences_of(make_document(one)))
    taken = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{taken:8.1f} {peak:9.0f} {documents:10d} {sentences:10d}")


def main() -> None:
    """Print the table."""
    if len(sys.argv) == 3 and sys.argv[1] == "--read":
        read(sys.argv[2])
        return
    print(f"{'input':34s} {'CPU s':>8s} {'peak MB':>9s} {'documents':>10s} {'sentences':>10s}")
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or INPUTS:
            file, make = INPUTS[name]
            path = Path(folder) / file
            size = make(path)
            done = subprocess.run(
                [sys.executable, __file__, "--read", str(path)], capture_output=True, text=True, check=False
            )
            told = done.stdout.rstrip() or done.stderr.strip().splitlines()[-1]
            print(f"{f'{name}, {size}':34s} {told}", flush=True)
            path.unlink()


if __name__ == "__main__":
    main()
