"""``claimtrace init``: a settings file to begin with."""

from __future__ import annotations

from pathlib import Path

from claimtrace.cli.output import print_text
from claimtrace.cli.settings import NAME
from claimtrace.errors import SettingsError

_TEMPLATE = Path(__file__).resolve().parents[1] / "data" / "settings-template.toml"


def write_settings(folder: Path) -> None:
    """Write the commented settings file into a folder.

    Raises:
        SettingsError: there is one already, or it cannot be written.
    """
    path = folder / NAME
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(_TEMPLATE.read_text("utf-8"))
    except FileExistsError:
        raise SettingsError(f"{path}: there is a settings file already; it was left as it is") from None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written ({error.strerror}); check the folder") from None
    print_text(lambda out: print(f"wrote {path}; every setting in it is a comment that says its default", file=out))
