# Two commands do all the set-up: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OPEN ?= 1
WORLDS ?= 500
STAMP := $(VENV)/.stamp-install
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help demo app test lint bench bench-text bench-search parity screens neo4j neo4j-jars clean

help: ## 显示本说明 / show this text
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

PARTS := $(wildcard app/components/src/*.ts app/components/src/*/*.ts) app/components/package-lock.json hatch_build.py

$(STAMP): pyproject.toml constraints.txt $(PARTS)
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "shenwa 需要 Python 3.11 或更高版本 / shenwa needs Python 3.11 or later")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "安装依赖,首次约一至两分钟 / installing, a minute or two the first time ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(STAMP) ## 导入 examples/,列出疑点,打开图形界面 / import examples/, list the hits, open the explorer
	@$(BIN)/python -m shenwa demo
ifneq ($(OPEN),0)
	@$(BIN)/python -m shenwa app
endif

app: $(STAMP) ## 打开图形界面 / open the explorer
	@$(BIN)/python -m shenwa app

test: $(STAMP) ## 全部测试;缺 Neo4j 时跳过并醒目提示 / all tests; says loudly what it skips without Neo4j
	@$(BIN)/python tools/tell_missing.py
	@$(BIN)/pytest

lint: $(STAMP) ## ruff 与 mypy --strict / ruff and mypy --strict
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(STAMP) ## 一百五十万行流水的速度与内存 / speed and memory on 1.5 million bank rows
	@$(BIN)/python -m bench

bench-text: $(STAMP) ## 案卷文本抽取评分 / score extraction against the hand-annotated texts
	@$(BIN)/python -m bench.text

bench-search: $(STAMP) ## 十万个名称的检索速度,与 SQLite FTS5 同场比较 / search among 100,000 names beside SQLite FTS5
	@$(BIN)/python -m bench.search

parity: $(STAMP) ## 两种引擎逐行比对,WORLDS=500 / both engines row by row on WORLDS=500 random worlds
	@$(BIN)/python tools/tell_missing.py
	@WORLDS=$(WORLDS) $(BIN)/pytest -k parity

screens: $(STAMP) ## 每个页面的截图存入 docs/screens / a picture of every page to docs/screens
	@$(BIN)/python -m tools.screens

neo4j: $(STAMP) ## 本机开发用 Neo4j,需 Java 17 与 Maven / a development Neo4j on this machine (Java 17, Maven)
	@$(BIN)/python tools/neo4j_server.py

neo4j-jars: $(STAMP) ## 只下载 Neo4j / fetch the Neo4j server only
	@$(BIN)/python tools/neo4j_server.py --fetch-only

clean: ## 删除虚拟环境与缓存,不动工作区 / remove environment and caches, never the workspace
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
