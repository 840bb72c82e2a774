"""What a scan tells, and of which files."""

from __future__ import annotations

from typing import NamedTuple

from claimtrace.engine.path_settings import PathSettings
from claimtrace.model.results import SEVERITIES, Severity


class Settings(NamedTuple):
    """What a scan tells.

    Attributes:
        select, ignore: rule codes or their beginnings (``CT7``); empty ``select`` means all.
        min_severity: less severe findings are left out.
        min_confidence: ``None`` for each rule's own threshold.
        published: a date for all documents that state none (ISO).
        allow_private: addresses on the web may lead into private networks and to this machine.
        per_path: settings for some of the files, the later ones on top of the earlier ones.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_severity: Severity = "minor"
    min_confidence: float | None = None
    published: str | None = None
    allow_private: bool = False
    per_path: tuple[PathSettings, ...] = ()

    def tells(self, rule: str, severity: Severity, path: str = "") -> bool:
        """Whether a finding of this rule and severity is wanted in the file at ``path``."""
        select, ignore, least = self.select, self.ignore, self.min_severity
        for one in self.per_path:
            if one.holds_for(path):
                select, ignore = one.select or select, ignore + one.ignore
                least = one.min_severity or least
        if select and not rule.startswith(select):
            return False
        if ignore and rule.startswith(ignore):
            return False
        return SEVERITIES.index(severity) >= SEVERITIES.index(least)
