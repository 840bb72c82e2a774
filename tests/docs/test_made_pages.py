"""Pages that are made from code and data are up to date, and the site builds without a warning."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_made_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_command_and_rule_stands_on_its_page() -> None:
    made = generator()
    page = (ROOT / "docs/reference/command-line.md").read_text("utf-8")
    manual = (ROOT / "src/claimtrace/data/man/claimtrace.1").read_text("utf-8")
    for name, command in made.commands():
        assert f"\n## {name}\n" in page
        assert f".SS {made.roff(made.usage(name, command))}" in manual


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_man_page_is_understood() -> None:
    page = ROOT / "src/claimtrace/data/man/claimtrace.1"
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z", str(page)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(
    importlib.util.find_spec("mkdocs") is None, reason="the extra docs is not installed; make docs does it"
)
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        env={"NO_MKDOCS_2_WARNING": "1", "PATH": "", "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for page in (tmp_path / "site").rglob("*.html"):
        text = page.read_text("utf-8")
        assert "fonts.googleapis" not in text, "the site asks other hosts for nothing"


def test_the_hook_and_the_workflow_do_what_the_page_says(tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml", reason="the extra docs is not installed; make docs does it")
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    seed = next(iter(sorted((ROOT / "seeds").glob("003*"))))
    words = [*hook["entry"].split()[1:], *hook["args"], str(seed)]
    done = subprocess.run(
        [sys.executable, "-m", "claimtrace", *words], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 1
    assert "CT101" in done.stdout
    page = (ROOT / "docs/how-to/code-review.md").read_text("utf-8")
    workflow, config = (yaml.safe_load(part.split("```")[0]) for part in page.split("```yaml\n")[1:])
    steps = [one["run"] for one in workflow["jobs"]["articles"]["steps"] if "run" in one]
    assert any(f"\n{one} ||" in page for one in steps), "the same command is run by the tests at the reader's desk"
    assert config["repos"][0]["hooks"][0]["id"] == hook["id"]
