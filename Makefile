# Two commands: `make run` serves the demo office, `make test` checks everything. Both set up what they need.
# Set-up is kept by stamps in .venv/stamps: a step runs again when what it depends on is newer.

PYTHON ?= python3
STAMPS := .venv/stamps
BIN := .venv/bin
CATALOGUE := src/huiyin/locale/en/LC_MESSAGES/django

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-test run test lint unit journeys bench format strings openapi evidence regimes lock clean

help: ## Show the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: $(STAMPS)/package $(STAMPS)/assets $(STAMPS)/fonts $(CATALOGUE).mo ## Install what the system needs to run

setup-test: setup $(STAMPS)/test $(STAMPS)/chromium $(STAMPS)/postgres ## Install what the tests need besides

run: setup ## Serve the demo office on 127.0.0.1:8000
	@exec $(BIN)/huiyin run

test: setup-test ## Run every check and every test, on both databases and in a browser
	@$(BIN)/python -m tools.check

lint: $(STAMPS)/package $(STAMPS)/test ## Run the checks that execute nothing: style, types, contracts
	@$(BIN)/python -m tools.check lint

unit: $(STAMPS)/package $(STAMPS)/test $(CATALOGUE).mo ## Run the tests on SQLite, without a browser
	@$(BIN)/python -m tools.check sqlite

journeys: setup-test ## Run the browser journeys
	@$(BIN)/python -m tools.check journeys

bench: $(STAMPS)/package $(STAMPS)/bench ## Measure working-day arithmetic against other libraries
	@$(BIN)/python bench/workdays.py

format: $(STAMPS)/test ## Put the source in its standard form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

strings: $(STAMPS)/package $(STAMPS)/test ## Collect the strings to translate
	@$(BIN)/python -m tools.strings update

openapi: $(STAMPS)/package $(STAMPS)/test ## Write docs/openapi.json
	@$(BIN)/python -m tools.openapi update

evidence: $(STAMPS)/package $(STAMPS)/test $(CATALOGUE).mo ## Write which scenario proves which clause
	@$(BIN)/python -m tools.evidence

regimes: $(STAMPS)/package $(STAMPS)/test ## Write docs/regimes from the rulebooks
	@$(BIN)/python -m tools.regimes update

lock: $(STAMPS)/test ## Pin every dependency anew, with hashes
	@$(BIN)/python -m tools.lock

clean: ## Remove everything set-up and the tests made; data/ stays
	rm -rf .venv node_modules src/huiyin/doors/static/vendor dist .mypy_cache .pytest_cache .ruff_cache \
		.hypothesis .import_linter_cache
	find src tools tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	find src -name '*.mo' -delete

$(STAMPS)/venv: tools/setup.py
	@$(PYTHON) -m tools.setup venv

$(STAMPS)/runtime: requirements/runtime.txt requirements/build.txt $(STAMPS)/venv
	@$(BIN)/python -m tools.setup runtime

$(STAMPS)/package: pyproject.toml $(STAMPS)/runtime
	@$(BIN)/python -m tools.setup package

$(STAMPS)/assets: package.json package-lock.json tools/assets.py $(STAMPS)/runtime
	@$(BIN)/python -m tools.setup assets

$(STAMPS)/fonts: tools/fonts.py $(STAMPS)/runtime
	@$(BIN)/python -m tools.setup fonts

$(CATALOGUE).mo: $(CATALOGUE).po $(STAMPS)/runtime
	@$(BIN)/python -m tools.strings compile

$(STAMPS)/test: requirements/test.txt $(STAMPS)/runtime
	@$(BIN)/python -m tools.setup test

$(STAMPS)/bench: requirements/bench.txt $(STAMPS)/runtime
	@$(BIN)/python -m tools.setup bench

$(STAMPS)/chromium: tools/chromium.py $(STAMPS)/runtime
	@$(BIN)/python -m tools.setup chromium

$(STAMPS)/postgres: tools/postgres.py $(STAMPS)/runtime
	@$(BIN)/python -m tools.setup postgres
