"""Made catalogues of any size, for measuring: many invented records around a few real ones.

Words and their neighbours come from real sentences of studies. A record is a title and an abstract of phrases of two to
seven words that follow each other in some real sentence, with eight words of its own topic strewn in, drawn by how often
studies hold them, and now and then a term that few others hold, as names of genes and substances are. One record in fifty is made to be mistaken for a real study: its topic is a third to a half of that study's words.
A third of the records are as short as a title with a sentence or two, the others as long as an abstract of a hundred to
three hundred words, as catalogues from bibliographic databases are.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from claimtrace.matching.rarity import rarity
from claimtrace.matching.terms import stem, terms
from claimtrace.model.studies import Author, Study
from claimtrace.text.tokens import tokenize

TABLE = Path(__file__).resolve().parents[1] / "src" / "claimtrace" / "data" / "linking" / "document_frequencies.txt"
_PHRASES = 200_000
_NEAR = 0.02
_SHORT = 1 / 3
_POOL = 60_000
_ODD = 0.06


class Real(NamedTuple):
    """The real studies, the articles that report them (text, and the study's identifier), and sentences of studies."""

    studies: list[Study]
    articles: list[tuple[str, str]]
    sentences: list[str]


def read_real(folder: Path) -> Real:
    """The studies and articles of the health-news benchmark."""
    studies = [
        Study(id=row["reference"], title=row["title"], abstract=" ".join(row["conclusions"]))
        for row in _rows(folder / "studies.jsonl")
    ]
    known = {one.id for one in studies}
    articles = [
        (row["text"], row["reference"]) for row in _rows(folder / "articles.jsonl.gz") if row["reference"] in known
    ]
    sentences = [f"{one.title}. {one.abstract}" for one in studies]
    sentences += [row["text"] for row in _rows(folder / "strength_pubmed.jsonl")]
    sentences += [
        row["text"] for row in _rows(folder / "statements.jsonl") if row["kind"] in ("study-abstract", "study-body")
    ]
    return Real(studies, articles, sentences)


def records(count: int, real: Real, seed: int = 4) -> Iterator[Study]:
    """A catalogue of ``count`` records, the real studies spread evenly among them; the same for the same arguments."""
    rng = random.Random(seed)
    maker = _Maker(real, rng)
    every = max(1, count // max(1, len(real.studies)))
    waiting = iter(real.studies)
    for number in range(count):
        study = next(waiting, None) if number % every == 0 else None
        yield study if study is not None else maker.study(number)


class _Maker:
    def __init__(self, real: Real, rng: random.Random) -> None:
        self._rng = rng
        starts: list[str] = []
        follow: defaultdict[str, list[str]] = defaultdict(list)
        for text in real.sentences:
            words = [norm for norm in tokenize(text).norms if norm[0].isalnum()]
            starts += words
            for first, second in pairwise(words):
                follow[first].append(second)
        starts = starts or _table(rng)
        # Topics are of words that studies use, but none that every study uses.
        wanted = [word for word in starts if len(word) > 3 and word.isalpha() and rarity(stem(word)) > 2]
        self._topics = rng.choices(wanted, k=_POOL)
        self._phrases: list[str] = []
        for start in rng.choices(starts, k=_PHRASES):
            phrase = [start]
            while len(phrase) < rng.randint(2, 7) and follow[phrase[-1]]:
                phrase.append(rng.choice(follow[phrase[-1]]))
            self._phrases.append(" ".join(phrase))
        self._near = [list(dict.fromkeys(terms(tokenize(f"{s.title} {s.abstract}").norms))) for s in real.studies]
        self._near = [sorted(words) for words in self._near if len(words) > 6]

    def study(self, number: int) -> Study:
        """An invented record."""
        rng = self._rng
        pick = rng.random
        topics, phrases = self._topics, self._phrases
        near = bool(self._near) and pick() < _NEAR
        if near:
            words = self._near[int(pick() * len(self._near))]
            own = rng.sample(words, int(len(words) * (0.33 + 0.17 * pick())))
        else:
            own = [topics[int(pick() * _POOL)] for _ in range(8)]
        length = int(5 + 6 * pick()) if pick() < _SHORT else int(22 + 45 * pick())
        title = " ".join(
            [own[int(pick() * len(own))] if at % 2 else phrases[int(pick() * _PHRASES)] for at in range(5)]
        )
        parts: list[str] = []
        for at in range(length):
            parts.append(phrases[int(pick() * _PHRASES)])
            if pick() < 0.4:
                parts.append(own[int(pick() * len(own))])
            if pick() < _ODD:
                parts.append(_odd(int(pick() * pick() * 2_000_000)))
            if at % 5 == 4:
                parts[-1] += "."
        return Study(
            id=f"{'near' if near else 'made'}-{number}",
            title=title.capitalize(),
            abstract=" ".join(parts).capitalize().rstrip(".") + ".",
            authors=(Author(topics[int(pick() * _POOL)].capitalize(), "A"),),
            journal="Journal of Made Results",
            published=str(1990 + int(pick() * 35)),
            doi=f"10.5555/made.{number}",
        )


def _odd(number: int) -> str:
    """A term like a gene's name; small numbers give the ones that come often."""
    letters = "".join(chr(97 + number // 26**place % 26) for place in range(4))
    return f"{letters}{number % 9 + 1}"


def _table(rng: random.Random) -> list[str]:
    """Words for want of sentences: as often as health texts hold them."""
    counts: dict[str, int] = {}
    for line in TABLE.read_text("utf-8").split("\n")[1:]:
        count, _, stems = line.partition(" ")
        counts.update(dict.fromkeys(stems.split(" "), int(count)))
    return rng.choices(list(counts), list(counts.values()), k=_POOL)


def _rows(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
