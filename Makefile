# Two commands do everything: `make demo` shows the main job on examples/, `make test` checks the whole.
PYTHON ?= python3
BIN := .venv/bin
OUT := demo-out
KB := $(BIN)/kb --home $(OUT)/home

.PHONY: demo test install reference clean

install: .venv/.installed

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

demo: install
	rm -rf $(OUT)
	$(KB) add examples
	@echo; echo '$$ kb search ...'
	$(KB) search "is the leaderboard a good measure of progress?" -n 3
	@echo; echo '$$ kb statements ...'
	$(KB) statements --kind critique -n 5
	@echo; echo '$$ kb map ...'
	$(KB) map -n 2
	$(KB) export $(OUT)/vault
	$(KB) map --format html -o $(OUT)/map.html
	$(KB) map --format svg -o $(OUT)/map.svg
	$(KB) check
	@echo; echo 'Look at $(OUT)/vault and $(OUT)/map.html'

test: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

reference: install
	$(BIN)/python scripts/reference.py

clean:
	rm -rf .venv $(OUT) build dist *.egg-info
