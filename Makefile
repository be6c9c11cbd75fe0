# Every command sets up what it needs, and is quick the second time. `make help` lists them.

PYTHON ?= python3.13
BIN := .venv/bin
# Node and npm come from the virtual environment; the system's may be missing or too old.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

OUT ?= report.csv
PORT ?= 7071
# What the function app runs on: devhost, or func, which is Azure's own host. Only `make ... HOST=func` changes it:
# some shells keep the machine's name in a variable of this name.
HOST := devhost
export HOST

CONTRACT := $(addprefix tests/e2e/test_,http_api.py reports.py life.py deletion.py package.py)

.DEFAULT_GOAL := help
.PHONY: help setup report up test e2e contract fuzz chaos bench infra-test web-setup web-test browser screenshots web-measure coverage lint format lock audit clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.installed tools/local/node_modules/.installed  ## install what the other commands need

report: setup  ## make a report: [TYPE=electric] [GENERATION=generation-i] [SAMPLE=20] [SEED=7] [OUT=report.csv] [POKEAPI=https://pokeapi.co/api/v2]
	@$(BIN)/python -m tools.local.make_report --out "$(OUT)" \
		$(if $(TYPE),--type "$(TYPE)") $(if $(GENERATION),--generation "$(GENERATION)") \
		$(if $(SAMPLE),--sample "$(SAMPLE)") $(if $(SEED),--seed "$(SEED)") \
		$(if $(POKEAPI),--pokeapi "$(POKEAPI)") $(if $(REPLICA),--replica "$(REPLICA)")

up: setup web-setup  ## run the whole system and its front end until Ctrl-C: [HOST=func] [PORT=7071] [POKEAPI=...]
	@$(BIN)/python -m tools.local.up --port "$(PORT)" $(if $(POKEAPI),--pokeapi "$(POKEAPI)")

test: lint web-test browser  ## lint, types and every test, those in a browser too
	$(BIN)/python -m pytest

e2e: setup web-setup browser  ## the tests of the whole system and those in a browser: [HOST=func]
	$(BIN)/python -m pytest tests/e2e tests/browser

contract: setup  ## the HTTP contract and the package that is deployed, without crashes: [HOST=func]
	$(BIN)/python -m pytest $(CONTRACT) -k "not killed and not away"

web-test: web-setup  ## the front end's style, types and component tests
	npm run --prefix web check

fuzz: setup  ## send the API what its document allows and forbids, for longer: [EXAMPLES=300] [SEED=1]
	FUZZ_EXAMPLES="$(or $(EXAMPLES),300)" FUZZ_SEED="$(or $(SEED),$(shell date +%s))" \
		$(BIN)/python -m pytest -s tests/e2e/test_openapi.py -k allows

chaos: setup  ## many reports while everything fails by seeded chance: [HOST=func] [SEED=...] [MINUTES=10]
	$(BIN)/python -m tools.chaos --minutes "$(or $(MINUTES),10)" $(if $(SEED),--seed "$(SEED)")

bench: setup  ## measure, as docs/performance.md shows it: [BENCH="peers growth many_reports batch_width start api_load devhost_fan_out"]
	@$(BIN)/python -m tools.bench $(BENCH)

infra-test: setup  ## check the Terraform configuration, its queries and runbooks, as far as this machine can
	@bash infra/test.sh

web-setup: web/node_modules/.installed  ## install what the front end needs

browser: setup
	@if $(BIN)/python -c "from tests.browser import chromium; chromium.find()" 2>/dev/null; then \
		exit 0; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Setting up Chromium ..."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else \
		echo "The tests of the front end need Chromium, and none is on the PATH. Install it (Debian: apt-get install chromium)."; exit 1; \
	fi

screenshots: setup web-setup browser  ## make the pictures in docs/screenshots anew, by a real browser
	$(BIN)/python -m tests.browser.screenshots

web-measure: setup web-setup browser  ## measure how light the built front end is, for docs/web.md
	$(BIN)/python -m tests.browser.measure

lint: setup  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

coverage: setup  ## the tests again, with the lines and branches they leave out
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q --deselect tests/e2e/test_chaos.py --ignore tests/browser
	$(BIN)/coverage combine -q
	$(BIN)/coverage report
	$(BIN)/coverage report --include "domain/*,orchestrators/*,activities/*" --fail-under 100

lock: setup  ## resolve what the pinned packages bring along, anew
	: > constraints.txt
	$(BIN)/uv pip compile requirements-dev.txt --python-version 3.13 --quiet --no-annotate \
		--no-emit-index-url --no-emit-find-links --no-emit-package devhost --no-emit-package pokeapi-replica --custom-compile-command "make lock" --output-file constraints.txt

audit: setup  ## look for known faults in the pinned packages, where an advisory source can be reached
	$(BIN)/uv tool run pip-audit==2.10.1 --requirement constraints.txt --no-deps --disable-pip

format: setup  ## rewrite the code in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:  ## remove everything that the commands made
	rm -rf .venv .local tools/local/node_modules web/node_modules web/out web/.next .mypy_cache .ruff_cache .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.installed: requirements.txt requirements-dev.txt constraints.txt $(wildcard tools/*/pyproject.toml)
	@command -v $(PYTHON) >/dev/null && $(PYTHON) --version >/dev/null 2>&1 || \
		{ echo "Poke Queue needs Python 3.13, and $(PYTHON) cannot be run. Install it, or say PYTHON=/path/to/python3.13."; exit 1; }
	@echo "Setting up Python in .venv ..."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install --quiet --requirement requirements-dev.txt
	@touch $@

web/node_modules/.installed: web/package-lock.json .venv/.installed
	@echo "Setting up the front end in web/node_modules ..."
	@npm ci --prefix web --ignore-scripts --silent
	@touch $@

tools/local/node_modules/.installed: tools/local/package-lock.json .venv/.installed
	@echo "Setting up the storage emulator in tools/local/node_modules ..."
	@npm ci --prefix tools/local --ignore-scripts --silent
	@touch $@
