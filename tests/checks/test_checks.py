"""Every rule: what fires, what stays silent, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import claimtrace
from claimtrace import check, compare
from claimtrace.checks import advice
from claimtrace.checks.context import rules
from claimtrace.checks.flat import plain_cause
from claimtrace.checks.grading import exceeds, highest, sample_confidence, sample_names, sample_numbers
from claimtrace.checks.run import make_context
from claimtrace.checks.study_reading import read_study
from claimtrace.model.studies import Author, Finding, Status, Study, StudyIntervention, StudyModel, StudyOutcome
from claimtrace.profile.statement import profile_tokens
from claimtrace.studies.bundled import load_bundled
from claimtrace.text.tokens import tokenize


def kinds(text: str, study: Study, **more: object) -> set[str]:
    return {one.kind for one in check(text, study, **more)}  # type: ignore[arg-type]


OBSERVED = Study(
    id="o",
    title="Walnut consumption and stroke in a prospective cohort of nurses",
    abstract="Walnut consumption was associated with a lower incidence of stroke. Residual confounding cannot be excluded.",
)


def test_a_cause_made_of_an_association() -> None:
    found = [one for one in check("Walnuts prevent stroke", OBSERVED, headline=True) if one.kind == "causal_strength"]
    assert found
    assert "associat" in found[0].evidence.text.lower() or "correlation" in found[0].reason
    assert "causal_strength" not in kinds("Eating walnuts was associated with fewer strokes", OBSERVED)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody has proved that eating walnuts will change the risk of stroke, the team cautions",
        "None of this proves that walnuts prevent stroke",
        "No one has yet proved that walnuts prevent strokes",
    ],
)
def test_a_proof_that_is_denied_claims_nothing(text: str) -> None:
    assert not kinds(text, OBSERVED)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Those who ate walnuts had a risk 10 per cent lower of cancer and stroke.",
            False,
        ),
        ("Coffee fuels cancer.", True),
    ],
)
def test_a_size_stands_before_no_verb(text: str, told: bool) -> None:
    tokens = tokenize(text)
    context = make_context(
        text, tokens, profile_tokens(tokens, text), read_study(OBSERVED), headline=False, kind="claim"
    )
    assert (plain_cause(context) is not None) is told


def test_both_arms_of_a_trial_are_no_reversal() -> None:
    trial = load_bundled().get("van-dyck-2023-lecanemab")
    assert trial is not None
    arms = (
        "Over 18 months people on lecanemab worsened by 1.2 points on a dementia scale, and the placebo group by 1.7."
    )
    assert not kinds(arms, trial)


def test_mice_told_as_patients(study: Study) -> None:
    assert "scope_population" not in kinds("In mice, blackthorn extract lowered joint swelling.", study)


IN_MICE = Study(
    id="m",
    title="Loss of the kinase Xrk4 in macrophages slows tumour growth in a mouse model of lung cancer",
    abstract="Deletion of Xrk4 in macrophages reduced tumour growth and metastasis in mice.",
)


def test_told_of_people_by_the_words_of_a_bare_record() -> None:
    told = "Thousands of women could live longer: their risk of dying of lung cancer can be cut"
    found = [one for one in check(told, IN_MICE) if one.kind == "scope_population"]
    assert found
    assert "people" in found[0].reason
    assert found[0].evidence.text
    assert "scope_population" not in kinds(told, OBSERVED)
    assert "scope_population" not in kinds("Loss of a protein slows tumour growth in mice", IN_MICE)
    assert "scope_population" not in kinds(IN_MICE.abstract or "", IN_MICE)


def test_advice_by_the_words_of_a_bare_record() -> None:
    graded = {
        text: max(
            [0.0, *(one.confidence for one in check(text, OBSERVED, min_confidence=0.0) if one.kind == "advice")]
        )
        for text in ("Why you should eat more walnuts to avoid a stroke", "Nurses were followed for ten years.")
    }
    asked, told = graded.values()
    assert asked > told
    assert "advice" not in kinds("Walnut consumption was associated with a lower incidence of stroke.", OBSERVED)


def test_in_an_article_only_words_that_advise_are_graded_as_advice() -> None:
    reading = read_study(OBSERVED)

    def told(text: str, *, in_document: bool) -> bool:
        tokens = tokenize(text)
        context = make_context(
            text,
            tokens,
            profile_tokens(tokens, text),
            reading,
            headline=True,
            kind="headline",
            in_document=in_document,
        )
        return any(draft.rule == "CT401" for draft in advice.check(context))

    assert told("You should eat more walnuts to avoid a stroke", in_document=True)
    assert told("Walnuts are linked to fewer strokes in women", in_document=False)
    assert not told("Walnuts are linked to fewer strokes in women", in_document=True)


def test_what_a_claim_is_told_of_is_counted_by_group() -> None:
    text = "Patients with a mutated gene and 12 mice"
    tokens = tokenize(text)
    numbers = dict(zip(sample_names(), sample_numbers(profile_tokens(tokens, text), tokens, meant=True), strict=True))
    assert numbers["meant"] == 1
    assert numbers["names_models"] == 1
    assert numbers["people"] > 0
    assert numbers["animals"] > 0
    assert numbers["molecules"] > 0
    assert numbers["things"] == 0


def test_a_sample_is_overstated_only_when_both_judges_say_so() -> None:
    of_people = [float(name in ("meant", "people", "risk")) for name in sample_names()]
    of_models = [float(name in ("names_models", "animals")) for name in sample_names()]
    assert sample_confidence(0.95, of_people) > sample_confidence(0.05, of_people)
    assert sample_confidence(0.95, of_people) > sample_confidence(0.95, of_models)


def test_a_wider_disease(study: Study) -> None:
    assert "scope_condition" in kinds(
        "The findings apply to all arthritis and every joint disease, so blackthorn stops all arthritis",
        study,
        headline=True,
    )
    assert "scope_condition" not in kinds("Blackthorn calmed rheumatoid arthritis in mice", study, headline=True)


def test_old_told_as_new_needs_the_articles_date(study: Study) -> None:
    text = "A new study finds that blackthorn extract calms swollen joints in mice."
    assert "novelty" in kinds(text, study, published="2021-05-03")
    assert "novelty" not in kinds(text, study)
    assert "novelty" not in kinds(text, study, published="2018-03-01")
    found = next(one for one in check(text, study, published="2021-05-03") if one.kind == "novelty")
    assert found.span == text[found.start : found.end]
    assert found.suggestion is not None
    assert "2018" in found.suggestion


def test_hype_in_the_writers_voice_only(study: Study) -> None:
    assert "sensationalism" in kinds("This miracle extract calms swollen joints in mice", study, headline=True)
    assert "sensationalism" not in kinds(
        '"It is no miracle, but it calms joints in mice," said Lopes-Marques.', study
    )


def test_a_near_miss_of_the_authors_name(study: Study) -> None:
    found = [
        one
        for one in check("Dr. Ana Lopes-Marquez said the joints of mice calmed down.", study)
        if one.kind == "misattribution"
    ]
    assert [one.evidence.text for one in found] == ["Ana Lopes-Marques"]
    assert "misattribution" not in kinds("Dr. Ana Lopes-Marques said the joints of mice calmed down.", study)


def test_another_journal(study: Study) -> None:
    assert "misattribution" in kinds("The results were published in the journal Imaginary Medicine.", study)
    assert "misattribution" not in kinds("The results were published in the Journal of Invented Rheumatology.", study)


def test_a_retracted_study_is_told_once_and_not_when_the_article_says_so() -> None:
    gone = Study(
        id="r",
        title="Moonlight cures gout",
        authors=(Author("Vale"),),
        findings=(Finding("f1", "Moonlight lowered gout attacks.", 6),),
        status=Status("retracted", "2012-01-01", "notice"),
    )
    assert "retracted" in kinds("Moonlight lowers gout attacks, a trial found.", gone)
    assert "retracted" not in kinds("Moonlight lowers gout attacks, claimed a study that was later retracted.", gone)


def test_tortured_terms(study: Study) -> None:
    found = [
        one
        for one in check("The mice had kidney disappointment after blackthorn extract.", study)
        if one.kind == "distorted_term"
    ]
    assert found[0].evidence.text == "kidney failure"


def test_every_suggestion_removes_its_kind_and_brings_no_other(study: Study) -> None:
    texts = [
        "Blackthorn extract stops arthritis",
        "A new study shows that blackthorn extract prevents arthritis in patients",
        "Miracle berry cures arthritis",
    ]
    for text in texts:
        before = check(text, study, published="2021-05-03", headline=True)
        for one in before:
            if one.suggestion:
                after = {x.kind for x in check(one.suggestion, study, published="2021-05-03", headline=True)}
                assert one.kind not in after
                assert after <= {x.kind for x in before}


def test_everything_is_graded_when_asked(study: Study) -> None:
    assert len(check("Blackthorn extract cures arthritis in patients", study, min_confidence=0.0)) >= len(
        check("Blackthorn extract cures arthritis in patients", study)
    )
    assert all(0 <= one.confidence <= 1 for one in check("You should eat walnuts", OBSERVED, min_confidence=0.0))


def test_compare() -> None:
    assert compare("Coffee causes cancer", "Coffee was not associated with cancer") == "exaggerates"
    assert compare("Coffee was associated with cancer", "Coffee was associated with cancer") == "same"
    assert compare("", "Coffee causes cancer") == "same"


def test_distribution_of_the_highest() -> None:
    low, high = (1.0, 0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0, 1.0)
    assert highest([low, high]) == pytest.approx(high)
    assert exceeds(high, low) == pytest.approx(1.0)
    assert exceeds(low, high) == 0


@pytest.mark.parametrize("rule", list(rules().values()), ids=list(rules()))
def test_every_rule_is_told_in_full(rule: dict[str, object]) -> None:
    for key in ("code", "kind", "title", "claim", "why", "source"):
        assert rule[key]
    examples = rule["examples"]
    assert isinstance(examples, dict)
    assert len(examples["fires"]) >= 2
    assert len(examples["silent"]) >= 2
    severity = rule["severity"]
    assert isinstance(severity, dict)
    assert all(row["severity"] in ("minor", "major", "critical") and row["when"] for row in severity.values())


def test_no_rule_carries_a_sentence_of_the_seeds(root: Path) -> None:
    sources = "\n".join(path.read_text("utf-8") for path in (root / "src").rglob("*.py"))
    for seed in (root / "seeds").iterdir():
        assert seed.name not in sources
        for line in seed.read_text("utf-8").splitlines():
            if len(line) > 60:
                assert line[:60] not in sources


def test_models_say_what_they_reach(root: Path) -> None:
    figures = {
        name: json.loads((root / f"src/claimtrace/data/grading/{name}.json").read_text("utf-8"))["cross_validation"]
        for name in ("causal", "sample", "advice")
    }
    assert figures["causal"]["auroc"] >= 0.8
    assert figures["causal"]["f1"] >= 0.6
    assert figures["causal"]["precision"] >= 0.6
    assert figures["sample"]["f1"] >= 0.4
    assert figures["advice"]["f1"] >= 0.4


def test_no_word_stands_in_two_groups_of_subjects(root: Path) -> None:
    data = json.loads((root / "src/claimtrace/data/grading/subjects.json").read_text("utf-8"))
    words = [word for group in data["groups"] for word in group["words"]]
    assert len(words) == len(set(words))
    assert {group["source"] for group in data["groups"]} <= data["sources"].keys()


SALT = Study(
    id="salt",
    title="Dietary salt and blood pressure in rats: a feeding experiment",
    findings=(
        Finding(
            id="f1", statement="A diet high in salt raised blood pressure in rats.", strength=6, population="rats", kind="animals",
            outcome="blood pressure", direction="increases",
        ),
    ),
    interventions=(StudyIntervention("salt", ("sodium",)),),
    outcomes=(StudyOutcome("blood pressure"),),
    models=(StudyModel("rats", "animals"),),
)  # fmt: skip


def test_what_points_back_to_the_finding_may_reverse_it(tmp_path: Path) -> None:
    path = tmp_path / "salt.txt"
    path.write_text(
        "Salt and the heart\n\nA feeding experiment in rats looked at dietary salt and blood pressure, researchers reported. "
        "Rats were fed a diet high in salt for six weeks. This effect lowers blood pressure. The team now wants to study people.\n",
        "utf-8",
    )
    told = claimtrace.scan(path, studies=[SALT], bundled=False).claims
    assert [(claim.text, one.rule) for claim in told for one in claim.overstatements] == [
        ("This effect lowers blood pressure.", "CT101")
    ]


def test_a_disease_is_the_same_without_its_course() -> None:
    study = Study(
        id="pills",
        title="Painkillers and acute myocardial infarction: a cohort study",
        abstract="Use of painkillers was associated with a higher risk of acute myocardial infarction.",
    )
    told = claimtrace.check("Painkillers are linked to heart attacks", study, headline=True)
    assert "CT201" not in {one.rule for one in told}
