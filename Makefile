# Two commands on a fresh machine with Python 3.11 and make: `make scan` and `make test`.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: scan test check bench screens tables train clean

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
	$(BIN)/python benchmarks/throughput.py
	$(BIN)/python benchmarks/cases.py
	$(BIN)/python benchmarks/dimensions.py
	$(BIN)/python benchmarks/profile_speed.py
	$(BIN)/python benchmarks/reports.py

screens: $(VENV)/.dev
	$(BIN)/python docs/make_screens.py

tables: $(VENV)/.dev
	$(BIN)/python training/build_tables.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.installed pyproject.toml
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) build dist
