/*
 * The argument of a window's check, and bytes as samples through it: a failure
 * says why, and nothing overflows.  The first byte picks the check; the
 * argument ends at a line feed.
 */
#include <stdint.h>
#include <string.h>

#include "rules/window.h"

static void
feed(const struct window *w, const uint8_t *p, size_t n)
{
	struct window_state s = { 0 };
	struct window_event v[WINDOW_EVENTS];
	int64_t at = 0;

	for (; n >= 10; p += 10, n -= 10) {
		struct sample new;

		memcpy(&new.value, p, sizeof(new.value));
		new.value %= FIXED_ONE *FIXED_ONE;
		at += (int64_t)(p[8] << 8 | p[9]) * 10000;
		new.at = at;
		window_add(w, &s, new, v);
	}
	window_release(&s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const enum check checks[] = { CHECK_STEP, CHECK_STUCK, CHECK_GAP,
		CHECK_HOLD, CHECK_WINDOW };
	const uint8_t *end;
	struct arena *a;
	struct window w;
	struct err e = { 0 };

	if (n < 2)
		return 0;
	end = memchr(data + 1, '\n', n - 1);
	if (end == NULL)
		end = data + n;
	a = arena_new();
	if (window_parse(checks[data[0] % 5],
		slice_span((const char *)data + 1, (const char *)end), a, &w,
		&e)) {
		if (end < data + n)
			feed(&w, end + 1, (size_t)(data + n - end) - 1);
	} else if (e.text[0] == '\0') {
		__builtin_trap();
	}
	arena_free(a);
	return 0;
}
