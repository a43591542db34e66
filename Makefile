# Everything a fresh machine needs is made here: `make demo` and `make test` install what they use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data
export PYTHONUTF8 := 1

.PHONY: demo test check validate backtest since-2020 closure controls observed proof plausible fuzz bench docs wheel bundle bundle-check clean

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	touch $@

demo: $(VENV)/installed
	$(BIN)/townward run scenarios/jieshou/pilot.yaml

test: $(VENV)/installed
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(VENV)/installed
	$(BIN)/ruff check sim townward tests docs
	$(BIN)/ruff format --check sim townward tests docs
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house

validate: $(VENV)/installed
	$(BIN)/python -m docs.write.validation $(DATA) --output docs/validation.md

backtest: $(VENV)/installed
	$(BIN)/townward backtest --from $(DATA)/census/counties_2010.csv --to $(DATA)/census/counties_2020.csv --output docs/backtest.md --json > calibration/backtest.json.partial
	$(BIN)/python -m docs.write.scores calibration/backtest.json.partial
	mv calibration/backtest.json.partial calibration/backtest.json

since-2020: $(VENV)/installed
	$(BIN)/python -m docs.write.since_2020 $(DATA) --output docs/since-2020.md

controls: $(VENV)/installed
	$(BIN)/python -m docs.write.controls $(DATA) --output docs/base-year.md

observed: $(VENV)/installed
	$(BIN)/python -m docs.write.observed $(DATA) --output docs/observed.md

closure: $(VENV)/installed
	$(BIN)/python -m docs.write.closure $(DATA) --output docs/closure.md
	CENSUS_DATA=$(abspath $(DATA)) $(BIN)/python -m pytest -m slow tests/docs/write/test_closure.py

proof: $(VENV)/installed
	$(BIN)/python -m docs.write.proof --output calibration/proof.json
	$(BIN)/python -m docs.write.calibration --output docs/calibration.md

plausible: $(VENV)/installed
	$(BIN)/python -m docs.write.plausibility $(DATA) --output docs/plausibility.md

fuzz: $(VENV)/installed
	$(BIN)/python -m tests.fuzz --minutes 60 --output docs/fuzz.md

bench: $(VENV)/installed
	$(BIN)/python -m tests.bench --output docs/performance.md

bundle: $(VENV)/installed
	$(BIN)/python -m pip wheel --quiet --constraint constraints.txt --wheel-dir dist/bundle ".[office,questions,web]"

bundle-check: bundle
	rm -rf build/offline
	$(PYTHON) -m venv build/offline
	build/offline/bin/python -m pip install --quiet --no-compile --no-index --find-links dist/bundle "townward[office,web]"
	du -sm build/offline
	build/offline/bin/python -m pip install --quiet --no-compile --no-index --find-links dist/bundle "townward[questions]"
	cd build/offline && bin/townward new jieshou && bin/townward run jieshou/pilot.yaml --draws 50 -o run

docs: $(VENV)/installed
	$(BIN)/townward schema --reference --lang en > docs/scenario-reference.md
	$(BIN)/townward schema --reference --lang zh > docs/scenario-reference.zh.md
	$(BIN)/python -m docs.write.calibration --output docs/calibration.md
	$(BIN)/python -m docs.write.registered --output docs/registered.md
	$(BIN)/python -m docs.write.services --output docs
	$(BIN)/python -m docs.write.policies --output docs
	$(BIN)/python -m tests.docs

wheel: $(VENV)/installed
	$(BIN)/python -m build --wheel --outdir dist

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
