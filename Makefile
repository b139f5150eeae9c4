# mdx - one Makefile, no recursion, no configure.  `make help` lists the goals.

VERSION = 0.1.0
PREFIX  = /usr/local
DESTDIR =
SAN     =
B       = build/$(if $(SAN),san,release)$(if $(CROSS),-$(CROSS))

ifdef SAN
OPT  = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
else
OPT  = -O2 -g
endif
ifneq ($(CI),)
WERROR = -Werror
endif

CC        = $(if $(CROSS),$(CROSS)-)gcc
AR        = $(if $(CROSS),$(CROSS)-)ar
PKGCONFIG = pkg-config
PKGS      = libqrencode libarchive libzstd zlib libisal liblzma sqlite3 libcrypto expat libpcre2-8
CFLAGS    = $(OPT)
WARN      = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
            -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla \
            -Wno-missing-field-initializers $(WERROR)
CPPFLAGS  = -Ilib -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 \
            -D_DEFAULT_SOURCE -DMDX_VERSION='"$(VERSION)"' \
            $(shell $(PKGCONFIG) --cflags $(PKGS))
STD       = -std=c11 -ffp-contract=off -pthread
LDFLAGS   = -pthread -Wl,--as-needed
# Debian 12 ships no .pc file for libjq, libcsv and libbz2.
LDLIBS    = $(shell $(PKGCONFIG) --libs $(PKGS)) -lbz2 -lcsv -ljq -lm -ldl

LIBSRC  := $(sort $(wildcard lib/*/*.c))
LIBOBJ  := $(LIBSRC:%.c=$B/%.o)
CMDSRC  := $(sort $(wildcard cmd/*.c cmd/*/*.c))
TOOLS   := $(patsubst cmd/%.c,%,$(sort $(wildcard cmd/mdx-*.c)))
BINS    := $(TOOLS:%=$B/%)
UNITS   := $(patsubst tests/unit/%.c,$B/unit/%,$(sort $(wildcard tests/unit/*.c)))

quiet = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2);)

all: $(BINS)

help:
	@sed -n 's/^## //p' Makefile

## all            build the six tools into build/release (SAN=1: build/san)
$B/lib/%.o: lib/%.c
	@mkdir -p $(@D)
	$(call quiet,CC,$<)$(CC) $(STD) $(CFLAGS) $(WARN) $(CPPFLAGS) -MMD -MP -c -o $@ $<

$B/libmdx.a: $(LIBOBJ)
	@rm -f $@
	$(call quiet,AR,$@)$(AR) rcs $@ $^

# A tool whose verbs need more room than a page has them in cmd/mdx-NAME/.
$B/cmd/%.o: cmd/%.c
	@mkdir -p $(@D)
	$(call quiet,CC,$<)$(CC) $(STD) $(CFLAGS) $(WARN) $(CPPFLAGS) -Icmd -MMD -MP -c -o $@ $<

.SECONDEXPANSION:
$B/mdx-%: $B/cmd/mdx-%.o $$(addprefix $B/,$$(addsuffix .o,$$(basename $$(wildcard cmd/mdx-$$*/*.c)))) $B/libmdx.a
	$(call quiet,LD,$@)$(CC) $(STD) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$B/unit/%: tests/unit/%.c $B/libmdx.a $(wildcard tests/unit/*.h)
	@mkdir -p $(@D)
	$(call quiet,LD,$@)$(CC) $(STD) $(CFLAGS) $(WARN) $(CPPFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< $B/libmdx.a $(LDLIBS) -lcmocka

unit-build: $(UNITS) $B/fault.so $B/liar.so $B/llmstub

$B/llmstub: $(wildcard tests/llmstub/*.[ch]) $B/libmdx.a
	@mkdir -p $(@D)
	$(call quiet,LD,$@)$(CC) $(STD) $(CFLAGS) $(WARN) $(CPPFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) $B/libmdx.a $(LDLIBS)

$B/fault.so: tests/fault/fault.c
	@mkdir -p $(@D)
	$(call quiet,LD,$@)$(CC) $(STD) -O1 $(WARN) -Wno-pedantic -shared -fPIC -o $@ $< -ldl

$B/liar.so: tests/odbc/liar.c
	@mkdir -p $(@D)
	$(call quiet,LD,$@)$(CC) $(STD) -O1 $(WARN) -shared -fPIC -o $@ $<

## test           unit tests, golden cases and all other suites (SAN=1: sanitizers)
test: all unit-build
	@tests/run-all $B

## lint           layers, symbols, manuals, format, static analysis, scripts
lint: all
	@scripts/lint

## fuzz           every fuzz target for FUZZ_SECONDS (30) each, with clang
fuzz:
	@tests/run-fuzz $(or $(FUZZ_SECONDS),30)

## bench          peers side by side in one run; takes minutes
bench: all
	@scripts/bench
	@scripts/bench-ingest
	@scripts/bench-normalize
	@scripts/bench-extract
	@scripts/bench-qc

## eval           accuracy of extraction on the gold and the sealed set
eval: all
	@scripts/eval

## demo           one hospital night through all six tools
demo: all
	@scripts/demo

## format         clang-format all .c files
format:
	clang-format -i $(wildcard lib/*/*.c $(CMDSRC) tests/unit/*.c tests/fuzz/*.c)

## install        PREFIX (/usr/local) and DESTDIR as usual
BINDIR   = $(DESTDIR)$(PREFIX)/bin
SHAREDIR = $(DESTDIR)$(PREFIX)/share
install: all
	install -d $(BINDIR) $(SHAREDIR)/mdx
	install -m 755 $(BINS) scripts/mdx-night scripts/mdx-slurm $(BINDIR)
	cp -R lib/share/. $(SHAREDIR)/mdx
	for s in 1 5 7; do \
		install -d $(SHAREDIR)/man/man$$s; \
		install -m 644 man/*.$$s $(SHAREDIR)/man/man$$s; \
	done
	for s in 1 5; do \
		install -d $(SHAREDIR)/man/zh_CN/man$$s; \
		install -m 644 man/zh_CN/*.$$s $(SHAREDIR)/man/zh_CN/man$$s; \
	done
	install -d $(SHAREDIR)/bash-completion/completions
	scripts/completions $(BINS) $(SHAREDIR)/bash-completion/completions

## deb            a Debian package in build/deb
deb: all
	@scripts/make-deb $(VERSION)

## clean          remove build/
clean:
	rm -rf build

.PHONY: all help test unit-build lint fuzz bench eval demo format install deb clean
.DELETE_ON_ERROR:
.SECONDARY:
-include $(LIBOBJ:.o=.d) $(CMDSRC:%.c=$B/%.d) $(UNITS:=.d)
