"""What README and docs show is what the tool prints: `make screens` refreshes all of it."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the pictures are made through a pseudo-terminal")


@pytest.fixture(scope="module")
def screens() -> ModuleType:
    spec = spec_from_file_location("make_screens", ROOT / "docs" / "make_screens.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_excerpts_are_what_the_tool_prints(screens: ModuleType, page: Path) -> None:
    text = page.read_text("utf-8")
    assert screens.refreshed(text) == text, "run make screens"


def test_readme_has_an_excerpt(screens: ModuleType) -> None:
    found = screens.EXCERPT.search((ROOT / "README.md").read_text("utf-8"))
    assert found is not None
    assert "more than the study" in found["text"]


@pytest.mark.parametrize("name", ["scan", "compare", "explain"])
def test_pictures_of_the_terminal_are_what_it_shows(screens: ModuleType, name: str) -> None:
    kept = (screens.SCREENS / f"{name}.svg").read_text("utf-8")
    assert screens.words_of(kept) == screens.words_of(screens.picture(name)), "run make screens"
    assert "http" not in kept.replace("http://www.w3.org/2000/svg", "").replace("https://www.textualize.io", "")


def test_a_changed_excerpt_is_found(screens: ModuleType) -> None:
    text = "<!-- excerpt: claimtrace explain CT101 | lines 1-1 -->\n```\nCT101  Something else\n```\n"
    assert "CT101  Stronger than the finding" in screens.refreshed(text)
