"""One self-contained page: the articles with marked spans, and beside each what the study says. No network, no script
from an article: everything is escaped, and the page's own script is allowed by its hash."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path
from typing import TextIO

from claimtrace.model.results import Claim, Scan, ScannedDocument
from claimtrace.model.studies import Study
from claimtrace.report.options import ReportOptions

_HOME = Path(__file__).resolve().parents[1] / "data" / "html"


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write the page."""
    style = (_HOME / "report.css").read_text("utf-8")
    script = (_HOME / "report.js").read_text("utf-8")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    found = [one for claim in scan.claims for one in claim.overstatements]
    kinds = sorted({one.kind for one in found})
    out.write(
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>claimtrace report</title><style>{style}</style></head><body>\n'
        f'<a class="skip" href="#articles">Skip to the articles</a><header><h1>What the articles say beyond their studies</h1>'
        f"<p>{len(scan.documents)} articles, {len(found)} overstatements. Keys: j and k move from one to the next.</p>"
        '<form aria-label="Filter"><label>Severity <select id="severity"><option value="">all</option><option>critical</option><option>major</option><option>minor</option></select></label> '
        f'<label>Kind <select id="kind"><option value="">all</option>{"".join(f"<option>{escape(kind)}</option>" for kind in kinds)}</select></label> '
        '<label>Article <select id="article"><option value="">all</option>'
        + "".join(
            f'<option value="{escape(one.id)}">{escape(one.document.title or one.document.path)}</option>'
            for one in scan.documents
        )
        + '</select></label></form></header><main id="articles">\n'
    )
    for document in scan.documents:
        _article(document, scan, out)
    out.write(f'</main><p id="said" role="status" aria-live="polite"></p><script>{script}</script></body></html>\n')


def _article(document: ScannedDocument, scan: Scan, out: TextIO) -> None:
    study = scan.studies.get(document.study.id) if document.study else None
    out.write(
        f'<article data-article="{escape(document.id)}"><h2>{escape(document.document.title or document.document.path)}</h2>'
        f'<p class="meta">{escape(document.document.path)} <strong class="verdict">{escape(document.verdict)}</strong></p>'
    )
    out.write(f"<p>Study: {_study(study)}</p>" if study else "<p>Study: none known.</p>")
    block = -1
    starts = [one.start for one in document.document.blocks]
    open_paragraph = False
    for claim in document.claims:
        here = max((at for at, start in enumerate(starts) if start <= claim.start), default=0)
        if here != block:
            out.write(("</p>" if open_paragraph else "") + "<p>")
            open_paragraph, block = True, here
        out.write(
            f'<span id="{escape(claim.id)}" class="claim{" linked" if claim.study else ""}">{_marked(claim)}</span> '
        )
    out.write("</p>" if open_paragraph else "")
    if any(claim.overstatements for claim in document.claims):
        out.write("<h3>Overstatements</h3><ol class='notes'>")
        for claim in document.claims:
            out.writelines(
                f'<li tabindex="-1" class="note {one.severity}" data-severity="{one.severity}" data-kind="{escape(one.kind)}">'
                f'<a href="#{escape(claim.id)}"><strong>{one.rule} {one.severity}</strong>: “{escape(one.span)}”</a><p>{escape(one.reason)}</p>'
                + (f"<blockquote>{escape(one.evidence.text)}</blockquote>" if one.evidence.text else "")
                + (f'<p class="faithful">Faithful: {escape(one.suggestion)}</p>' if one.suggestion else "")
                + "</li>"
                for one in claim.overstatements
            )
        out.write("</ol>")
    if document.omissions:
        out.write("<h3>Never told</h3><ul>")
        out.writelines(
            f"<li><strong>{omission.rule} {omission.severity}</strong>: {escape(omission.what)}. {escape(omission.reason)}</li>"
            for omission in document.omissions
        )
        out.write("</ul>")
    out.write("</article>\n")


def _study(study: Study) -> str:
    where = ", ".join(part for part in (study.journal, study.published) if part)
    title = escape(study.title)
    if study.doi:
        title = f'<a rel="noreferrer" href="https://doi.org/{escape(study.doi)}">{title}</a>'
    state = f" <strong>{study.status.state}</strong>" if study.status.state in ("retracted", "concern") else ""
    return f"{title} ({escape(where)}){state}"


def _marked(claim: Claim) -> str:
    spans = sorted((one.start - claim.start, one.end - claim.start, one.severity) for one in claim.overstatements)
    parts: list[str] = []
    at = 0
    for start, end, severity in spans:
        if end <= at:
            continue
        start = max(start, at)
        parts.append(escape(claim.text[at:start]))
        parts.append(f'<mark class="{severity}">{escape(claim.text[start:end])}</mark>')
        at = end
    return "".join(parts) + escape(claim.text[at:])


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
