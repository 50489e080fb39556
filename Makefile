# make run   - pasang yang kurang, lalu pantau inbox/
# make test  - pasang yang kurang, lalu jalankan semua pemeriksaan dan tes
# Lainnya: install, demo, doctor, lint, test-slow, bench, mutants, pins.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
export PYTHON

.PHONY: run test test-rooms test-acceptance install demo doctor lint test-slow bench mutants pins system-run system-test

run: install
	@$(BIN)/yankomas run

install: system-run $(VENV)/.installed

test: system-test $(VENV)/.installed-dev lint
	@$(MAKE) --no-print-directory -j2 --output-sync=target test-rooms test-acceptance

# The two halves of the tests, side by side on two cores: the rooms with what kills the program, and the program as people use it.
KILLING := $(wildcard tests/acceptance/test_crash*.py tests/acceptance/test_batches*.py)

test-rooms: $(VENV)/.installed-dev
	$(BIN)/python -m pytest $(filter-out tests/acceptance/,$(wildcard tests/*/)) $(wildcard tests/test_*.py) $(KILLING)

test-acceptance: $(VENV)/.installed-dev
	$(BIN)/python -m pytest tests/acceptance $(addprefix --ignore=,$(KILLING))

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test-slow: system-test $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m "slow or not slow"

bench: system-test $(VENV)/.installed-dev
	$(BIN)/python bench/throughput.py
	$(BIN)/python bench/documents.py
	$(BIN)/python bench/limits.py
	$(BIN)/python bench/desk.py
	$(BIN)/python bench/first_paint.py
	$(BIN)/python bench/searching.py 20000
	$(BIN)/python bench/growth.py --cases 5000
	$(BIN)/python bench/signing.py

# Whether a test notices when a rule is wrong: learns from one run of the suite, then tries each mutant; takes long.
mutants: system-test $(VENV)/.installed-dev
	$(BIN)/python bench/mutants.py

demo doctor: install
	@$(BIN)/yankomas $@

system-run:
	@tools/system-packages.sh run

system-test:
	@tools/system-packages.sh test

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Perlu Python 3.11 atau lebih baru.") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

# What installs comes first: Python's own copies of pip and setuptools are as old as that Python.
$(VENV)/.installed-pip: requirements-pip.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements-pip.txt
	touch $@

$(VENV)/.installed: requirements.txt pyproject.toml $(VENV)/.installed-pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

# Pins anew, for Python 3.11 and later; needs `uv`.
pins:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade requirements-pip.in -o requirements-pip.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade requirements-dev.in -o requirements-dev.txt
