"""What a shell offers after TAB for the values of options; asked of the shell's completion alone."""

from __future__ import annotations


def formats(incomplete: str) -> list[str]:
    """Names of formats that begin so."""
    from claimtrace.report.registry import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def severities(incomplete: str) -> list[str]:
    """Severities that begin so."""
    from claimtrace.model.results import SEVERITIES

    return [name for name in SEVERITIES if name.startswith(incomplete)]


def codes(incomplete: str) -> list[tuple[str, str]]:
    """Codes of rules that begin so, each with its title."""
    from claimtrace.checks.context import rules

    return [(code, str(rule["title"])) for code, rule in rules().items() if code.startswith(incomplete.upper())]
