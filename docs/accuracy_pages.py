"""The pages on accuracy, made from the figures that training and benchmarks wrote: no number is typed by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "claimtrace" / "data"
FIGURES = ROOT / "docs" / "figures"
MADE = "<!-- made by docs/generate.py from the figures beside the models and in docs/figures -->"
KINDS = {"causal": "causal strength", "sample": "population", "advice": "advice"}


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def accuracy() -> str:
    """``docs/accuracy.md``: what was measured, on what, and what was not."""
    linking = _read(DATA / "linking" / "model.json")["cross_validation"]["figures"]
    sentences = _read(DATA / "linking" / "sentences.json")["cross_validation"]
    strength = _read(DATA / "strength" / "model.json")
    cases = _read(FIGURES / "cases.json")
    grades = {name: _read(DATA / "grading" / f"{name}.json")["cross_validation"] for name in KINDS}
    held, taught, teacher = (strength["held_fold"][key] for key in ("without_teacher", "with_teacher", "teacher"))
    lines = [
        "# Accuracy",
        "",
        MADE,
        "",
        "Every figure here is on data that the thing measured was not fitted to, or says so. Human-coded health news is the",
        "development half of the health-news benchmark (1,132 articles, 455 studies of title and one or two sentences of",
        "conclusions; Sumner et al. 2014 and 2016, Adams et al. 2019, Yu et al. 2019 and 2020, Wright and Augenstein 2021), by",
        "five-fold cross-validation in which all rows of a study stand in one fold.",
        "",
        "## The right study, or none",
        "",
        "| figure | value |",
        "|---|---|",
        f"| right study first (R@1), {linking['articles']} articles among {linking['studies']} studies | {linking['recall_at_1']} |",
        f"| among the first five (R@5) | {linking['recall_at_5']} |",
        f"| link-F1 when half of the studies are unknown, own threshold | {linking['open_set_f1']} |",
        f"| expected calibration error of the score | {linking['calibration_error']} |",
        "",
        "Of the articles that are missed, many are radio transcripts, pages with several stories, or labelled with a study that",
        "they do not report. What a large catalogue costs is in [large catalogues](scale.md).",
        "",
        "### Which sentences speak of it",
        "",
        "| text | articles | sentences labelled | precision | recall | AUROC | another story's sentences linked |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {name} | {one['articles']} | {one['sentences']} | {one['precision']} | {one['recall']} | {one['auroc']} "
            f"| {one['of another story, linked']} |"
            for name, one in sentences.items()
        ),
        "",
        "Eight folds by study; the written articles are those of the section on whole articles below, without their overstated sentences.",
        "One reader labelled each sentence of real articles of the development half; the explainers were",
        "written for this purpose and made hard: general knowledge of the study's own subject stands between flat statements of",
        "its results. The scores by hand that these models replaced had been set with the seeds in view; on the same news they",
        "found .47 of the sentences (precision .90), on the explainers .17 (precision .70).",
        "",
        "## How causal a statement is",
        "",
        "| set | macro-F1, five folds | one held fold, without teacher | the same fold, as shipped | its teacher |",
        "|---|---|---|---|---|",
    ]
    for name, one in strength["cross_validation"]["figures"].items():
        lines.append(
            f"| {name} ({one['rows']}) | {one['macro_f1']} | {held[name]['macro_f1']} | {taught[name]['macro_f1']} "
            f"| {teacher[name]['macro_f1']} |"
        )
    lines += [
        "",
        "BioBERT is published at .88 (PubMed) and .89 (EurekAlert). The teacher is a small encoder fine-tuned on the same codes; the",
        "shipped model is linear and learned from the codes and from the teacher's reading of some 13,000 uncoded sentences. One",
        "fold is small: differences of .01 mean nothing.",
        "",
        "## Reports against their study",
        "",
        "`claimtrace.check`, run as users run it, fold by fold; each rule's threshold was chosen on the same folds.",
        "",
        "| exaggeration | reports (exaggerated) | AUROC | precision | recall | F1 | calibration error |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, kind in KINDS.items():
        one = grades[name]
        lines.append(
            f"| {kind} | {one['reports']} ({one['exaggerated']}) | {one['auroc']} | {one['precision']} | {one['recall']} | {one['f1']} | {one['calibration_error']} |"
        )
    lines += [
        "",
        "Population and advice stay weak. Only 63 reports of some 25 studies were coded as told of people though models were",
        "studied; advice was coded on whole articles, of which the benchmark's reports hold a headline and a sentence.",
        "",
        "![How often a finding is right, by its confidence](figures/reliability.svg)",
        "",
        "## Whole articles, never seen",
        "",
        *_articles(),
        "## Own cases",
        "",
        "Reports across medicine, written as different journalists would. `blind` and `open` are 125 reports of 23 studies; `blind`",
        "was written before anything was run on it and was never looked at case by case, but its totals were seen while rules",
        "changed. `wide` and `late` came later (first figures of reports never seen: 51 of 93 found and 13 of 69 flagged; then 30 of",
        "44 and 3 of 38) and have been developed on since.",
        "",
        "| part | overstated, found | faithful, flagged | precision of kinds | recall of kinds | severity agrees |",
        "|---|---|---|---|---|---|",
    ]
    for half in (part for part in ("blind", "open", "wide", "late") if part in cases):
        one = cases[half]
        lines.append(
            f"| {half} | {one['found']} of {one['overstated']} | {one['flagged']} of {one['faithful']} | {one['precision of kinds']} | {one['recall of kinds']} | {one['severity agrees']} |"
        )
    lines += ["", "## Innocent text", "", "| text | sentences | alarms per 1,000 |", "|---|---|---|"]
    rows = {"health writing that reports no study": cases["innocent"], **cases.get("health news", {})}
    names = {
        "press releases": "press releases coded as not exaggerated (development half, thresholds seen)",
        "own conclusions": "conclusions of studies against their own record",
    }
    for name, one in rows.items():
        lines.append(f"| {names.get(name, name)} | {one['sentences']} | {one['per 1,000']} |")
    lines += [
        "",
        "## The five seeds",
        "",
        "Rules were developed with these articles at hand: a check, no measure of generality. One annotator; borderline rows left out.",
        "",
        "```text",
        *(FIGURES / "gold.txt").read_text("utf-8").rstrip().split("\n"),
        "```",
        "",
    ]
    return "\n".join(lines)


def _articles() -> list[str]:
    """What is found and flagged in whole articles, by cross-validation."""
    one = _read(DATA / "grading" / "articles.json")["cross_validation"]
    lines = [
        "Articles written for this project by writers who had not seen the tool: press releases, news, blogs, explainers, faithful and",
        "overstated ones, each on another study, every sentence labelled (`training/articles.jsonl.gz`). Rules are asked first, then a",
        "learned grade (all articles of one writer left out at a time; its threshold was chosen on the same folds). Nobody looked at the half `blind` when rules",
        "were written, so that its row is the best estimate of what a new article brings. Faithful sentences use the same turns of",
        "phrase as overstated ones; many faults contradict a detail of the abstract, which no list of words can know.",
        "",
        "| half | overstated sentences | found | of them by rules | other sentences | flagged | precision | recall |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for part, row in one["with rules"].items():
        lines.append(
            f"| {part} | {row['overstated']} | {row['overstated flagged']} | {row['overstated by rules']} | {row['other']} "
            f"| {row['other flagged']} | {row['precision']} | {row['recall']} |"
        )
    lines += [
        "",
        f"The grade alone: AUROC {one['auroc']}, average precision {one['average precision']} ({one['overstated']} of {one['sentences']} sentences are overstated).",
        "Before there was a grade, and before rules asked what a study can show at all, scans found about one in ten.",
        "",
    ]  # fmt: skip
    return lines


def model_card() -> str:
    """``docs/model-card.md``: data, figures by class, licence, weak spots."""
    strength = _read(DATA / "strength" / "model.json")
    dimensions = _read(FIGURES / "dimensions.json")
    size = sum((DATA / "strength" / name).stat().st_size for name in ("features.txt", "weights.bin", "model.json"))
    lines = [
        "# Model card: what a statement says",
        "",
        MADE,
        "",
        "## Strength",
        "",
        f"A linear model over {sum(strength['blocks'].values()):,} features ({size / 1e6:.1f} MB): words and neighbours, word pieces, and classes of cue words",
        "with their inflection, auxiliary and scope. It runs in plain Python and names the words that decided",
        '(`claimtrace.profile("…").explain()`).',
        "",
        "- **Data**: 5,480 statements of studies, press releases and news coded 0–6 (Adams et al. 2017; InSciOut), 2,469 PubMed",
        "  conclusions and 1,671 EurekAlert sentences coded on four levels (Yu et al. 2019, 2020), and some 13,000 uncoded sentences of",
        "  health news as read by a teacher (all-MiniLM-L6-v2, Apache 2.0, fine-tuned on the codes). None of the texts is shipped.",
        "- **Made by** `training/train_teacher.py` and `training/train_strength.py`, deterministic on one machine.",
        "- **Licence**: that of this project (MIT).",
        "",
        "F1 by class, five-fold cross-validation grouped by reference, without the teacher:",
        "",
        "| set | by class |",
        "|---|---|",
    ]
    for name, one in strength["cross_validation"]["figures"].items():
        lines.append(f"| {name} | {', '.join(f'{value:.2f}' for value in one['by_class'])} |")
    lines += [
        "",
        "Weak spots: background sentences that state a cause are coded 0 by people and read as causes by the model; headlines without",
        "a verb; short statements of advice; the three sources code differently, and a sentence does not say which it comes from.",
        "",
        "## The other dimensions",
        "",
        "F1 on statements written for this project and kept apart (macro for single labels, micro for sets). The writer of the",
        "statements also wrote the rules for all but certainty and direction, so these two show the honest level.",
        "",
        "| dimension | statements | F1 kept apart | F1 developed on |",
        "|---|---|---|---|",
    ]
    for name, one in dimensions.items():
        if isinstance(one, dict) and "test" in one:
            lines.append(f"| {name} | {one['test']['statements']} | {one['test']['f1']} | {one['dev']['f1']} |")
    grade = _read(DATA / "grading" / "articles.json")
    lines += [
        "",
        "## Whether a sentence says more than its study",
        "",
        f"A logistic regression over {len(grade['weights']):,} weights: what the profile of the sentence and the record of the study say, and words and",
        "pairs of words that stand in articles on anything. It is asked where no rule has found anything, and told under the rule",
        "whose kind fits best, with the study's own words.",
        "",
        "- **Data**: articles written for this project (`training/articles.jsonl.gz`), press releases that people coded as faithful, and",
        "  explainers. Each sentence was labelled once, by its writer.",
        "- **Made by** `training/train_articles.py`, deterministic. **Licence**: that of this project (MIT).",
        "- **Weak spots**: it knows how people write when they overstate better than what a study says; a sober sentence with a wrong",
        "  detail passes, a lively faithful one may not. It is not asked of quotes, of earlier research, and where a page is on other things.",
    ]  # fmt: skip
    return "\n".join([*lines, ""])


def reliability() -> str:
    """``docs/figures/reliability.svg``: confidence against how often it was right, by kind."""
    colours = {"causal": "#0b62a3", "sample": "#b3470e", "advice": "#3f7d20"}
    side, edge = 300, 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 180} {side + 2 * edge}" font-family="sans-serif" font-size="12">',
        "<title>How often a finding is right, by its confidence</title>",
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="#888"/>',
        f'<path d="M{edge} {edge + side}L{edge + side} {edge}" stroke="#888" stroke-dasharray="4 4"/>',
        f'<text x="{edge + side / 2}" y="{side + edge + 28}" text-anchor="middle">confidence</text>',
        f'<text x="14" y="{edge + side / 2}" text-anchor="middle" transform="rotate(-90 14 {edge + side / 2})">right</text>',
    ]
    for number, (name, kind) in enumerate(KINDS.items()):
        bins = _read(DATA / "grading" / f"{name}.json")["cross_validation"]["reliability"]
        points = [(edge + side * x, edge + side * (1 - y), count) for x, y, count in bins]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y, _ in points)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colours[name]}" stroke-width="2"/>')
        for x, y, count in points:
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + min(6, count**0.5 / 6):.1f}" fill="{colours[name]}"/>'
            )
        parts.append(
            f'<text x="{edge + side + 14}" y="{edge + 16 + 18 * number}" fill="{colours[name]}">{kind}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])
