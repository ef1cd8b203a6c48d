# Each line is a command you could type yourself. `make` alone lists them.
.PHONY: help install install-dev lab test soak fuzz check notebooks bench lock clean

help:
	@sed -n 's/^## //p' Makefile

## make lab        open the course in JupyterLab; make lab DIR=folder chooses where your work lives
lab: install
	.venv/bin/course lab $(if $(DIR),"$(DIR)")

## make test       everything that is checked, in one run
test: install-dev
	.venv/bin/python -m pytest --numprocesses auto --dist loadfile

## make soak       make fuzz, then grading a class while parts of it are killed at 200 random moments: half an hour
soak: install-dev fuzz
	.venv/bin/python tests/soak/kill_nine.py --kills 200

## make check      only content, style and types: seconds instead of minutes
check: install-dev
	.venv/bin/course check
	.venv/bin/ruff check .
	.venv/bin/mypy

## make fuzz       look for files and messages that break their reader, for ten minutes; make fuzz SECONDS=60 is shorter
fuzz: install-dev
	.venv/bin/python -m pip install --quiet --no-deps --require-hashes --requirement requirements-fuzz.lock
	.venv/bin/python tests/fuzz/soak.py --seconds $(or $(SECONDS),600)

## make notebooks  check the content, then build notebooks, the learner's release and the syllabus from the sources
notebooks: install
	.venv/bin/course check
	.venv/bin/autograder build modules --fill course.prose:fill --questions course.questions:validate --release assets/release
	.venv/bin/python -m course.release_pages assets/release
	.venv/bin/python -m course.overview course/README.md

## make install    only the set-up that `make lab` does first
install:
	@sh install.sh

install-dev:
	@sh install.sh dev

## make bench      how fast grader and simulators are, every grade and curve compared: most of an hour (benchmarks/README.md)
bench: install-dev
	.venv/bin/python -m benchmarks light heavy module01 --memory --check --simulators --curve

## make lock       exact versions for what pyproject.toml asks (needs uv); make lock UPGRADE=--upgrade takes the newest
LOCK = UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --universal --python-version 3.11 --fork-strategy fewest \
       --generate-hashes --no-emit-index-url --quiet $(UPGRADE)
lock:
	$(LOCK) pyproject.toml --group build --output-file requirements.lock
	$(LOCK) --group dev --constraints requirements.lock --output-file requirements-dev.lock
	$(LOCK) --group fuzz --output-file requirements-fuzz.lock
	@# Every package must be there ready-made for every system we promise.
	for system in linux windows aarch64-apple-darwin x86_64-apple-darwin; do \
	    uv pip compile --quiet --only-binary :all: --python-platform $$system requirements.lock >/dev/null || exit 1; done

## make clean      remove caches and build output; delete .venv by hand to start over
clean:
	rm -rf dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
