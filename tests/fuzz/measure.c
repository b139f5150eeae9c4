/*
 * Measures stand in order, do not overlap (but for those that are parts of
 * others), and lie within the view; the way
 * back from the view stays within the text, whatever the bytes.
 */
#include <stdint.h>

#include "extract/measure.h"
#include "extract/view.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct view v;
	struct measure *m;
	size_t count, last = 0;

	view_make(&v, (struct slice){ (const char *)data, n }, a);
	m = measure_scan(&v, a, &count);
	for (size_t i = 0; i < count; i++) {
		struct slice q;

		if (m[i].part || m[i].past)
			continue;
		if (m[i].from < last || m[i].to <= m[i].from ||
		    m[i].to > v.text.n)
			__builtin_trap();
		last = m[i].to;
		q = view_quote(&v, m[i].from, m[i].to);
		if (q.n == 0 || q.p + q.n > (const char *)data + n)
			__builtin_trap();
	}
	arena_free(a);
	return 0;
}
