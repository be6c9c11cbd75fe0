# Every target installs its dependencies on the first run. `make help` lists the targets.

PYTHON ?= python3.13
BIN := .venv/bin
# Node and npm come from the virtual environment, because the system's can be missing or too old.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

OUT ?= report.csv
PORT ?= 7071
SITE_PORT ?= 4280
# The Functions host: devhost, or func for Azure's own host. Only `make ... HOST=func` changes it, because some
# shells export the machine's name as HOST.
HOST := devhost
export HOST

CONTRACT := $(addprefix tests/e2e/test_,http_api.py reports.py life.py previews.py sharing.py deletion.py package.py)

# Each takes the next file, because the tests of a file share servers. Files with slow tests come first. The browser tests
# are not among them: they need the whole machine.
IN_TWO_PROCESSES := --numprocesses 2 --dist loadfile --no-loadscope-reorder

LOCK = $(BIN)/uv pip compile --python-version 3.13 --universal --generate-hashes --quiet --no-annotate --no-emit-index-url \
	--no-emit-find-links --no-emit-package devhost --no-emit-package pokeapi-replica --custom-compile-command "make lock" $(UPGRADE)
LOCKS := infra/requirements.lock tools/audit/requirements.lock
NPM_FOLDERS := web tools/local infra/kql
AUDIT_TOOLS := .local/audit-tools/bin

.DEFAULT_GOAL := help
.PHONY: help setup report up test check e2e contract fuzz chaos bench infra-test web-setup web-test browser screenshots web-measure coverage lint format lock audit sbom clean

help:  ## list these commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.installed tools/local/node_modules/.installed  ## install the dependencies of the other commands

report: setup  ## create a report: [TYPE=electric] [GENERATION=generation-i] [SAMPLE=20] [SEED=7] [OUT=report.csv] [POKEAPI=https://pokeapi.co/api/v2]
	@$(BIN)/python -m tools.local.make_report --out "$(OUT)" \
		$(if $(TYPE),--type "$(TYPE)") $(if $(GENERATION),--generation "$(GENERATION)") \
		$(if $(SAMPLE),--sample "$(SAMPLE)") $(if $(SEED),--seed "$(SEED)") \
		$(if $(POKEAPI),--pokeapi "$(POKEAPI)") $(if $(REPLICA),--replica "$(REPLICA)")

up: setup web-setup  ## run the whole system and the front end until Ctrl-C: [HOST=func] [PORT=7071] [SITE_PORT=4280] [POKEAPI=...]
	@$(BIN)/python -m tools.local.up --port "$(PORT)" --site-port "$(SITE_PORT)" $(if $(POKEAPI),--pokeapi "$(POKEAPI)")

test: lint web-test browser  ## run the linters, the type checks and all tests, including those in a browser
	$(BIN)/python -m pytest $(IN_TWO_PROCESSES) --ignore tests/browser
	$(BIN)/python -m pytest tests/browser

check: lint  ## run the linters, the type checks, and the unit and replay tests, in under a minute
	$(BIN)/python -m pytest -q tests/unit tests/integration/test_replay.py

e2e: setup web-setup browser  ## run the end-to-end and browser tests: [HOST=func]
	$(BIN)/python -m pytest tests/e2e tests/browser

contract: setup  ## test the HTTP contract and the deployment package, without crash tests: [HOST=func]
	$(BIN)/python -m pytest $(CONTRACT) -k "not killed and not outage"

web-test: web-setup  ## lint, type-check and test the front end
	npm run --prefix web check

fuzz: setup  ## send generated requests, valid and invalid, to the API: [EXAMPLES=300] [SEED=1]
	FUZZ_EXAMPLES="$(or $(EXAMPLES),300)" FUZZ_SEED="$(or $(SEED),$(shell date +%s))" \
		$(BIN)/python -m pytest -s tests/e2e/test_openapi.py -k allows

chaos: setup  ## run many reports with randomly injected faults: [HOST=func] [SEED=...] [MINUTES=10]
	$(BIN)/python -m tools.chaos --minutes "$(or $(MINUTES),10)" $(if $(SEED),--seed "$(SEED)")

bench: setup  ## run the benchmarks of docs/performance.md: [BENCH="peers growth many_reports batch_width start api_load devhost_fan_out"]
	@$(BIN)/python -m tools.bench $(BENCH)

infra-test: setup  ## check the Terraform configuration, its queries and runbooks
	@bash infra/test.sh

web-setup: web/node_modules/.installed  ## install the front end's dependencies

browser: setup
	@if $(BIN)/python -c "from tests.browser import chromium; chromium.find()" 2>/dev/null; then \
		exit 0; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Setting up Chromium ..."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else \
		echo "The browser tests need Chromium on the PATH. Install it (Debian: apt-get install chromium)."; exit 1; \
	fi

screenshots: setup web-setup browser  ## update docs/screenshots with a real browser
	$(BIN)/python -m tests.browser.screenshots

web-measure: setup web-setup browser  ## measure the front end's size, load time and polling for docs/web.md
	$(BIN)/python -m tests.browser.measure
	$(BIN)/python -m tests.browser.measure_polling

lint: setup  ## check style, types and prose
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tools.docs.prose

coverage: setup  ## measure the tests' line and branch coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q $(IN_TWO_PROCESSES) --deselect tests/e2e/test_chaos.py --ignore tests/browser
	$(BIN)/coverage combine -q
	$(BIN)/coverage report
	$(BIN)/coverage report --include "domain/*,orchestrators/*,activities/*" --fail-under 100

lock: setup  ## update the lock files, which pin every Python package with its hashes: [UPGRADE=--upgrade]
	$(LOCK) requirements-dev.txt --output-file requirements-dev.lock
	$(LOCK) requirements.txt --constraint requirements-dev.lock --output-file requirements.lock
	$(LOCK) cli/pyproject.toml --constraint requirements-dev.lock --output-file cli/requirements.lock
	$(LOCK) infra/requirements.txt --output-file infra/requirements.lock
	$(LOCK) tools/audit/requirements.txt --output-file tools/audit/requirements.lock

# Fails for a package that it cannot look up, and without a registry that audits npm packages.
audit: .local/audit-tools/.installed  ## look for known vulnerabilities in all locked packages; needs network access
	for lock in requirements-dev.lock $(LOCKS); do $(AUDIT_TOOLS)/pip-audit --strict --require-hashes --disable-pip --requirement $$lock || exit 1; done
	for folder in $(NPM_FOLDERS); do npm audit --prefix $$folder --package-lock-only --audit=true || exit 1; done

sbom: .local/audit-tools/.installed  ## write CycloneDX bills of materials of the app, the client and the site to .local/sbom
	mkdir -p .local/sbom
	$(AUDIT_TOOLS)/cyclonedx-py requirements requirements.lock --output-file .local/sbom/app.cdx.json
	$(AUDIT_TOOLS)/cyclonedx-py requirements cli/requirements.lock --output-file .local/sbom/poke.cdx.json
	npm sbom --prefix web --package-lock-only --omit dev --sbom-format cyclonedx >.local/sbom/site.cdx.json

format: setup  ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:  ## remove everything that these commands created
	rm -rf .venv .local tools/local/node_modules web/node_modules web/out web/.next .mypy_cache .ruff_cache .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.installed: requirements-dev.lock $(wildcard tools/*/pyproject.toml)
	@command -v $(PYTHON) >/dev/null && $(PYTHON) --version >/dev/null 2>&1 || \
		{ echo "$(PYTHON) cannot be run. Install Python 3.13, or set PYTHON=/path/to/python3.13."; exit 1; }
	@echo "Setting up Python in .venv ..."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install --quiet --require-hashes --only-binary :all: --requirement requirements-dev.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable tools/devhost --editable tools/pokeapi_replica
	@touch $@

.local/audit-tools/.installed: tools/audit/requirements.lock .venv/.installed
	@$(BIN)/python -m venv --clear .local/audit-tools
	@$(AUDIT_TOOLS)/pip install --quiet --require-hashes --requirement $<
	@touch $@

web/node_modules/.installed: web/package-lock.json .venv/.installed
	@echo "Setting up the front end in web/node_modules ..."
	@npm ci --prefix web --ignore-scripts --silent
	@touch $@

tools/local/node_modules/.installed: tools/local/package-lock.json .venv/.installed
	@echo "Setting up the storage emulator in tools/local/node_modules ..."
	@npm ci --prefix tools/local --ignore-scripts --silent
	@touch $@
