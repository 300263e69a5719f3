# Everything is done with `make`. `make` alone says what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
UV := $(shell command -v uv 2>/dev/null || echo $(VENV)/bin/uv)
RUN := $(VENV)/bin
# Test processes: 3 unless TEST_PROCESSES says otherwise (on two cores one of them always waits for something).
# K narrows as pytest's -k does.
TEST_PROCESSES ?= 3
K ?=
BROWSER := chromium-headless-shell
# A run is dozens of processes: compiled modules are kept, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help: ## Say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/installed: pyproject.toml uv.lock
	@command -v uv >/dev/null 2>&1 || [ -x $(VENV)/bin/uv ] || { \
	  $(PYTHON) -m venv $(VENV) && $(VENV)/bin/pip install --quiet --disable-pip-version-check uv; }
	@UV_PYTHON_DOWNLOADS=never $(UV) sync --quiet --inexact --compile-bytecode --python $(PYTHON)
	@touch $@

.PHONY: setup
setup: $(VENV)/installed ## Install everything into .venv

.PHONY: demo
demo: setup ## The real plan with sample people, in a browser; ONCE=1 or MERGER=1 drives, checks and ends
	@$(if $(MERGER),rm -rf var/merger)
	@GUONGSANG_VAR_DIR=$${GUONGSANG_VAR_DIR:-$(if $(MERGER),var/merger,$(if $(ONCE),var/once,var/demo))} \
	  $(RUN)/guongsang demo $(if $(MERGER),--merger,$(if $(ONCE),--once))

.PHONY: run
run: setup ## An installation of one's own on embedded engines
	@$(RUN)/guongsang start

.PHONY: test
test: setup browser ## Everything the tests need, then the tests; K=expression narrows
	@$(RUN)/pytest -n $(TEST_PROCESSES) --dist loadgroup $(if $(K),-k '$(K)')

.PHONY: browser
browser: ## Debian's Chromium for browser tests, if there is none
	@command -v $(BROWSER) >/dev/null 2>&1 || { echo "installing $(BROWSER)"; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends $(BROWSER) >/dev/null; } || command -v chromium >/dev/null

.PHONY: check
check: setup ## Format, lint, types, import contracts
	@$(RUN)/ruff format --check .
	@$(RUN)/ruff check .
	@$(RUN)/mypy
	@$(RUN)/lint-imports --no-logo

.PHONY: format
format: setup ## Put the code into shape
	@$(RUN)/ruff format .
	@$(RUN)/ruff check --fix .

.PHONY: contract
contract: setup ## Write docs/events.md, docs/asyncapi.yaml and docs/schemas from the event classes
	@$(RUN)/python -m shared.events.contract

.PHONY: messages
messages: setup ## Gather new words for translation
	@$(RUN)/python -m shared.web.i18n update

.PHONY: bench
bench: setup ## Measure the hot paths beside their peers, in one run
	@$(RUN)/python -m benchmarks

.PHONY: chaos
chaos: setup ## 10,000 nominations while everything is killed 20 times
	@$(RUN)/python -m tests.chaos --nominations 10000 --kills 20

.PHONY: imports
imports: setup ## 5,000 rows with 200 planted faults through the running product, while its worker is killed
	@$(RUN)/python -m tests.imports --rows 5000 --faults 200 --kills 3

.PHONY: api-calls
api-calls: setup ## 200 calls of every operation of nomination's API, sound and unsound: no fault of ours
	@GUONGSANG_TEST_API_CALLS=200 $(RUN)/pytest -q -s tests/nomination/test_openapi.py

.PHONY: guessing
guessing: setup ## A thousand wrong PINs from two hundred addresses
	@GUONGSANG_TEST_GUESSING=full $(RUN)/pytest -q tests/identity/signing_in/test_guessing.py

.PHONY: up
up: secrets ## Production with containers: docker compose
	@docker compose up --build

.PHONY: secrets
secrets: ## Make the secrets of an installation in containers, once
	@$(PYTHON) deploy/make_secrets.py

.PHONY: routes
routes: setup ## Write the proxy's routes from the services' front doors
	@$(RUN)/python -m deploy.routes

.PHONY: clean
clean: ## Remove what a run or a test left behind
	@rm -rf var .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
