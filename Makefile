# The commands of Stadtplatz. `make demo` and `make test` prepare everything they need themselves.

PYTHON ?= python3
PORT ?= 8000
VAR ?= var
export VAR PORT
# Compiled modules are kept, even where the surroundings forbid it: tests start dozens of processes.
export PYTHONDONTWRITEBYTECODE :=

BIN := .venv/bin
PY := $(BIN)/python

.PHONY: help setup demo demo-reset demo-check test test-sqlite test-postgres journeys check format proof bench screens ci messages package

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

# --- setting up ------------------------------------------------------------------------------------------------------
.venv/base: requirements/base.txt requirements/build.txt pyproject.toml
	@bash tests/support/prepare.sh venv $(PYTHON)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt -r requirements/build.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/base requirements/dev.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

setup: .venv/dev messages ## Prepare .venv with everything for developers

messages: .venv/base
	@$(PY) -m stadtplatz.kit.messages >/dev/null

# --- the demo --------------------------------------------------------------------------------------------------------
demo: .venv/base messages ## Set up and run the demo town (PORT, VAR, HTTPS=1)
	@exec $(BIN)/stadtplatz demo --port $(PORT) $(if $(HTTPS),--https,)

demo-reset: ## Forget the demo's state folder
	rm -rf -- "$(VAR)"

demo-check: .venv/base messages ## Start the demo on a free port, walk both errands over HTTP, stop
	@$(BIN)/stadtplatz demo-check

# --- tests -----------------------------------------------------------------------------------------------------------
test: setup ## The whole fast suite on SQLite and PostgreSQL
	@$(MAKE) --no-print-directory test-sqlite test-postgres

test-sqlite: setup
	@bash tests/support/prepare.sh pango
	@echo "== SQLite"
	@STADTPLATZ_MODE=test DATABASE_URL= $(PY) -m pytest -n 2 --dist worksteal

test-postgres: setup
	@bash tests/support/prepare.sh pango
	@echo "== PostgreSQL"
	@STADTPLATZ_MODE=test $(PY) -m tests.support.postgres $(PY) -m pytest -n 2 --dist worksteal

journeys: setup ## The browser journeys with axe
	@bash tests/support/prepare.sh chromium
	@STADTPLATZ_MODE=test $(PY) -m pytest -o addopts="-q --strict-markers" tests/journeys -n 3 --dist worksteal $(ONLY)

# Their examples are many more under the profile of proofs; see conftest.py.
PROPERTIES = $(shell grep -rl --include='test_*.py' '^ *@given' stadtplatz)

proof: setup ## Kill tests and long property runs, on both databases
	@STADTPLATZ_MODE=test DATABASE_URL= HYPOTHESIS_PROFILE=proof $(PY) -m pytest -o addopts="-q -s --strict-markers" tests/proof $(PROPERTIES)
	@STADTPLATZ_MODE=test HYPOTHESIS_PROFILE=proof $(PY) -m tests.support.postgres $(PY) -m pytest -o addopts="-q -s --strict-markers" tests/proof $(PROPERTIES)

bench: setup ## Measure; figures and machine go to docs/benchmarks.md by hand
	@$(PY) -m benchmarks

screens: setup ## Take screenshots of all pages into docs/screens/
	@bash tests/support/prepare.sh chromium
	@$(PY) -m tests.journeys.screens

# --- checks ----------------------------------------------------------------------------------------------------------
check: setup ## Format, lint, types, contracts, templates, migrations, translations
	@bash tests/support/prepare.sh gettext
	@STADTPLATZ_MODE=test bash tests/support/check.sh

format: setup ## Format the code
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

package: setup ## Build the wheel, install it in a fresh environment, start the demo from it
	@bash tests/support/package.sh

ci: ## What .ci/run does
	@bash .ci/run
