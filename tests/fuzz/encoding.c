/*
 * What is decoded is UTF-8 and encodes back to as many characters; in two
 * pieces it is the same as in one; a refusal says why.
 */
#include <stdint.h>

#include "base/utf8.h"
#include "io/encoding.h"

/*
 * Decoded a few bytes of UTF-8 at a time, a text is the same as at once, and
 * as many bytes of it are taken: that is how places are found again.
 */
static void
recode(struct slice text, unsigned how)
{
	static const char *const names[] = { "utf-16le", "utf-32be", "big5",
		"shift_jis" };
	static struct encoding *encodings[4];
	struct encoding **x = &encodings[how & 3];
	char whole[4096], parts[4096];
	size_t made, used, n = 0, taken = 0;

	if (text.n > 1024)
		text.n = 1024;
	if (*x == NULL)
		*x = encoding_open(names[how & 3], NULL);
	used = encoding_recode(*x, text, true, whole, sizeof(whole), &made);
	if (used != text.n)
		__builtin_trap();
	while (taken < text.n) {
		size_t got, step;

		step = encoding_recode(*x,
		    (struct slice){ text.p + taken, text.n - taken }, true,
		    parts + n, 4 + how % 7, &got);
		if (step == 0)
			__builtin_trap();
		taken += step;
		n += got;
	}
	if (n != made || memcmp(whole, parts, n) != 0)
		__builtin_trap();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct encoding *gb;
	struct slice text = { (const char *)data + 1, n - 1 }, head, tail;
	struct buf whole = { 0 }, parts = { 0 };
	struct err e = { 0 };
	size_t used, cut;
	bool ok;

	if (n == 0)
		return 0;
	if (gb == NULL)
		gb = encoding_open("gb18030", NULL);
	encoding_detect(text, NULL);
	recode(text, data[0]);
	ok = encoding_decode(gb, text, true, &whole, &used, &e);
	if (ok != (used == text.n) || (!ok && e.text[0] == '\0') ||
	    !utf8_valid(whole.p, whole.n))
		__builtin_trap();
	if (ok && encoding_gb18030_prefix(text.p, text.n) != text.n)
		__builtin_trap();
	cut = text.n == 0 ? 0 : data[0] % text.n;
	head = (struct slice){ text.p, cut };
	if (encoding_decode(gb, head, false, &parts, &used, NULL)) {
		tail = slice_span(text.p + used, text.p + text.n);
		if (encoding_decode(gb, tail, true, &parts, NULL, NULL) != ok ||
		    !slice_eq(buf_slice(&whole), buf_slice(&parts)))
			__builtin_trap();
	} else if (ok) {
		__builtin_trap();
	}
	buf_release(&whole);
	buf_release(&parts);
	return 0;
}
