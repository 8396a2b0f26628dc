# Two commands: `make demo` shows fundtrace on its samples, `make test` runs the whole gate.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
BASE ?= http://localhost:$(PORT)/
DOCUMENTS ?= src/fundtrace/samples/documents
DATA ?= demo-data
SECONDS_LONG ?= 300
TRIPLES ?= 100000

BIN := .venv/bin
WEB := server/web
STATIC := server/fundtrace_server/static
CLIENTS := tests/clients/graphql tests/clients/sparql
# They cross the whole house, and what they run is measured by the tests of its rooms.
JOURNEYS := benchmarks browser clients contracts docs faults

.PHONY: help install install-dev demo test test-engines lint types floors unit fresh browser-packages generated locks bench audit soak fuzz clean

help: ## the commands of this file
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "fundtrace needs Python 3.11 or newer; name one with PYTHON=" >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/installed-dev: requirements-dev.lock pyproject.toml | .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

%/node_modules/.installed: %/package-lock.json
	cd $* && npm ci --no-audit --no-fund --loglevel=error
	touch $@

$(STATIC)/.built: $(WEB)/node_modules/.installed $(shell find $(WEB) -path $(WEB)/node_modules -prune -o -type f -print 2>/dev/null)
	cd $(WEB) && npm run --silent build
	touch $@

install: .venv/installed $(STATIC)/.built ## leave .venv/bin/fundtrace ready, web bundle included

install-dev: install .venv/installed-dev

demo: install ## build the samples (or DOCUMENTS=folder) and serve them at PORT=
	$(BIN)/fundtrace build $(DOCUMENTS) --data $(DATA) --base $(BASE)
	@echo "fundtrace: $(BASE)"
	$(BIN)/fundtrace serve --data $(DATA) --port $(PORT)

test: install-dev browser-packages lint types floors fresh unit ## the whole gate

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install-dev
	$(BIN)/mypy
	cd $(WEB) && npm run --silent check

floors: install-dev
	$(BIN)/lint-imports

unit: install-dev $(CLIENTS:%=%/node_modules/.installed)
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest -n auto --dist loadscope $(JOURNEYS:%=--ignore=tests/%)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	$(BIN)/pytest -n auto --dist loadscope $(JOURNEYS:%=tests/%)

test-engines: install-dev browser-packages ## what the gate is too short for: LibreOffice, bounds of every reader, Virtuoso, Dask and S3, an OWL reasoner
	@command -v soffice >/dev/null || { \
	  echo "installing LibreOffice"; \
	  if command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-writer libreoffice-calc >/dev/null; \
	  else echo "install LibreOffice, so that 'soffice' is on PATH" >&2; exit 1; fi; }
	@command -v java >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null; }
	@command -v virtuoso-t >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends virtuoso-opensource-7-bin >/dev/null; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "owlready2>=0.47" "schemathesis>=4.32" "moto[server]>=5.1" "s3fs>=2025.9"
	FUNDTRACE_ENGINES=1 $(BIN)/pytest tests/engines tests/clients/graphql/engines

fresh: install-dev ## generated files are what their sources give
	$(BIN)/python ontology/generate/vocab.py --check
	$(BIN)/python ontology/generate/context.py --check
	$(BIN)/python ontology/generate/schema.py --check
	$(BIN)/python docs/generate/reference.py --check

generated: install-dev ## write the generated files anew
	$(BIN)/python ontology/generate/vocab.py
	$(BIN)/python ontology/generate/context.py
	$(BIN)/python ontology/generate/schema.py
	FUNDTRACE_RENEW_GOLDEN=1 $(BIN)/pytest -q -k golden
	$(BIN)/python docs/generate/reference.py

bench: install-dev browser-packages ## speed beside the bare libraries and peers, as ratios, into tests/benchmarks/RESULTS.md
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "rdflib-endpoint>=0.6"
	$(BIN)/python -m tests.benchmarks.run --triples $(TRIPLES) $(if $(ONLY),--only $(ONLY))

soak: install-dev ## mixed traffic with release switches and killed processes, for SECONDS_LONG=300
	$(BIN)/python -m tests.soak --seconds $(SECONDS_LONG)

fuzz: install-dev ## the tests that make up their input, again and again, for SECONDS_LONG=300
	$(BIN)/python tests/fuzz --seconds $(SECONDS_LONG)
	FUNDTRACE_OPERATIONS=5000 $(BIN)/pytest tests/graphql/test_differential.py --no-cov

audit: install-dev ## known vulnerabilities, licences, and a bill of materials (sbom.json)
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check "pip-audit>=2.9" "pip-licenses>=5" "cyclonedx-bom>=6"
	.venv/audit/bin/pip-licenses --python $(BIN)/python --from=mixed --partial-match --fail-on "AGPL;Affero;GNU General Public"
	.venv/audit/bin/cyclonedx-py environment $(BIN)/python --output-file sbom.json
	.venv/audit/bin/pip-audit --disable-pip --requirement requirements.lock
	cd $(WEB) && npm audit --omit=dev

browser-packages:
	@command -v chromium >/dev/null || { \
	  echo "installing Chromium and a Chinese font for the browser test"; \
	  if command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; \
	  else echo "install Chromium, so that 'chromium' is on PATH" >&2; exit 1; fi; }

locks: .venv/bin/python ## resolve the lock files anew
	$(BIN)/python -m pip install --quiet "pip-tools>=7.5"
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --extra build -o requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --extra build --extra dev -o requirements-dev.lock pyproject.toml
	for folder in $(WEB) $(CLIENTS) tests/clients/graphql/engines tests/benchmarks/postgraphile; do \
	  (cd $$folder && npm install --package-lock-only --no-audit --no-fund); done

clean: ## remove what was installed, built and measured
	rm -rf .venv $(WEB)/node_modules $(CLIENTS:%=%/node_modules) $(STATIC) demo-data .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis
