"""Findings that somebody lets stand, and findings that were there before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

SCAN = ("scan", "seeds")


@pytest.fixture
def scanned(claimtrace: Any) -> dict[str, Any]:
    done = claimtrace(*SCAN, "-f", "json")
    assert done.returncode == 0
    return json.loads(done.stdout)


def first(scanned: dict[str, Any]) -> tuple[str, str]:
    claim = next(one for one in scanned["claims"] if one["overstatements"])
    return claim["id"], claim["overstatements"][0]["rule"]


def marked(scanned: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    claims = [(claim["id"], one) for claim in scanned["claims"] for one in claim["overstatements"]]
    return claims + [(one["id"], gap) for one in scanned["documents"] for gap in one["omissions"]]


def test_an_accepted_finding_is_marked_and_counted_and_nothing_else_changes(
    claimtrace: Any, scanned: dict[str, Any], desk: Path, root: Path
) -> None:
    id, rule = first(scanned)
    done = claimtrace("accept", id[:6], rule.lower(), "--reason", 'Said "so" by\nthe author [1]')
    assert (done.returncode, done.stderr) == (0, "")
    assert (desk / "claimtrace-accepted.toml").is_file()
    again = json.loads(claimtrace(*SCAN, "-f", "json").stdout)
    accepted = [(where, one) for where, one in marked(again) if "accepted" in one]
    assert [(where, one["rule"]) for where, one in accepted] == [(id, rule)]
    assert accepted[0][1]["accepted"]["reason"] == 'Said "so" by the author [1]'
    jsonschema.validate(again, json.loads((root / "src/claimtrace/data/schemas/scan.json").read_text("utf-8")))
    del accepted[0][1]["accepted"]
    assert again == scanned
    report = " ".join(claimtrace(*SCAN).stdout.split())
    assert "; 1 accepted;" in report
    assert '[accepted: Said "so" by the author [1]]' in report


def test_an_omission_is_accepted_for_its_document(claimtrace: Any, scanned: dict[str, Any], desk: Path) -> None:
    document = next(one for one in scanned["documents"] if one["omissions"])
    claim = next(one for one in scanned["claims"] if one["document"] == document["id"])
    rule = document["omissions"][0]["rule"]
    assert claimtrace("accept", claim["id"], rule, "--reason", "told in the caption").returncode == 0
    assert f'document = "{document["id"]}"' in (desk / "claimtrace-accepted.toml").read_text("utf-8")
    again = json.loads(claimtrace(*SCAN, "-f", "json").stdout)
    assert [(where, one["rule"]) for where, one in marked(again) if "accepted" in one] == [(document["id"], rule)]


def test_what_is_accepted_does_not_fail(claimtrace: Any, scanned: dict[str, Any]) -> None:
    words = (*SCAN, "--no-store", "-q", "--select", "CT201", "--fail-on", "minor")
    assert claimtrace(*words).returncode == 1
    for id, one in marked(scanned):
        if one["rule"] == "CT201":
            assert claimtrace("accept", id, "CT201", "--reason", "agreed").returncode == 0
    assert claimtrace(*words).returncode == 0


def test_an_entry_that_matches_nothing_is_told_where_that_can_be_known(
    claimtrace: Any, scanned: dict[str, Any], desk: Path
) -> None:
    file = desk / "claimtrace-accepted.toml"
    name = scanned["documents"][0]["path"].rsplit("/", 1)[-1]
    entry = f'[[accepted]]\nclaim = "zzzzzzzzzz"\nrule = "CT101"\nreason = "gone"\nfile = "{name}"\n'
    file.write_text(entry, "utf-8")
    told = "claimtrace-accepted.toml: the accepted CT101 of zzzzzzzzzz is found no more"
    done = claimtrace(*SCAN, "--no-store", "-f", "json")
    assert (done.returncode, told in done.stderr) == (0, True)
    assert [one["code"] for one in json.loads(done.stdout)["problems"]] == ["accepted-unused"]
    assert told not in claimtrace(*SCAN, "--no-store", "--ignore", "CT1").stderr
    assert told not in claimtrace(*SCAN, "--no-store", "--min-severity", "critical").stderr
    other = next(one for one in (desk / "seeds").iterdir() if one.name != name)
    assert told not in claimtrace("scan", str(other), "--no-store").stderr
    file.write_text(entry.replace(f'file = "{name}"\n', ""), "utf-8")
    assert told in claimtrace("scan", str(other), "--no-store").stderr


def test_accept_refuses_what_makes_no_sense(claimtrace: Any, scanned: dict[str, Any], desk: Path) -> None:
    id, rule = first(scanned)
    for args, said in (
        ((id, "CT602", "--reason", "x"), "has no finding of CT602"),
        ((id, rule, "--reason", " "), "say why"),
        (("zzzzzzzz", rule, "--reason", "x"), "no stored claim"),
    ):
        done = claimtrace("accept", *args)
        assert done.returncode == 2
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert not (desk / "claimtrace-accepted.toml").exists()
    assert claimtrace("accept", id, rule, "--reason", "x").returncode == 0
    assert "accepted before" in claimtrace("accept", id, rule, "--reason", "y").stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("accepted = 3\n", "[[accepted]]"),
        ('[[accepted]]\nclaim = "a"\nrule = "CT101"\n', "entry 1: reason: expected a text"),
        ("[[accepted]\n", "not TOML"),
    ],
)
def test_a_broken_file_of_accepted_findings(claimtrace: Any, desk: Path, text: str, said: str) -> None:
    (desk / "claimtrace-accepted.toml").write_text(text, "utf-8")
    done = claimtrace(*SCAN, "--no-store")
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_only_what_is_new_fails(claimtrace: Any, desk: Path, root: Path) -> None:
    done = claimtrace("baseline", "seeds", "--output", "base.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    base = json.loads((desk / "base.json").read_text("utf-8"))
    assert base["schema"] == "claimtrace.baseline/1"
    schema = json.loads(claimtrace("schema", "baseline").stdout)
    jsonschema.validate(base, schema)
    words = (*SCAN, "--no-store", "-q", "--fail-on", "minor", "--baseline", "base.json")
    old = claimtrace(*words)
    assert old.returncode == 0
    assert f"{len(base['findings'])} in the baseline, 0 new" in " ".join(old.stdout.split())
    (desk / "seeds" / "new.txt").write_text(
        (desk / "seeds" / next(iter(sorted((desk / "seeds").iterdir()))).name).read_text("utf-8"), "utf-8"
    )
    new = claimtrace(*words)
    assert new.returncode == 1
    assert f"{len(base['findings'])} in the baseline" in " ".join(new.stdout.split())
    assert " 0 new" not in " ".join(new.stdout.split())


def test_a_scan_serves_as_a_baseline_and_known_findings_are_marked(claimtrace: Any, desk: Path, root: Path) -> None:
    assert claimtrace(*SCAN, "--no-store", "-f", "json", "-o", "scan.json").returncode == 0
    done = claimtrace(*SCAN, "--no-store", "-f", "json", "--fail-on", "minor", "--baseline", "scan.json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert all(one["known"] for _, one in marked(found))
    jsonschema.validate(found, json.loads((root / "src/claimtrace/data/schemas/scan.json").read_text("utf-8")))


@pytest.mark.parametrize(("text", "said"), [("{}", "neither"), ("[", "neither"), ("[]", "neither"), (None, "read")])
def test_a_broken_baseline(claimtrace: Any, desk: Path, text: str | None, said: str) -> None:
    if text is not None:
        (desk / "base.json").write_text(text, "utf-8")
    done = claimtrace(*SCAN, "--no-store", "--baseline", "base.json")
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_sarif_says_it_in_its_own_words(claimtrace: Any, scanned: dict[str, Any], desk: Path) -> None:
    id, rule = first(scanned)
    assert claimtrace("accept", id, rule, "--reason", "agreed").returncode == 0
    assert claimtrace("baseline", "seeds", "-o", "base.json").returncode == 0
    sarif = json.loads(claimtrace(*SCAN, "--no-store", "-f", "sarif", "--baseline", "base.json").stdout)
    results = sarif["runs"][0]["results"]
    assert {one["baselineState"] for one in results} == {"unchanged"}
    suppressed = [one for one in results if "suppressions" in one]
    assert [one["partialFingerprints"]["claimtrace/v1"] for one in suppressed] == [f"{id}:{rule}"]
    assert suppressed[0]["suppressions"][0]["justification"] == "agreed"


def test_every_report_says_that_a_finding_was_accepted(claimtrace: Any, scanned: dict[str, Any]) -> None:
    id, rule = first(scanned)
    assert claimtrace("accept", id, rule, "--reason", "agreed with the authors").returncode == 0
    told = {name: claimtrace(*SCAN, "-f", name).stdout for name in ("csv", "html", "markdown", "annotation", "sarif")}
    assert [name for name, text in told.items() if "agreed with the authors" not in text] == []


def test_no_review_rates_what_was_accepted(claimtrace: Any, scanned: dict[str, Any]) -> None:
    one = next(claim for claim in scanned["claims"] if len(claim["overstatements"]) == 1)
    reviewed = json.loads(claimtrace(*SCAN, "-f", "claimreview").stdout)["@graph"]
    assert f"urn:claimtrace:{one['id']}" in [review["@id"] for review in reviewed]
    assert (
        claimtrace("accept", one["id"], one["overstatements"][0]["rule"], "--reason", "it may stand").returncode == 0
    )
    reviewed = json.loads(claimtrace(*SCAN, "-f", "claimreview").stdout)["@graph"]
    assert f"urn:claimtrace:{one['id']}" not in [review["@id"] for review in reviewed]
