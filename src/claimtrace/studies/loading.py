"""Reading a catalogue from a file that a user names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

from claimtrace.errors import CatalogueError
from claimtrace.studies.catalogue import Catalogue
from claimtrace.studies.record import parse_records


def load(path: Path) -> Catalogue:
    """Read the catalogue at ``path``; see ``claimtrace.studies.catalogue.load_catalogue``."""
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise CatalogueError(f"{path}: the catalogue cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError):
        raise CatalogueError(f"{path}: this is not JSON; give a JSON list of study records") from None
    if not isinstance(data, list):
        raise CatalogueError(f"{path}: expected a JSON list of study records")
    studies, problems = parse_records(cast("list[object]", data), str(path))
    if problems and not studies:
        raise CatalogueError(f"{problems[0]} (none of the {len(problems)} records can be used)")
    return Catalogue(studies, problems)
