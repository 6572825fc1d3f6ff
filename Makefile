# The two commands of the README: `make serve` and `make test`. `make help` lists the rest.
PORT ?= 8001
BIN  := .venv/bin

.PHONY: help serve build test lint types bench fuzz lock format clean

help:  ## list what can be made
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 12

.venv/.installed: pyproject.toml constraints.txt scripts/environment.sh
	@sh scripts/environment.sh ""
	@touch $@

.venv/.installed-test: .venv/.installed
	@sh scripts/environment.sh test
	@touch $@

build: .venv/.installed  ## build retold.db from seeds/
	@$(BIN)/python build_db.py

serve: build  ## build, then serve at http://127.0.0.1:$(PORT)/ with a signed-in link
	@echo "Open the link below: it signs you in, so that you can annotate. Stop with Ctrl-C."
	@$(BIN)/datasette . --root --port $(PORT)

test: .venv/.installed-test  ## everything: lint, types, unit, property, pages, real browser
	@sh scripts/chromium.sh
	@$(MAKE) --no-print-directory lint types
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 3 --dist loadfile

lint: .venv/.installed-test  ## ruff, as linter and as formatter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/.installed-test  ## the type checker
	@$(BIN)/mypy

bench: .venv/.installed-test  ## tables of quality and speed; GOLD=folder of labelled data
	@$(BIN)/python -m benchmarks $(if $(GOLD),--gold $(GOLD))

fuzz: .venv/.installed-test  ## readers and API given whatever comes to mind, for BUDGET seconds, then as long with atheris if it is here
	@$(BIN)/python -m tests.fuzz --seconds $(or $(BUDGET),120)
	@$(BIN)/python -m tests.fuzz.guided --seconds $(or $(BUDGET),120)

lock:  ## renew constraints.txt, the versions tested together
	@uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate --all-extras --upgrade pyproject.toml -o constraints.txt

format: .venv/.installed-test  ## let ruff put the code in order
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:  ## remove the environment and what tools left behind, never a database
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
