"""The catalogue's commands as a user meets them: import, list, show, remove, check, add, and a scan that uses them."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from claimtrace.cli.main import app
from claimtrace.studies import fetching
from claimtrace.studies.record import parse_records

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "catalogues"


def run(store: Path, *args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CLAIMTRACE_")}
    return subprocess.run(
        [sys.executable, "-m", "claimtrace", *args],
        capture_output=True,
        text=True,
        cwd=cwd or SAMPLES,
        env={**clean, "CLAIMTRACE_STORE": str(store)},
        timeout=120,
        check=False,
        encoding="utf-8",
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    place = tmp_path / "s"
    done = run(place, "studies", "import", "walnuts.ris", "blackthorn.nbib", "retractions.csv")
    assert done.returncode == 0, done.stderr
    return place


def test_import_says_what_it_did(tmp_path: Path) -> None:
    done = run(tmp_path / "s", "studies", "import", "walnuts.ris", "walnuts.bib", "none.ris", "retractions.csv")
    assert done.returncode == 3
    assert "none.ris: cannot be read" in done.stderr
    assert "walnuts.ris: RIS, 2 records" in done.stdout
    assert "rejected: walnuts.ris, line 17, record 1: no title" in done.stdout
    assert "status: lopesmarques-2018-walnuts: retracted on 2019-03-09" in done.stdout
    assert "2 new (1 without abstract), 1 merged" in done.stdout
    data = json.loads(run(tmp_path / "s", "studies", "import", "walnuts.ris", "--format", "json").stdout)
    assert (data["read"], data["new"], data["unchanged"], data["rejected"], data["library"]) == (2, 0, 1, 1, 2)
    nothing = run(tmp_path / "s", "studies", "import", "none.ris")
    assert (nothing.returncode, len(nothing.stderr.splitlines())) == (2, 1)


def test_list_filters_and_marks(store: Path) -> None:
    def ids(*args: str) -> list[str]:
        return [line.split("  ")[0] for line in run(store, "studies", "list", *args).stdout.splitlines()]

    assert len(ids("--source", "library")) == 3
    assert ids("--source", "walnuts.ris") == ["lopesmarques-2018-walnuts"]
    assert "lopesmarques-2018-walnuts" in ids("--status", "retracted", "--year", "2017-2018")
    assert ids("--journal", "invented rheum") == ["ribeiro-2017-blackthorn"]
    assert ids("--search", "nurses walnuts", "--year", "2018") == ["lopesmarques-2018-walnuts"]
    assert ids("--year", "1817") == []
    assert "[no abstract]" in run(store, "studies", "list", "--source", "blackthorn").stdout
    listed = json.loads(run(store, "studies", "list", "--format", "json").stdout)
    assert {"kim-2009-self-seeding", "ribeiro-2017-blackthorn"} <= {one["id"] for one in listed}
    assert parse_records(listed, "list")[1] == []
    assert json.loads(run(store, "studies", "list", "--year", "1817", "--format", "json").stdout) == []
    assert run(store, "studies", "list", "--year", "soon").returncode == 2
    assert run(store, "studies", "list", "--status", "fine").returncode == 2


def test_show_tells_everything_by_any_identifier(store: Path) -> None:
    for name in ("ribeiro-2017-blackthorn", "30000001", "https://doi.org/10.5555/INVENTED.2017.1"):
        said = run(store, "studies", "show", name).stdout
        assert all(
            word in said
            for word in ("Tomás Ribeiro", "randomised-trial", "PMC7000001", "retracted", "Swelling was halved")
        )
    assert run(store, "studies", "show", "nobody").returncode == 2


def test_remove_by_identifier_and_by_filter(store: Path) -> None:
    assert run(store, "studies", "remove", "kim-2009-self-seeding").returncode == 2
    assert run(store, "studies", "remove").returncode == 2
    assert run(store, "studies", "remove", "ribeiro-2017-blackthorn").stdout == "1 removed\n"
    asked = run(store, "studies", "remove", "--source", "walnuts.ris")
    assert "--yes" in asked.stdout
    assert run(store, "studies", "remove", "--source", "walnuts.ris", "--yes").stdout == "1 removed\n"
    assert len(run(store, "studies", "list", "--source", "library").stdout.splitlines()) == 1


def test_check_names_the_retracted_the_poor_and_the_doubles(store: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin.json"
    twin.write_text(json.dumps([{"id": "twin", "title": "Tea", "doi": "10.5555/t"}, {"id": "two", "title": "Tea again", "doi": "10.5555/t"}]))  # fmt: skip
    remarks = json.loads(run(store, "studies", "check", "--studies", str(twin), "--format", "json").stdout)
    by_kind = {
        kind: {one["id"] for one in remarks if one["what"] == kind} for kind in ("retracted", "incomplete", "double")
    }
    assert {"lopesmarques-2018-walnuts", "ribeiro-2017-blackthorn"} <= by_kind["retracted"]
    assert "twin" in by_kind["incomplete"]
    assert by_kind["double"] == {"two"}
    assert "retracted on 2019-03-09 (Retraction Watch" in run(store, "studies", "check").stdout


def test_a_scan_knows_the_library_unless_the_world_is_closed(store: Path, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(
        "Walnuts prevent stroke\n\nEating walnuts prevents stroke in nurses, according to a study in the Journal of Invented "
        "Nutrition (doi:10.5555/invented.2018.17) by Lopes-Marques.\n",
        "utf-8",
    )

    def study(*args: str) -> object:
        done = run(store, "scan", str(article), "--format", "json", "--no-store", *args)
        found = json.loads(done.stdout)["documents"][0]["study"]
        return found and found["id"]

    assert study() == "lopesmarques-2018-walnuts"
    assert study("--no-bundled") is None
    assert study("--no-bundled", "--studies", str(SAMPLES / "walnuts.bib")) == "lopesmarques-2018-walnut"


def test_add_reads_a_saved_answer(tmp_path: Path) -> None:
    done = run(tmp_path / "s", "studies", "add", "--from-file", "europepmc.json")
    assert done.returncode == 0
    assert "1 new" in done.stdout
    assert run(tmp_path / "s", "studies", "add").returncode == 2
    wrong = run(tmp_path / "s", "studies", "add", "walnuts")
    assert (wrong.returncode, len(wrong.stderr.splitlines())) == (2, 1)


def test_add_offline_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = fetching.services()._replace(crossref="http://127.0.0.1:9", europepmc="http://127.0.0.1:9", tries=1)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(fetching, "services", lambda: nowhere)
    with pytest.raises(SystemExit) as stopped:
        app(["studies", "add", "10.5555/a", "--store", str(tmp_path / "s")])
    said = capsys.readouterr().err
    assert stopped.value.code == 2
    assert "online" in said
    assert len(said.splitlines()) == 1


def test_the_examples_of_the_documentation_run(root: Path, tmp_path: Path) -> None:
    """Each command of ``docs/catalogues.md`` that needs no network, in order, on the files that it names."""
    text = (root / "docs" / "catalogues.md").read_text("utf-8")
    commands = [
        line
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
        if line.strip()
    ]
    local = [line for line in commands if not line.startswith("claimtrace studies add 1")]
    assert len(local) >= 8
    for line in local:
        words = shlex.split(line, comments=True)
        assert words[0] == "claimtrace"
        done = run(tmp_path / "s", *words[1:], cwd=root)
        assert done.returncode in (0, 3), (line, done.stderr)
        assert "Traceback" not in done.stderr
