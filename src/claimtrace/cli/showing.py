"""``claimtrace show``."""

from __future__ import annotations

import json
from pathlib import Path

from claimtrace.cli.output import print_text, terminal_options
from claimtrace.model.export import claim_to_json
from claimtrace.report.claim_view import write_claim
from claimtrace.report.json_report import well_formed
from claimtrace.store.database import Store


def show_claim(claim_id: str, path: Path | None, as_json: bool) -> None:
    """Print one stored claim."""
    with Store(path, create=False) as store:
        found = store.find(claim_id)
    if as_json:
        print_text(
            lambda out: print(
                well_formed(json.dumps(claim_to_json(found.claim), ensure_ascii=False, indent=2)), file=out
            )
        )
    else:
        print_text(lambda out: write_claim(found.scan, found.document, found.claim, out, terminal_options()))
