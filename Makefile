# Footing: `make help` lists what can be done. Everything stays inside this folder.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export UV_SYSTEM_CERTS := 1
export PYTHONPATH := $(CURDIR)
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
PORT ?= 8501
AIRFLOW_PORT ?= 8080

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-services lint format bench dashboard airflow docs lock clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

$(BIN)/uv: requirements/bootstrap.txt
	@echo "Making the environment $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

$(VENV)/run.stamp: $(BIN)/uv requirements/run.txt
	@echo "Installing what runs"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.txt
	@echo "Installing what develops and tests"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt -r requirements/dev.txt
	@touch $@

setup: $(VENV)/run.stamp ## Install what runs
setup-dev: $(VENV)/dev.stamp ## Install what develops and tests, too

run: setup ## Ingest the bundled organization, close October 2026, print the summary
	@$(BIN)/python -m footing run-demo

test: setup-dev ## Run the tests that need no server and no root
	@$(BIN)/python -m pytest tests --ignore=tests/services -n 2 --dist loadfile --no-loadscope-reorder

test-services: setup-dev ## Install and start the real servers and test against them
	@$(BIN)/python -m pytest tests/services -m services

lint: setup-dev ## Run the linters, types, SQL style and docs checks
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sqlfluff lint --nocolor -q --processes 2 dbt_project/models dbt_project/tests dbt_project/rollup
	@$(BIN)/python -m tools.data_dictionary --check
	@$(BIN)/python -m tools.check_docs

format: setup-dev ## Format Python
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

bench: setup ## Measure speed and memory at full size, write benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks.telemetry
	@$(BIN)/python -m benchmarks.focus_ingest
	@$(BIN)/python -m benchmarks.asset_register

dashboard: setup ## Show the dashboard on 127.0.0.1:8501
	@$(BIN)/streamlit run dashboards/app.py --server.address 127.0.0.1 --server.port $(PORT)

airflow: setup ## Start Airflow's parts on 127.0.0.1:8080
	@$(BIN)/python -m footing.airflow_local $(AIRFLOW_PORT)

docs: setup-dev ## Write the data dictionary anew from dbt
	@$(BIN)/python -m tools.data_dictionary

lock: setup ## Resolve the locked requirements anew
	@cd requirements && for part in bootstrap run dev boaviztapi; do \
	  ../$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 $$part.in -o $$part.txt; done

clean: ## Remove the environment and everything that was made
	@rm -rf $(VENV) data dbt_project/target .mypy_cache .ruff_cache .pytest_cache
