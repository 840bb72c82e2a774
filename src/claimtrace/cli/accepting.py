"""``claimtrace accept``, and the file of accepted findings that it writes: ``claimtrace-accepted.toml``."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, cast

from claimtrace.cli.output import print_text, write_whole
from claimtrace.engine.judging import Place, places
from claimtrace.engine.settings import Settings
from claimtrace.errors import SettingsError, UnknownClaimError
from claimtrace.model.documents import Problem
from claimtrace.model.results import Acceptance, Scan
from claimtrace.report.safe import one_line

NAME = "claimtrace-accepted.toml"
_HEAD = (
    "# Findings that somebody looked at and lets stand. They are counted and marked, and fail no scan.\n"
    "# claimtrace accept CLAIM_ID RULE --reason WHY adds an entry.\n"
)


class Entry(NamedTuple):
    """One accepted finding; ``file`` is the name of the file that it stands in, when the entry says so."""

    place: Place
    acceptance: Acceptance
    file: str | None


def find_accepted(folder: Path) -> Path | None:
    """The nearest file of accepted findings at or above a folder, as seen from there."""
    found = next((place / NAME for place in (folder, *folder.parents) if (place / NAME).is_file()), None)
    return None if found is None else Path(os.path.relpath(found, folder))


def read_accepted(path: Path) -> tuple[Entry, ...]:
    """The entries of a file of accepted findings.

    Raises:
        SettingsError: the file cannot be read, or an entry lacks what it needs.
    """
    import tomllib

    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: the accepted findings cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise SettingsError(f"{path}: this is not TOML ({error})") from None
    listed = data.get("accepted", [])
    if not isinstance(listed, list):
        raise SettingsError(f"{path}: expected entries that begin with [[accepted]]")
    return tuple(_entry(one, number, path) for number, one in enumerate(cast("list[object]", listed), start=1))


def unused(entries: tuple[Entry, ...], scan: Scan, settings: Settings, path: Path) -> tuple[Problem, ...]:
    """Entries that match nothing any more, as far as this scan can tell.

    An entry is left alone when its file was not scanned, or when the scan would not tell its finding.
    """
    if settings.min_confidence is not None:
        return ()
    found = places(scan)
    scanned = {one.document.path.rsplit("/", 1)[-1]: one.document.path for one in scan.documents}
    return tuple(
        Problem(
            path.as_posix(),
            "accepted-unused",
            f"{path.as_posix()}: the accepted {entry.place.rule} of {entry.place.id} is found no more"
            f"{f' in {entry.file}' if entry.file else ''}; take the entry out",
            fatal=False,
        )
        for entry in entries
        if entry.place not in found
        and (entry.file is None or entry.file in scanned)
        and settings.tells(entry.place.rule, "minor", scanned.get(entry.file or "", ""))
    )


def accept(claim_id: str, rule: str, reason: str, store: Path | None, path: Path | None) -> None:
    """Write one finding of a stored scan into the file of accepted findings.

    Raises:
        SettingsError: no such rule was found there, it has been accepted before, or no reason is given.
        StoreError: the claim is in no stored scan.
    """
    from claimtrace.store.database import Store

    code, why = rule.strip().upper(), one_line(reason)
    if not why:
        raise SettingsError("--reason: say why the finding may stand")
    with Store(store, create=False) as opened:
        found = opened.find(claim_id)
    place = Place(found.document.id if code.startswith("CT7") else found.claim.id, code)
    here = [one for one in places(found.scan) if one.id in (found.claim.id, found.document.id)]
    if place not in here:
        raise UnknownClaimError(
            f"claim {found.claim.id} has no finding of {code}; found there: {', '.join(one.rule for one in here) or 'none'}"
        )
    target = path or find_accepted(Path.cwd()) or Path(NAME)
    before = read_accepted(target) if target.exists() else ()
    if any(one.place == place for one in before):
        raise SettingsError(f"{target}: {code} of {place.id} has been accepted before; edit the file to change it")
    file = found.document.document.path.rsplit("/", 1)[-1]
    entry = (
        f"\n[[accepted]]\n{'document' if code.startswith('CT7') else 'claim'} = {_quoted(place.id)}\n"
        f"rule = {_quoted(code)}\nreason = {_quoted(why)}\ndate = {date.today().isoformat()}\nfile = {_quoted(file)}\n"
    )
    text = target.read_text("utf-8") if before or target.exists() else _HEAD
    write_whole(target, lambda out: print(text.rstrip("\n") + "\n" + entry, end="", file=out))
    print_text(lambda out: print(f"accepted {code} of {place.id} in {target}", file=out))


def _entry(one: object, number: int, path: Path) -> Entry:
    table = cast("dict[str, Any]", one) if isinstance(one, dict) else {}
    id, rule, reason = table.get("claim", table.get("document")), table.get("rule"), table.get("reason")
    for key, value in (("claim", id), ("rule", rule), ("reason", reason)):
        if not isinstance(value, str) or not value.strip():
            raise SettingsError(f"{path}: entry {number}: {key}: expected a text")
    when, file = table.get("date"), table.get("file")
    if when is not None and not isinstance(when, date | str):
        raise SettingsError(f"{path}: entry {number}: date: expected a date such as 2017-07-05")
    acceptance = Acceptance(str(reason).strip(), str(when) if when is not None else None)
    return Entry(Place(str(id), str(rule).upper()), acceptance, file if isinstance(file, str) else None)


def _quoted(text: str) -> str:
    """A TOML string: what JSON escapes is escaped the same way there, and ``one_line`` has taken out the rest."""
    return json.dumps(one_line(text), ensure_ascii=False)
