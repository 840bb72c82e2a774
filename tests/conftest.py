"""Shared: an invented article with its invented study, and the folders of the checkout."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimtrace.model.studies import (
    Author,
    Finding,
    Note,
    Sample,
    Study,
    StudyIntervention,
    StudyModel,
    StudyOutcome,
)

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

ARTICLE = """Miracle berry cures arthritis!

By Jane Reporter
Published: 3 May 2021

A new study has found that blackthorn extract stops arthritis in patients, scientists say.

Researchers led by Dr. Ana Lopes-Marquez at the University of Evora gave the extract to mice with collagen arthritis and looked at their joints. The swelling fell by half.

"We were surprised by how quickly the joints calmed down," said Lopes-Marquez.

The findings appeared in the Journal of Invented Rheumatology in 2018.

Read more:
Ten superfoods you should eat today
"""


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests see no library and no scans of whoever runs them, in this process or in those that they start."""
    before = os.environ.get("XDG_DATA_HOME")
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))
    yield
    if before is None:
        del os.environ["XDG_DATA_HOME"]
    else:
        os.environ["XDG_DATA_HOME"] = before


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the folder of shared labels and benchmarks is not beside this checkout")
    return SHARED


@pytest.fixture
def study() -> Study:
    return Study(
        id="lopes-2018-blackthorn",
        title="Blackthorn extract reduces joint swelling in mice with collagen-induced arthritis",
        authors=(Author("Lopes-Marques", "Ana"), Author("Ribeiro", "Tomás")),
        journal="Journal of Invented Rheumatology",
        published="2018-02-10",
        doi="10.5555/invented.2018.17",
        institutions=("University of Evora",),
        aliases=("blackthorn", "blackthorn extract"),
        design="animal-experiment",
        species=("mouse",),
        models=(StudyModel("mice with collagen-induced arthritis", "animals"),),
        sample=(Sample("mice with collagen-induced arthritis", 48, "animals"),),
        conditions=("rheumatoid arthritis",),
        interventions=(StudyIntervention("blackthorn extract", ("blackthorn extract",), ("herbal medicine",)),),
        outcomes=(StudyOutcome("joint swelling", "measured", None, "animals"),),
        findings=(
            Finding(
                id="f1",
                statement="In mice, blackthorn extract lowered joint swelling.",
                strength=6,
                role="main",
                population="mice",
                kind="animals",
                condition="rheumatoid arthritis",
                intervention="blackthorn extract",
                outcome="joint swelling",
                outcome_kind="measured",
                direction="decreases",
                hedged=False,
            ),
        ),
        limits=(Note("Only mice were studied."),),
    )


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "berry.txt"
    path.write_text(ARTICLE, "utf-8")
    return path
