"""Settings files: ``claimtrace.toml``, or ``[tool.claimtrace]`` in ``pyproject.toml``, nearest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from claimtrace.errors import SettingsError

if TYPE_CHECKING:
    import typer

    from claimtrace.engine.path_settings import PathSettings

NAME = "claimtrace.toml"


class FileSettings(NamedTuple):
    """What the nearest settings file says.

    Attributes:
        defaults: defaults of the commands' options, by command and option.
        per_path: settings for some of the files.
    """

    defaults: dict[str, Any]
    per_path: tuple[PathSettings, ...] = ()


def settings_from_files(folder: Path) -> FileSettings:
    """The nearest settings file at or above ``folder``.

    Raises:
        SettingsError: the file is no TOML, names a setting that does not exist, or gives one a wrong value.
    """
    for place in (folder, *folder.parents):
        own, project = place / NAME, place / "pyproject.toml"
        if own.is_file():
            return _settings(_read(own), own)
        if project.is_file() and b"[tool.claimtrace" in _bytes(project):
            table = _read(project).get("tool", {}).get("claimtrace")
            if isinstance(table, dict):
                return _settings(cast("dict[str, Any]", table), project)
    return FileSettings({})


def path_settings_for(context: typer.Context) -> tuple[PathSettings, ...]:
    """The settings by path, without what the command line or the environment says in their place.

    ``ignore`` of a path adds to what is ignored anyway; ``select`` and ``min_severity`` of a path give way to
    an option of the same name that was given for this run.
    """
    said = {
        name
        for name in ("select", "min_severity")
        if (source := context.get_parameter_source(name)) is not None
        and source.name in ("COMMANDLINE", "ENVIRONMENT")
    }
    found: FileSettings = context.find_root().obj
    return tuple(
        one._replace(
            select=() if "select" in said else one.select,
            min_severity=None if "min_severity" in said else one.min_severity,
        )
        for one in found.per_path
    )


def _text(value: object) -> object:
    return value if isinstance(value, str) else None


def _date(value: object) -> object:
    return str(value) if value.__class__.__name__ in ("str", "date") else None


def _yes(value: object) -> object:
    return value if isinstance(value, bool) else None


def _codes(value: object) -> object:
    parts = cast("list[object]", value) if isinstance(value, list) else [value]
    return ",".join(cast("list[str]", parts)) if all(isinstance(one, str) for one in parts) else None


def _files(value: object) -> object:
    parts = cast("list[object]", value) if isinstance(value, list) else [value]
    return parts if all(isinstance(one, str) for one in parts) else None


def _share(value: object) -> object:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return float(cast("float", value)) if fits else None


def _whole(value: object) -> object:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _severity(value: object) -> object:
    from claimtrace.model.results import SEVERITIES

    return value if value in SEVERITIES else None


_CODES: tuple[Callable[[object], object], str] = (_codes, 'codes such as ["CT1", "CT701"]')
_SEVERITY: tuple[Callable[[object], object], str] = (_severity, "minor, major or critical")
_KNOWN: dict[str, tuple[Callable[[object], object], str]] = {
    "accepted": (_text, "a file's name"),
    "allow_private": (_yes, "true or false"),
    "author": (_text, "a name"),
    "baseline": (_text, "a file's name"),
    "bundled": (_yes, "true or false"),
    "engine": (_text, "local or pool"),
    "fail_on": _SEVERITY,
    "format": (_text, "a format's name"),
    "ignore": _CODES,
    "jobs": (_whole, "a number of processes"),
    "min_confidence": (_share, "a number from 0 to 1"),
    "min_severity": _SEVERITY,
    "no_store": (_yes, "true or false"),
    "published": (_date, "an ISO date"),
    "quiet": (_yes, "true or false"),
    "save_text": (_text, "a folder's name"),
    "select": _CODES,
    "store": (_text, "a file's name"),
    "studies": (_files, "a file's name, or a list of them"),
    "verbose": (_yes, "true or false"),
}
"""Each setting: what makes a value of what the file says (``None``: it does not fit), and what is expected."""
_FILES = ("accepted", "baseline", "save_text", "store")
_PER_PATH = ("select", "ignore", "min_severity")
_SHARED = {
    "baseline": ("studies", "bundled", "select", "ignore", "min_severity", "min_confidence", "published", "jobs", "allow_private", "store"),
    "accept": ("store", "accepted"),
    "show": ("store",),
    "compare": ("allow_private",),
}  # fmt: skip
_SHARED_STUDIES = {
    **dict.fromkeys(("list", "show", "check"), ("studies", "store")),
    **dict.fromkeys(("import", "add", "remove"), ("store",)),
}


def _settings(table: dict[str, Any], path: Path) -> FileSettings:
    values: dict[str, Any] = {}
    per_path: tuple[PathSettings, ...] = ()
    for key, value in table.items():
        name = key.replace("-", "_")
        if name == "per_path":
            per_path = _per_path(value, path)
            continue
        if name not in _KNOWN:
            raise SettingsError(
                f"{path}: there is no setting {key!r}; known are {', '.join(sorted(_KNOWN))}, per_path"
            )
        made = _value(name, value, f"{path}: {key}")
        if name == "studies":
            made = [str(path.parent / one) for one in cast("list[str]", made)]
        values[name] = str(path.parent / str(made)) if name in _FILES else made
    return FileSettings(
        {"scan": values, "studies": _shared(_SHARED_STUDIES, values), **_shared(_SHARED, values)}, per_path
    )


def _shared(commands: Mapping[str, Sequence[str]], values: Mapping[str, Any]) -> dict[str, Any]:
    return {command: {name: values[name] for name in names if name in values} for command, names in commands.items()}


def _per_path(value: object, path: Path) -> tuple[PathSettings, ...]:
    if not isinstance(value, dict):
        raise SettingsError(f'{path}: per-path: expected tables such as [per-path."opinion/**"]')
    from claimtrace.engine.path_settings import PathSettings

    found: list[PathSettings] = []
    for glob, table in cast("dict[str, object]", value).items():
        if not isinstance(table, dict):
            raise SettingsError(f"{path}: per-path {glob!r}: expected select, ignore or min_severity below it")
        said: dict[str, Any] = {}
        for key, one in cast("dict[str, object]", table).items():
            name = key.replace("-", "_")
            if name not in _PER_PATH:
                raise SettingsError(
                    f"{path}: per-path {glob!r}: there is no setting {key!r}; known are {', '.join(_PER_PATH)}"
                )
            made = _value(name, one, f"{path}: per-path {glob!r}: {key}")
            said[name] = made if name == "min_severity" else _each_code(str(made))
        found.append(PathSettings(glob, str(path.parent), **said))
    return tuple(found)


def _value(name: str, value: object, where: str) -> object:
    make, expected = _KNOWN[name]
    made = make(value)
    if made is None:
        raise SettingsError(f"{where}: expected {expected}, not {value!r}")
    return made


def _each_code(text: str) -> tuple[str, ...]:
    return tuple(part.strip().upper() for part in text.split(",") if part.strip())


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
