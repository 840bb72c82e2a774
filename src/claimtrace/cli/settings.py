"""Settings files: ``claimtrace.toml``, or ``[tool.claimtrace]`` in ``pyproject.toml``, nearest first."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from claimtrace.errors import SettingsError

_KNOWN = frozenset(
    [
        "studies",
        "bundled",
        "format",
        "select",
        "ignore",
        "min_severity",
        "min_confidence",
        "fail_on",
        "published",
        "baseline",
        "author",
        "save_text",
        "store",
        "quiet",
        "verbose",
    ]
)


def settings_from_files(folder: Path) -> dict[str, Any]:
    """Defaults for the commands' options, from the nearest settings file at or above ``folder``.

    Raises:
        SettingsError: the file is no TOML, or names a setting that does not exist.
    """
    for place in (folder, *folder.parents):
        own, project = place / "claimtrace.toml", place / "pyproject.toml"
        if own.is_file():
            return _defaults(_read(own), own)
        if project.is_file() and b"[tool.claimtrace" in _bytes(project):
            table = _read(project).get("tool", {}).get("claimtrace")
            if isinstance(table, dict):
                return _defaults(cast("dict[str, Any]", table), project)
    return {}


def _defaults(table: dict[str, Any], path: Path) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in _KNOWN:
            raise SettingsError(f"{path}: there is no setting {key!r}; known are {', '.join(sorted(_KNOWN))}")
        if name in ("select", "ignore") and isinstance(value, list):
            value = ",".join(str(one) for one in cast("list[Any]", value))
        elif name == "studies":
            value = [
                str(path.parent / one)
                for one in (cast("list[str]", value) if isinstance(value, list) else [str(value)])
            ]
        values[name] = value
    shared = {name: values[name] for name in ("studies", "store") if name in values}
    placed = {name: values[name] for name in ("store",) if name in values}
    reading = dict.fromkeys(("list", "show", "check"), shared)
    writing = dict.fromkeys(("import", "add", "remove"), placed)
    return {"scan": values, "show": placed, "studies": {**reading, **writing}}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: the settings cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise SettingsError(f"{path}: this is not TOML ({error})") from None
