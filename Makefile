# Every target sets up what it needs. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup test prove check format demo bench package lock clean

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SEED ?= $(shell date +%s)

help:  ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY)  ## Make .venv with protocol-watch in it (needs Python 3.13)

# A version manager's python3.13 may answer and still not run, so each candidate is tried for real.
$(READY): requirements-dev.txt pyproject.toml
	@found=""; \
	for candidate in "$(PYTHON)" python3.13 python3 python "$$HOME"/.pyenv/versions/3.13*/bin/python3.13 \
	  "$${PYENV_ROOT:-/nowhere}"/versions/3.13*/bin/python3.13 /usr/local/bin/python3.13 /opt/homebrew/bin/python3.13; do \
	  [ -n "$$candidate" ] || continue; \
	  if "$$candidate" -c 'import sys, ssl, sqlite3, venv; sys.exit(sys.version_info[:2] != (3, 13))' >/dev/null 2>&1; then \
	    found="$$candidate"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Protocol Watch needs Python 3.13, and none was found. Install it from python.org, or name it: make setup PYTHON=/path/to/python3.13"; exit 2; fi; \
	echo "Setting up .venv with $$found (two or three minutes the first time)"; \
	"$$found" -m venv $(VENV) && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt && \
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

# Most of the waiting is for a disk that makes each small ledger safe; memory serves tests as well, where there is enough.
IN_MEMORY := $(shell [ -w /dev/shm ] && [ "$$(df -Pk /dev/shm | awk 'NR==2 {print $$4}')" -gt 4000000 ] && echo /dev/shm)
test: $(READY)  ## Run the tests
	@folder=$$(mktemp -d "$(or $(IN_MEMORY),$${TMPDIR:-/tmp})/protocol-watch-XXXXXX") && trap 'rm -rf "$$folder"' EXIT && \
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --basetemp="$$folder/tests"

prove: $(READY)  ## The long proofs: properties in full, mutants of the rules and day sums (under 40 minutes)
	@echo "Seed $(SEED): make prove SEED=$(SEED) does the same again"
	HYPOTHESIS_PROFILE=prove $(BIN)/python -m pytest -n auto -q --hypothesis-seed=$(SEED)
	$(BIN)/python benchmarks/mutants.py

check: $(READY)  ## Format, lint, types and spelling, as pre-commit runs them
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/codespell

format: $(READY)  ## Put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

demo: $(READY)  ## Show the whole job on an invented county: cards and report in demo-output/
	$(BIN)/protocol-watch demo

bench: $(READY)  ## Measure the rules, the calendar read and a whole review; figures in benchmarks/latest.json (ten minutes)
	$(BIN)/python benchmarks/rules.py
	$(BIN)/python benchmarks/graph.py
	$(BIN)/python benchmarks/whole_review.py
	$(BIN)/python benchmarks/cloud.py
	$(BIN)/python benchmarks/scale.py

package: $(READY)  ## Pack what runs in Azure into dist/protocol-watch.zip
	$(BIN)/python infra/package.py

# pip-compile is told to write no address: the files are the same whatever index a machine uses.
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host pyproject.toml
lock: $(READY)  ## Renew the two requirements files from pyproject.toml
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra dev --extra emulator --output-file requirements-dev.txt

clean:  ## Remove what the targets made
	rm -rf $(VENV) dist demo-output mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis
