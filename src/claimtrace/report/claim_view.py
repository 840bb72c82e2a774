"""One claim in full, for ``claimtrace show``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from claimtrace.model.results import Claim, Scan, ScannedDocument
from claimtrace.model.studies import Finding, Study
from claimtrace.report.drawing import draw
from claimtrace.report.items import Columns, Item, Line
from claimtrace.report.layout import by_severity, marked_sentence, overstatement_lines, study_lines
from claimtrace.report.options import ReportOptions
from claimtrace.report.safe import one_line

_LABEL = 9
_AROUND = 600
"""Signs of the paragraph shown before and after the sentence."""
_SPEAKERS = {
    "writer": "in the writer's own voice",
    "study": "told as the study's",
    "author": "told as an author's of the study",
    "expert": "told as an outside expert's",
    "institution": "told as an institution's",
    "other": "told as others' words",
}


def write_claim(scan: Scan, document: ScannedDocument, claim: Claim, out: TextIO, options: ReportOptions) -> None:
    """Write the sentence in its paragraph, the study and its words, and each overstatement."""
    draw(compose_claim(scan, document, claim), out, options)


def compose_claim(scan: Scan, document: ScannedDocument, claim: Claim) -> Iterator[Item]:
    """One claim: sentence in its paragraph, study, the study's words, overstatements."""
    yield _headline(claim)
    yield Line(())
    where = document.document
    title = f"  {one_line(where.title)}" if where.title else ""
    date = f"  ({one_line(where.published)})" if where.published else ""
    yield Line((("Article  ", "label"), (one_line(where.path), "plain"), (title, "title"), (date, "faint")), hang=9)
    yield Line(
        (("Claim    ", "label"), (claim.id, "plain"), (f"  {claim.kind}, {_SPEAKERS[claim.speaker]}", "faint"))
    )
    study = scan.studies.get(claim.study.id) if claim.study else None
    if claim.study is None or study is None:
        yield Line((("Study    ", "label"), ("none known", "plain")))
    else:
        yield from study_lines(study, claim.study, _LABEL)
    yield Line(())
    said = (Line((("The article says", "label"),)), _in_paragraph(document, claim))
    if study is None:
        yield from said
    else:
        yield Columns(said, tuple(_study_says(study, claim)), gap=True)
        measured = tuple(_measured(study, claim))
        if measured:
            yield Line(())
            yield from measured
    finding = _finding(study, claim) if study else None
    told = [one_line(words) for words in (finding.quote, finding.statement) if words] if finding else []
    for one in by_severity(claim.overstatements):
        yield Line(())
        yield from overstatement_lines(one)
        words = one_line(one.evidence.text)
        if words and words not in one_line(one.reason) and words not in told:
            yield Line(((f"{'study says':<14s}  ", "label"), (f"“{words}”", "quote")), hang=16)
            told.append(words)
        yield Line(((f"{one.confidence:.0%} sure; claimtrace explain {one.rule}", "faint"),), indent=16)


def _headline(claim: Claim) -> Line:
    count = len(claim.overstatements)
    if claim.study is None and not count:
        return Line((("No study is known for this sentence: nothing is said about it.", "title"),))
    if not count:
        return Line((("This sentence says no more than its study.", "good"),))
    worst = by_severity(claim.overstatements)[0].severity
    text = "It says more than its study in one way" if count == 1 else f"It says more than its study in {count} ways"
    return Line(((text, "title"), (f", at worst {worst}", worst)))


def _in_paragraph(document: ScannedDocument, claim: Claim) -> Line:
    text = document.document.text
    block = next((one for one in document.document.blocks if one.start <= claim.start < one.end), None)
    start, end = (block.start, block.end) if block else (claim.start, claim.end)
    start, end = max(start, claim.start - _AROUND), min(end, claim.end + _AROUND)
    before, after = one_line(text[start : claim.start]), one_line(text[claim.end : end])
    return Line(
        ((before + " " if before else "", "faint"), *marked_sentence(claim), (" " + after if after else "", "faint"))
    )


def _finding(study: Study, claim: Claim) -> Finding | None:
    return next((one for one in study.findings if one.id == claim.finding), None) or next(iter(study.findings), None)


def _study_says(study: Study, claim: Claim) -> Iterator[Line]:
    yield Line((("The study says", "label"),))
    finding = _finding(study, claim)
    if finding is None:
        words = next((one.evidence.text for one in claim.overstatements if one.evidence.text), study.title)
        yield Line(((f"“{one_line(words)}”", "quote"),))
    elif finding.quote:
        yield Line(((f"“{one_line(finding.quote)}”", "quote"),))
        yield Line((("In short: ", "faint"), (one_line(finding.statement), "plain")))
    else:
        yield Line(((one_line(finding.statement), "plain"),))


def _measured(study: Study, claim: Claim) -> Iterator[Line]:
    """What was measured, in whom, and the limits."""
    finding = _finding(study, claim)
    if finding is not None and finding.outcome:
        marker = " (a marker, not the outcome itself)" if finding.outcome_kind == "marker" else ""
        yield Line((("Measured  ", "label"), (one_line(finding.outcome) + marker, "plain")), hang=10)
    who = (
        [one_line(finding.population)]
        if finding and finding.population
        else [one_line(one.who) for one in study.sample]
    )
    if who:
        yield Line((("In whom   ", "label"), ("; ".join(who), "plain")), hang=10)
    for limit in study.limits:
        yield Line((("Limit     ", "label"), (one_line(limit.text), "plain")), hang=10)
