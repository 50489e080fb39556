# make run   - pasang yang kurang, lalu pantau inbox/
# make test  - pasang yang kurang, lalu jalankan semua pemeriksaan dan tes
# Lainnya: install, demo, doctor, lint, test-slow, bench, mutants, pins; run-central, test-central: banyak kantor.

# Debian's own Python comes first: built with more optimisation than one compiled beside it, and kept secure by Debian.
ifndef PYTHON
PYTHON := $(shell for python in /usr/bin/python3.11 python3.11 python3; do \
    $$python -c 'import ensurepip' 2>/dev/null && command -v $$python && exit; done; command -v python3.11 || command -v python3)
endif
VENV := .venv
BIN := $(VENV)/bin
export PYTHON

.PHONY: run pasang run-central test test-all test-central install demo doctor lint test-slow bench mutants pins system-run system-test

run: install
	@$(BIN)/yankomas run

# Debian, as root: the program in /opt/yankomas, the office in FOLDER as a service; again to upgrade (docs/panduan/memasang.md).
FOLDER ?= /srv/yankomas
OPT := /opt/yankomas

pasang: system-run
	@if [ -e /etc/systemd/system/yankomas.service ]; then systemctl stop yankomas.service; fi
	$(PYTHON) -m venv $(OPT)
	$(OPT)/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements-pip.txt
	$(OPT)/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements.txt
	$(OPT)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --force-reinstall .
	$(OPT)/bin/yankomas --root $(FOLDER) pasang

install: system-run $(VENV)/.installed

test: system-test $(VENV)/.installed-dev
	@$(MAKE) --no-print-directory -j2 --output-sync=target lint test-all

# One process more than processors, for some tests wait. With 3 for two the suite took 515 s of the clock and 1,010 of the processor
# (2026-11-28), with 4 526 and 1,098: each process has its own LibreOffice, servers and fixtures.
TESTERS := $(shell echo $$((1 + $$(nproc))))
# Modules are compiled once, and not by each of the many programs that tests start.
unexport PYTHONDONTWRITEBYTECODE

test-all: $(VENV)/.collected
	$(BIN)/python -m pytest -n $(TESTERS) --dist worksteal

# In a new clone pytest translates every test module: once, before each of those processes would.
$(VENV)/.collected: | $(VENV)/.installed-dev
	-@$(BIN)/python -m pytest --collect-only -qq > /dev/null
	touch $@

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test-slow: system-test $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m "slow or not slow"

bench: system-test $(VENV)/.installed-dev
	$(BIN)/python bench/throughput.py
	$(BIN)/python bench/stages.py
	$(BIN)/python bench/documents.py
	$(BIN)/python bench/limits.py
	$(BIN)/python bench/desk.py
	$(BIN)/python bench/first_paint.py
	$(BIN)/python bench/searching.py 20000
	$(BIN)/python bench/growth.py --cases 5000
	$(BIN)/python bench/signing.py
	$(BIN)/python bench/central.py

# Whether a test notices when a rule is wrong: learns from one run of the suite, then tries each mutant; takes long.
mutants: system-test $(VENV)/.installed-dev
	$(BIN)/python bench/mutants.py

# A try of many offices on one centre: both servers, two offices and their desks, in pusat-coba/.
run-central: system-test $(VENV)/.installed-dev
	$(BIN)/python tools/run_central.py

# The acceptance suite on the central store: every file but these. A single test that breaks or looks into a case's folder
# says so (`in_folders`) and is left out too. Of folders by nature (docs/many-offices.md, "What of the suite runs there"):
LEFT_OUT := backup keep_archive newer_archives old_register old_register_in_browser web_old_register
# No office, or none that has a case: nothing would be another there.
LEFT_OUT += audience_papers front_sheets long_papers reading_scores sheets_on_paper
# At the centre by themselves, also in `make test`.
LEFT_OUT += deposits directorate web_transfers
CENTRAL := $(filter-out $(LEFT_OUT:%=tests/acceptance/test_%.py),$(wildcard tests/acceptance/test_*.py))
# Other services, and an SOP of the office's own, there.
CENTRAL += $(addprefix tests/work/test_,$(addsuffix .py,office_services services_met service_mailbox own_editions_of_an_office))

test-central: system-test $(VENV)/.collected
	YANKOMAS_TES_PUSAT=1 $(BIN)/python -m pytest -n $(TESTERS) --dist worksteal $(CENTRAL)

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

# Most modules of these tools are never loaded; translating all of them first would take half of this.
$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements-dev.txt
	touch $@

# Pins anew, for Python 3.11 and later; needs `uv`.
pins:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade requirements-pip.in -o requirements-pip.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade requirements-pusat.in -o requirements-pusat.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade requirements-dev.in -o requirements-dev.txt
