# `make` shows what there is. Everything runs in .venv; nothing is installed outside it.
.DEFAULT_GOAL := help
SHELL := /bin/sh

VENV := .venv
PYTHON := $(VENV)/bin/python
export PORT ?= 8000
export DATA_DIR ?= var

# On MariaDB and Redis unless the environment names others.
SERVICES_DATABASE_URL = $(if $(DATABASE_URL),$(DATABASE_URL),mysql://root@127.0.0.1:3306/haat)
SERVICES_REDIS_URL = $(if $(REDIS_URL),$(REDIS_URL),redis://127.0.0.1:6379/1)
EMBEDDED = env -u DATABASE_URL -u JAWSDB_URL -u MYSQL_HOST -u REDIS_URL -u REDISCLOUD_URL -u CELERY_BROKER_URL
# The way to a paid order and the race for the last units run with the suite, on either database.
PURCHASE = tests/journeys/test_purchase.py tests/journeys/test_last_units.py
# Tables without their history are made in seconds; the migrations have tests of their own to run in.
RACES = env RACE_ROUNDS=$(or $(RACE_ROUNDS),50) RACE_EVENTS=$(or $(RACE_EVENTS),1000) $(PYTHON) -m pytest tests/races --nomigrations
PYTEST = $(PYTHON) -m pytest -n auto --dist loadgroup

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/installed-base: requirements/base.txt scripts/make_venv.sh
	@scripts/make_venv.sh $(VENV) requirements/base.txt
	@touch $@

$(VENV)/installed-dev: requirements/dev.txt $(VENV)/installed-base
	@scripts/make_venv.sh $(VENV) requirements/dev.txt
	@touch $@

$(VENV)/installed-services: requirements.txt $(VENV)/installed-dev
	@scripts/make_venv.sh $(VENV) requirements.txt
	@touch $@

.PHONY: run
run: $(VENV)/installed-base ## Set everything up and serve the demo shop (PORT, DATA_DIR)
	@exec $(PYTHON) scripts/run.py

.PHONY: shop
shop: $(VENV)/installed-base ## Serve an empty shop of your own, without demo data (PORT, SHOP_DIR)
	@DATA_DIR=$(or $(SHOP_DIR),var/shop) EMPTY_SHOP=1 exec $(PYTHON) scripts/run.py

.PHONY: seed
seed: $(VENV)/installed-base ## Make the demo shop in the database
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py seed_db

.PHONY: check
check: $(VENV)/installed-base ## Prove the invariants of the data (exit 1 and a list when something is off)
	@$(PYTHON) manage.py check_invariants

.PHONY: test
test: $(VENV)/installed-dev ## Run the whole suite on SQLite and files; no server needed
	$(EMBEDDED) $(PYTEST) -m "not journey and not process" --cov --cov-report=term --cov-fail-under=95
	$(EMBEDDED) $(PYTHON) -m pytest $(PURCHASE)

.PHONY: test-services
test-services: $(VENV)/installed-services ## Run the same suite on MariaDB and Redis (DATABASE_URL, REDIS_URL)
	DATABASE_URL=$(SERVICES_DATABASE_URL) REDIS_URL=$(SERVICES_REDIS_URL) $(PYTEST) -m "not journey and not process"
	DATABASE_URL=$(SERVICES_DATABASE_URL) REDIS_URL=$(SERVICES_REDIS_URL) $(PYTHON) -m pytest $(PURCHASE)

.PHONY: test-races
test-races: $(VENV)/installed-services ## Race buyers through real web processes, on SQLite and on MariaDB (RACE_ROUNDS, RACE_EVENTS)
	$(EMBEDDED) $(RACES)
	DATABASE_URL=$(SERVICES_DATABASE_URL) REDIS_URL=$(SERVICES_REDIS_URL) $(RACES)

.PHONY: test-chaos
test-chaos: $(VENV)/installed-services ## Kill every process of a shop on servers of its own, again and again (CHAOS_KILLS)
	$(EMBEDDED) CHAOS_KILLS=$(or $(CHAOS_KILLS),50) $(PYTHON) -m pytest tests/chaos

.PHONY: test-journeys
test-journeys: $(VENV)/installed-dev ## Run the browser tests beyond the purchase
	$(EMBEDDED) $(PYTHON) -m pytest tests/journeys $(PURCHASE:%=--ignore %)

.PHONY: test-api
test-api: $(VENV)/installed-dev ## Throw what the schema allows, and what it forbids, at every endpoint, at length
	$(EMBEDDED) API_EXAMPLES=100 $(PYTHON) -m pytest tests/api/test_schemathesis.py

.PHONY: schema
schema: $(VENV)/installed-base ## Export the API's schema to docs/openapi.json
	$(EMBEDDED) $(PYTHON) manage.py spectacular --validate --format openapi-json --file docs/openapi.json

.PHONY: lint
lint: $(VENV)/installed-dev ## Check style, floors, templates and migrations
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	PYTHONPATH=site:. $(VENV)/bin/lint-imports
	$(VENV)/bin/djlint templates --lint --quiet
	$(EMBEDDED) $(PYTHON) manage.py makemigrations --check --dry-run --settings settings.test
	$(EMBEDDED) $(PYTHON) manage.py check --settings settings.test

.PHONY: format
format: $(VENV)/installed-dev ## Put the code in shape
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

.PHONY: mutants
mutants: $(VENV)/installed-dev ## Break the services of shop and checkout in many small ways and count what the tests notice
	$(EMBEDDED) scripts/count_mutants.sh $(PYTHON)

.PHONY: bench-admin
bench-admin: $(VENV)/installed-base ## Time reports, orders and the first page of a shop of 100,000 orders (BENCH_ORDERS, BENCH_LINES)
	$(EMBEDDED) DATA_DIR=var/benchmark $(PYTHON) scripts/benchmarks/time_admin.py

.PHONY: flower
flower: $(VENV)/installed-services ## Watch workers and tasks of a shop on Redis at http://127.0.0.1:5555 (REDIS_URL, FLOWER_BASIC_AUTH)
	REDIS_URL=$(SERVICES_REDIS_URL) PYTHONPATH=site $(VENV)/bin/celery -A settings.celery flower --address=127.0.0.1 --port=5555

.PHONY: bench
bench: $(VENV)/installed-dev ## Load a running shop with 10 browsing users for a minute
	$(VENV)/bin/locust -f locustfiles/browse_products.py -u 10 -r 2 -t 60s --headless

.PHONY: screenshots
screenshots: $(VENV)/installed-dev ## Photograph the pages of a running shop at three widths, light and dark
	$(PYTHON) scripts/take_screenshots.py

.PHONY: clean
clean: ## Remove the virtual environment and all data of the embedded shop
	rm -rf $(VENV) var
