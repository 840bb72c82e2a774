"""How much of a page's article is extracted, and how much else: claimtrace against other extractors.

usage: pip install 'claimtrace-cli[bench-extraction]'; python benchmarks/extraction.py [--detail]

Pages in the style of ten kinds of site (site_pages.py), and of five more that were written after the extractor and not
used to improve it (site_pages_held_out.py). Recall: share of the article's words in pieces that
were extracted whole. Precision: share of the extracted words that are the article's; headline, captions and byline count
neither for nor against. Means over pages. All pages were made for this benchmark by the authors of one of the tools:
read the figures as a check that nothing is broken, not as a contest.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from statistics import mean
from typing import Any

from site_pages import SitePage, pages
from site_pages_held_out import held_out_pages


def claimtrace(html: str) -> str:
    """The content blocks, as a scan sees them."""
    from claimtrace.documents.formats.html import read_markup
    from claimtrace.model.documents import CONTENT_BLOCKS

    found = read_markup("page.html", html, "")
    return "\n".join(found.text[one.start : one.end] for one in found.hints if one.kind in CONTENT_BLOCKS)


def all_text(html: str) -> str:
    """Baseline: every visible word."""
    from claimtrace.documents.page.dom import parse_page
    from claimtrace.documents.page.walk import walk

    return "\n".join(run.text for run in walk(parse_page(html).root).runs)


def trafilatura(html: str) -> str:
    """Its defaults, without comments."""
    module: Any = import_module("trafilatura")
    return module.extract(html, include_comments=False) or ""


def readability(html: str) -> str:
    """readability-lxml, its summary as text."""
    module: Any = import_module("readability")
    lxml_html: Any = import_module("lxml.html")
    tree = lxml_html.fromstring(module.Document(html).summary())
    return "\n".join(" ".join(one.split()) for one in tree.itertext())


def resiliparse(html: str) -> str:
    """Main content as text."""
    module: Any = import_module("resiliparse.extract.html2text")
    return module.extract_plain_text(html, main_content=True, list_bullets=False)


TOOLS: dict[str, Callable[[str], str]] = {
    "claimtrace": claimtrace,
    "trafilatura": trafilatura,
    "resiliparse": resiliparse,
    "readability-lxml": readability,
    "all text": all_text,
}


def plain(text: str) -> str:
    """Letters and digits in lower case, a space between words."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())


def score(page: SitePage, text: str) -> tuple[float, float]:
    """Precision and recall of one extracted text."""
    said = f" {plain(text)} "
    total = len(said.split())
    want = got = 0
    for piece in sorted(page.content, key=len, reverse=True):
        words = plain(piece)
        want += len(words.split())
        if f" {words} " in said:
            got += len(words.split())
            said = said.replace(f" {words} ", " | ", 1)
    for piece in sorted(page.neutral, key=len, reverse=True):
        words = f" {plain(piece)} "
        total -= said.count(words) * len(words.split())
        said = said.replace(words, " | ")
    return (got / total if total else 1.0), got / want


def main() -> None:
    """Print both tables."""
    compare("pages that claimtrace was improved on", pages())
    compare("pages in styles that it was not improved on", held_out_pages())


def compare(name: str, made: list[SitePage]) -> None:
    """Print one table."""
    print(f"{name}: {len(made)}, in {len({page.style for page in made})} styles")
    print(f"{'tool':18s} {'precision':>9s} {'recall':>7s} {'F1':>6s} {'ms/page':>8s}")
    for tool_name, tool in TOOLS.items():
        try:
            tool(made[0].html)
        except ModuleNotFoundError as error:
            print(f"{tool_name:18s} not installed ({error.name})")
            continue
        started = time.perf_counter()
        texts = [tool(page.html) for page in made]
        taken = (time.perf_counter() - started) / len(made)
        scores = [score(page, text) for page, text in zip(made, texts, strict=True)]
        precision, recall = mean(one for one, _ in scores), mean(one for _, one in scores)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{tool_name:18s} {precision:9.3f} {recall:7.3f} {f1:6.3f} {1000 * taken:8.1f}")
        if "--detail" in sys.argv:
            by_style: dict[str, list[tuple[float, float]]] = defaultdict(list)
            for page, one in zip(made, scores, strict=True):
                by_style[page.style].append(one)
            for style, each in by_style.items():
                print(f"    {style:14s} {mean(p for p, _ in each):9.3f} {mean(r for _, r in each):7.3f}")
    print()


if __name__ == "__main__":
    main()
