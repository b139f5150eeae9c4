/*
 * A pattern of ECMA-262: what is refused says why, what is read PCRE2 takes, or
 * says why not, and it matches in bounded time.
 */
#include <stdint.h>

#include "base/ecma.h"
#include "base/pattern.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = { (const char *)data, n };
	struct pattern *p = NULL;
	struct buf b = { 0 };
	struct err e = { 0 };
	bool ok = ecma_pattern(text, &b, &e);

	if (ok)
		p = pattern_compile(buf_slice(&b), 0, &e);
	if (p == NULL && e.text[0] == '\0')
		__builtin_trap();
	if (p != NULL)
		pattern_matches(p, SLICE("aAbB 012_-中文😀\n"));
	pattern_free(p);
	buf_release(&b);
	return 0;
}
