# `make help` lists what there is to do.
PYTHON ?= python3
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
# Thousands of small databases are written by the tests: in memory where there are two gigabytes of it to spare.
export PYTEST_DEBUG_TEMPROOT ?= $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR==2 && $$4 > 2000000 {print "/dev/shm"; found=1} END {if (!found) print "/tmp"}')

.DEFAULT_GOAL := help
.PHONY: help setup dev run test test-postgres check fmt shots day month newcomer contract branch-day bench bench-quick \
  simulate quiet rush reconnects torture torture-postgres cuts fuzz move-sample lock pinyin-data echarts clean peers-ready peers

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 26

$(BIN)/python:
	$(PYTHON) -m venv .venv

# uv is quick; where it cannot be had, pip does the same from the same hash-locked file.
define install
	@$(BIN)/uv --version >/dev/null 2>&1 || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.txt || true
	@if $(BIN)/uv --version >/dev/null 2>&1; \
	  then VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r $(1); \
	  else $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q bot handlers schedules storage
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
	@ZHIBU_LOG__LEVEL=$${ZHIBU_LOG__LEVEL:-warning} $(BIN)/zhibu run --sample

test: .venv/.dev  ## the test suite, on SQLite; what takes long is run by check
	@$(BIN)/pytest -n auto --dist worksteal -m "not long"

test-postgres: .venv/.dev  ## the whole test suite on a PostgreSQL server that the tests bring along
	@ZHIBU_TEST_DATABASE=postgresql $(BIN)/pytest -n auto --dist worksteal

check: .venv/.dev  ## everything that must be green: style, types, contracts, dead code, docs, tests with coverage, and on PostgreSQL
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry .
	$(BIN)/vulture
	$(BIN)/zhibu docs --check
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered
	$(BIN)/python tests/coverage_floor.py
	ZHIBU_TEST_DATABASE=postgresql $(BIN)/pytest -n auto --dist worksteal -m postgres

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

newcomer: .venv/.dev  ## one who was lost, from the poster to the liaison: what each sees, in chat and on the pages
	@$(BIN)/python -m tests.newcomer_path

contract: .venv/.dev  ## one suite of cases on every platform, as a table: ok, a fall-back, or nothing of the kind
	@$(BIN)/python -m tests.platforms.table

branch-day: .venv/.dev  ## one scripted branch day on every platform, over its real adapter; fails where two leave different things in the database
	@$(BIN)/python -m tests.branch_day

bench: .venv/.dev  ## ours against a naive bot, a burst, growth, start, a lesson to all, PostgreSQL; 8 minutes, a table and JSON
	$(BIN)/python -m benchmarks

bench-quick: .venv/.dev  ## the same in small, in a minute
	$(BIN)/python -m benchmarks --quick

simulate: .venv/.dev  ## a month of a county's and a city's branches, compressed: messages a day and growth of the database
	$(BIN)/python -m benchmarks.simulate

quiet: .venv/.dev  ## a lively month of 56 people: what rang whose telephone; fails where a budget is broken
	@$(BIN)/python -m tests.quiet_month

rush: .venv/.dev  ## two hours in which 200 groups say what they say in a day, on four platforms; fails where a budget is broken or anything is lost
	@TMPDIR=$(PYTEST_DEBUG_TEMPROOT) $(BIN)/python -m tests.rush

# The independent implementations live apart: none of their versions is ours, and nothing of ours needs them.
.venv-peers/.ready: requirements-peers.txt | .venv/.dev
	@echo "Preparing .venv-peers, the independent implementations (once; needs PyPI, and npm where node is there) ..."
	@test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	@if $(BIN)/uv --version >/dev/null 2>&1; \
	  then VIRTUAL_ENV=$(CURDIR)/.venv-peers $(BIN)/uv pip install --quiet --compile-bytecode --no-deps --require-hashes -r requirements-peers.txt; \
	  else .venv-peers/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-peers.txt; fi
	@touch $@

peers-ready: .venv-peers/.ready

peers: .venv-peers/.ready  ## independent implementations of OneBot, QQ and WeCom as the other side of our wire; a table, and docs/peers.md
	@if command -v npm >/dev/null; \
	  then cd tests/peers/node && npm ci --ignore-scripts --no-audit --no-fund --silent; \
	  else echo "node is not here: the official client of WeCom is left out"; fi
	@$(BIN)/python -m tests.peers

reconnects: .venv/.dev  ## OneBot's and WeCom's lines break a thousand times each, in every way: nothing lost or doubled, no memory kept; some minutes
	@$(BIN)/python -m benchmarks.reconnects

torture: .venv/.dev  ## kill -9 a thousand times, at random and at every named point (make torture KILLS=50)
	@mkdir -p var
	$(BIN)/python -m tests.torture --kills $(or $(KILLS),1000) --json var/torture.json

torture-postgres: .venv/.dev  ## three processes on one PostgreSQL, one killed at random again and again (MINUTES=10)
	$(BIN)/python -m tests.three_processes --minutes $(or $(MINUTES),10)

cuts: .venv/.dev  ## fail the power a thousand times: the database as a disk would leave it, opened and checked
	$(BIN)/python -m tests.torture --cuts 1000

fuzz: .venv/.dev  ## ten thousand hostile inputs at every decoder and reader, and how their time grows (about four minutes)
	$(BIN)/python -m tests.fuzz

move-sample: .venv/.dev  ## carry the sample from SQLite to a PostgreSQL of its own, killed once and resumed; verified row by row on both sides
	@$(BIN)/python -m tests.move_sample

lock: .venv/.dev  ## renew the hash-locked requirements
	echo uv | $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements-tools.txt -
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --extra build -o requirements.txt pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --override tests/peers/overrides.txt -o requirements-peers.txt tests/peers/requirements.in
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --all-extras -o requirements-dev.txt pyproject.toml

pinyin-data: .venv/.dev  ## how characters and words are read, anew from the dictionaries of pypinyin
	$(BIN)/python -m tests.pinyin_data

# The versions are those of the licences beside it. No script of a package runs, and the same bytes come out every time.
echarts:  ## bundle the part of Apache ECharts that the map page needs anew (needs node and npm)
	@folder=$$(mktemp -d) && cp bot/web/static/vendor/echarts.entry.js $$folder/entry.js && cd $$folder && \
	  npm install --ignore-scripts --no-audit --no-fund --silent echarts@6.1.0 zrender@6.1.0 tslib@2.3.0 esbuild@0.28.2 && \
	  npx esbuild entry.js --bundle --minify --format=esm --target=es2020 --legal-comments=none \
	    --banner:js="/* Apache ECharts 6.1.0 (Apache-2.0), zrender 6.1.0 (BSD-3-Clause), tslib 2.3.0 (0BSD): the licences are beside this file. */" \
	    --outfile=$(CURDIR)/bot/web/static/vendor/echarts.js && \
	  cp node_modules/echarts/LICENSE $(CURDIR)/bot/web/static/vendor/echarts.LICENSE.txt && \
	  cp node_modules/echarts/NOTICE $(CURDIR)/bot/web/static/vendor/echarts.NOTICE.txt && \
	  cp node_modules/echarts/licenses/LICENSE-d3 $(CURDIR)/bot/web/static/vendor/echarts.d3.LICENSE.txt && \
	  cp node_modules/zrender/LICENSE $(CURDIR)/bot/web/static/vendor/zrender.LICENSE.txt; \
	  status=$$?; rm -rf $$folder; exit $$status

clean:  ## remove the environment and caches; keeps var/
	rm -rf .venv .venv-peers tests/peers/node/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis build
