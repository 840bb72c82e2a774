"""PDF files with a text layer, by PDFium: columns, hyphens at line ends and running heads are taken away."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from claimtrace.documents.assembling import assemble, tidy
from claimtrace.documents.extracted import Extracted
from claimtrace.documents.given import Given, Read, damaged, digest
from claimtrace.documents.limits import limits
from claimtrace.documents.load import find_citations
from claimtrace.documents.pdf_layout import Line, lines_of, pieces_of, without_running_heads
from claimtrace.errors import InputError

_FEW = 15  # code points a page; with fewer, the text layer holds page numbers at most


def read(given: Given) -> Read:
    """Read one file.

    Raises:
        InputError: it is damaged, needs a password, has too many pages, or is a scan without a text layer.
        ModuleNotFoundError: pypdfium2 is not installed.
    """
    pdfium: Any = import_module("pypdfium2")
    data = given.whole()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise InputError(f"{given.path}: encrypted; remove the password, then scan again", "encrypted") from None
        raise damaged(given.path, "PDF file", str(error)) from None
    try:
        pages = _pages(given.path, document, pdfium)
        about: dict[str, str] = document.get_metadata_dict(skip_empty=True)
    except pdfium.PdfiumError as error:
        raise damaged(given.path, "PDF file", str(error)) from None
    finally:
        document.close()
    letters = sum(len(line.text) for page in pages for line in page)
    if letters < _FEW * max(1, len(pages)):
        raise InputError(
            f"{given.path}: no text layer, the pages are pictures; recognise the text first (OCR), then scan again",
            "no-text-layer",
        )
    pieces = list(pieces_of(without_running_heads(pages)))
    text, blocks = assemble(pieces)
    headline = next((piece.text for piece in pieces if piece.kind == "headline"), None)
    yield Extracted(
        given.path,
        text,
        digest(data),
        title=tidy(headline or about.get("Title", ""))[:500] or None,
        author=tidy(about.get("Author", ""))[:200] or None,
        url=given.url,
        citations=find_citations(about.get("Subject", "")),
        hints=blocks,
    )


def _pages(path: str, document: Any, pdfium: Any) -> list[list[Line]]:
    count = len(document)
    if count > limits().pages:
        raise InputError(f"{path}: more than {limits().pages} pages; split the file", "too-large")
    pages: list[list[Line]] = []
    for number in range(count):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            pages.append([])  # one damaged page of many; the others are read
            continue
        text = page.get_textpage()
        boxes: list[Line] = []
        for at in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(at)
            words: str = text.get_text_bounded(left, bottom, right, top)
            if words.strip():
                boxes.append(Line(left, bottom, right, top, " ".join(words.split()), number))
        text.close()
        page.close()
        pages.append(lines_of(boxes))
    return pages
