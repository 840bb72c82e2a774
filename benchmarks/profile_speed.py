"""Statements profiled a second on one core, beside what a user would pick instead, in one run.

usage: python benchmarks/profile_speed.py [ROUNDS]

Peers (extra ``bench``; one that is not installed is named and left out): spaCy's blank English pipeline with
medspaCy's ConText, which says which of some target words are negated or uncertain, and scikit-learn's TF-IDF of
words and characters with logistic regression, which gives one label. ``claimtrace.profile`` reads all dimensions; how long
its strength alone takes (tokens, cues and their scopes, levels) is shown beside.
Statements are this project's own labelled ones, joined to at least 25 words. All take turns in each round, so that a
busy machine slows all; the medians are compared.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from claimtrace.profile.cues import read_cues
from claimtrace.profile.statement import profile_statement
from claimtrace.profile.strength import judge_strength
from claimtrace.text.phrases import phrasebook
from claimtrace.text.tokens import tokenize

SETS = Path(__file__).resolve().parents[1] / "tests" / "data" / "dimensions"
WORDS = 25
ASKED = 5_000
"""Statements a second that ``claimtrace.profile`` is to reach on one core."""
ASKED_STRENGTH = 10_000
"""The same of strength alone."""
TARGETS = ("causes", "prevents", "lowers", "raises", "cancer", "stroke", "asthma", "diabetes", "pain", "dementia")

Reader = Callable[[list[str]], object]


def statements() -> list[str]:
    """The labelled statements, joined in order until each has 25 words."""
    out: list[str] = []
    held = ""
    for path in sorted(SETS.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            held = f"{held} {json.loads(line)['text']}".strip()
            if len(held.split()) >= WORDS:
                out.append(held)
                held = ""
    return out


def strength_alone(some: list[str]) -> object:
    """What ``claimtrace.profile`` does for the strength of a statement."""
    book = phrasebook()
    out: list[object] = []
    for text in some:
        tokens = tokenize(text)
        out.append(judge_strength(tokens, read_cues(tokens, book.find(tokens.norms))))
    return out


def context_reader() -> Reader:
    """spaCy's blank pipeline with sentences, target words and medspaCy's ConText (``ImportError`` without them)."""
    import spacy
    from loguru import logger
    from medspacy.context import ConText  # registers the component
    from medspacy.target_matcher import TargetRule

    logger.disable("")
    assert ConText is not None
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    matcher = nlp.add_pipe("medspacy_target_matcher")
    matcher.add([TargetRule(word, "TARGET") for word in TARGETS])
    nlp.add_pipe("medspacy_context")
    return lambda texts: [[one._.is_uncertain for one in nlp(text).ents] for text in texts]


def tfidf_reader(texts: list[str]) -> Reader:
    """TF-IDF of words and characters with logistic regression of four labels (``ImportError`` without it)."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    features = make_union(
        TfidfVectorizer(ngram_range=(1, 3)), TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    )
    model = make_pipeline(features, LogisticRegression(max_iter=50))
    model.fit(texts, [len(text) % 4 for text in texts])
    return lambda some: model.predict(some)


def main() -> None:
    """Print rates and ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    texts = statements()
    readers: dict[str, Reader] = {
        "claimtrace.profile, all dimensions": lambda some: [profile_statement(text) for text in some],
        "claimtrace, strength alone": strength_alone,
    }
    makers: dict[str, Callable[[], Reader]] = {
        "spaCy blank + medspaCy ConText": context_reader,
        "TF-IDF + logistic regression, in one batch": lambda: tfidf_reader(texts),
    }
    for name, make in makers.items():
        try:
            readers[name] = make()
        except ImportError as error:
            print(f"{name}: not installed ({error.name}); pip install -e '.[bench]'")
    rates: dict[str, list[float]] = {name: [] for name in readers}
    for number in range(rounds + 1):
        for name, read in readers.items():
            started = time.process_time()
            read(texts)
            if number:  # the first round fills the caches
                rates[name].append(len(texts) / (time.process_time() - started))
    own = statistics.median(next(iter(rates.values())))
    print(f"{len(texts)} statements of {WORDS} words or a few more, {rounds} rounds, processor time")
    for name, some in rates.items():
        middle = statistics.median(some)
        print(f"{name:44}{middle:9,.0f} a second   claimtrace is {own / middle:5.2f} times as fast")
    print(f"asked of claimtrace.profile: {ASKED:,} a second, of strength alone {ASKED_STRENGTH:,}")


if __name__ == "__main__":
    main()
