"""Scans are found again, by whoever asks later."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import claimtrace
from claimtrace.errors import StoreError, UnknownClaimError
from claimtrace.model.restore import from_plain, to_plain
from claimtrace.model.results import ScannedDocument
from claimtrace.model.studies import Study
from claimtrace.store.database import Store


@pytest.fixture(scope="module")
def scan() -> claimtrace.Scan:
    return claimtrace.scan(Path(__file__).resolve().parents[2] / "seeds")


def test_documents_and_studies_come_back_as_they_were(scan: claimtrace.Scan) -> None:
    for document in scan.documents:
        back = from_plain(ScannedDocument, to_plain(document))
        assert back == document
    for study in scan.studies.values():
        assert from_plain(Study, to_plain(study)) == study


def test_a_claim_is_found_by_its_beginning(scan: claimtrace.Scan, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "scans.sqlite"
    with Store(path) as store:
        store.save(scan)
        store.save(scan)
    claim = scan.claims[3]
    with Store(path, create=False) as store:
        found = store.find(claim.id[:6])
    assert found.claim == claim
    assert found.document.document.text == scan.documents[0].document.text
    if claim.study is not None:
        assert claim.study.id in found.scan.studies


def test_unknown_and_ambiguous(scan: claimtrace.Scan, tmp_path: Path) -> None:
    with Store(tmp_path / "s") as store:
        store.save(scan)
        wrong = scan.claims[0].id[:-1] + ("0" if scan.claims[0].id[-1] != "0" else "1")
        with pytest.raises(UnknownClaimError) as caught:
            store.find(wrong)
        assert scan.claims[0].id in caught.value.matches
        with pytest.raises(UnknownClaimError):
            store.find("' OR 1=1 --")
        document = scan.documents[0]
        twins = (replace(document.claims[0], id="aaaa111111"), replace(document.claims[1], id="aaaa222222"))
        store.save(replace(scan, documents=(replace(document, claims=twins),)))
        with pytest.raises(UnknownClaimError, match="several"):
            store.find("aaaa")


def test_two_at_once(scan: claimtrace.Scan, tmp_path: Path) -> None:
    def save(_: int) -> None:
        with Store(tmp_path / "s") as store:
            store.save(scan)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, range(8)))
    with Store(tmp_path / "s") as store:
        assert store.find(scan.claims[-1].id).claim == scan.claims[-1]


def test_damage_and_newer_versions_are_told(tmp_path: Path) -> None:
    (tmp_path / "s").write_bytes(b"this is no database at all, not even close to one" * 100)
    with pytest.raises(StoreError, match="--store"):
        Store(tmp_path / "s")
    base = sqlite3.connect(tmp_path / "new")
    base.execute("PRAGMA user_version = 99")
    base.close()
    with pytest.raises(StoreError, match="newer"):
        Store(tmp_path / "new")
    with pytest.raises(StoreError, match="scan first"):
        Store(tmp_path / "missing", create=False)
