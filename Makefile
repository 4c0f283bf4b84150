# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OPEN ?= 1
STAMP := $(VENV)/.stamp-install
export PYTHONUTF8 := 1

.PHONY: demo test lint bench parity app neo4j clean

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "shenwa 需要 Python 3.11 或更高版本 / shenwa needs Python 3.11 or later")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "安装依赖 / installing ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/mypy

# Fetches the server once (Java 17 and Maven needed), then serves it in the foreground for development.
neo4j: $(STAMP)
	@$(BIN)/python tools/neo4j_server.py
