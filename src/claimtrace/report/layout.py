"""What the report of a scan says, in order. Plain and terminal reports draw the same items."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrace.model.results import SEVERITIES, Claim, Link, Omission, Overstatement, Scan, ScannedDocument, Severity
from claimtrace.model.studies import Study
from claimtrace.report.figure import headline
from claimtrace.report.items import Columns, Item, Line, Mark, Part, Table
from claimtrace.report.judged import judged_words
from claimtrace.report.options import ReportOptions
from claimtrace.report.places import address
from claimtrace.report.safe import kept, one_line, shortened, without_middle

_NAMES = {
    "doi": "DOI",
    "pmid": "PMID",
    "co-author": "author",
    "term": "shared words",
}
_CITED = 60
"""Signs of the words that speak for a link."""
_LONGEST = 1500
"""Signs of a text in full. No sentence of an article is longer; what is, is no sentence, and would flood the screen."""
_SHORT = 72
"""Signs of a quote that stood in full further up."""


def compose(scan: Scan, options: ReportOptions) -> Iterator[Item]:
    """The whole report of a scan."""
    yield _figure(scan)
    if not options.quiet:
        for document in scan.documents:
            yield from _document(document, scan, options.verbose)
    if scan.documents:
        yield Line(())
        yield _summary(scan)
    unread = sum(problem.fatal for problem in scan.problems)
    if unread:
        yield Line(((f"{unread} input{'s' * (unread != 1)} could not be read.", "major"),))
    first = next((claim.id for claim in scan.claims if claim.overstatements), None)
    if options.kept and not options.quiet and first is not None:
        yield Line(())
        yield Line((("One claim in full: ", "faint"), (f"claimtrace show {first}", "plain")))


def _figure(scan: Scan) -> Line:
    title, counts = headline(scan)
    return Line(((title, "title"), (f": {counts}" if counts else ".", "plain")))


def _document(document: ScannedDocument, scan: Scan, verbose: bool) -> Iterator[Item]:
    yield Line(())
    yield Line(
        ((one_line(document.document.path), "label"), (f"  {document.verdict}", verdict_mark(document.verdict)))
    )
    if document.document.title:
        date = f"  ({one_line(document.document.published)})" if document.document.published else ""
        yield Line(((one_line(document.document.title), "title"), (date, "faint")))
    study = scan.studies.get(document.study.id) if document.study else None
    if document.study is None or study is None:
        yield Line((("Study  ", "label"), ("none known; nothing is said about its claims", "plain")))
    else:
        yield from study_lines(study, document.study)
    told: set[str] = set()
    for claim in document.claims:
        if claim.overstatements:
            yield Line(())
            yield from _claim(claim, scan, told, document.study)
        elif verbose and claim.study is not None:
            yield Line(())
            yield Line(((claim.id + "  ", "faint"), (_in_full(one_line(claim.text)), "plain")), hang=12)
            yield Line((("no overstatement; " + _rests_on(claim, scan, document.study), "faint"),), indent=12)
    if document.omissions:
        yield Line(())
        yield Line((("Never told", "label"),))
        for omission in document.omissions:
            yield omission_line(omission)
    for problem in document.problems:
        yield Line((("note  ", "label"), (one_line(problem.message), "faint")), hang=6)


def _claim(claim: Claim, scan: Scan, told: set[str], own: Link | None) -> Iterator[Item]:
    """The sentence beside the study's words, then each overstatement."""
    said = Line(((claim.id + "  ", "faint"), *marked_sentence(claim)), hang=12)
    words = [one_line(one.evidence.text) for one in claim.overstatements if one.evidence.text]
    words = [one for one in dict.fromkeys(words) if not any(one in item.reason for item in claim.overstatements)]
    quotes: list[Line] = []
    for one in words:
        known = one in told and len(one) > _SHORT
        text = f"“{shortened(one, _SHORT)}” (in full above)" if known else f"“{_in_full(one)}”"
        quotes.append(Line((("study says  ", "label"), (text, "faint" if known else "quote")), hang=12))
    told.update(words)
    if claim.study is not None and (own is None or claim.study.id != own.id):
        quotes.insert(0, Line(((_rests_on(claim, scan, own), "faint"),)))
    if quotes:
        yield Columns((said,), tuple(quotes))
    else:
        yield said
    for one in by_severity(claim.overstatements):
        yield from overstatement_lines(one, indent=2)


def _rests_on(claim: Claim, scan: Scan, own: Link | None) -> str:
    if claim.study is None:
        return "no study known"
    if own is not None and claim.study.id == own.id:
        return "rests on the article's study"
    study = scan.studies.get(claim.study.id)
    return f"rests on {one_line(study.title if study else claim.study.id)}"


def by_severity(found: tuple[Overstatement, ...]) -> list[Overstatement]:
    """Most severe first, then in text order."""
    return sorted(found, key=lambda one: (-SEVERITIES.index(one.severity), one.start, one.end))


def study_lines(study: Study, link: Link, label: int = 7) -> Iterator[Line]:
    """Title, state and identifier of a study, and why it is taken for the one behind the text; ``label`` in columns."""
    where = ", ".join(part for part in (study.journal, study.published) if part)
    yield Line(
        (
            ("Study".ljust(label), "label"),
            (one_line(study.title), "plain"),
            (f" ({one_line(where)})" if where else "", "plain"),
        ),
        hang=label,
        link=address(study),
    )
    if study.status.state in ("retracted", "concern"):
        word = "RETRACTED" if study.status.state == "retracted" else "EXPRESSION OF CONCERN"
        when = f" on {one_line(study.status.date)}" if study.status.date else ""
        yield Line(((word + when, "critical"),), indent=label)
    why = "; ".join(
        dict.fromkeys(f"{_NAMES.get(one.why, one.why)} “{shortened(one.text, _CITED)}”" for one in link.evidence[:4])
    )
    doi = f"doi:{one_line(study.doi)}  " if study.doi else ""
    sure = f"why this one: {why} ({link.score:.0%} sure)" if why else f"{link.score:.0%} sure"
    yield Line(((doi, "faint"), (sure, "faint")), indent=label, hang=2)


def overstatement_lines(one: Overstatement, indent: int = 0) -> Iterator[Line]:
    """Rule, severity and reason, and the wording that the study carries."""
    head = f"{one.rule} {one.severity}"
    yield Line(
        (
            (f"{head:<14s}  ", one.severity),
            (_in_full(one_line(one.reason)), "plain"),
            (judged_words(one), "faint"),
        ),
        indent=indent,
        hang=16,
    )
    if one.suggestion:
        yield Line(
            ((f"{'faithful':<14s}  ", "label"), (_in_full(one_line(one.suggestion)), "good")), indent=indent, hang=16
        )


def omission_line(one: Omission) -> Line:
    """What the article never tells."""
    head = f"{one.rule} {one.severity}"
    return Line(
        (
            (f"{head:<14s}  ", one.severity),
            (one_line(one.what) + ". ", "plain"),
            (one_line(one.reason) + judged_words(one), "faint"),
        ),
        indent=2,
        hang=16,
    )


def marked_sentence(claim: Claim) -> list[Part]:
    """The sentence with the stretches that say too much."""
    size = len(claim.text)
    spans = sorted(
        (min(max(one.start - claim.start, 0), size), min(one.end - claim.start, size)) for one in claim.overstatements
    )
    merged: list[list[int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    parts: list[Part] = []
    at = 0
    for start, end in merged:
        parts.append((_in_full(kept(claim.text[at:start])), "plain"))
        parts.append((_in_full(kept(claim.text[start:end])), "span"))
        at = end
    parts.append((_in_full(kept(claim.text[at:])), "plain"))
    return [part for part in parts if part[0]]


def _in_full(text: str) -> str:
    return without_middle(text, _LONGEST)


def _summary(scan: Scan) -> Table:
    rows: list[tuple[Part, ...]] = [
        tuple((name, "label") for name in ("article", "verdict", "critical", "major", "minor", "not told", "study"))
    ]
    for document in scan.documents:
        found = [one.severity for claim in document.claims for one in claim.overstatements]
        marks: list[Severity] = ["critical", "major", "minor"]
        rows.append(
            (
                (one_line(document.document.path), "plain"),
                (document.verdict, verdict_mark(document.verdict)),
                *(
                    (str(found.count(severity)), severity) if severity in found else ("-", "faint")
                    for severity in marks
                ),
                (str(len(document.omissions)) if document.omissions else "-", "plain"),
                (one_line(document.study.id) if document.study else "none known", "plain"),
            )
        )
    return Table(tuple(rows), frozenset({2, 3, 4, 5}))


def verdict_mark(verdict: str) -> Mark:
    """How a verdict is drawn."""
    return {"misleading": "critical", "strong": "major", "mild": "minor", "faithful": "good"}.get(verdict, "faint")
