# Two commands matter: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/sh
.DEFAULT_GOAL := help
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --require-hashes --no-deps
FIND_PYTHON := tools/find_python.sh
WORKERS ?= 2

.PHONY: help run test check bench bench-skills clean requirements meaning

help: ## Say what each command does
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-14s%s\n", $$1, $$2}' Makefile

run: $(VENV)/.base $(VENV)/.messages ## Start Relais with its demo community, on http://localhost:8000
	@exec $(BIN)/relais serve --demo

test: $(VENV)/.dev $(VENV)/.messages $(VENV)/.browser ## Run the whole suite on a real PostgreSQL, browser journeys included
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --cov --cov-report=term

check: $(VENV)/.dev $(VENV)/.messages ## Style, types, floors, templates, translations, budgets, migrations
	@sh tools/check.sh

bench: $(VENV)/.dev $(VENV)/.messages ## Build a big community and measure every page
	@$(BIN)/python -m bench

bench-skills: $(VENV)/.dev ## Measure how well skills are found: GOLD=texts.jsonl REFERENCE=esco file
	@$(BIN)/python -m bench.detection "$(GOLD)" "$(REFERENCE)"

clean: ## Remove what can be made again (never the data in var/)
	@rm -rf $(VENV) *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.* test-results
	@find relais -name '*.mo' -delete

meaning: $(VENV)/.base ## Install the optional models of meaning, with which skills are detected better (130 MB)
	@$(PIP) -r requirements/meaning.txt

requirements: $(VENV)/.dev ## Compile requirements/*.in again (needs uv)
	@for each in base dev meaning; do \
		uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
			-o requirements/$$each.txt requirements/$$each.in || exit 1; done

# Each step leaves a stamp; it runs again only when what it was made from changed.
$(VENV)/.base: requirements/base.txt $(FIND_PYTHON)
	@python=$$(sh $(FIND_PYTHON)) || exit 1; \
	if ! [ -x $(BIN)/python ] || ! $(BIN)/python -c 'import pip' 2>/dev/null; then \
		echo "Making a Python environment in $(VENV)…"; "$$python" -m venv --clear $(VENV); fi
	@echo "Installing what Relais needs (the first time takes a minute)…"
	@$(PIP) -r requirements/base.txt
	@$(BIN)/python tools/link.py
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "Installing what the tests need…"
	@$(PIP) -r requirements/dev.txt
	@touch $@

$(VENV)/.messages: $(VENV)/.base $(wildcard relais/*/locale/*/*/*.po relais/*/*/locale/*/*/*.po)
	@$(BIN)/python tools/messages.py compile
	@touch $@

$(VENV)/.browser: $(VENV)/.dev tools/browser.sh
	@sh tools/browser.sh
	@touch $@
