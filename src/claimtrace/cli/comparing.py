"""``claimtrace compare``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from claimtrace.cli.output import print_text, terminal_options
from claimtrace.documents.extracted import Extracted
from claimtrace.documents.inputs import ReadOptions, Source, is_address, read_source
from claimtrace.documents.load import make_document, sentences_of
from claimtrace.engine.comparing import compare_statements, sentences_in
from claimtrace.engine.contrast import Contrast, Side, contrast
from claimtrace.errors import InputError
from claimtrace.model.documents import Problem
from claimtrace.report.comparison import Dimension, Texts, write_comparison
from claimtrace.report.json_report import well_formed

_LONGEST = 1000
"""Signs of the longest path; what is longer is a text, and no system need be asked for it."""


def show_comparison(report: str, source: str, as_json: bool, allow_private: bool) -> None:
    """Print which of two texts says more, and in what; ``allow_private`` as for a scan.

    Raises:
        InputError: a file that was named cannot be read.
    """
    options = ReadOptions(allow_private)
    (first_name, first), (second_name, second) = _read(report, options), _read(source, options)
    found = compare_statements(first, second)
    sides = contrast(found.report, found.source) if found.report and found.source else ()
    if as_json:
        data = {
            "label": found.label,
            "exaggerates": round(found.more, 4),
            "downplays": round(found.less, 4),
            "report": found.report.text if found.report else None,
            "source": found.source.text if found.source else None,
            "dimensions": [_plain(one) for one in sides],
        }
        print_text(lambda out: print(well_formed(json.dumps(data, ensure_ascii=False, indent=2)), file=out))
        return
    same = max(0.0, 1 - found.more - found.less)
    sure = {"exaggerates": found.more, "downplays": found.less, "same": same}[found.label]
    texts = Texts(first_name, found.report, second_name, found.source)
    rows = tuple(Dimension(one.dimension, _side(one.report), _side(one.source), one.more) for one in sides)
    print_text(lambda out: write_comparison(found.label, sure, texts, rows, out, terminal_options()))


def _side(side: Side) -> tuple[str, tuple[str, ...]]:
    return side.value, side.words


def _plain(one: Contrast) -> dict[str, Any]:
    return {
        "dimension": one.dimension,
        "report": {"value": one.report.value, "words": list(one.report.words)},
        "source": {"value": one.source.value, "words": list(one.source.words)},
        "report_is": one.more,
    }


def _read(given: str, options: ReadOptions) -> tuple[str, list[str]]:
    """Name and sentences of a file or address, or no name and the sentences of the words themselves."""
    path = Path(given)
    words = len(given) >= _LONGEST or any(map(str.isspace, given))
    try:
        if len(given) < _LONGEST and "\n" not in given and path.is_file():
            return path.name, _sentences(Source(path.as_posix(), path), options)
    except (OSError, ValueError) as error:
        raise InputError(f"{given}: cannot be read ({error})") from None
    if not words and is_address(given):
        return given, _sentences(Source(given, None), options)
    if not words and len(given) < 260 and path.suffix and not given.endswith((".", "!", "?")):
        raise InputError(f"{given}: there is no such file; a text to compare is written between quotes")
    return "", sentences_in(given)


def _sentences(source: Source, options: ReadOptions) -> list[str]:
    """What the one article of a file says, without menus, comments and captions.

    Raises:
        InputError: it cannot be read, or holds several articles.
    """
    articles: list[Extracted] = []
    problems: list[Problem] = []
    for one in read_source(source, options):
        if isinstance(one, Problem):
            problems.append(one)
        elif articles:
            raise InputError(f"{source.path}: holds several articles; a comparison takes one, so save that by itself")
        else:
            articles.append(one)
    if not articles:
        raise InputError(problems[0].message if problems else f"{source.path}: holds no text to compare")
    document = make_document(articles[0])
    found = [document.text[one.start : one.end] for one in sentences_of(document)]
    return found or sentences_in(document.text)
