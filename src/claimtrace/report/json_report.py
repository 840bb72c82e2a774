"""The scan as one JSON document (``claimtrace.scan/1``): one document, claim or problem a line, written as it goes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from claimtrace.model.export import claim_to_json, document_to_json, problem_to_json, scan_header
from claimtrace.model.results import Scan
from claimtrace.report.options import ReportOptions


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write the scan; the same data as ``Scan.to_json``, never held as a whole."""
    out.write("{\n")
    out.writelines(f"{compact(name)}: {compact(value)},\n" for name, value in scan_header(scan).items())
    claims = (claim for document in scan.documents for claim in document.claims)
    write_list("documents", (document_to_json(one) for one in scan.documents), out)
    out.write(",\n")
    write_list("claims", (claim_to_json(one) for one in claims), out)
    out.write(",\n")
    write_list("problems", (problem_to_json(one) for one in scan.problems), out)
    out.write("\n}\n")


def write_list(name: str, items: Iterable[Any], out: TextIO) -> None:
    """Write a member that is a list, one item a line."""
    out.write(f"{compact(name)}: [")
    between = "\n"
    for item in items:
        out.write(between + compact(item))
        between = ",\n"
    out.write("\n]" if between == ",\n" else "]")


def compact(data: Any) -> str:
    """JSON text on one line, which any reader takes."""
    return well_formed(json.dumps(data, ensure_ascii=False))


def well_formed(text: str) -> str:
    """JSON text in which lone surrogates stand as escapes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join(f"\\u{ord(sign):04x}" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text
