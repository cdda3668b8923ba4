# Everything runs in .venv, which the first target that needs it creates.
# Needed beforehand: Python 3.11 or newer with its headers and venv module, make, and a C compiler.

PYTHON  ?= python3
WORKERS ?= 2

BIN   := .venv/bin
MODEL := hodgkin_huxley_1952

# Two installations at once would get in each other's way.
.NOTPARALLEL:

.PHONY: help demo test test-slow lint types bench clean

help:
	@echo "make demo       compile $(MODEL), run its protocol, write demo/"
	@echo "make test       the test suite without the slow tests"
	@echo "make test-slow  the slow tests"
	@echo "make lint       ruff, and the layout of the bundled models"
	@echo "make types      mypy --strict"
	@echo "make bench      the benchmarks"
	@echo "make clean      remove .venv, demo/, caches and build outputs"

demo: .venv/installed-plot
	@mkdir -p demo
	@echo "Compiling $(MODEL) to native code"
	$(BIN)/iondsl compile $(MODEL) -o demo
	@echo "Running its protocol 'step' for 100 ms"
	$(BIN)/iondsl run $(MODEL) --protocol step --until 100 -o demo/$(MODEL).csv --plot demo/$(MODEL).png
	@echo "Writing its equations"
	$(BIN)/iondsl export latex $(MODEL) -o demo/$(MODEL).tex
	@echo "Done. demo/ holds the module and its library, the traces (.csv, .png) and the equations (.tex):"
	@ls demo

test: .venv/installed-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not slow"

test-slow: .venv/installed-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m slow

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/iondsl fmt --check models templates

types: .venv/installed-dev
	$(BIN)/mypy

bench: .venv/installed-bench
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv demo build dist iondsl.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp per extra, newer than pyproject.toml while the installation is up to date.
.venv/installed-%: pyproject.toml | $(BIN)/pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[$*]"
	@touch $@

# Not bin/python: where the venv module is incomplete, it leaves an environment without pip, to be made again.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "iondsl needs Python 3.11 or newer, but '$(PYTHON)' is not: try make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
