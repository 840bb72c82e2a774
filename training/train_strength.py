"""Train the strength model: seven levels and four, from human-coded statements.

usage: python training/train_strength.py BENCHMARK [TEACHER.npz …]

TEACHER.npz holds what ``train_teacher.py`` read (of several runs, the mean counts): with it the model also learns from
sentences that nobody coded, and from how sure the teacher is of those that are. Writes
``src/claimtrace/data/strength/{features.txt,weights.bin,model.json}``.
Deterministic. Figures: five-fold cross-validation grouped by reference without the teacher; with it, on the fold that the
teacher never saw (one fold, since a teacher takes half an hour).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from benchmark_data import SOURCES, Statement, statements, uncoded
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, vstack
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC

from claimtrace.profile.cues import read_cues
from claimtrace.profile.features import Feature, folded_words, sequence_features, word_features
from claimtrace.text.phrases import phrasebook
from claimtrace.text.tokens import tokenize

OUT = Path(__file__).resolve().parents[1] / "src" / "claimtrace" / "data" / "strength"
MIN_COUNT = 3
MIN_COUNT_UNTAUGHT = 2
KEEP = 22_000
"""Features that are kept; with all of them (twice as many) the figures are the same, with 16,000 a little lower."""
C = 0.6
C_TAUGHT = 1.2
SOFT = 0.5
"""How much of a coded statement's label is the teacher's."""
BALANCE = 0.7
"""Power of the inverse class size by which classes are weighed (1: all classes weigh the same)."""
SOURCE_BALANCE = 0.5
"""Power of the inverse size of a source by which its four levels are weighed: the three kinds of text are to be read alike."""
DENIED = 0.5
"""What a denied statement ("no association") gains for level 1, in margins; best among 0 to 1.2 in cross-validation."""
HELD_FOLD = 0
LANE_BITS = 24
"""Room for a sum of weights; a statement has at most some 2,000 features."""
MOST = 2047
MOST_SQUARE = 4000


class Model(NamedTuple):
    """``kept`` and ``idf`` stand in the same order as the columns of ``x`` and the weights."""

    kept: list[Feature]
    idf: np.ndarray
    x: csr_matrix
    seven: tuple[np.ndarray, np.ndarray]
    four: tuple[np.ndarray, np.ndarray]


class Targets(NamedTuple):
    """Soft labels (rows x classes) and the weight of each row, for both scales."""

    seven: np.ndarray
    seven_weight: np.ndarray
    four: np.ndarray
    four_weight: np.ndarray


class Read(NamedTuple):
    """Features of statements, and whether each is denied."""

    features: list[list[Feature]]
    denied: np.ndarray


def features_of(rows: list[Statement]) -> Read:
    """What ``claimtrace.profile.strength`` sees of each statement."""
    book = phrasebook()
    out = Read([], np.zeros(len(rows), bool))
    for at, row in enumerate(rows):
        tokens = tokenize(row.text)
        reading = read_cues(tokens, book.find(tokens.norms))
        words = folded_words(tokens)
        own: list[Feature] = [feature for word in set(words) for feature in word_features(word)]
        out.features.append(own + sequence_features(words, reading))
        out.denied[at] = reading.certainty == "denied"
    return out


def order(feature: Feature) -> tuple[int, str]:
    """Single ones first, then pairs, then triples."""
    return (1, feature) if isinstance(feature, str) else (len(feature), " ".join(feature))


def frequent(features: list[list[Feature]], train: np.ndarray, least: int) -> list[Feature]:
    """Features that stand in at least so many training rows."""
    counts: Counter[Feature] = Counter()
    for at in np.flatnonzero(train):
        counts.update(set(features[at]))
    return sorted((one for one, count in counts.items() if count >= least), key=order)


def weighted(features: list[list[Feature]], train: np.ndarray, kept: list[Feature]) -> tuple[csr_matrix, np.ndarray]:
    """Counts weighted by inverse document frequency (from the training rows), each row scaled so that the sum of count
    times squared idf is 1."""
    column = {feature: at for at, feature in enumerate(kept)}
    starts, columns = [0], list[int]()
    for some in features:
        columns += [at for at in map(column.get, some) if at is not None]
        starts.append(len(columns))
    x = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(features), len(kept)))
    x.sum_duplicates()
    df = np.asarray((x[train] > 0).sum(axis=0)).ravel()
    idf = np.log((1 + train.sum()) / (1 + df)) + 1
    length = np.sqrt(x @ idf**2)
    length[length == 0] = 1
    return csr_matrix(x.multiply(idf).multiply(1 / length[:, None])), idf


def coded_targets(rows: list[Statement]) -> Targets:
    """What people coded; rows of source ``x`` weigh nothing."""
    seven, four = np.zeros((len(rows), 7)), np.zeros((len(rows), 4))
    known = np.array([row.source != "x" for row in rows])
    for at, row in enumerate(rows):
        if known[at]:
            four[at, row.four] = 1
            if row.seven is not None:
                seven[at, row.seven] = 1
    source = np.array([row.source for row in rows])
    weight = known.astype(float)
    for one in SOURCES:
        weight[source == one] = (known.sum() / len(SOURCES) / max(1, (source == one).sum())) ** SOURCE_BALANCE
    return Targets(seven, seven.sum(1), four, weight)


def taught_targets(rows: list[Statement], teacher: dict[str, np.ndarray]) -> Targets:
    """Codes mixed with what the teacher reads, and the teacher alone where nobody coded."""
    targets = coded_targets(rows)
    by_source = np.stack([teacher[f"four_{source}"] for source in SOURCES], 1)
    mixed = (teacher["source"][:, :, None] * by_source).sum(1)
    own = mixed.copy()
    for at, row in enumerate(rows):
        if row.source in SOURCES:
            own[at] = by_source[at, SOURCES.index(row.source)]
    four = np.where(targets.four_weight[:, None] > 0, (1 - SOFT) * targets.four + SOFT * own, mixed)
    coded = targets.seven_weight[:, None] > 0
    seven = np.where(coded, (1 - SOFT) * targets.seven + SOFT * teacher["seven"], teacher["seven"])
    weight = np.where(targets.four_weight > 0, targets.four_weight, 1.0)
    return Targets(seven, np.ones(len(rows)), four, weight)


def as_coded(rows: list[Statement], teacher: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The teacher's own probabilities, four levels as the statement's source codes them."""
    four = np.zeros((len(rows), 4))
    for at, row in enumerate(rows):
        if row.source in SOURCES:
            four[at] = teacher[f"four_{row.source}"][at]
    return teacher["seven"], four


def fit(x: csr_matrix, target: np.ndarray, weight: np.ndarray, c: float) -> tuple[np.ndarray, np.ndarray]:
    """One squared-hinge classifier a class, each row counted for and against it by its soft label."""
    used = weight > 0
    x, target, weight = x[used], target[used], weight[used]
    share = (target * weight[:, None]).sum(0)
    weight = weight * (target * (share.sum() / (len(share) * share)) ** BALANCE).sum(1)
    weights: list[np.ndarray] = []
    intercepts: list[float] = []
    for column in range(target.shape[1]):
        for_it, against = weight * target[:, column], weight * (1 - target[:, column])
        yes, no = for_it > 1e-3, against > 1e-3
        model = LinearSVC(C=c, tol=1e-3, max_iter=300, random_state=0).fit(
            vstack([x[yes], x[no]]).tocsr(),
            np.r_[np.ones(yes.sum()), -np.ones(no.sum())],
            sample_weight=np.r_[for_it[yes], against[no]],
        )
        weights.append(model.coef_[0])
        intercepts.append(float(model.intercept_[0]))
    return np.array(weights), np.array(intercepts)


def two_stage(features: list[list[Feature]], targets: Targets, train: np.ndarray, c: float) -> Model:
    """Fit on all features, keep those that carry weight, fit again on these."""
    all_features = frequent(features, train, MIN_COUNT if c == C_TAUGHT else MIN_COUNT_UNTAUGHT)
    x, _ = weighted(features, train, all_features)
    first = [
        fit(x, targets.seven, targets.seven_weight * train, c),
        fit(x, targets.four, targets.four_weight * train, c),
    ]
    weight = np.maximum(np.abs(first[0][0]).max(axis=0), np.abs(first[1][0]).max(axis=0))
    # What a feature moves over all rows: its weight, and how often and how strongly it is there.
    weight = weight * np.sqrt(np.asarray(x[train].multiply(x[train]).sum(axis=0)).ravel())
    best = np.argsort(-weight, kind="stable")[:KEEP]
    kept = [all_features[i] for i in sorted(best.tolist())]
    x, idf = weighted(features, train, kept)
    return Model(
        kept,
        idf,
        x,
        fit(x, targets.seven, targets.seven_weight * train, c),
        fit(x, targets.four, targets.four_weight * train, c),
    )


def margins(x: csr_matrix, model: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    return x @ model[0].T + model[1]


def softmax(scores: np.ndarray) -> np.ndarray:
    parts = np.exp(scores - scores.max(1, keepdims=True))
    return parts / parts.sum(1, keepdims=True)


def temperature(scores: np.ndarray, gold: np.ndarray) -> float:
    """The factor by which margins make the likeliest probabilities (Guo et al. 2017)."""

    def loss(log_factor: float) -> float:
        p = softmax(np.exp(log_factor) * scores)
        return -float(np.log(p[np.arange(len(gold)), gold] + 1e-9).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2, 4), method="bounded").x))


def crossed_scores(rows: list[Statement]) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Margins of all rows by models that have not seen their fold and no teacher.

    Returns:
        For each fold: numbers of its rows, their seven and their four margins.
    """
    read, targets = features_of(rows), coded_targets(rows)
    fold = np.array([row.fold for row in rows])
    for k in range(5):
        model = two_stage(read.features, targets, fold != k, C)
        held = np.flatnonzero(fold == k)
        seven = margins(model.x[held], model.seven)
        seven[:, 1] += DENIED * read.denied[held]
        yield held, seven, margins(model.x[held], model.four)


def each(gold: np.ndarray, got: np.ndarray) -> dict[str, Any]:
    """Figures of one set."""
    return {
        "rows": len(gold),
        "macro_f1": round(float(f1_score(gold, got, average="macro")), 3),
        "accuracy": round(float((gold == got).mean()), 3),
        "by_class": [round(float(one), 3) for one in f1_score(gold, got, average=None)],
    }


def figures(rows: list[Statement], seven: np.ndarray, four: np.ndarray, held: np.ndarray) -> dict[str, Any]:
    """Figures of all sets on the held rows; ``seven`` and ``four`` are margins."""
    source = np.array([row.source for row in rows])
    levels = np.array([-1 if row.seven is None else row.seven for row in rows])
    relations = np.array([row.four for row in rows])
    st = held & (source == "st")
    out = {"statements, 7 levels": each(levels[st], seven[st].argmax(1))}
    for key, name in zip(SOURCES, ("statements, 4 levels", "PubMed, 4 levels", "EurekAlert, 4 levels"), strict=True):
        part = held & (source == key)
        out[name] = each(relations[part], four[part].argmax(1))
    return out


def write(model: Model, seven_factor: float, four_factor: float, checked: dict[str, Any]) -> None:
    """Numbers of a feature side by side in one signed integer, as ``profile.strength`` reads them."""
    weights = np.vstack([model.seven[0] * seven_factor, model.four[0] * four_factor]) * model.idf
    # Few weights are far out; cutting them keeps the steps of all others fine.
    most = np.percentile(np.abs(weights), 99.99)
    scale = MOST / most
    squares = model.idf**2
    square_scale = MOST_SQUARE / squares.max()
    numbers = np.rint(np.vstack([np.clip(weights, -most, most) * scale, squares * square_scale])).astype(int)
    data = bytearray()
    for column in numbers.T.tolist():
        packed = sum(number << (LANE_BITS * lane) for lane, number in enumerate(column))
        data += packed.to_bytes(len(column) * LANE_BITS // 8, "little", signed=True)
    OUT.mkdir(parents=True, exist_ok=True)
    sized = [[name for size, name in map(order, model.kept) if size == wanted] for wanted in (1, 2, 3)]
    (OUT / "features.txt").write_text("\n\n".join("\n".join(some) for some in sized) + "\n", "utf-8")
    (OUT / "weights.bin").write_bytes(bytes(data))
    header = {
        "blocks": dict(zip(("words, pieces and readings", "pairs", "triples"), map(len, sized), strict=True)),
        "intercepts": [
            round(float(b), 5) for b in (*(model.seven[1] * seven_factor), *(model.four[1] * four_factor))
        ],
        "scale": float(scale),
        "square_scale": float(square_scale),
        "denied": round(DENIED * seven_factor, 4),
        **checked,
    }
    (OUT / "model.json").write_text(json.dumps(header, indent=1) + "\n", "utf-8")


def mean_teacher(paths: list[str]) -> dict[str, np.ndarray]:
    """The mean of what teachers of several seeds read."""
    runs: list[dict[str, np.ndarray]] = []
    for path in paths:
        with np.load(path) as loaded:
            runs.append({name: loaded[name] for name in loaded.files})
    return {name: np.mean([run[name] for run in runs], axis=0) for name in runs[0]}


def main() -> None:
    """Cross-validate, measure what the teacher adds, train on everything, write."""
    folder = Path(sys.argv[1])
    rows = statements(folder)
    seven, four = np.zeros((len(rows), 7)), np.zeros((len(rows), 4))
    for held, a, b in crossed_scores(rows):
        seven[held], four[held] = a, b
    every = np.ones(len(rows), bool)
    checked: dict[str, Any] = {
        "cross_validation": {"folds": 5, "grouped_by": "reference", "figures": figures(rows, seven, four, every)}
    }
    levels = np.array([-1 if row.seven is None else row.seven for row in rows])
    factors = (
        temperature(seven[levels >= 0], levels[levels >= 0]),
        temperature(four, np.array([row.four for row in rows])),
    )
    targets, c = coded_targets(rows), C
    if len(sys.argv) > 2:
        teacher = mean_teacher(sys.argv[2:])
        coded = len(rows)
        rows = rows + uncoded(folder)
        targets, c = taught_targets(rows, teacher), C_TAUGHT
        fold = np.array([row.fold for row in rows])
        read = features_of(rows)
        model = two_stage(read.features, targets, fold != HELD_FOLD, c)
        held = (fold == HELD_FOLD) & (np.arange(len(rows)) < coded)
        untaught = figures(rows[:coded], seven, four, held[:coded])
        levels = margins(model.x, model.seven)
        levels[:, 1] += DENIED * read.denied
        taught = figures(rows, levels, margins(model.x, model.four), held)
        checked["teachers"] = len(sys.argv) - 2
        checked["held_fold"] = {
            "fold": HELD_FOLD,
            "without_teacher": untaught,
            "with_teacher": taught,
            "teacher": figures(rows, *as_coded(rows, teacher), held),
        }
    else:
        read = features_of(rows)
    for key, one in checked.items():
        print(key, json.dumps(one))
    write(two_stage(read.features, targets, np.ones(len(rows), bool), c), *factors, checked)


if __name__ == "__main__":
    main()
