# Partnership Atlas. `make dashboard` and `make test` do their own set-up; `make help` lists the rest.
#
#   PORT=8600         the port the dashboard listens on
#   PYTHON=python3.12 the Python to make the virtual environment with (3.11 or newer; looked for when not given)
#   ARGS="-k map"     further words for pytest (make test), for the build, or for the benchmarks (ARGS="--only scale")

PORT ?= 8501
PYTHON ?=
ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.requirements-installed

# Python keeps what it made of our own source: the tests start hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup dashboard build test bench lint format requirements clean

help:
	@echo "make dashboard      set up, build the warehouse, start the dashboard on PORT=$(PORT)"
	@echo "make test           set up, then every check and every test"
	@echo "make build          set up and build the warehouse from the committed facts"
	@echo "make bench          set up and time all pages on a large generated edition, the map page, the queries, the build;"
	@echo "                    ARGS=\"--only scale\" runs a part: map, build, returns, obvious, scale, pandas"
	@echo "make lint           ruff check and the format check;  make format  puts the format right"
	@echo "make requirements   write requirements.txt anew from requirements.in (needs uv)"
	@echo "make clean          remove the virtual environment and caches; the warehouse stays"

setup: $(STAMP)

# Any of the usual names will do, as long as it is new enough: an old `python3` in front is common on macOS.
$(PY):
	@found=; for name in $(if $(PYTHON),"$(PYTHON)",python3 python python3.14 python3.13 python3.12 python3.11); do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "The dashboard needs Python 3.11 or newer, and found none$(if $(PYTHON), in PYTHON=$(PYTHON)). Install it, or name it: make $(or $(firstword $(MAKECMDGOALS)),dashboard) PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	echo "Making a virtual environment in $(VENV) with $$("$$found" --version)"; \
	"$$found" -m venv --clear $(VENV) || { \
	  echo "Python could not make a virtual environment. On Debian and Ubuntu this mends it: apt-get install python3-venv" >&2; \
	  rm -rf $(VENV); exit 1; }

# The stamp is written last, so an install that was cut short is done again.
$(STAMP): requirements.txt $(PY)
	@echo "Installing the pinned requirements (once; about 850 MB)"
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install --quiet --python $(PY) --require-hashes -r requirements.txt; \
	else \
	  $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt; \
	fi
	@touch $(STAMP)

build: $(STAMP)
	@$(PY) -m etl build $(ARGS)

dashboard: $(STAMP)
	@$(PY) -m etl build
	@echo
	@echo "Starting the dashboard. Open http://127.0.0.1:$(PORT) in a browser; Ctrl+C here stops it."
	@echo "(If that port is taken: make dashboard PORT=8600)"
	@exec $(PY) -m streamlit run app.py --server.port $(PORT)

# Every step runs, whatever the ones before it found; pytest comes last so that its summary closes the output.
test: $(STAMP)
	@failed=; \
	$(PY) -m ruff check . || failed="$$failed, ruff check"; \
	$(PY) -m ruff format --check . || failed="$$failed, ruff format"; \
	$(PY) -m tests.support.browser || failed="$$failed, finding a browser"; \
	$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS) || failed="$$failed, pytest"; \
	if [ -n "$$failed" ]; then echo "make test: failed in: $${failed#, }" >&2; exit 1; fi

bench: $(STAMP)
	@$(PY) -m benchmarks $(ARGS)

lint: $(STAMP)
	@failed=0; \
	$(PY) -m ruff check . || failed=1; \
	$(PY) -m ruff format --check . || failed=1; \
	exit $$failed

format: $(STAMP)
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

requirements:
	@command -v uv >/dev/null 2>&1 || { echo "make requirements needs uv: pip install uv" >&2; exit 1; }
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make requirements" --output-file requirements.txt requirements.in

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
