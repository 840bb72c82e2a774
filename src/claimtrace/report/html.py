"""One self-contained page: the articles with marked spans, and beside each what the study says. No network, no script
from an article: all of it travels as JSON and becomes text nodes, and the page's own script is allowed by its hash.

Each article is a block of JSON of its own, laid out when it is opened, so that a page of a thousand paints at once.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from html import escape
from pathlib import Path
from string import Template
from typing import Any, TextIO

from claimtrace.model.results import Scan, ScannedDocument
from claimtrace.report.article_data import article_data
from claimtrace.report.figure import headline
from claimtrace.report.json_report import well_formed
from claimtrace.report.options import ReportOptions
from claimtrace.report.rules import known_rules
from claimtrace.report.safe import one_line

_HOME = Path(__file__).resolve().parents[1] / "data" / "html"
_PRINTED = 50
"""Articles that go on paper together; of more, the open one is printed."""
_MARKUP = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write the page, article by article."""
    style = (_HOME / "report.css").read_text("utf-8")
    script = (_HOME / "report.js").read_text("utf-8")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    entries = [_entry(document) for document in scan.documents]
    kinds = sorted({key.split("|")[0] for entry in entries for key in entry["found"]})
    titles = {rule["code"]: rule["title"] for rule in known_rules()}
    title, figure = headline(scan)
    page = Template((_HOME / "report.html").read_text("utf-8"))
    out.write(
        page.substitute(
            policy=policy,
            version=escape(scan.version),
            headline=escape(title),
            figure=escape(figure),
            style=style,
            script=script,
            kinds="".join(f"<option>{escape(kind)}</option>" for kind in kinds),
            index=_json({"articles": entries, "rules": titles, "printed": _PRINTED}),
        )
    )
    for document in scan.documents:
        data = _json(article_data(document, scan))
        out.write(f'<script type="application/json" data-article="{escape(document.id)}">{data}</script>\n')
    if scan.problems:
        out.write("<footer><h2>Not read, or mended</h2><ul>")
        out.writelines(f"<li>{escape(one_line(one.message))}</li>" for one in scan.problems)
        out.write("</ul></footer>")
    out.write("</body></html>\n")


def _entry(document: ScannedDocument) -> dict[str, Any]:
    """What the list of articles shows and filters by: ``found`` counts findings by kind and severity."""
    found = Counter(f"{one.kind}|{one.severity}" for claim in document.claims for one in claim.overstatements)
    found.update(f"omission|{one.severity}" for one in document.omissions)
    return {
        "id": document.id,
        "title": one_line(document.document.title or ""),
        "path": one_line(document.document.path),
        "verdict": document.verdict,
        "found": dict(sorted(found.items())),
    }


def _json(data: Any) -> str:
    """JSON that cannot end its block: no sign of markup is left in it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in _MARKUP.items():
        text = text.replace(sign, escaped)
    return well_formed(text)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
