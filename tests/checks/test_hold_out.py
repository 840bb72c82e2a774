"""The hold-out benchmark takes phrases out and puts them back; how much is left without them is its affair."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from claimtrace.text.phrases import phrasebook

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def hold_out() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        spec = importlib.util.spec_from_file_location("hold_out", ROOT / "benchmarks" / "hold_out.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


def test_a_phrase_is_taken_out_and_put_back(hold_out: ModuleType) -> None:
    text = "In a jaw-dropping result, the drug prevents stroke."
    before = hold_out.phrases_of([text])
    assert {"prevents", "drug"} <= before
    with hold_out.switched_off({"prevents", "no phrase at all"}):
        assert hold_out.phrases_of([text]) == before - {"prevents"}
    assert hold_out.phrases_of([text]) == before
    assert phrasebook().senses_of("prevents")


def test_counts_add_up(hold_out: ModuleType) -> None:
    one = hold_out.Counts(2, 0, 1) + hold_out.Counts(1, 1, 0)
    assert one == (3, 1, 1)
    assert str(one) == "P 0.75 R 0.75 ( 3/1/ 1)"
    assert str(hold_out.Counts()) == "P  -   R  -   ( 0/0/ 0)"
