# The few verbs of the project. Meson and ninja do the work; `make` alone installs what is missing and builds.
BUILD ?= build
PREFIX ?= /usr/local
# Extra arguments of `meson setup`, used when the build folder is made: make SETUP='-Db_sanitize=address'
SETUP ?=

.PHONY: all deps build demo test soak bench bench-quality bench-screen bench-own lint fmt docs install clean
.DEFAULT_GOAL := all

all: build

deps:
	@scripts/deps

build: deps
	@[ -f $(BUILD)/build.ninja ] || meson setup $(BUILD) --prefix=$(PREFIX) $(SETUP) >$(BUILD).log 2>&1 || { cat $(BUILD).log; exit 1; }
	@rm -f $(BUILD).log
	@ninja -C $(BUILD) --quiet

# The first case, small lists and a file of customers: shows explained hits.
demo: build
	@scripts/demo $(BUILD)/interdict

# Ends with `N passed, N failed`; what was skipped stands on the line above.
test: build
	@scripts/test $(BUILD)

# Every allocation and every write fails in turn, and whoever writes to a case is killed 10,000 times; takes hours.
soak: build
	@ITD_FAULT_MAX=18446744073709551615 ITD_KILLS=$${ITD_KILLS:-10000} ITD_HISTORIES=$${ITD_HISTORIES:-1000} \
	 ITD_QUESTIONS=$${ITD_QUESTIONS:-1000000} scripts/test $(BUILD) --timeout-multiplier=0

bench: build
	@bench/run $(BUILD)/interdict
	@bench/case/run.py $(BUILD)/interdict
	@bench/case/rescreen.py $(BUILD)/interdict
	@bench/case/resolve.py $(BUILD)/interdict

# How well names and records are judged, on public lists: make bench-quality [HALF=report] [QUALITY='--only names --each 5']
bench-quality: build
	@bench/match/quality.py $(BUILD)/interdict $(HALF) $(QUALITY)

# How fast names are screened, on public lists and on lists grown from them: make bench-screen [SCREEN='--entities 1000,10000']
bench-screen: build
	@bench/screen/run.py $(BUILD)/interdict $(SCREEN)

# Ownership over invented registers, beside DuckDB where Python has it: make bench-own [OWN='--entities 10000,100000']
bench-own: build
	@bench/own/run.py $(BUILD) $(OWN)

lint:
	@scripts/deps --dev
	@scripts/lint $(BUILD)

fmt:
	@scripts/deps --dev
	@git ls-files '*.c' '*.h' | xargs clang-format -i

docs:
	@scripts/deps --dev
	@mkdir -p $(BUILD)/docs && doxygen -q docs/Doxyfile

install: build
	@meson install -C $(BUILD) --no-rebuild

clean:
	@rm -rf $(BUILD) build-ci
