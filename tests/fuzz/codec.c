/*
 * Compressed bytes of any kind: every step takes or gives something, a refusal
 * says why, and what can be decoded is the same however it is cut up.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "io/codec.h"

#define MOST ((size_t)1 << 20)

/* Whether it is whole; at most MOST bytes of it. */
static bool
decode(enum codec codec, struct slice in, size_t step, size_t room,
    struct buf *text)
{
	struct decoder *d = decoder_new(codec);
	struct slice piece = { in.p, 0 };
	struct err e = { 0 };
	size_t out = 0;
	bool ok = true;

	buf_reset(text);
	while (ok && text->n < MOST && (in.n > 0 || piece.n > 0 || out > 0)) {
		size_t had;

		if (piece.n == 0) {
			piece = in;
			if (piece.n > step)
				piece.n = step;
			in.p += piece.n;
			in.n -= piece.n;
		}
		had = piece.n;
		ok = decoder_run(
		    d, &piece, buf_room(text, room), room, &out, &e);
		if (ok ? had > 0 && piece.n == had && out == 0
		       : e.text[0] == '\0')
			__builtin_trap();
		text->n += ok ? out : 0;
	}
	ok = ok && text->n < MOST && decoder_at_border(d);
	decoder_free(d);
	return ok;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct buf whole, text;
	struct slice in = { (const char *)data, n };
	enum codec codec = codec_detect(data, n);
	size_t step = n == 0 ? 1 : data[n - 1] % 16 + 1;

	if (codec == CODEC_PLAIN)
		return 0;
	if (decode(codec, in, n, 1 << 16, &whole) &&
	    (!decode(codec, in, step, 17 - step, &text) || text.n != whole.n ||
		(text.n > 0 && memcmp(text.p, whole.p, text.n) != 0)))
		__builtin_trap();
	return 0;
}
