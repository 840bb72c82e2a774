"""From what a reader extracted to a document with blocks and sentences."""

from __future__ import annotations

import re

from claimtrace.documents.blocks import recognise_blocks
from claimtrace.documents.extracted import Extracted
from claimtrace.model.documents import CONTENT_BLOCKS, Block, Document, Sentence
from claimtrace.text.dates import find_dates
from claimtrace.text.sentences import split_sentences

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>\]\[{}|\\^`]{1,200}")
_PMID = re.compile(
    r"\b(?:PMID:?\s{0,3}|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{5,9})\b", re.IGNORECASE
)
_DATED: frozenset[str] = frozenset({"metadata", "byline", "boilerplate"})
_TOP = 3000  # code points in which an article states its own date without a label


def make_document(extracted: Extracted) -> Document:
    """Find blocks, title, date and citations of an extracted text."""
    text = extracted.text
    blocks = extracted.hints or recognise_blocks(text)
    title = extracted.title
    if title is None:
        title = next((" ".join(text[b.start : b.end].split()) for b in blocks if b.kind == "headline"), None)
    return Document(
        path=extracted.path,
        text=text,
        blocks=blocks,
        sha256=extracted.sha256,
        title=title,
        published=extracted.published or _own_date(text, blocks),
        language=extracted.language,
        url=extracted.url,
        author=extracted.author,
        citations=tuple(dict.fromkeys((*extracted.citations, *find_citations(text)))),
        problems=extracted.problems,
    )


def sentences_of(document: Document) -> list[Sentence]:
    """Sentences of the blocks that are content, in text order. Headings are one sentence each."""
    found: list[Sentence] = []
    for index, block in enumerate(document.blocks):
        if block.kind not in CONTENT_BLOCKS:
            continue
        spans = split_sentences(document.text, block.start, block.end)
        if block.kind in ("headline", "subheading") and len(spans) == 1:
            spans = [(block.start, block.end)]
        if len(spans) > 1 and _is_signature(document.text[spans[-1][0] : spans[-1][1]]):
            spans.pop()
        found.extend(Sentence(start, end, index) for start, end in spans)
    return found


def find_citations(text: str) -> tuple[str, ...]:
    """DOIs (bare, lower case) and ``pmid:…`` that a text prints, in text order without repeats."""
    found = [(m.start(), _bare_doi(m.group())) for m in _DOI.finditer(text)]
    found += [(m.start(), f"pmid:{m.group(1)}") for m in _PMID.finditer(text)]
    return tuple(dict.fromkeys(one for _, one in sorted(found)))


def _bare_doi(raw: str) -> str:
    doi = raw.rstrip(".,;:!?'\"”’")
    while doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1].rstrip(".,;")
    return doi.lower()


def _own_date(text: str, blocks: tuple[Block, ...]) -> str | None:
    """The date that the article's own lines above or below the text state; dates in running text are others'."""
    dated = [
        (find_dates(text[block.start : min(block.end, block.start + 300)]), block)
        for block in blocks
        if block.kind in _DATED and block.end - block.start < 400
    ]
    first_content = next((b.start for b in blocks if b.kind in ("paragraph", "quote", "abstract")), 0)
    for dates, block in dated:
        if dates and block.start < max(_TOP, first_content):
            return dates[0][2]
    for dates, block in dated:
        if dates and re.match(
            r"(?:first |last )?(?:published|posted|updated|release date|date)\b",
            text[block.start : block.end],
            re.IGNORECASE,
        ):
            return dates[0][2]
    return None


def _is_signature(sentence: str) -> bool:
    """The publisher's name set after the last sentence of a paragraph: a few capitalised words, no full stop."""
    words = sentence.split()
    return (
        1 <= len(words) <= 6 and not re.search(r"[.!?:\"”]$", sentence) and all(word[0].isupper() for word in words)
    )
