"""Which terms mean nearly the same ("influenza" and "flu", "physician" and "doctor"), learned from a sentence encoder.

usage: python training/build_near_terms.py BENCHMARK

Writes ``src/claimtrace/data/linking/near_terms.txt``: a term a line, then its neighbours, each with its likeness in
hundredths (cosine of the encoder's vectors around their mean). Read by ``claimtrace.matching.near``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from benchmark_data import rows

from claimtrace.matching.rarity import rarity
from claimtrace.matching.terms import stem
from claimtrace.text.tokens import tokenize

DATA = Path(__file__).resolve().parents[1] / "src" / "claimtrace" / "data"
NEIGHBOURS = 6
LEAST = 0.5
MIN_COUNT = 3
_COMMON = 1.2  # rarity below which a term tells nothing


def vocabulary(folder: Path) -> Counter[str]:
    """Words of health writing with their counts, and the plain words that the encoder itself holds whole (counted 1)."""
    from encoder import tokenizer

    counts: Counter[str] = Counter()
    texts = [row["text"] for row in rows(folder / "articles.jsonl.gz")]
    texts += [" ".join([row["title"], *row["conclusions"]]) for row in rows(folder / "studies.jsonl")]
    for name in ("statements", "strength_pubmed", "strength_eureka"):
        texts += [row["text"] for row in rows(folder / f"{name}.jsonl")]
    for text in texts:
        counts.update(norm for norm in tokenize(text).norms if norm.isalpha() and 2 < len(norm) < 25)
    kept = Counter({word: count for word, count in counts.items() if count >= MIN_COUNT})
    whole = [word for word in tokenizer(8).get_vocab() if word.isascii() and word.isalpha() and len(word) > 2]
    kept.update(whole)
    phrases = "\n".join((DATA / "compiled" / name).read_text("utf-8") for name in ("words.txt", "phrases.txt"))
    kept.update(
        {word: 1 for word in set(phrases.split()) if word.isascii() and word.isalpha() and 3 < len(word) < 20}
    )
    return kept


def stem_vectors(words: list[str], vectors: np.ndarray, counts: list[int]) -> dict[str, np.ndarray]:
    """Mean vector of the words of each stem, weighted by their counts."""
    sums: dict[str, tuple[np.ndarray, float]] = {}
    for word, vector, count in zip(words, vectors, counts, strict=True):
        total, weight = sums.get(stem(word), (np.zeros(vectors.shape[1]), 0.0))
        sums[stem(word)] = (total + count * vector, weight + count)
    return {term: total / weight for term, (total, weight) in sums.items()}


def near_lines(words: list[str], vectors: np.ndarray, counts: list[int]) -> list[str]:
    """Lines of the table from the words' unit vectors (words x width)."""
    means = stem_vectors(words, vectors, counts)
    stems = sorted(term for term in means if rarity(term) >= _COMMON)
    v = np.array([means[term] for term in stems])
    v -= v.mean(0)
    v /= np.linalg.norm(v, axis=1, keepdims=True) + 1e-9
    lines: list[str] = []
    for start in range(0, len(stems), 1000):
        likeness = v[start : start + 1000] @ v.T
        for row, term in enumerate(stems[start : start + 1000]):
            order = np.argsort(-likeness[row], kind="stable")[: NEIGHBOURS + 1]
            near = [(stems[i], round(100 * float(likeness[row, i]))) for i in order if stems[i] != term]
            near = [(other, value) for other, value in near if value >= 100 * LEAST]
            if near:
                lines.append(" ".join([term, *(f"{other}:{value}" for other, value in near)]))
    return lines


def main() -> None:
    """Encode the vocabulary and write the table."""
    from encoder import sentence_vectors

    counts = vocabulary(Path(sys.argv[1]))
    words = sorted(counts)
    lines = near_lines(words, sentence_vectors(words), [counts[word] for word in words])
    (DATA / "linking" / "near_terms.txt").write_text("\n".join(lines) + "\n", "utf-8")
    print(json.dumps({"words": len(words), "terms": len(lines)}))


if __name__ == "__main__":
    main()
