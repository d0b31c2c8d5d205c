# make site   installs the pinned dependencies into .venv and builds the shipped collection into _site/
# make test   installs what the tests need (including Chromium), then runs all tests
# make lint   checks style and types of the code: ruff, mypy, and a check of the JavaScript
#
# Variables: PYTHON (the Python to use for .venv), ARGS (more options for build.py or pytest), BASE_URL (the web address
# of the site), WORKERS (processes that share the tests; 0: this one).

PYTHON ?= python3
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: site test serve clean lint

site: $(VENV)/installed
	$(BIN)/python build.py build $(if $(BASE_URL),--base-url $(BASE_URL)) $(ARGS)
	@echo "To view the site, run make serve and open the address it prints."

test: $(VENV)/installed-for-tests
	PYTHONPATH=tests $(BIN)/python -m support.install
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

serve: $(VENV)/installed
	$(BIN)/python build.py serve $(ARGS)

lint: $(VENV)/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=tests $(BIN)/python -m support.typescript

clean:
	rm -rf _site $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Tesserae needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Choose another: make site PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  rm -rf $(VENV); \
	  echo "This Python cannot create virtual environments; installing the package python3-venv."; \
	  if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO="sudo -n"; fi; \
	  $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); } \
	  || { rm -rf $(VENV); echo "Install the package for Python virtual environments (python3-venv on Debian and Ubuntu), then run make again."; exit 1; }

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-for-tests: $(VENV)/installed
	$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@
