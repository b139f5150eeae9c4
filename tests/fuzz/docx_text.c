/*
 * Any XML as the body of a document, in two pieces: the same text as in one.
 */
#include <stdint.h>

#include "sources/docx_text.h"

static bool
read_text(const char *p, size_t n, size_t cut, struct buf *out, struct err *e)
{
	struct docx_text *d = docx_text_new(out);
	bool ok = docx_text_feed(d, p, cut, false, e) &&
	    docx_text_feed(d, p + cut, n - cut, true, e);

	docx_text_free(d);
	return ok;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct buf one = { .ceiling = 1 << 16 }, two = { .ceiling = 1 << 16 };
	struct err e = { 0 }, f = { 0 };
	bool whole, parts;

	if (n == 0)
		return 0;
	whole = read_text((const char *)data + 1, n - 1, 0, &one, &e);
	parts = read_text((const char *)data + 1, n - 1, data[0] % n, &two, &f);
	if (whole != parts || (!whole && e.text[0] == '\0') ||
	    (whole && !slice_eq(buf_slice(&one), buf_slice(&two))))
		__builtin_trap();
	buf_release(&one);
	buf_release(&two);
	return 0;
}
