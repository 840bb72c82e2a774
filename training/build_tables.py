"""Compile ``data/lexicons`` and the Human Disease Ontology into the tables that a scan loads.

usage: python training/build_tables.py [VOCABULARY]

VOCABULARY is the folder with ``human-disease-ontology.tsv.gz`` and the OBO slims (CC0, Schriml et al.). Without it,
the diseases that are compiled already are kept and the lexicons alone are compiled again. Deterministic: the same
input gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import re
import struct
import sys
from pathlib import Path
from typing import Any

from claimtrace.text.phrases import CONDITION, LONGER
from claimtrace.text.tokens import normalise

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "claimtrace" / "data"
COMPILED = DATA / "compiled"
SOURCE = ROOT / "training" / "diseases.tsv"

# Labels of the ontology that are ordinary words or say nothing of a disease.
NOT_A_DISEASE = {"disease", "syndrome", "carrier", "mass", "cold", "all", "cat", "dog", "ms", "als", "back", "spots"}
VARIANTS = [
    ("tumor", "tumour"), ("leukemia", "leukaemia"), ("anemia", "anaemia"), ("esophag", "oesophag"),
    ("hemo", "haemo"), ("hemat", "haemat"), ("edema", "oedema"), ("diarrhea", "diarrhoea"), ("fetal", "foetal"),
    ("apnea", "apnoea"), ("celiac", "coeliac"), ("orthopedic", "orthopaedic"), ("ischemi", "ischaemi"),
]  # fmt: skip


def read_vocabulary(folder: Path) -> None:
    """Write ``training/diseases.tsv``: identifier, label, parents' identifiers, names; one disease a line."""
    rows: dict[str, dict[str, Any]] = {}
    by_label: dict[str, str] = {}
    with gzip.open(folder / "human-disease-ontology.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            concept, label, parent = (cell.strip().strip('"') for cell in line.rstrip("\n").split("\t"))
            row = rows.setdefault(concept, {"label": label, "parents": [], "names": []})
            if parent:
                row["parents"].append(parent)
            by_label[label] = concept
    for slim in ("DO_cancer_slim.obo.gz", "DO_infectious_disease_slim.obo.gz"):
        concept = ""
        with gzip.open(folder / slim, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("id: "):
                    concept = line[4:].strip()
                elif line.startswith("synonym: ") and " EXACT " in line and concept in rows:
                    rows[concept]["names"].append(line.split('"')[1])
    out = []
    for concept in sorted(rows):
        row = rows[concept]
        parents = sorted({by_label[one] for one in row["parents"] if one in by_label})
        names = sorted({row["label"], *row["names"]})
        out.append("\t".join((concept, row["label"], " ".join(parents), "|".join(names))))
    SOURCE.write_text("\n".join(out) + "\n", "utf-8")


def disease_phrases(label: str, names: list[str], lay: list[str]) -> set[str]:
    """Normal forms under which a disease is found: its names, British and American spelling, plurals."""
    found: set[str] = set()
    for name in names:
        key = normalise(re.sub(r"\s*\([^)]*\)$", "", name))
        words = key.split(" ")
        acronym = len(words) == 1 and (name.isupper() or len(key) < 4)
        if (
            not key
            or len(words) > 4
            or key in NOT_A_DISEASE
            or any(w[0].isdigit() and w not in ("1", "2") for w in words)
            or acronym
            or any(not re.match(r"\w", w) for w in words)
        ):
            continue
        found.add(key)
    found.update(normalise(name) for name in lay)
    for key in list(found):
        for american, british in VARIANTS:
            if american in key:
                found.add(key.replace(american, british))
    for key in list(found):
        if key.endswith(
            ("cancer", "tumor", "tumour", "carcinoma", "infection", "infarction", "disease", "disorder", "lymphoma",
             "sarcoma", "adenoma", "melanoma", "glioma", "syndrome", "arrhythmia", "aneurysm", "ulcer", "allergy",
             "embolism", "injury")
        ):  # fmt: skip
            found.add(key[:-1] + "ies" if key.endswith("y") else key + "s")
    return found


def write_phrases(table: dict[str, int]) -> None:
    """Write the words that phrases begin with, what each is by itself or where its phrases lie, and these phrases."""
    longer: dict[str, list[str]] = {}
    for key in sorted(table):
        word, _, rest = key.partition(" ")
        longer.setdefault(word, [])
        if rest:
            longer[word].append(key)
    codes: list[int] = []
    values: list[int] = []
    lines = bytearray()
    for word, some in longer.items():
        if not some:
            codes.append(table[word])
            continue
        codes.append(LONGER + len(lines))
        lines += ("\t".join((str(len(values)), *some, word)) + "\n").encode()
        values += [table[key] for key in (*some, word)]
    (COMPILED / "words.txt").write_text("\n".join(longer), "utf-8")
    (COMPILED / "words.bin").write_bytes(struct.pack(f"<{len(codes)}I", *codes))
    (COMPILED / "phrases.txt").write_bytes(bytes(lines))
    (COMPILED / "phrases.bin").write_bytes(struct.pack(f"<{len(values)}H", *values))


def compile_tables() -> None:
    """Write the files in ``data/compiled``."""
    lexicons: dict[str, list[list[Any]]] = {}
    meanings: dict[str, set[int]] = {}
    number = 0
    lay: dict[str, list[str]] = {}
    within: dict[str, list[str]] = {}
    for path in sorted((DATA / "lexicons").glob("*.json")):
        lexicon = json.loads(path.read_text("utf-8"))
        if lexicon["lexicon"] == "lay_names":
            lexicons[CONDITION] = []
            for group in lexicon["groups"]:
                if not group["attrs"].get("pseudo"):
                    lay[group["attrs"]["concept"]] = group["terms"]
                    within[group["attrs"]["concept"].lower()] = group["attrs"].get("within", [])
                    continue
                lexicons[CONDITION].append([group["group"], group["attrs"]])
                for term in group["terms"]:
                    meanings.setdefault(normalise(term), set()).add(number)
                number += 1
            continue
        lexicons[lexicon["lexicon"]] = []
        for group in lexicon["groups"]:
            lexicons[lexicon["lexicon"]].append([group["group"], group["attrs"]])
            for term in group["terms"]:
                meanings.setdefault(normalise(term), set()).add(number)
            number += 1
    rows = [line.split("\t") for line in SOURCE.read_text("utf-8").splitlines()]
    labels = {row[1].lower(): row[1] for row in rows}
    lay = {labels.get(key.lower(), key): terms for key, terms in lay.items()}
    rows += [
        [f"claimtrace:{key.replace(' ', '-')}", key, "", key] for key in sorted(lay) if key.lower() not in labels
    ]
    concepts = {row[1].lower(): row[0] for row in rows}
    for row in rows:  # what readers hold to be a kind of it, where the ontology sorts by cause
        wider = [concepts[name.lower()] for name in within.get(row[1].lower(), ())]
        row[2] = " ".join(dict.fromkeys([*row[2].split(), *wider]))
    taken: dict[str, str] = {}
    for concept, label, _, _ in rows:  # what lay names claim is theirs
        for name in lay.get(label, []):
            taken[normalise(name)] = concept
    diseases: list[list[str]] = []
    for concept, label, _, names in rows:
        phrases = disease_phrases(label, names.split("|"), lay.get(label, []))
        phrases = {key for key in phrases if taken.setdefault(key, concept) == concept}
        if phrases:
            for key in phrases:
                meanings.setdefault(key, set()).add(number)
            number += 1
            diseases.append([concept, label])
    first_disease = number - len(diseases)
    entries: list[list[int]] = [[]]
    known: dict[tuple[int, ...], int] = {(): 0}
    for key in sorted(meanings):
        senses = tuple(sorted(meanings[key]))
        if senses not in known and (len(senses) > 1 or senses[0] < first_disease):
            known[senses] = len(entries)
            entries.append(list(senses))

    def value(key: str) -> int:
        senses = tuple(sorted(meanings[key]))
        return known[senses] if senses in known else len(entries) + senses[0] - first_disease

    table: dict[str, int] = {}
    for key in sorted(meanings):
        words = key.split(" ")
        for length in range(1, len(words)):
            table.setdefault(" ".join(words[:length]), 0)
    for key in sorted(meanings):  # a beginning that is a phrase itself keeps its meaning
        table[key] = value(key)
    COMPILED.mkdir(exist_ok=True)
    write_phrases(table)
    (COMPILED / "senses.json").write_text(
        json.dumps({"lexicons": lexicons, "entries": entries}, ensure_ascii=False, separators=(",", ":")),
        "utf-8",
    )
    (COMPILED / "diseases.txt").write_text("\n".join(" ".join(one) for one in diseases), "utf-8")
    (COMPILED / "hierarchy.txt").write_text("\n".join(f"{row[0]} {row[2]}" for row in rows), "utf-8")
    print(f"{len(table)} phrases and beginnings, {len(entries)} entries, {len(diseases)} diseases")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        read_vocabulary(Path(sys.argv[1]))
    compile_tables()
