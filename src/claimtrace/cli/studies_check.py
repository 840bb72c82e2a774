"""``claimtrace studies check``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from claimtrace.cli.output import print_text
from claimtrace.cli.studies import check_format, shelf
from claimtrace.model.studies import Study
from claimtrace.report.safe import one_line
from claimtrace.studies.doubles import telling
from claimtrace.studies.normal import title_key


class Remark(NamedTuple):
    """Something to know about a record: ``what`` is retracted, concern, corrected, incomplete, double or unusable."""

    id: str | None
    what: str
    text: str


def check_studies(files: tuple[Path, ...], store: Path | None, format: str) -> None:
    """Print what is wrong or missing with the records."""
    check_format(format)
    remarks: list[Remark] = []
    count = 0
    seen: dict[str, str] = {}
    with shelf(files, True, store) as known:
        remarks += [Remark(problem.id, "unusable", str(problem)) for problem in known.problems]
        for _, study in known.records():
            count += 1
            remarks += _remarks(study)
            double = _double(study, seen)
            if double:
                remarks.append(double)
    if format == "json":
        rows = [one._asdict() for one in remarks]
        print_text(lambda out: print(json.dumps(rows, ensure_ascii=False, indent=1), file=out))
        return
    lines = [one_line(f"{one.id}: {one.text}" if one.id and one.what != "unusable" else one.text) for one in remarks]
    tally = {what: sum(one.what == what for one in remarks) for what in dict.fromkeys(one.what for one in remarks)}
    said = ", ".join(f"{number} {what}" for what, number in tally.items()) or "nothing to remark"
    print_text(lambda out: print("\n".join((*lines, f"{count} records: {said}")), file=out))


def _remarks(study: Study) -> list[Remark]:
    found: list[Remark] = []
    status = study.status
    if status.state != "published":
        when, where = f" on {status.date}" if status.date else "", f" ({status.source})" if status.source else ""
        found.append(Remark(study.id, status.state, f"{status.state}{when}{where}"))
    missing = [name for name in ("journal", "published", "doi", "authors") if not getattr(study, name)]
    if study.pmid and "doi" in missing:
        missing.remove("doi")
    if not study.abstract and not study.findings:
        missing.append("abstract and findings")
    if missing:
        found.append(Remark(study.id, "incomplete", f"lacks {', '.join(missing)}"))
    return found


def _double(study: Study, seen: dict[str, str]) -> Remark | None:
    """A remark on a record that has a number, or a title and year, in common with an earlier one."""
    key = title_key(study.title)
    keys = [study.doi, study.pmid and f"pmid:{study.pmid}", study.pmcid]
    keys += [f"{key}|{study.year}"] if telling(key) else []
    same = [earlier for one in keys if one and (earlier := seen.setdefault(one, study.id)) != study.id]
    return Remark(study.id, "double", f"likely the same as {same[0]}") if same else None
