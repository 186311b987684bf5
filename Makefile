# The commands of the house. `make run` needs Python 3.11 or newer and nothing else.

PYTHON ?= python3
# How many processes `make torture` kills.
ROUNDS ?= 100

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-input
TRANSLATIONS := $(BIN)/python -m resonanz.plumbing.translations
PIN := $(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --custom-compile-command 'make lock' -q

# An environment whose Python is gone counts as not there, and so do its stamps.
ifneq ($(shell $(BIN)/python -c 'import pip; print("whole")' 2>/dev/null),whole)
$(shell rm -f $(VENV)/.ready-*)
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check peers bench torture screenshots compile lock python

help:
	@echo 'make run          install what is missing and start Resonanz'
	@echo 'make test         the tests that need nothing but Python'
	@echo 'make check        form, types, floors, migrations, settings, templates, spelling, words'
	@echo 'make peers        the tests against real servers and a real browser (Debian, root or sudo)'
	@echo 'make bench        the budgets, measured'
	@echo 'make torture      kill every process again and again; ROUNDS=$(ROUNDS)'
	@echo 'make screenshots  a picture of every page'
	@echo 'make compile      the translations'
	@echo 'make lock         pin the requirements anew'

run: $(VENV)/.ready-run
	@exec $(BIN)/python -m resonanz up

test: $(VENV)/.ready-dev compile
	$(BIN)/pytest -n auto --dist worksteal

# Settings are checked as on a public server, and never on somebody's own data folder.
check: export RESONANZ_HOME := $(CURDIR)/$(VENV)/check-home
check: export RESONANZ_PUBLIC_ADDRESS := https://resonanz.example
check: $(VENV)/.ready-dev compile
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy resonanz
	$(BIN)/lint-imports
	$(BIN)/python -m resonanz manage makemigrations --check --dry-run
	$(BIN)/python -m resonanz manage check --deploy --fail-level WARNING
	$(BIN)/python -m tests.house_rules
	$(BIN)/codespell
	$(TRANSLATIONS) check

peers: $(VENV)/.ready-peers compile
	$(BIN)/python -m tests.peers.provide
	$(BIN)/python -m tests.peers.against_servers tests resonanz
	$(BIN)/python -m tests.peers.on_postgresql -n auto --dist worksteal

bench: $(VENV)/.ready-peers compile
	$(BIN)/python -m bench

torture: $(VENV)/.ready-peers compile
	$(BIN)/python -m tests.peers.provide
	$(BIN)/python -m tests.peers.torture --rounds $(ROUNDS) --bench-file bench/latest.json

screenshots: $(VENV)/.ready-peers compile
	$(BIN)/python -m tests.peers.provide
	$(BIN)/python -m tests.peers.screenshots

compile: $(VENV)/.ready-run
	@$(TRANSLATIONS) compile

# The three sets contain one another, so each starts from the one before.
lock: $(VENV)/.ready-run
	$(PIP) uv
	$(PIN) requirements/run.in --output-file requirements/run.txt
	$(PIN) requirements/dev.in --output-file requirements/dev.txt
	$(PIN) requirements/peers.in --output-file requirements/peers.txt

# A stamp is written when its installation is whole; one that broke off is begun again.
$(VENV)/.ready-run: requirements/run.txt pyproject.toml | python
	@echo 'Installing what Resonanz needs; this takes a minute …'
	$(PIP) --require-hashes -r $<
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-dev: requirements/dev.txt $(VENV)/.ready-run
	$(PIP) --require-hashes -r $<
	@touch $@

$(VENV)/.ready-peers: requirements/peers.txt $(VENV)/.ready-dev
	$(PIP) --require-hashes -r $<
	@touch $@

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Resonanz needs Python 3.11 or newer, and "$(PYTHON)" is older or missing.' >&2; \
		echo 'Install a newer one, or name it: make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; \
		exit 1; }
	@$(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV) || { \
		echo 'Python could not make an environment. On Debian and Ubuntu the package' >&2; \
		echo 'python3-venv is missing.' >&2; \
		exit 1; }
