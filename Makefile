# `make help` lists what there is to do.
PYTHON ?= python3
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
# Thousands of small databases are written by the tests: in memory where there are two gigabytes of it to spare.
export PYTEST_DEBUG_TEMPROOT ?= $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR==2 && $$4 > 2000000 {print "/dev/shm"; found=1} END {if (!found) print "/tmp"}')

.DEFAULT_GOAL := help
.PHONY: help setup dev run test test-postgres check fmt shots day month bench torture lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

$(BIN)/python:
	$(PYTHON) -m venv .venv

# uv is quick; where it cannot be had, pip does the same from the same hash-locked file.
define install
	@$(BIN)/uv --version >/dev/null 2>&1 || $(BIN)/pip install --quiet --disable-pip-version-check uv || true
	@if $(BIN)/uv --version >/dev/null 2>&1; \
	  then VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r $(1); \
	  else $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

.venv/.ready: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Preparing .venv (once; needs PyPI) ..."
	$(call install,requirements.txt)
	@touch $@

.venv/.dev: requirements-dev.txt pyproject.toml | .venv/.ready
	@echo "Adding the tools for tests and checks (once; needs PyPI) ..."
	$(call install,requirements-dev.txt)
	@touch $@

setup: .venv/.ready  ## prepare the environment, start nothing
	@$(BIN)/zhibu migrate

dev: .venv/.dev

run: .venv/.ready  ## start the sample branch in the browser; prints one address (another port: ZHIBU_WEB__PORT=9000 make run)
	@$(BIN)/zhibu run --sample

test: .venv/.dev  ## the test suite: all of it on SQLite, and on PostgreSQL what depends on the database most
	@$(BIN)/pytest -n auto
	@ZHIBU_TEST_DATABASE=postgresql $(BIN)/pytest -n auto -m postgres

test-postgres: .venv/.dev  ## the whole test suite on a PostgreSQL server that the tests bring along
	@ZHIBU_TEST_DATABASE=postgresql $(BIN)/pytest -n auto

check: .venv/.dev  ## everything that must be green: style, types, contracts, dead code, tests with coverage, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry .
	$(BIN)/vulture
	$(BIN)/zhibu docs --check
	$(BIN)/pytest -n auto --cov --cov-report=term:skip-covered
	$(BIN)/python tests/coverage_floor.py

fmt: .venv/.dev  ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

shots: .venv/.dev  ## screenshots of the chat into docs/shots, phone and desk; fails on overflow, axe or console errors
	$(BIN)/python tests/shots.py

day: .venv/.ready  ## a scripted day of the sample branch, as JSON lines: what everybody sees
	@mkdir -p var && rm -f var/day.db*
	@sed "s/DAY/$$(date -d '+1 day' +%F)/g" docs/day.txt > var/day.txt
	@ZHIBU_DATABASE__URL=sqlite+aiosqlite:///var/day.db $(BIN)/zhibu sample
	@ZHIBU_DATABASE__URL=sqlite+aiosqlite:///var/day.db $(BIN)/zhibu say --json --script var/day.txt

month: .venv/.ready  ## a scripted month of the sample branch: dues, study and aid, good and bad paths, as JSON lines
	@mkdir -p var && rm -f var/month.db*
	@$(BIN)/python -m tests.month > var/month.txt
	@ZHIBU_DATABASE__URL=sqlite+aiosqlite:///var/month.db $(BIN)/zhibu sample
	@ZHIBU_DATABASE__URL=sqlite+aiosqlite:///var/month.db $(BIN)/zhibu say --json --script var/month.txt
	@ZHIBU_DATABASE__URL=sqlite+aiosqlite:///var/month.db $(BIN)/zhibu ledger verify

bench: .venv/.dev  ## timings: start, one check-in, a burst, a search in lessons
	$(BIN)/python -m benchmarks.first

torture: .venv/.dev  ## kill -9 a hundred times in a stream of check-ins
	$(BIN)/python -m tests.torture --kills 100

lock: .venv/.dev  ## renew the hash-locked requirements
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --extra build -o requirements.txt pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --all-extras -o requirements-dev.txt pyproject.toml

clean:  ## remove the environment and caches; keeps var/
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build
