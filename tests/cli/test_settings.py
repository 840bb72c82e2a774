"""Settings come from the command line, then the environment, then the nearest file, then defaults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimtrace.cli.settings import settings_from_files
from claimtrace.errors import SettingsError


def rules_of(done: Any) -> set[str]:
    data = json.loads(done.stdout)
    return {one["rule"] for claim in data["claims"] for one in claim["overstatements"]} | {
        one["rule"] for document in data["documents"] for one in document["omissions"]
    }


def severities_of(done: Any) -> set[str]:
    data = json.loads(done.stdout)
    return {one["severity"] for claim in data["claims"] for one in claim["overstatements"]}


SCAN = ("scan", "seeds", "--no-store", "-f", "json")


def test_format_from_each_place(claimtrace: Any, desk: Path) -> None:
    begins = {"csv": "path,title", "markdown": "# ", "jsonl": '{"schema":', "default": "2 of 2"}
    assert claimtrace("scan", "seeds", "--no-store").stdout.startswith(begins["default"])
    (desk / "claimtrace.toml").write_text('format = "csv"\n', "utf-8")
    assert claimtrace("scan", "seeds", "--no-store").stdout.startswith(begins["csv"])
    env = {"CLAIMTRACE_FORMAT": "markdown"}
    assert claimtrace("scan", "seeds", "--no-store", **env).stdout.startswith(begins["markdown"])
    assert claimtrace("scan", "seeds", "--no-store", "-f", "jsonl", **env).stdout.startswith(begins["jsonl"])


@pytest.mark.parametrize(
    ("setting", "option", "file", "env", "line"),
    [
        ("select", "--select", '["CT2"]', "CT3", "CT7"),
        ("ignore", "--ignore", '["CT1", "CT2", "CT3"]', "CT4,CT5,CT6,CT7", "CT2"),
    ],
)
def test_rules_from_each_place(
    claimtrace: Any, desk: Path, setting: str, option: str, file: str, env: str, line: str
) -> None:
    def told(rules: set[str], codes: str) -> bool:
        given = tuple(codes.replace('"', "").strip("[]").replace(" ", "").split(","))
        inside = {rule for rule in rules if rule.startswith(given)}
        return rules == inside and bool(rules) if setting == "select" else bool(rules) and not inside

    everything = rules_of(claimtrace(*SCAN))
    assert {"CT201", "CT303", "CT707"} <= everything
    (desk / "claimtrace.toml").write_text(f"{setting} = {file}\n", "utf-8")
    assert told(rules_of(claimtrace(*SCAN)), file)
    variable = {f"CLAIMTRACE_{setting.upper()}": env}
    assert told(rules_of(claimtrace(*SCAN, **variable)), env)
    assert told(rules_of(claimtrace(*SCAN, option, line, **variable)), line)


def test_severity_from_each_place(claimtrace: Any, desk: Path) -> None:
    assert severities_of(claimtrace(*SCAN)) == {"minor", "major", "critical"}
    (desk / "claimtrace.toml").write_text('min-severity = "major"\n', "utf-8")
    assert severities_of(claimtrace(*SCAN)) == {"major", "critical"}
    env = {"CLAIMTRACE_MIN_SEVERITY": "critical"}
    assert severities_of(claimtrace(*SCAN, **env)) == {"critical"}
    assert severities_of(claimtrace(*SCAN, "--min-severity", "minor", **env)) == {"minor", "major", "critical"}


def test_confidence_from_each_place(claimtrace: Any, desk: Path) -> None:
    def least(done: Any) -> float:
        return min(
            (one["confidence"] for claim in json.loads(done.stdout)["claims"] for one in claim["overstatements"]),
            default=1.0,
        )

    assert least(claimtrace(*SCAN)) < 0.65
    (desk / "claimtrace.toml").write_text("min_confidence = 0.65\n", "utf-8")
    assert 0.65 <= least(claimtrace(*SCAN)) < 0.75
    env = {"CLAIMTRACE_MIN_CONFIDENCE": "0.75"}
    assert least(claimtrace(*SCAN, **env)) >= 0.75
    assert least(claimtrace(*SCAN, "--min-confidence", "0.3", **env)) < 0.65


def test_fail_on_from_each_place(claimtrace: Any, desk: Path) -> None:
    words = ("scan", "seeds", "--no-store", "-q", "--select", "CT707")  # minor findings only
    assert claimtrace(*words).returncode == 0
    (desk / "claimtrace.toml").write_text('fail_on = "minor"\n', "utf-8")
    assert claimtrace(*words).returncode == 1
    assert claimtrace(*words, CLAIMTRACE_FAIL_ON="critical").returncode == 0
    assert claimtrace(*words, "--fail-on", "minor", CLAIMTRACE_FAIL_ON="critical").returncode == 1


def test_flags_from_each_place(claimtrace: Any, desk: Path) -> None:
    def is_quiet(*args: str, **env: str) -> bool:
        return "Never told" not in claimtrace("scan", "seeds", "--no-store", *args, **env).stdout

    assert not is_quiet()
    (desk / "claimtrace.toml").write_text("quiet = true\n", "utf-8")
    assert is_quiet()
    assert not is_quiet(CLAIMTRACE_QUIET="0")
    assert is_quiet("--quiet", CLAIMTRACE_QUIET="0")


def test_the_nearest_file_counts_and_its_paths_are_its_own(claimtrace: Any, desk: Path) -> None:
    (desk / "claimtrace.toml").write_text('format = "csv"\n', "utf-8")
    (desk / "pyproject.toml").write_text('[tool.claimtrace]\nformat = "markdown"\n', "utf-8")
    inner = desk / "inner"
    inner.mkdir()
    assert claimtrace("scan", "../seeds", "--no-store", cwd=inner).stdout.startswith("path,title")
    (inner / "pyproject.toml").write_text('[tool.claimtrace]\nformat = "json"\nstudies = "own.json"\n', "utf-8")
    (inner / "own.json").write_text('[{"id": "a-2020-b", "title": "Nothing about anything"}]', "utf-8")
    below = inner / "below"
    below.mkdir()
    done = claimtrace("scan", "../../seeds", "--no-store", "--no-bundled", cwd=below)
    assert json.loads(done.stdout)["catalogue"]["studies"] == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("quiet = 3\n", "claimtrace.toml: quiet: expected true or false, not 3"),
        ('min_severity = "huge"\n', "expected minor, major or critical, not 'huge'"),
        ("min_confidence = 7\n", "expected a number from 0 to 1, not 7"),
        ("ignore = [1]\n", "expected codes"),
        ("colour = 1\n", "there is no setting 'colour'"),
        ("quiet = \n", "this is not TOML"),
        ("per-path = 1\n", "expected tables"),
        ('[per-path."a"]\nverbose = true\n', "per-path 'a': there is no setting 'verbose'"),
        ('[per-path."a"]\nmin_severity = "x"\n', "per-path 'a': min_severity: expected minor, major or critical"),
    ],
)
def test_a_wrong_setting_says_where_and_what(claimtrace: Any, desk: Path, text: str, said: str) -> None:
    (desk / "claimtrace.toml").write_text(text, "utf-8")
    done = claimtrace("scan", "seeds", "--no-store")
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_wrong_variable_is_one_line(claimtrace: Any) -> None:
    done = claimtrace("scan", "seeds", "--no-store", CLAIMTRACE_MIN_CONFIDENCE="much")
    assert done.returncode == 2
    assert "CLAIMTRACE_MIN_CONFIDENCE" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_settings_by_path(claimtrace: Any, desk: Path) -> None:
    (desk / "claimtrace.toml").write_text(
        '[per-path."seeds/002*"]\nselect = ["CT7"]\n[per-path."003*"]\nmin-severity = "critical"\nignore = ["CT7"]\n',
        "utf-8",
    )

    def by_file(done: Any) -> dict[str, set[tuple[str, str]]]:
        data = json.loads(done.stdout)
        names = {one["id"]: one["path"].rsplit("/", 1)[-1][:3] for one in data["documents"]}
        found: dict[str, set[tuple[str, str]]] = {name: set() for name in names.values()}
        for one in data["documents"]:
            found[names[one["id"]]] |= {(gap["rule"], gap["severity"]) for gap in one["omissions"]}
        for claim in data["claims"]:
            found[names[claim["document"]]] |= {(one["rule"], one["severity"]) for one in claim["overstatements"]}
        return found

    found = by_file(claimtrace(*SCAN))
    assert found["002"]
    assert all(rule.startswith("CT7") for rule, _ in found["002"])
    assert found["003"]
    assert all(severity == "critical" and not rule.startswith("CT7") for rule, severity in found["003"])
    # The command line comes first: what it says of rules and severities holds for every path.
    found = by_file(claimtrace(*SCAN, "--select", "CT2", "--min-severity", "minor"))
    assert {rule[:3] for rule, _ in found["002"]} == {"CT2"}
    assert "major" in {severity for _, severity in found["003"]}


def test_no_file_no_settings(tmp_path: Path) -> None:
    assert settings_from_files(tmp_path).per_path == ()
    (tmp_path / "claimtrace.toml").write_text("select = 3\n", "utf-8")
    with pytest.raises(SettingsError, match="select: expected codes"):
        settings_from_files(tmp_path)


def test_folders_are_counted_from_the_file_and_the_library_lies_beside_its_store(
    claimtrace: Any, desk: Path, root: Path
) -> None:
    (desk / "claimtrace.toml").write_text('store = "own/scans.sqlite"\nsave-text = "texts"\n', "utf-8")
    inside = desk / "inside"
    inside.mkdir()
    without = {"cwd": inside, "CLAIMTRACE_STORE": ""}
    taken = claimtrace("studies", "import", str(root / "tests/data/catalogues/walnuts.ris"), **without)
    assert taken.returncode == 0
    assert len(claimtrace("studies", "list", "--source", "library", **without).stdout.splitlines()) == 1
    assert claimtrace("scan", "../seeds", "-q", "--jobs", "2", **without).returncode == 0
    assert len(list((desk / "texts").iterdir())) == 2
    assert (desk / "own" / "scans.sqlite").is_file()
    assert not list(inside.iterdir())


def test_private_addresses_are_a_setting(desk: Path) -> None:
    (desk / "claimtrace.toml").write_text("allow-private = true\n", "utf-8")
    defaults = settings_from_files(desk).defaults
    assert defaults["scan"]["allow_private"] is True
    assert defaults["baseline"]["allow_private"] is True
    (desk / "claimtrace.toml").write_text('allow-private = "yes"\n', "utf-8")
    with pytest.raises(SettingsError, match="allow-private: expected true or false"):
        settings_from_files(desk)
