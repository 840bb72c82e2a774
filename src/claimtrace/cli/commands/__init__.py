"""The command line's commands, each declared in a module that is imported when the command is asked for."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any

import typer.main
from typer.core import TyperGroup

_MODULES = {
    "scan": "scan",
    "show": "show",
    "compare": "compare",
    "rules": "rules",
    "explain": "rules",
    "schema": "rules",
    "baseline": "baseline",
    "accept": "accept",
    "init": "init",
    "studies": "studies",
}
"""The module of each command, in the order of ``--help``."""


class Commands(TyperGroup):
    """The group of all commands. Building each one's options would cost every run as much as reading a long article."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Declared()


class _Declared(MutableMapping[str, Any]):
    """Commands by name, built when they are looked up."""

    def __init__(self) -> None:
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            module = import_module(f"{__name__}.{_MODULES[name]}")
            command: Any = typer.main.get_command(module.app)
            self._built[name] = getattr(command, "commands", {}).get(name, command)
        return self._built[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._built[name] = command

    def __delitem__(self, name: str) -> None:
        del self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)
