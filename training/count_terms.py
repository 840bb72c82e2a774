"""Count in how many health texts each term occurs: the table behind ``claimtrace.matching.rarity``.

usage: python training/count_terms.py BENCHMARK
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

from benchmark_data import rows

from claimtrace.documents.load import make_document, sentences_of
from claimtrace.documents.plain_text import read_plain_text
from claimtrace.matching.article import article_terms
from claimtrace.matching.terms import terms
from claimtrace.text.tokens import tokenize

OUT = Path(__file__).resolve().parents[1] / "src" / "claimtrace" / "data" / "linking" / "document_frequencies.txt"


def main() -> None:
    """Count articles (leads weigh as much as whole texts) and abstracts; terms seen once or twice are left out."""
    folder = Path(sys.argv[1])
    counts: Counter[str] = Counter()
    total = 0
    seen: set[str] = set()
    for row in rows(folder / "articles.jsonl.gz"):
        document = make_document(read_plain_text(row["id"], row["text"].encode("utf-8", "surrogatepass")))
        article = article_terms(document, sentences_of(document))
        for part in (article.whole, article.lead | article.headline):
            counts.update(set(part))
            total += 1
    for row in rows(folder / "studies.jsonl"):
        if row["reference"] not in seen:
            seen.add(row["reference"])
            counts.update(set(terms(tokenize(" ".join([row["title"], *row["conclusions"]])).norms)))
            total += 1
    by_count: defaultdict[int, list[str]] = defaultdict(list)
    for term, count in counts.items():
        if count > 2:
            by_count[count].append(term)
    lines = [str(total), *(f"{count} {' '.join(sorted(by_count[count]))}" for count in sorted(by_count))]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main()
