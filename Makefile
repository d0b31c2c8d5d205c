# make site   a virtual environment, the pinned dependencies, the shipped collection built into _site/
# make test   what tests need besides (a Chromium too), then all tests
# make lint   style and types of the code: ruff, mypy, and a check of the JavaScript
#
# Variables: PYTHON (the interpreter to make .venv with), ARGS (further options of build.py or pytest),
# BASE_URL (where the site will be published).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: site test serve clean lint

site: $(VENV)/installed
	$(BIN)/python build.py build $(if $(BASE_URL),--base-url $(BASE_URL)) $(ARGS)
	@echo "To look at it: make serve, then open the address it prints."

test: $(VENV)/installed-for-tests
	PYTHONPATH=tests $(BIN)/python -m support.install
	$(BIN)/python -m pytest $(ARGS)

serve: $(VENV)/installed
	$(BIN)/python build.py serve $(ARGS)

lint: $(VENV)/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=tests $(BIN)/python -m support.javascript

clean:
	rm -rf _site $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Tesserae needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make site PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  rm -rf $(VENV); \
	  echo "This Python cannot make a virtual environment by itself; trying the system's package for it."; \
	  if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO="sudo -n"; fi; \
	  $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); } \
	  || { rm -rf $(VENV); echo "Install your system's package for Python's venv (Debian, Ubuntu: python3-venv) and run make again."; exit 1; }

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-for-tests: $(VENV)/installed
	$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@
