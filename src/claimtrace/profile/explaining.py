"""The way from a profile back to the words that decided its strength, for profiles that come from another process.

A profile names this function. Whoever only shows profiles does not load the model by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimtrace.model.profile import Reason


def strength_reasons(text: str) -> tuple[Reason, ...]:
    """The features that moved the statement's level away from the other levels; see ``strength.explain_strength``."""
    from claimtrace.profile.strength import explain_strength

    return explain_strength(text)
