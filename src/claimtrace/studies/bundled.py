"""The records that come with claimtrace."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from claimtrace.errors import CatalogueError
from claimtrace.studies.catalogue import Catalogue
from claimtrace.studies.plain import study_from_json

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def load_bundled() -> Catalogue:
    """The bundled catalogue, read once a process.

    The records are validated by the tests, not here: start-up time counts.

    Raises:
        CatalogueError: the installation is damaged.
    """
    path = bundled_path()
    try:
        records: list[dict[str, Any]] = json.loads(path.read_bytes())
        return Catalogue(study_from_json(record) for record in records)
    except OSError as error:
        raise CatalogueError(
            f"{path}: the bundled study records cannot be read ({error.strerror}); reinstall claimtrace-cli"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CatalogueError(f"{path}: the bundled study records are damaged; reinstall claimtrace-cli") from None


def bundled_path() -> Path:
    """Where the bundled records lie: within the installed package, or in ``data/`` of a checkout."""
    installed = _PACKAGE / "data" / "studies.json"
    checkout = _PACKAGE.parents[1] / "data" / "studies.json"
    return checkout if not installed.exists() and checkout.exists() else installed
