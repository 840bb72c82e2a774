"""Whole articles against what their study can show: causes, models, carried findings, sizes, and the learned grade."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import claimtrace
from claimtrace.checks.known_sizes import is_known, reckoned
from claimtrace.model.profile import Magnitude, Span

WATCHED = claimtrace.Study(
    id="moller-2016-plums",
    title="Plum consumption and incidence of gout in a Danish cohort of 41,210 adults",
    published="2016-05-02",
    journal="Annals of Invented Epidemiology",
    abstract="Background: Little is known of fruit and gout. Methods: In a prospective cohort study 41,210 adults aged 50 to 69 years "
    "filled in food questionnaires and were followed for 11 years. Results: Eating plums daily was associated with a lower "
    "incidence of gout (hazard ratio 0.82, 95% CI 0.75 to 0.90) than never eating them. Kidney stones were not associated with "
    "plums. Conclusions: Plum consumption was associated with a lower incidence of gout; as an observational study it cannot "
    "show that plums are the reason.",
)
MICE = claimtrace.Study(
    id="sato-2019-fern",
    title="Fern extract slows kidney fibrosis in mice",
    published="2019-02-11",
    abstract="Kidney fibrosis has no cure. We gave fern extract or water to 48 mice with blocked ureters. After three weeks the extract had "
    "reduced fibrosis by 35% and mice kept more of their kidney function. In cultured mouse cells the extract blocked collagen "
    "production. Mice were young and healthy before the operation. Fern extract should be studied further.",
)
BODY = """{headline}

{lead}

Participants in the Danish cohort told the researchers what they ate. They were followed for 11 years, and the team counted new cases of gout among the 41,210 adults. {line}

Those who ate plums daily were less likely to develop gout, the study found.
"""
MOUSE_BODY = """{headline}

{lead}

The team gave fern extract or water to 48 mice with blocked ureters. After three weeks fibrosis of the kidney had fallen by 35 percent in the treated mice.

{line}

The authors call for further study of the extract.
"""


def rules(folder: Path, text: str, study: claimtrace.Study) -> set[str]:
    """Codes told of an article."""
    path = folder / "article.txt"
    path.write_text(text, "utf-8")
    result = claimtrace.scan(path, [study], bundled=False, ignore=("CT7",))
    assert result.documents[0].study is not None
    return {one.rule for claim in result.claims for one in claim.overstatements}


def of_plums(folder: Path, line: str = "", headline: str = "Plums and gout: what a cohort saw") -> set[str]:
    lead = "Adults who eat plums every day come down with gout less often, according to a Danish cohort study."
    return rules(folder, BODY.format(headline=headline, lead=lead, line=line), WATCHED)


def of_ferns(folder: Path, line: str = "", headline: str = "Fern extract slows kidney fibrosis in mice") -> set[str]:
    lead = "An extract of fern slowed the scarring of the kidney in mice, scientists report."
    return rules(folder, MOUSE_BODY.format(headline=headline, lead=lead, line=line), MICE)


def test_faithful_articles_stay_silent(tmp_path: Path) -> None:
    assert of_plums(tmp_path, "The study cannot show that plums are the reason.") == set()
    assert of_ferns(tmp_path, "Whether it would do the same in patients is not known.") == set()


@pytest.mark.parametrize(
    "headline", ["Plums prevent gout", "A plum a day slashes the risk of gout", "Plums protect against gout"]
)
def test_a_cause_told_of_a_study_that_only_watched(tmp_path: Path, headline: str) -> None:
    assert "CT101" in of_plums(tmp_path, headline=headline)


def test_links_and_other_peoples_causes_are_no_cause(tmp_path: Path) -> None:
    for line in (
        "Eating plums daily was linked to a lower risk of gout.",
        "Previous studies have shown that cherries prevent gout attacks.",
        "Plums may prevent gout, but nobody knows.",
        "“Plums prevent gout,” said a grower who was not involved.",
    ):
        assert "CT101" not in of_plums(tmp_path, line), line


def test_models_told_as_people(tmp_path: Path) -> None:
    assert "CT202" in of_ferns(tmp_path, headline="Fern extract reverses kidney fibrosis")
    assert "CT202" in of_ferns(tmp_path, "The extract protects patients from kidney fibrosis.")
    assert "CT202" not in of_ferns(tmp_path, "The extract protects the mice from kidney fibrosis.")


def test_a_finding_carried_to_another_disease(tmp_path: Path) -> None:
    assert "CT201" in of_plums(tmp_path, "The same plums also protect against asthma.")
    assert "CT201" not in of_plums(tmp_path, "Asthma was not looked at.")


def test_a_ratio_told_as_heads_and_what_lasts_for_good(tmp_path: Path) -> None:
    assert "CT301" in of_plums(tmp_path, "Of those who ate plums, 18 in every 100 people were spared gout.")
    assert "CT301" in of_plums(tmp_path, "Whoever eats plums is rid of gout for good.")


def test_ages_and_journals_are_the_studys(tmp_path: Path) -> None:
    assert "CT501" in of_plums(tmp_path, "The cohort study of plums and gout looked at adults aged 20 to 39.")
    assert "CT501" not in of_plums(tmp_path, "The cohort study of plums and gout looked at adults aged 50 to 69.")
    assert "CT501" in of_plums(tmp_path, "The cohort study of plums and gout appeared in The Lancet Oncology.")


def test_heads_are_those_of_the_abstract_however_it_prints_them(tmp_path: Path) -> None:
    line = "The cohort study of plums and gout enrolled {} adults."
    for abstract in (WATCHED.abstract or "", (WATCHED.abstract or "").replace("41,210", "41 210")):
        study = replace(WATCHED, abstract=abstract)
        lead = "Adults who eat plums every day come down with gout less often, according to a Danish cohort study."
        for said, wrong in (("41,210", False), ("some 41,000", False), ("92,000", True)):
            text = BODY.format(headline="Plums and gout", lead=lead, line=line.format(said))
            assert ("CT501" in rules(tmp_path, text, study)) == wrong, said


def test_an_article_on_other_things_is_left_alone(tmp_path: Path) -> None:
    leaflet = " ".join(
        f"{food.capitalize()} contain vitamins. Eating {food} prevents scurvy. Store {food} in a cool place."
        for food in ("apples", "pears", "lemons", "cabbages", "turnips", "onions", "radishes", "leeks")
    )
    path = tmp_path / "leaflet.txt"
    path.write_text(
        f"Fruit and vegetables\n\n{leaflet}\n\nA Danish cohort study linked plums to less gout.\n", "utf-8"
    )
    result = claimtrace.scan(path, [WATCHED], bundled=False, ignore=("CT7",))
    assert [one for claim in result.claims for one in claim.overstatements] == []


def test_every_finding_names_what_there_is_to_check(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    line = "So whoever wants strong kidneys should start on fern tea tonight. In other words, your kidneys will never fail again."
    path.write_text(
        MOUSE_BODY.format(headline="The fern that ends kidney failure", lead="It works in everybody.", line=line),
        "utf-8",
    )
    result = claimtrace.scan(path, [MICE], bundled=False, min_confidence=0.1)
    told = [one for claim in result.claims for one in claim.overstatements]
    assert told
    for one in told:
        assert ";" in one.reason or ":" in one.reason
        assert one.reason.endswith((".", "…", "%"))
        assert result.documents[0].document.text[one.start : one.end] == one.span


def test_sizes_that_follow_from_the_studys_are_known() -> None:
    def size(text: str, kind: str, value: float | None, unit: str | None = None) -> Magnitude:
        return Magnitude(Span(0, len(text), text), kind, value, unit)  # type: ignore[arg-type]

    known = reckoned([0.82, 41_210, 12.0, 9.0], [size("12%", "percent", 12.0), size("9%", "percent", 9.0)])
    for one in (
        size("18%", "percent", 18.0),  # by the ratio
        size("3 points", "percentage points", 3.0),  # a difference
        size("a quarter", "fold", None),  # 9 for 12
        size("one in eight", "count", 1.0, "in 8"),  # 12 per cent
        size("88%", "percent", 88.0),  # the rest
        size("many", "vague", None),
    ):
        assert is_known(one, known), one
    for one in (size("60%", "percent", 60.0), size("half", "fold", 0.5), size("7-fold", "fold", 7.0)):
        assert not is_known(one, known), one
