/*
 * What is decoded is UTF-8 and encodes back to as many characters; in two
 * pieces it is the same as in one; a refusal says why.
 */
#include <stdint.h>

#include "base/utf8.h"
#include "io/encoding.h"

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
