"""``claimtrace studies``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from claimtrace.cli.output import print_text
from claimtrace.cli.scanning import load_catalogue_of
from claimtrace.errors import CatalogueError, SettingsError
from claimtrace.model.studies import Study
from claimtrace.report.safe import one_line
from claimtrace.studies.normal import title_key
from claimtrace.studies.plain import study_to_json


def list_studies(files: tuple[Path, ...], bundled: bool, status: str | None, search: str | None, format: str) -> None:
    """Print the studies known."""
    if format not in ("text", "json"):
        raise SettingsError(f"--format: expected text or json, not {format!r}")
    known = load_catalogue_of(files, bundled)
    chosen = [
        one
        for one in known
        if (status is None or one.status.state == status) and (search is None or _mentions(one, search))
    ]
    if format == "json":
        print_text(
            lambda out: print(
                json.dumps([study_to_json(one) for one in chosen], ensure_ascii=False, indent=2), file=out
            )
        )
    else:
        print_text(lambda out: print("\n".join(_line(one) for one in chosen), file=out))
    for problem in known.problems:
        print(f"claimtrace: {problem}", file=sys.stderr)


def show_study(study_id: str, files: tuple[Path, ...]) -> None:
    """Print one record."""
    study = load_catalogue_of(files, True).get(study_id)
    if study is None:
        raise CatalogueError(f"no study has the identifier {study_id!r}; claimtrace studies list names them")
    print_text(lambda out: print(json.dumps(study_to_json(study), ensure_ascii=False, indent=2), file=out))


def check_studies(files: tuple[Path, ...]) -> None:
    """Print what is wrong or missing with the records."""
    known = load_catalogue_of(files, True)
    lines = [f"not usable: {problem}" for problem in known.problems]
    titles: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for one in known:
        if one.status.state in ("retracted", "concern"):
            lines.append(f"{one.id}: {one.status.state}{f' on {one.status.date}' if one.status.date else ''}")
        missing = [name for name in ("journal", "published", "doi", "authors") if not getattr(one, name)]
        if missing:
            lines.append(f"{one.id}: lacks {', '.join(missing)}")
        if not one.abstract and not one.findings:
            lines.append(f"{one.id}: has neither abstract nor findings; only its title can be matched")
        for key, seen in (
            (title_key(one.title), titles),
            (one.doi or "", numbers),
            (f"pmid:{one.pmid}" if one.pmid else "", numbers),
        ):
            if key and seen.setdefault(key, one.id) != one.id:
                lines.append(f"{one.id}: likely the same as {seen[key]}")
    print_text(lambda out: print("\n".join(lines) if lines else f"{len(known)} records, nothing to remark", file=out))


def _line(study: Study) -> str:
    flag = f" [{study.status.state}]" if study.status.state != "published" else ""
    return f"{study.id}  {one_line(study.title)} ({', '.join(part for part in (study.journal, study.published) if part)}){flag}"


def _mentions(study: Study, word: str) -> bool:
    text = " ".join([study.id, study.title, study.journal or "", *(one.family for one in study.authors)]).casefold()
    return word.casefold() in text
