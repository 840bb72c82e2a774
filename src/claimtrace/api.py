"""What ``import claimtrace`` offers."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, Literal

from claimtrace.checks.run import check_text
from claimtrace.engine.comparing import compare_texts
from claimtrace.engine.scanning import Scanner
from claimtrace.engine.settings import Settings
from claimtrace.errors import SettingsError
from claimtrace.matching.article import article_terms
from claimtrace.matching.index import StudyIndex
from claimtrace.matching.ranking import rank
from claimtrace.model.profile import Profile
from claimtrace.model.results import SEVERITIES, Candidate, Overstatement, Scan, Severity
from claimtrace.model.studies import Study
from claimtrace.profile.statement import profile_statement
from claimtrace.studies import catalogue as _catalogue
from claimtrace.studies.bundled import load_bundled

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


class Catalogue(_catalogue.Catalogue):
    """Studies by identifier: ``get(id)``, iteration, ``len``, and ``candidates(text)``."""

    _index: StudyIndex | None = None

    def candidates(self, text: str, limit: int = 10) -> list[Candidate]:
        """The studies that a text may rest on, best first, each with the chance (0–1) that it does."""
        from claimtrace.documents.extracted import Extracted
        from claimtrace.documents.load import make_document, sentences_of

        if self._index is None:
            self._index = StudyIndex(self)
        document = make_document(Extracted("", text, ""))
        return [
            Candidate(one.id, one.chance)
            for one in rank(article_terms(document, sentences_of(document)), self._index, limit)
        ]


def scan(
    paths: Paths,
    studies: str | os.PathLike[str] | Iterable[Study] | None = None,
    *,
    bundled: bool = True,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    min_severity: Severity = "minor",
    min_confidence: float | None = None,
    published: str | None = None,
    allow_private: bool = False,
    jobs: int | None = None,
) -> Scan:
    """Scan files, folders and web addresses.

    Args:
        paths: a file, folder or http(s) address, or several.
        studies: a catalogue's file, or studies, in addition to the bundled ones.
        bundled: whether the bundled records are used.
        select, ignore: codes of rules, or their beginnings.
        min_severity: minor, major or critical.
        min_confidence: 0–1; ``None`` for each rule's own threshold.
        published: ISO date for articles that state none.
        allow_private: web addresses may lead into private networks and to this machine.
        jobs: number of processes, 0 for one a core; ``None`` and 1 scan in this process. A script that asks for
            several begins its own work below ``if __name__ == "__main__":``, since each of them imports it.

    Raises:
        CatalogueError: ``studies`` cannot be read.
        SettingsError: a setting is none of the values it can have.
        ClaimtraceError: a worker process died.
    """
    if min_severity not in SEVERITIES:
        raise SettingsError(f"min_severity: expected one of {', '.join(SEVERITIES)}, not {min_severity!r}")
    if jobs is not None and jobs < 0:
        raise SettingsError(f"jobs: expected a number of processes, or 0 for one a core, not {jobs!r}")
    own = studies if studies is None or isinstance(studies, str | os.PathLike) else _catalogue.Catalogue(studies)
    load = partial(_known, own, bundled)
    settings = Settings(
        select=tuple(select),
        ignore=tuple(ignore),
        min_severity=min_severity,
        min_confidence=min_confidence,
        published=published,
        allow_private=allow_private,
    )
    scanner = Scanner(load(), settings)
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    if jobs in (None, 1):
        return scanner.scan(given)
    from claimtrace.engine.pool import scan_in_pool

    return scan_in_pool(given, scanner, load, jobs or os.cpu_count() or 1)


def _known(own: str | os.PathLike[str] | _catalogue.Catalogue | None, bundled: bool) -> _catalogue.Catalogue:
    known = load_bundled() if bundled else _catalogue.Catalogue()
    if own is None:
        return known
    return known.merged_with(own if isinstance(own, _catalogue.Catalogue) else load_catalogue(own))


def check(
    text: str,
    study: Study,
    *,
    published: str | None = None,
    headline: bool = False,
    min_confidence: float | None = None,
) -> list[Overstatement]:
    """Overstatements of a text against one study; offsets in code points of the text.

    Args:
        text: one or more sentences.
        study: the study they report.
        published: ISO date of the text.
        headline: the text stands alone.
        min_confidence: ``None`` for the tool's own threshold; 0.0 for everything, graded.
    """
    return check_text(text, study, published=published, headline=headline, min_confidence=min_confidence)


def compare(report: str, source: str) -> Literal["exaggerates", "same", "downplays"]:
    """Which of two texts is causally stronger: a report, or the source that it reports."""
    return compare_texts(report, source).label


def profile(text: str) -> Profile:
    """What a statement says, dimension by dimension."""
    return profile_statement(text)


def load_catalogue(path: str | os.PathLike[str]) -> Catalogue:
    """Read a catalogue from a file.

    Raises:
        CatalogueError: it cannot be read, or none of its records is usable.
    """
    loaded: Any = _catalogue.load_catalogue(Path(path))
    return Catalogue(loaded, loaded.problems)
