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
PKGS      = libarchive libcurl libzstd zlib liblzma sqlite3 libcrypto expat libpcre2-8
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
LDLIBS    = $(shell $(PKGCONFIG) --libs $(PKGS)) -lbz2 -lcsv -ljq -lm

LIBSRC  := $(sort $(wildcard lib/*/*.c))
LIBOBJ  := $(LIBSRC:%.c=$B/%.o)
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

$B/mdx-%: cmd/mdx-%.c $B/libmdx.a
	$(call quiet,LD,$@)$(CC) $(STD) $(CFLAGS) $(WARN) $(CPPFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< $B/libmdx.a $(LDLIBS)

$B/unit/%: tests/unit/%.c $B/libmdx.a
	@mkdir -p $(@D)
	$(call quiet,LD,$@)$(CC) $(STD) $(CFLAGS) $(WARN) $(CPPFLAGS) -MMD -MP -MF $@.d $(LDFLAGS) -o $@ $< $B/libmdx.a $(LDLIBS) -lcmocka

## test           unit tests and golden cases
test: unit cli

unit: $(UNITS)
	@status=0; for t in $(UNITS); do $$t >$$t.log 2>&1 || { status=1; cat $$t.log; }; done; exit $$status

cli: all
	@tests/run-cli $B

## format         clang-format all .c files
format:
	clang-format -i $(wildcard lib/*/*.c cmd/*.c tests/unit/*.c tests/fuzz/*.c)

## clean          remove build/
clean:
	rm -rf build

.PHONY: all help test unit cli format clean
.DELETE_ON_ERROR:
.SECONDARY:
-include $(LIBOBJ:.o=.d) $(BINS:=.d) $(UNITS:=.d)
