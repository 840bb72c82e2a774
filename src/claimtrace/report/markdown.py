"""The report for an issue or a newsroom document."""

from __future__ import annotations

import re
from typing import TextIO

from claimtrace.model.results import Scan
from claimtrace.report.options import ReportOptions
from claimtrace.report.safe import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~-])")


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write the report; text from articles is escaped."""
    out.write("# What the articles say beyond their studies\n")
    for document in scan.documents:
        out.write(f"\n## {_plain(document.document.title or document.document.path)}\n\n")
        out.write(f"- file: {_plain(document.document.path)}\n- verdict: **{document.verdict}**\n")
        study = scan.studies.get(document.study.id) if document.study else None
        if study is None:
            out.write("- study: none known\n")
            continue
        link = f" ([doi](https://doi.org/{study.doi}))" if study.doi else ""
        out.write(f"- study: {_plain(study.title)}, {_plain(study.journal or '')} {study.published or ''}{link}\n")
        for claim in document.claims:
            if claim.overstatements:
                out.write(f"\n> {_plain(claim.text)}\n\n")
            for one in claim.overstatements:
                out.write(f"- **{one.rule} {one.severity}**: {_plain(one.reason)}\n")
                if one.suggestion:
                    out.write(f"  - faithful: {_plain(one.suggestion)}\n")
        if document.omissions:
            out.write("\nNever told:\n\n")
            out.writelines(
                f"- **{omission.rule} {omission.severity}**: {_plain(omission.what)}. {_plain(omission.reason)}\n"
                for omission in document.omissions
            )


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", one_line(text))
