# Two commands on a fresh machine with Python 3.11 and make: `make scan` and `make test`.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: train scan test bench screens tables reference man docs clean

scan: $(VENV)/.installed
	$(BIN)/claimtrace scan seeds/ --no-store

test: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/cases.py
	$(BIN)/python benchmarks/dimensions.py
	$(BIN)/python benchmarks/profile_speed.py
	$(BIN)/python benchmarks/reports.py

screens: $(VENV)/.dev
	$(BIN)/python docs/make_screens.py

tables: $(VENV)/.dev
	$(BIN)/python training/build_tables.py

# Pages and man page that are made from the code and the data.
reference: $(VENV)/.dev
	$(BIN)/python docs/generate.py

man: reference

docs: $(VENV)/.docs
	$(BIN)/python docs/generate.py --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir site

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	$(BIN)/python -m compileall -q src # as pip does for what is not editable
	touch $@

$(VENV)/.dev: $(VENV)/.installed pyproject.toml
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $@

$(VENV)/.docs: $(VENV)/.dev pyproject.toml
	$(BIN)/python -m pip install --quiet --editable ".[docs]"
	touch $@

clean:
	rm -rf $(VENV) build dist site

# Needs the human-coded data (HEALTH_NEWS) and, for the teacher, the extra training-teacher; in this order.
train: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --editable ".[training,training-teacher]"
	$(BIN)/python training/count_terms.py $(HEALTH_NEWS)
	$(BIN)/python training/build_near_terms.py $(HEALTH_NEWS)
	$(BIN)/python training/build_meanings.py $(HEALTH_NEWS) build/meanings
	$(BIN)/python training/train_linking.py $(HEALTH_NEWS) build/meanings
	$(BIN)/python training/train_sentences.py $(HEALTH_NEWS)
	$(BIN)/python training/train_teacher.py $(HEALTH_NEWS) build/teacher.npz
	$(BIN)/python training/train_teacher.py $(HEALTH_NEWS) build/teacher1.npz 0 1
	$(BIN)/python training/train_teacher.py $(HEALTH_NEWS) build/teacher2.npz 0 2
	$(BIN)/python training/train_strength.py $(HEALTH_NEWS) build/teacher.npz build/teacher1.npz build/teacher2.npz
	$(BIN)/python training/train_checks.py $(HEALTH_NEWS)
	$(BIN)/python training/train_articles.py $(HEALTH_NEWS)
