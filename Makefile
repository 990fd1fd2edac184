# make run shows the dashboard on sample data; make test proves that everything works. make help lists the rest.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8501
BIN = .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help setup tested run check format test chromium bench docs clean

help: ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready ## make .venv with everything pinned
tested: .venv/.tested

.venv/.ready: requirements.txt constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed and no python was found. Install it, or say make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Python 3.11 is needed; $(PYTHON) is another version."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet -r requirements.txt
	@touch $@

.venv/.tested: .venv/.ready requirements-dev.txt
	$(BIN)/pip install --quiet -r requirements-dev.txt
	@touch $@

.venv/.benched: .venv/.tested requirements-bench.txt
	$(BIN)/pip install --quiet -r requirements-bench.txt
	@touch $@

run: setup ## the dashboard, on sample data unless VETTING_DATABASE says otherwise (PORT=8501)
	$(BIN)/streamlit run app.py --server.port $(PORT)

check: tested ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: tested ## put the code into its one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

chromium: tested
	@sh tests/browser/chromium.sh $(BIN)/playwright

test: tested chromium ## everything, browser included
	$(BIN)/python -m pytest -n auto --dist loadfile

bench: .venv/.benched ## the benchmarks, as ratios in one run (docs/performance.md)
	$(BIN)/python -m bench

docs: setup ## write the generated pages of docs/ anew
	$(BIN)/python -m vetting.intake.template > docs/data-dictionary.md

clean: ## remove the environment and the sample database
	rm -rf .venv var
