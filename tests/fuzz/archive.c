/*
 * Whatever comes: no crash, no end beyond the limits, a refusal says why, and
 * members that are archives are opened in turn.
 */
#include <stdint.h>

#include "io/archive.h"

#define TOTAL (8u << 20)

static uint64_t total;

static void
walk(struct unpack *u)
{
	struct unpack_member m;
	struct err e = { 0 };
	const char *block;
	ssize_t n;

	for (int members = 0; members < 200; members++) {
		int got = unpack_next(u, &m, &e);

		if (got < 0 && e.text[0] == '\0')
			__builtin_trap();
		if (got <= 0)
			break;
		if (m.kind == UNPACK_FILE) {
			struct unpack *inner = unpack_open_member(u, &e);

			if (inner != NULL)
				walk(inner);
			unpack_free(inner);
		}
		while ((n = unpack_read(u, &block, &e)) > 0)
			total += (uint64_t)n;
		if (n < 0 && e.text[0] == '\0')
			__builtin_trap();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct unpack_limits limits = {
		.nesting = 3, .member = 1 << 20, .total = TOTAL, .members = 100
	};
	struct slice bytes = { (const char *)data, n };
	struct err e = { 0 };
	struct unpack *u = unpack_open_memory(bytes, &limits, &e);

	total = 0;
	unpack_looks_like(bytes);
	if (u == NULL && e.text[0] == '\0')
		__builtin_trap();
	if (u != NULL)
		walk(u);
	if (total > 4u * TOTAL)
		__builtin_trap();
	unpack_free(u);
	return 0;
}
