from collections.abc import Iterator
from typing import Any

class RisParser:
    START_TAG: str
    def __init__(
        self,
        *,
        mapping: dict[str, str] | None = None,
        list_tags: list[str] | None = None,
        delimiter_tags_mapping: dict[str, str] | None = None,
        skip_unknown_tags: bool = False,
        enforce_list_tags: bool = True,
    ) -> None: ...
    def parse_lines(self, lines: Iterator[str]) -> list[dict[str, Any]]: ...
    def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]: ...
