# SPDX-License-Identifier: Apache-2.0
# eyas: the module, the program, and everything around them. make help lists
# the targets. (Kbuild, beside this file, is what the kernel's build reads.)

KVER ?= $(shell scripts/kver.sh)
KDIR ?= /lib/modules/$(KVER)/build
PREFIX ?= /usr/local
VERSION := $(shell sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' dkms.conf)
MANS := $(patsubst docs/man/%.scd,build/man/%,$(wildcard docs/man/*.scd))

all: module program man

help:
	@echo 'eyas $(VERSION). Targets:'
	@sed -n 's/^#: //p' Makefile
	@echo 'Variables: KVER (kernel to build for, now $(KVER)), PREFIX ($(PREFIX)),'
	@echo 'DESTDIR, W=1 and C=1 (kernel build), WERROR=1, CC, O (program).'

# ---- build ----

#: make              module (eyas.ko), program (userspace/eyas), man pages
#: make module       only eyas.ko, for the kernel KVER
#: make program      only userspace/eyas
module:
	@[ -d '$(KDIR)' ] || { echo "no kernel headers in $(KDIR); sudo scripts/setup.sh headers" >&2; exit 1; }
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

program:
	$(MAKE) -C userspace

man: $(MANS)

build/man/%: docs/man/%.scd
	@mkdir -p $(@D)
	scdoc < $< > $@

#: make clean        remove what was built
clean:
	rm -rf build
	$(MAKE) -C userspace clean
	rm -f eyas.ko eyas.o eyas.mod* .eyas.* .module-common.o .*.cmd modules.order Module.symvers
	find kmod -name '*.o' -delete -o -name '.*.cmd' -delete

# ---- run and test ----

#: make demo         an incident in a VM, seen by the shipped rules
#: make test         everything: unit tests, golden cases, VM tests
#: make test-unit    what needs no kernel
#: make test-vm      what needs one; CASE=name: only that
#: make test-dual    strace and eyas trace with many programs, a web server under load
#: make test-matrix  VM tests on all kernels: 5.10 to 7.x, PREEMPT_RT, arm64
#: make bench        cost of watching, in guest instructions
#: make bench-peers  what strace, ftrace, sysdig and LTTng cost at the same work
#: make bench-trace  what eyas trace and strace cost at the same work
#: make bench-throughput  how many records a second get through without loss
#: make bench-record cost of recording, in instructions
#: make bench-enrich cost and memory of the process table
#: make bench-rules  cost of evaluating rules, in instructions
#: make bench-watch  what watching and being watched cost together
#: make check-style  formatters, static analysis, the order of layers
demo:
	scripts/demo.sh
test:
	scripts/test.sh
test-unit:
	scripts/test.sh unit
test-vm:
	scripts/test.sh vm $(CASE)
test-matrix:
	scripts/test-matrix.sh
bench:
	scripts/bench.sh
bench-peers:
	scripts/bench.sh peers
bench-trace:
	scripts/bench.sh trace
bench-throughput:
	scripts/bench.sh throughput
bench-record:
	tests/bench/record.sh
bench-enrich:
	scripts/bench-user.sh enrich
bench-rules:
	scripts/bench-user.sh rules
bench-watch:
	scripts/bench.sh watch
test-dual:
	scripts/test.sh dual $(CASE)
check-style:
	scripts/check-style.sh

# ---- install ----

#: make install      program, rules, man pages; module by DKMS (as root)
#: make uninstall    remove all of that again
install: program man
	install -D -m 755 userspace/eyas $(DESTDIR)$(PREFIX)/bin/eyas
	install -d $(DESTDIR)$(PREFIX)/share/eyas/rules
	install -m 644 rules/*.yaml $(DESTDIR)$(PREFIX)/share/eyas/rules/
	for man in $(MANS); do \
		install -D -m 644 $$man $(DESTDIR)$(PREFIX)/share/man/man1/$${man##*/} || exit 1; \
	done
	DESTDIR=$(DESTDIR) scripts/dkms.sh install

uninstall:
	DESTDIR=$(DESTDIR) scripts/dkms.sh uninstall
	rm -f $(DESTDIR)$(PREFIX)/bin/eyas $(MANS:build/man/%=$(DESTDIR)$(PREFIX)/share/man/man1/%)
	rm -rf $(DESTDIR)$(PREFIX)/share/eyas

.PHONY: all help module program man clean demo test test-unit test-vm test-dual test-matrix \
	bench bench-peers bench-trace bench-throughput bench-record bench-enrich bench-rules \
	bench-watch \
	check-style install uninstall
