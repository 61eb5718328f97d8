# `make` lists what can be made. PORT and DATA change where the demonstration listens and keeps its data.
.DEFAULT_GOAL := help
PORT ?= 8000
DATA ?= var
BIN := .venv/bin
# The first interpreter that is new enough; the check itself runs on old ones.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$$p" && break; done)

.PHONY: audit parts help demo demo-reset test check everywhere faults fix messages migrate lock pictures environment environment-test browser bench

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: environment ## an invented county on http://127.0.0.1:8000 (PORT=, DATA=, CLOCK=2026-03-07T23:40)
	@ANWANG_DEMO=1 PORT="$(PORT)" DATA="$(abspath $(DATA))" CLOCK="$(CLOCK)" exec $(BIN)/anwang serve --with-parent

demo-reset: environment ## remove the demonstration's data
	@DATA="$(abspath $(DATA))" exec $(BIN)/anwang demo reset

test: environment-test browser ## everything: style, layers, tests, browser
	@$(MAKE) --no-print-directory check
	@$(BIN)/anwang messages
	$(BIN)/python -m pytest -n 2 -q

check: environment-test ## style and layers, changing nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

fix: environment-test ## put the style right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

everywhere: environment-test browser ## walk every page as every role: secrets, statements, languages, axe
	@$(BIN)/anwang messages
	$(BIN)/python -m pytest -n 2 -q tests/pages/everywhere

parts: environment ## write the list of parts anew from the lock files (docs/compliance)
	@$(BIN)/python -m anwang.project.parts list

audit: environment ## whether a part has a known hole (ARGS="--answers FILE" without a network)
	@$(BIN)/python -m anwang.project.parts audit $(ARGS)

faults: environment-test ## kill things under load and count what was told (N=100, SEED=1)
	@$(BIN)/python -m tests.faults.long "$(N)" "$(SEED)"
	@$(BIN)/python -m tests.faults.beginnings "$(SEED)"
N ?= 100
SEED ?= 1

bench: environment ## pages and reports a second beside the same SQL alone (SIZES=20000,100000,390000, ARGS="--page worklist")
	@$(BIN)/python -m bench --sizes "$(SIZES)" $(ARGS)
SIZES ?= 20000,100000,390000

pictures: environment-test browser ## take the manual's pictures anew (docs/pictures)
	@$(BIN)/anwang messages
	PICTURES=1 $(BIN)/python -m pytest -q tests/stories

messages: environment ## compile the translations
	@$(BIN)/anwang messages

migrate: environment ## bring the database up to date, as its owner
	@DATA="$(abspath $(DATA))" $(BIN)/anwang migrate

lock: environment-test ## write the lock files anew from pyproject.toml
	$(BIN)/uv pip compile $(LOCKED) pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile $(LOCKED) --extra test -c requirements.lock pyproject.toml -o requirements-test.lock
LOCKED := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --no-header

environment:
	@test -n "$(PYTHON)" || { echo "anwang: Python 3.11 or newer is needed: install python3.11, or set PYTHON=/path/to/python3." >&2; exit 1; }
	@"$(PYTHON)" anwang/project/environment.py serve

environment-test:
	@test -n "$(PYTHON)" || { echo "anwang: Python 3.11 or newer is needed: install python3.11, or set PYTHON=/path/to/python3." >&2; exit 1; }
	@"$(PYTHON)" anwang/project/environment.py test

# The browser stories need Chromium and Chinese glyphs: installed when we may, said in a sentence when not.
browser:
	@sh .ci/browser
