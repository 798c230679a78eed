.DEFAULT_GOAL := help
.PHONY: help run test check format bench screenshots docs clean

PYTHON ?= python3
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run ## Start dockertui; options go in ARGS, as in: make run ARGS=--demo
	@$(BIN)/python -m compileall -q dockertui
	@$(BIN)/dockertui $(ARGS)

test: $(VENV)/.dev ## Run the tests; a part of them with: make test ARGS=tests/unit
	@sh tests/support/install_engine.sh
	@$(BIN)/python -m compileall -q dockertui
	@$(BIN)/pytest -n $(JOBS) --dist loadfile -q $(ARGS)

check: $(VENV)/.dev ## Check format, style, types, layers, spelling and sizes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/codespell
	$(BIN)/pytest -q tests/unit/test_ceilings.py

format: $(VENV)/.dev ## Write the code in the one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.bench ## Measure, beside a peer; one scenario with: make bench ONLY=startup
	@sh tests/support/install_engine.sh
	@$(BIN)/python -m compileall -q dockertui
	@$(BIN)/python -m tests.bench $(if $(ONLY),--only $(ONLY)) $(ARGS)

screenshots: $(VENV)/.dev ## Draw the pictures in screenshots/ from the demo
	@$(BIN)/python -m tests.support.screenshots $(ARGS)

docs: $(VENV)/.run ## Write the pages in docs/ that are made from the declarations
	@$(BIN)/python -m dockertui.manual $(ARGS)

clean: ## Remove everything that was made here
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "dockertui needs Python 3.11 or newer; there is no $(PYTHON). Try: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "dockertui needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make a virtual environment. On Debian: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# What is installed is compiled explicitly: without it every start costs half a second more
# where PYTHONDONTWRITEBYTECODE is set.
$(VENV)/.%: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.$(EXTRAS_$*)'
	@$(BIN)/python -m compileall -q $(VENV)/lib || true
	@touch $@

EXTRAS_run :=
EXTRAS_dev := [dev]
EXTRAS_bench := [dev,bench]
