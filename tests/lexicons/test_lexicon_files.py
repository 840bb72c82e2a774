"""Every lexicon file has the form that the matcher relies on, and names a source for each group."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from claimtrace.text.tokens import normalise

FOLDER = Path(str(files("claimtrace"))) / "data" / "lexicons"
PATHS = sorted(FOLDER.glob("*.json"))
NAMES = {path.stem for path in PATHS}

DESIGNS = {
    "randomised-trial",
    "non-randomised-trial",
    "cohort",
    "case-control",
    "cross-sectional",
    "case-series",
    "systematic-review",
    "meta-analysis",
    "animal-experiment",
    "cell-experiment",
    "mixed-experiment",
    "modelling",
    "qualitative",
    "diagnostic",
}
KINDS = {"people", "animals", "cells", "tissue", "organoids", "xenograft"}
INTERVENTION_CLASSES = {
    "drug",
    "vaccine",
    "surgery",
    "device",
    "food",
    "drink",
    "supplement",
    "habit",
    "exposure",
    "procedure",
    "therapy",
    "screening",
    "gene",
}

# What a group's attributes must hold, by lexicon; groups of pseudo-cues are exempt.
REQUIRED: dict[str, dict[str, Callable[[Any], bool]]] = {
    "hedges": {"strength": lambda value: isinstance(value, float) and 0 < value <= 1},
    "negation": {
        "direction": lambda value: value in {"forward", "backward", "both"},
        "kind": lambda value: value in {"cue", "terminate"},
    },
    "causation": {
        "class": lambda value: value in {"cause", "change", "ambiguous", "association", "none"},
        "direction": lambda value: value in {"increases", "decreases", "unclear", "no effect"},
    },
    "population": {"kind": lambda value: value in KINDS},
    "interventions": {
        "class": lambda value: value in INTERVENTION_CLASSES,
        "parents": lambda value: isinstance(value, list) and all(isinstance(parent, str) for parent in value),
    },
    "outcomes": {
        "kind": lambda value: value in {"marker", "measured"},
        "polarity": lambda value: value in {"good", "bad", "neutral"},
    },
    "magnitude": {"quantity": lambda value: isinstance(value, str) and bool(value)},
    "tone": {"tone": lambda value: value in {"alarm", "hype"}, "level": lambda value: value in {1, 2, 3}},
    "advice": {"level": lambda value: value in {1, 2, 3}},
    "speech": {"speaker": lambda value: value in {"study", "author", "expert", "institution", "other"}},
    "time": {"novelty": lambda value: isinstance(value, bool)},
    "designs": {"design": lambda value: value in DESIGNS},
    "distorted": {"right": lambda value: isinstance(value, str) and value == value.lower() != ""},
    "furniture": {
        "part": lambda value: (
            value
            in {
                "related-link",
                "comment",
                "boilerplate",
                "advertisement",
                "caption",
                "byline",
                "metadata",
                "abstract",
            }
        ),
        "place": lambda value: value in {"start", "any"},
    },
    "retraction": {"state": lambda value: value in {"retracted", "concern"}},
    "authority": {"appeal": lambda value: value in {"authority", "crowd"}},
    "absolutes": {
        "role": lambda value: value in {"absolute", "universal", "rate", "lasting"},
        "allows": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    },
    "proof": {"role": lambda value: value == "proof"},
    "naming": {"role": lambda value: value in {"named", "belief", "denied", "old advice"}},
    "changes": {"role": lambda value: value in {"change", "superior"}},
    "lay_names": {"concept": lambda value: isinstance(value, str) and bool(value)},
}


def load(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def terms(name: str) -> set[str]:
    return {normalise(term) for group in load(FOLDER / f"{name}.json")["groups"] for term in group["terms"]}


@pytest.fixture(params=PATHS, ids=[path.stem for path in PATHS])
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_every_lexicon_has_its_requirements_written_down() -> None:
    assert NAMES
    assert set(REQUIRED) >= NAMES


def test_top_level(path: Path) -> None:
    lexicon = load(path)
    assert set(lexicon) == {"lexicon", "about", "sources", "groups"}
    assert lexicon["lexicon"] == path.stem
    assert lexicon["about"].endswith(".")


def test_groups_have_the_form(path: Path) -> None:
    groups = load(path)["groups"]
    names = [group["group"] for group in groups]
    assert len(names) == len(set(names))
    for group in groups:
        assert set(group) == {"group", "source", "attrs", "terms"}
        assert group["terms"], group["group"]


def test_sources_resolve_and_none_is_idle(path: Path) -> None:
    lexicon = load(path)
    assert {group["source"] for group in lexicon["groups"]} == set(lexicon["sources"])
    for citation in lexicon["sources"].values():
        assert re.search(r"(19|20)\d\d|https://", citation), citation


def test_terms_are_lower_case_with_single_spaces(path: Path) -> None:
    for group in load(path)["groups"]:
        for term in group["terms"]:
            assert term == " ".join(term.lower().split()), term
            assert not re.search(r"[*^$\\()\[\]{}?]", term), f"{term!r} looks like a pattern"


def test_no_term_stands_twice(path: Path) -> None:
    seen: dict[str, str] = {}
    for group in load(path)["groups"]:
        for term in group["terms"]:
            key = normalise(term)
            assert key, term
            assert key not in seen, f"{term!r} stands in {seen[key]!r} and in {group['group']!r}"
            seen[key] = group["group"]


def test_needed_attributes(path: Path) -> None:
    for group in load(path)["groups"]:
        attrs = group["attrs"]
        if attrs.get("pseudo"):
            continue
        for name, holds in REQUIRED[path.stem].items():
            assert holds(attrs.get(name)), f"{group['group']}: {name}={attrs.get(name)!r}"


def test_distorted_phrases_are_not_the_right_ones() -> None:
    for group in load(FOLDER / "distorted.json")["groups"]:
        if not group["attrs"].get("pseudo"):
            assert normalise(group["attrs"]["right"]) not in {normalise(term) for term in group["terms"]}


def test_intervention_parents_never_run_in_a_circle() -> None:
    parents = {
        group["group"]: group["attrs"].get("parents", []) for group in load(FOLDER / "interventions.json")["groups"]
    }

    def ancestors(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " > ".join((*path, name))
        for parent in parents.get(name, []):
            ancestors(parent, (*path, name))

    for name in parents:
        ancestors(name, ())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hedges", {"may", "might", "could", "can", "suggests", "possibly", "preliminary"}),
        ("negation", {"no evidence of", "did not", "without", "but", "not only"}),
        ("causation", {"causes", "prevents", "linked to", "associated with", "lowers the risk of"}),
        ("population", {"patients", "women", "mice", "zebrafish", "in vitro", "hela"}),
        ("interventions", {"simvastatin", "statins", "paclitaxel", "red meat", "coffee", "mammography"}),
        ("outcomes", {"blood pressure", "mortality", "heart attacks", "bone density"}),
        ("magnitude", {"most", "always", "doubles", "dramatically"}),
        ("tone", {"bombshell", "miracle", "breakthrough"}),
        ("advice", {"you should", "ask your doctor", "clinicians should"}),
        ("speech", {"said", "according to", "lead author", "study"}),
        ("time", {"new study", "for the first time"}),
        ("designs", {"randomised controlled trial", "meta analysis", "cohort study"}),
        ("distorted", {"bosom malignancy", "kidney disappointment"}),
        ("furniture", {"read more", "leave a comment", "notes to editors"}),
        ("retraction", {"retracted", "expression of concern"}),
        ("authority", {"experts agree", "studies have shown"}),
        ("absolutes", {"cures", "always"}),
        ("proof", {"once and for all", "proves"}),
        ("naming", {"hailed as", "the fear that", "does not mean"}),
        ("changes", {"sleep better", "free of symptoms"}),
        ("lay_names", {"heart attack", "heart attacks", "copd"}),
    ],
)
def test_words_that_no_reader_of_health_news_can_do_without(name: str, expected: set[str]) -> None:
    assert expected <= terms(name)
