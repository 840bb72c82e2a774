"""The report for an issue or a newsroom document (CommonMark with GitHub's tables)."""

from __future__ import annotations

import re
from typing import TextIO

from claimtrace.model.results import Scan, ScannedDocument
from claimtrace.report.figure import headline
from claimtrace.report.judged import judged_words
from claimtrace.report.layout import by_severity
from claimtrace.report.options import ReportOptions
from claimtrace.report.places import address
from claimtrace.report.safe import one_line

_SPECIAL = re.compile(r"([\\`*_\[\]|<>~&$])")
_FIRST = re.compile(r"^(\d{0,9})([.)#=+-])")
_ADDRESS = re.compile(r"(?<=[a-z])(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_CALL = re.compile(r"(?<=[@#])(?=\w)")
_JOINER = "\u2060"
"""Shows nothing; keeps a forge from calling the person or issue that an article's text happens to name."""


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write the report, article by article; text from articles is escaped, and nothing of it becomes a link."""
    title, counts = headline(scan)
    out.write(f"# {title}\n\n" + (f"{counts}\n" if counts else ""))
    if scan.documents:
        out.write("\n| article | verdict | critical | major | minor | not told |\n|---|---|--:|--:|--:|--:|\n")
    for document in scan.documents:
        found = [one.severity for claim in document.claims for one in claim.overstatements]
        numbers = " | ".join(str(found.count(severity)) for severity in ("critical", "major", "minor"))
        name = escaped(document.document.title or document.document.path)
        out.write(f"| {name} | {document.verdict} | {numbers} | {len(document.omissions)} |\n")
    if not options.quiet:
        for document in scan.documents:
            _article(document, scan, out)
    if scan.problems:
        out.write("\n## Not read, or mended\n\n")
        out.writelines(f"- {escaped(problem.message)}\n" for problem in scan.problems)


def _article(document: ScannedDocument, scan: Scan, out: TextIO) -> None:
    out.write(f"\n## {escaped(document.document.title or document.document.path)}\n\n")
    out.write(f"- file: {escaped(document.document.path)}\n- verdict: **{document.verdict}**\n")
    study = scan.studies.get(document.study.id) if document.study else None
    if study is None:
        out.write("- study: none known\n")
    else:
        where = ", ".join(part for part in (study.journal, study.published) if part)
        link = address(study)
        name = f"[{escaped(study.title)}](<{link}>)" if link else escaped(study.title)
        state = f" **{study.status.state}**" if study.status.state in ("retracted", "concern") else ""
        out.write(f"- study: {name} ({escaped(where)}){state}\n")
    told: set[str] = set()
    for claim in document.claims:
        if claim.overstatements:
            out.write(f"\n> {escaped(claim.text)}\n\n")
        for one in by_severity(claim.overstatements):
            out.write(f"- **{one.rule} {one.severity}**: {escaped(one.reason + judged_words(one))}\n")
            if one.evidence.text and one.evidence.text not in told:
                told.add(one.evidence.text)
                out.write(f"  - study says: “{escaped(one.evidence.text)}”\n")
            if one.suggestion:
                out.write(f"  - faithful: {escaped(one.suggestion)}\n")
    if document.omissions:
        out.write("\nNever told:\n\n")
        out.writelines(
            f"- **{omission.rule} {omission.severity}**: {escaped(omission.what)}. {escaped(omission.reason + judged_words(omission))}\n"
            for omission in document.omissions
        )


def escaped(text: str) -> str:
    """One line that Markdown shows as it is."""
    line = _CALL.sub(_JOINER, one_line(text))
    line = _ADDRESS.sub(lambda found: f"\\{found[0]}", _SPECIAL.sub(r"\\\1", line))
    return _FIRST.sub(r"\1\\\2", line)
