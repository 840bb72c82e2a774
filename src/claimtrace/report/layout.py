"""What a report says, in order, as lines of marked text. Plain and terminal reports draw the same lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from claimtrace.model.results import SEVERITIES, Claim, Link, Overstatement, Scan, ScannedDocument, Severity
from claimtrace.model.studies import Study
from claimtrace.report.judged import judged_counts, judged_words
from claimtrace.report.safe import one_line

Mark = str
"""plain, title, label, span, quote, good, minor, major, critical, faint."""
_NAMES = {
    "doi": "DOI",
    "pmid": "PMID",
    "title": "title",
    "author": "author",
    "co-author": "author",
    "journal": "journal",
    "institution": "institution",
    "term": "shared words",
}


class Line(NamedTuple):
    """One paragraph of a report.

    ``parts`` are text and mark; ``indent`` is of all its rows, ``hang`` more of the rows after the first. ``link`` is an
    address for the whole line.
    """

    parts: tuple[tuple[str, Mark], ...]
    indent: int = 0
    hang: int = 0
    link: str | None = None


class Table(NamedTuple):
    """Rows of cells with marks; the first row is the head."""

    rows: tuple[tuple[tuple[str, Mark], ...], ...]


Item = Line | Table


def compose(scan: Scan, *, verbose: bool, quiet: bool) -> Iterator[Item]:
    """The whole report of a scan."""
    yield _figure(scan)
    if not quiet:
        for document in scan.documents:
            yield from _document(document, scan, verbose)
    if scan.documents:
        yield Line(())
        yield _summary(scan)
    unread = sum(problem.fatal for problem in scan.problems)
    if unread:
        yield Line(((f"{unread} input{'s' * (unread != 1)} could not be read.", "major"),))


def compose_claim(scan: Scan, document: ScannedDocument, claim: Claim) -> Iterator[Item]:
    """One claim: sentence in its paragraph, study, the study's words, overstatements."""
    yield Line(
        (
            ("Claim ", "label"),
            (claim.id, "title"),
            (
                f"  {claim.kind}, said by the {claim.speaker}"
                if claim.speaker != "other"
                else f"  {claim.kind}, told as others' words",
                "faint",
            ),
        )
    )
    yield Line(
        (
            (one_line(document.document.path), "faint"),
            (f"  {one_line(document.document.title)}" if document.document.title else "", "plain"),
        )
    )
    yield Line(())
    text = document.document.text
    block = next((one for one in document.document.blocks if one.start <= claim.start < one.end), None)
    start, end = (block.start, block.end) if block else (claim.start, claim.end)
    start, end = max(start, claim.start - 600), min(end, claim.end + 600)
    yield Line(
        (
            (one_line(text[start : claim.start]) + " " if text[start : claim.start].strip() else "", "faint"),
            *_marked(claim),
            (" " + one_line(text[claim.end : end]) if text[claim.end : end].strip() else "", "faint"),
        ),
        indent=2,
    )
    yield Line(())
    study = scan.studies.get(claim.study.id) if claim.study else None
    if claim.study is None or study is None:
        yield Line((("Study  ", "label"), ("none known", "plain")))
    else:
        yield from _study(study, claim.study)
        finding = next((one for one in study.findings if one.id == claim.finding), None) or next(
            iter(study.findings), None
        )
        if finding is not None:
            yield Line(
                (
                    ("The study's words  ", "label"),
                    (f"“{one_line(finding.quote)}”" if finding.quote else one_line(finding.statement), "quote"),
                ),
                hang=2,
            )
            if finding.quote:
                yield Line((("In short  ", "label"), (one_line(finding.statement), "plain")), hang=2)
            measured = " ".join(
                part
                for part in ((finding.outcome_kind == "marker" and "a marker,") or "", finding.outcome or "")
                if part
            )
            if measured:
                yield Line(
                    (
                        ("Measured  ", "label"),
                        (one_line(measured), "plain"),
                        (f", in {one_line(finding.population)}" if finding.population else "", "plain"),
                    ),
                    hang=2,
                )
        for limit in study.limits:
            yield Line((("Limit  ", "label"), (one_line(limit.text), "plain")), hang=2)
    if not claim.overstatements:
        yield Line(())
        yield Line((("No overstatement found.", "good"),))
    for one in claim.overstatements:
        yield Line(())
        yield from _overstatement(one)


def _figure(scan: Scan) -> Line:
    count = len(scan.documents)
    found = [one for document in scan.documents for claim in document.claims for one in claim.overstatements]
    overstated = sum(any(claim.overstatements for claim in document.claims) for document in scan.documents)
    linked = sum(document.study is not None for document in scan.documents)
    if not count:
        return Line((("No article was scanned.", "title"),))
    parts: list[tuple[str, Mark]] = [
        (
            f"{overstated} of {count} article{'s' * (count != 1)} say{'s' * (overstated == 1)} more than the study",
            "title",
        ),
        (f": {len(found)} overstatement{'s' * (len(found) != 1)}", "plain"),
    ]
    counts = [(sum(one.severity == severity for one in found), severity) for severity in reversed(SEVERITIES)]
    parts.append(
        (
            " (" + ", ".join(f"{number} {severity}" for number, severity in counts if number) + ")" if found else "",
            "plain",
        )
    )
    parts.append((judged_counts(scan), "plain"))
    parts.append((f"; study known for {linked}.", "plain"))
    return Line(tuple(parts))


def _document(document: ScannedDocument, scan: Scan, verbose: bool) -> Iterator[Item]:
    yield Line(())
    yield Line(
        ((one_line(document.document.path), "label"), (f"  {document.verdict}", _verdict_mark(document.verdict)))
    )
    if document.document.title:
        yield Line(
            (
                (one_line(document.document.title), "title"),
                (f"  ({document.document.published})" if document.document.published else "", "faint"),
            )
        )
    study = scan.studies.get(document.study.id) if document.study else None
    if document.study is None or study is None:
        yield Line((("Study  ", "label"), ("none known; nothing is said about its claims", "plain")))
    else:
        yield from _study(study, document.study)
    for claim in document.claims:
        if claim.overstatements:
            yield Line(())
            yield Line(((claim.id + "  ", "faint"), *_marked(claim)), hang=12)
            for one in claim.overstatements:
                yield from _overstatement(one, 2)
        elif verbose and claim.study is not None:
            yield Line(())
            yield Line(((claim.id + "  ", "faint"), (one_line(claim.text), "plain")), hang=12)
    if document.omissions:
        yield Line(())
        yield Line((("Never told", "label"),))
        for omission in document.omissions:
            yield Line(
                (
                    (f"{omission.rule} {omission.severity}  ", omission.severity),
                    (one_line(omission.what) + ". ", "plain"),
                    (one_line(omission.reason), "faint"),
                    (judged_words(omission), "faint"),
                ),
                indent=2,
                hang=2,
            )
    for problem in document.problems:
        yield Line((("note  ", "label"), (one_line(problem.message), "faint")))


def _study(study: Study, link: Link) -> Iterator[Item]:
    where = ", ".join(part for part in (study.journal, study.published) if part)
    yield Line(
        (("Study  ", "label"), (one_line(study.title), "plain"), (f" ({one_line(where)})" if where else "", "plain")),
        hang=7,
        link=f"https://doi.org/{study.doi}" if study.doi else study.url,
    )
    if study.status.state in ("retracted", "concern"):
        word = "RETRACTED" if study.status.state == "retracted" else "EXPRESSION OF CONCERN"
        yield Line(((f"{word}{f' on {study.status.date}' if study.status.date else ''}", "critical"),), indent=7)
    why = "; ".join(
        dict.fromkeys(f"{_NAMES.get(one.why, one.why)} “{one_line(one.text)[:60]}”" for one in link.evidence[:4])
    )
    doi = f"doi:{study.doi}  " if study.doi else ""
    yield Line(
        (
            (doi, "faint"),
            (f"why this one: {why} ({link.score:.0%} sure)" if why else f"{link.score:.0%} sure", "faint"),
        ),
        indent=7,
        hang=2,
    )


def _overstatement(one: Overstatement, indent: int = 0) -> Iterator[Item]:
    yield Line(
        (
            (f"{one.rule} {one.severity}  ", one.severity),
            (one_line(one.reason), "plain"),
            (judged_words(one), "faint"),
        ),
        indent=indent,
        hang=4,
    )
    if one.evidence.text and one_line(one.evidence.text) not in one_line(one.reason):
        yield Line((("study says  ", "label"), (one_line(one.evidence.text), "quote")), indent=indent + 4, hang=4)
    if one.suggestion:
        yield Line((("faithful  ", "label"), (one_line(one.suggestion), "good")), indent=indent + 4, hang=4)


def _marked(claim: Claim) -> Iterable[tuple[str, Mark]]:
    """The sentence with the stretches that say too much."""
    spans = sorted((one.start - claim.start, one.end - claim.start) for one in claim.overstatements)
    merged: list[list[int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    parts: list[tuple[str, Mark]] = []
    at = 0
    for start, end in merged:
        parts.append((_kept(claim.text[at:start]), "plain"))
        parts.append((_kept(claim.text[start:end]), "span"))
        at = end
    parts.append((_kept(claim.text[at:]), "plain"))
    return parts


def _kept(text: str) -> str:
    """One line, with the space at its ends kept."""
    line = one_line(text)
    return (" " if text[:1].isspace() and line else "") + line + (" " if text[-1:].isspace() and line else "")


def _summary(scan: Scan) -> Table:
    rows: list[tuple[tuple[str, Mark], ...]] = [
        tuple((name, "label") for name in ("article", "verdict", "critical", "major", "minor", "not told", "study"))
    ]
    for document in scan.documents:
        found = [one.severity for claim in document.claims for one in claim.overstatements]
        counts = [found.count(severity) for severity in ("critical", "major", "minor")]
        marks: list[Severity] = ["critical", "major", "minor"]
        rows.append(
            (
                (one_line(document.document.path), "plain"),
                (document.verdict, _verdict_mark(document.verdict)),
                *(
                    (str(number) if number else "-", mark if number else "faint")
                    for number, mark in zip(counts, marks, strict=True)
                ),
                (str(len(document.omissions)) if document.omissions else "-", "plain"),
                (document.study.id if document.study else "none known", "plain"),
            )
        )
    return Table(tuple(rows))


def _verdict_mark(verdict: str) -> Mark:
    return {"misleading": "critical", "strong": "major", "mild": "minor", "faithful": "good"}.get(verdict, "faint")
