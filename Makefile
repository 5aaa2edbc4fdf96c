# 条理 (Tiaoli). `make run` opens the prompt on the Shuozhou policy, `make test` does all the set-up and runs the tests.
SWIFT ?= swift
# All but libc and libm is linked in, at fixed addresses: little is left to relocate at the start, and the solver can still be
# opened when it is needed (docs/decisions/0014-solver-on-first-use.md).
STATIC = .build/static
BUILD = $(SWIFT) build -c release --static-swift-stdlib -Xswiftc -L$(STATIC) -Xswiftc -Xclang-linker -Xswiftc -no-pie \
  -Xswiftc -Xclang-linker -Xswiftc -static-libgcc
TIAOLI = .build/release/tiaoli
# Tests run in release, in a folder of their own: the executable's options would have them built anew each time.
TESTS = -c release --scratch-path .build/tests
POLICY = policies/shuozhou-2022-36
PACKAGES = libedit-dev libmd-dev libz3-dev libsqlite3-dev sqlite3 tmux libzip-dev libexpat1-dev libxlsxwriter-dev
# The seed of the random programs that the evaluator is held against the reference with; `make test SEED=…` tries others.
SEED = 1

.PHONY: help run build setup test built-tests test-engines test-office policies fuzz-editor bench bench-peers bench-sql \
  format lint clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build, and open the prompt on the Shuozhou policy with its sample projects
	@$(TIAOLI) repl $(POLICY) --facts $(POLICY)/项目

build: setup $(STATIC)
	@$(BUILD) --product tiaoli

$(STATIC): Makefile # a folder in which the linker finds these libraries only as archives
	@mkdir -p $@; touch $@; for l in edit tinfo bsd md sqlite3 stdc++; do ln -sf "$$(cc -print-file-name=lib$$l.a)" $@/; done

setup: ## install what is missing (apt)
	@missing=""; for p in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; fi

test: built-tests ## set up, run all tests, check every policy and run its cases
	TIAOLI_SEED=$(SEED) $(SWIFT) test $(TESTS) --skip-build
	$(MAKE) policies TIAOLI=.build/tests/release/tiaoli

# The other databases: their own packages and a virtual environment, which only this target needs.
ENGINES = postgresql,duckdb,spark
VENV = .venv
test-engines: PACKAGES += postgresql-15 libpq5 openjdk-17-jre-headless python3-venv
test-engines: built-tests $(VENV)/bin/python ## queries of `sql` in PostgreSQL, DuckDB and Spark, and stores in PostgreSQL
	TIAOLI_SEED=$(SEED) TIAOLI_ENGINES=$(ENGINES) $(SWIFT) test $(TESTS) --skip-build --filter 'EngineTests|StoreTests'

# 10 000 000 rows take Spark some minutes; `make bench-sql ROWS=100000` is a try.
ROWS = 100000 1000000 10000000
bench-sql: PACKAGES += openjdk-17-jre-headless python3-venv
bench-sql: build $(VENV)/bin/python ## the query of all measures of 项目 in SQLite, DuckDB and Spark on growing tables
	@mkdir -p .build/sql; for d in sqlite duckdb spark; do \
	  $(TIAOLI) sql $(POLICY) 项目 --dialect $$d --table subjects --states --as-of 2024-06-01 --schema --rows --facts $(POLICY)/项目 \
	    > .build/sql/table-$$d.sql; \
	  $(TIAOLI) sql $(POLICY) 项目 --dialect $$d --table subjects --states --as-of 2024-06-01 > .build/sql/query-$$d.sql 2>/dev/null; done; true
	@$(VENV)/bin/python Tests/Engines/growth.py sqlite .build/sql/table-sqlite.sql .build/sql/query-sqlite.sql 100000
	@$(VENV)/bin/python Tests/Engines/growth.py duckdb .build/sql/table-duckdb.sql .build/sql/query-duckdb.sql $(ROWS)
	@sh Tests/Engines/growth-spark.sh $(VENV)/bin/python .build/sql/table-spark.sql .build/sql/query-spark.sql $(ROWS)

$(VENV)/bin/python: Makefile
	python3 -m venv $(VENV) && $(VENV)/bin/pip install -q duckdb==2.0.1 pyspark==4.3.0 && touch $@

built-tests: setup
	$(SWIFT) build $(TESTS) --explicit-target-dependency-import-check error --build-tests

policies: ## check every policy and run its cases with the built program
	@$(TIAOLI) check $(POLICY) && $(TIAOLI) test $(POLICY)
	@for p in policies/tutorial/*/; do $(TIAOLI) check $$p >/dev/null && $(TIAOLI) test $$p || exit 1; done

test-office: build ## the workbooks that batch writes, opened in LibreOffice (installed by it)
	@$(MAKE) setup PACKAGES=libreoffice-calc-nogui
	python3 Tests/Office/compare.py $(TIAOLI) Tests/Fixtures/policy .build/office \
	  Tests/PolicyTablesTests/Fixtures/台账.xlsx Tests/PolicyTablesTests/Fixtures/一九〇四.xlsx Tests/Fixtures/policy/机构.csv
	python3 Tests/Office/compare.py $(TIAOLI) $(POLICY) .build/office $(POLICY)/项目/projects.csv

fuzz-editor: built-tests ## the screen of the line editor against its model, in tmux
	TIAOLI_FUZZ=1 $(SWIFT) test $(TESTS) --skip-build --filter ScreenFuzz

bench: build ## measure everything that docs/performance.md says, answers checked first
	@$(BUILD) --product tiaoli-bench
	@grep -m1 'model name' /proc/cpuinfo; nproc; uname -sr; $(SWIFT) --version 2>&1 | head -1; git describe --always --dirty
	@.build/release/tiaoli-bench startup $(TIAOLI) $(POLICY) .build/generated
	@.build/release/tiaoli-bench front $(POLICY) policies/tutorial/20-两级文件 .build/generated
	@.build/release/tiaoli-bench reload $(POLICY)
	@.build/release/tiaoli-bench evaluate $(POLICY)
	@.build/release/tiaoli-bench analyze $(POLICY) .build/generated-1000
	@.build/release/tiaoli-bench diff $(POLICY) .build/generated-1000
	@.build/release/tiaoli-bench decide 12000
	@.build/release/tiaoli-bench columns 1000000 .build/generated-tables
	@.build/release/tiaoli-bench batch $(POLICY) 12000 .build/generated-tables
	@.build/release/tiaoli-bench prompt $(TIAOLI) $(POLICY) .build/generated

bench-peers: build ## the twelve rules beside other engines (from PyPI and Debian) and all measures, ratios and all
	@$(MAKE) setup PACKAGES='swi-prolog-nox python3-venv' || echo 'not installed: swi-prolog-nox'
	@[ -x .build/peers/venv/bin/python ] || python3 -m venv .build/peers/venv
	@.build/peers/venv/bin/pip install -q -r Benchmarks/Peers/requirements.txt || while read -r p; do \
	  .build/peers/venv/bin/pip install -q "$$p" || echo "not installed: $$p"; done < Benchmarks/Peers/requirements.txt
	@$(BUILD) --product tiaoli-bench
	@grep -m1 'model name' /proc/cpuinfo; nproc; $(SWIFT) --version 2>&1 | head -1; git describe --always --dirty
	@.build/peers/venv/bin/python Benchmarks/Peers/run.py .build/release/tiaoli-bench $(TIAOLI) $(POLICY) .build/peers/data

lint: ## layout of the sources
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

clean:
	rm -rf .build
