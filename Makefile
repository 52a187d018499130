# Every chore has one entry, the same here and in CI. `make help` lists them.
#
# Only Python 3.11 or later and make are needed. `make demo PYTHON=python3.12` takes another Python,
# `make test ARGS="tests/core -x"` hands arguments to pytest.

PYTHON ?= python3
VENV   ?= .venv
ARGS   ?=

BIN    := $(VENV)/bin
STAMPS := $(VENV)/.stamps
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq
LOCK   := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test check docs bench fuzz truth truth-full lock spark clean

help:  ## list the chores
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(STAMPS)/run  ## make a demo company, audit it, open or name the report
	$(BIN)/salesaudit demo -o demo

test: $(STAMPS)/dev  ## run every test that this machine can run; say what was skipped, and why
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

check: $(STAMPS)/dev  ## lint, format, types, import layers, generated docs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python docs/build.py --check

docs: $(STAMPS)/dev  ## write the generated pages again
	$(BIN)/python docs/build.py

bench: $(STAMPS)/dev  ## measure against plain scripts; about five minutes
	$(BIN)/python benchmarks/run.py $(ARGS)

fuzz: $(STAMPS)/dev  ## load two thousand files made at random, whole and damaged
	SALESAUDIT_FUZZ=500 $(BIN)/python -m pytest -n 2 tests/fuzz $(ARGS)

truth: $(STAMPS)/dev  ## measure every estimate against known truth; under 20 minutes
	$(BIN)/python -m truth --write docs/truth.md $(ARGS)

truth-full: $(STAMPS)/dev  ## the same with three times the replicates, for releases; an hour
	$(BIN)/python -m truth --part 3 --write docs/truth.md $(ARGS)

lock:  ## resolve the requirements again (needs uv)
	$(LOCK) pyproject.toml -o requirements/run.lock
	$(LOCK) pyproject.toml --group dev -c requirements/run.lock -o requirements/dev.lock
	$(LOCK) pyproject.toml --group dev --extra spark -c requirements/dev.lock -o requirements/spark.lock

spark: $(STAMPS)/spark  ## add PySpark to the environment (500 MB; its tests also need a Java runtime)

clean:  ## remove the environment and what the chores wrote
	rm -rf $(VENV) demo audit build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# The environment. A stamp is younger than what it was made from.

$(STAMPS)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "salesaudit needs Python 3.11 or later; '$(PYTHON)' is $$($(PYTHON) -V 2>&1)." >&2; \
	  echo "Name another one: make demo PYTHON=python3.12" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV) || { \
	  echo "'$(PYTHON) -m venv' does not work; on Debian and Ubuntu: apt install python3-venv" >&2; \
	  exit 1; }
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/python requirements/run.lock pyproject.toml
	@echo "Installing what salesaudit needs into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/run.lock
	@$(PIP) install --no-deps -e .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/python requirements/dev.lock pyproject.toml
	@echo "Installing what salesaudit and its tests need into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/dev.lock
	@$(PIP) install --no-deps -e .
	@touch $(STAMPS)/run $@

$(STAMPS)/spark: $(STAMPS)/dev requirements/spark.lock
	@echo "Installing PySpark into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/spark.lock
	@touch $@
