# Twee opdrachten: `make chat` opent de chat, `make test` voert de tests uit.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.bijlage-ready

.PHONY: setup chat test lint lock browser clean

setup: $(STAMP)

$(STAMP): pyproject.toml requirements.lock requirements-torch.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Bijlage heeft Python 3.11 of nieuwer nodig; kies er een met: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Bijlage wordt klaargezet; de pakketten ophalen duurt enkele minuten, alleen deze keer." >&2
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-torch.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(STAMP)

chat: setup
	$(BIN)/bijlage chat

test: setup browser
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock: setup
	@sh .ci/lock

browser:
	@sh .ci/chromium

clean:
	rm -rf $(VENV) build dist *.egg-info
