# Two commands do everything: `make demo` shows the main job on examples/, `make test` checks the whole.
PYTHON ?= python3
BIN := .venv/bin
OUT := demo-out
KB := $(BIN)/kb --home $(OUT)/home

.PHONY: demo test install install-dev reference clean

install: .venv/.installed
install-dev: .venv/.installed-dev

.venv/.installed: pyproject.toml scripts/with_weights.py
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

# Tests compare with sentence-transformers, which brings PyTorch.
.venv/.installed-dev: .venv/.installed constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev,models,pdf]'
	touch $@

POST := https://www.lesswrong.com/posts/Qm7tRz4KvXc2LbHn9/volunteer-records-are-not-monitoring

demo: install
	rm -rf $(OUT)
	$(KB) add examples/post.txt --title "Volunteer Records Are Not Monitoring" --author "Tomas Ekdahl" --url $(POST)
	$(KB) add examples
	@echo
	$(KB) search "does quality control fix the bias?" -n 3
	@echo
	$(KB) statements --kind theory_of_impact -n 4
	@echo
	$(KB) statements --unanswered -n 4
	@echo
	$(KB) map "Volunteer Records Are Not Monitoring" -n 3
	@echo
	$(KB) map "Volunteer Records Are Not Monitoring" --format html -o $(OUT)/map.html
	$(KB) map "Volunteer Records Are Not Monitoring" --format svg -o $(OUT)/map.svg
	$(KB) export $(OUT)/vault
	$(KB) check
	@echo; echo 'Now look at $(OUT)/map.html and the vault in $(OUT)/vault.'

test: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -n auto

reference: install
	$(BIN)/python -m scripts.reference

clean:
	rm -rf .venv $(OUT) build dist *.egg-info kb/weights
