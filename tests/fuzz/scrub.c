/*
 * A text: spans are in order and within it, and what is left of valid UTF-8 is
 * valid; the self-check reads it whole.
 */
#include <stdint.h>

#include "base/utf8.h"
#include "deid/scrub.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct deid_words *words;
	struct slice text = { (const char *)data, n };
	struct arena *arena = arena_new();
	struct known known = { { "王芳", 6 }, LABEL_NAME, false };
	struct scrub s = { .known = &known, .nknown = 1, .offset = 3 };
	struct buf b = { 0 };
	struct err e = { 0 };
	struct found *found;
	enum label label;
	size_t count, last = 0;

	if (words == NULL)
		words = words_load("lib/share", NULL, &e);
	if (words == NULL)
		__builtin_trap();
	s.words = words;
	count = find_all(words, text, &known, 1, arena, &found);
	for (size_t i = 0; i < count; i++) {
		if (found[i].from < last || found[i].to <= found[i].from ||
		    found[i].to > n)
			__builtin_trap();
		last = found[i].to;
	}
	scrub_text(&s, text, arena, &b);
	find_leak(text, &known, 1, arena, &label);
	if (utf8_valid(text.p, n) && !utf8_valid(b.p, b.n))
		__builtin_trap();
	buf_release(&b);
	arena_free(arena);
	return 0;
}
