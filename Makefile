# Palabre. `make help` lists what there is to ask for; each target prepares what it needs.

.DEFAULT_GOAL := help
.PHONY: help setup demo pictures test check format bench soak lock audit clean

# The first python that is new enough, under the names that Debian and others give it.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)

BIN := .venv/bin
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --no-deps
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header \
	--custom-compile-command "make lock" $(LOCK)
TESTS := $(BIN)/python -m pytest -n 2 --dist worksteal

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1 — /p' $(MAKEFILE_LIST)

setup: .venv/.installed  ## make .venv with the bot and its tools, as pinned (again when the pins change)

.venv/.installed: requirements-dev.txt
	@test -n "$(PYTHON)" || { echo "Palabre needs Python 3.11 or newer."; exit 1; }
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv || { \
		rm -rf .venv; echo "On Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/python $(PIP_INSTALL) --require-hashes --requirement requirements-dev.txt
	$(BIN)/python $(PIP_INSTALL) --no-index --no-build-isolation --editable .
	touch $@

demo: setup  ## Palabre alive in a page: the real bot, a quarter of people, a clock that you move
	$(BIN)/palabre demo

pictures: setup  ## take the README's pictures from the page (needs Chromium)
	$(BIN)/python -m tests.browser.pictures docs/pictures

test: setup  ## the whole suite; it also runs the checks of style, types and architecture
	$(TESTS)

check: setup  ## each check by name, then the suite
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(TESTS) --deselect tests/test_architecture.py

format: setup  ## lay the code out and mend what can be mended by itself
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: setup .venv-bench/.installed  ## measure, against others, what docs/performance.md promises
	$(BIN)/python -m bench

.venv-bench/.installed: requirements-bench.txt
	test -x .venv-bench/bin/pip || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python $(PIP_INSTALL) --require-hashes --requirement requirements-bench.txt
	touch $@

soak: setup  ## the long loops of kills and races
	$(BIN)/python -m pytest -m soak

lock: setup  ## pin again after a change of pyproject.toml (make lock LOCK=--upgrade: the newest)
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) pyproject.toml --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	$(COMPILE) --group bench --output-file requirements-bench.txt

audit: setup  ## ask whether a pinned package has a known weakness
	$(BIN)/pip-audit --require-hashes --disable-pip --requirement requirements.txt

clean:  ## remove all that the targets above have made
	rm -rf .venv .venv-bench build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
