/* Frames in pieces of any size: each byte is in one piece, answers are framed. */
#include <stdint.h>

#include "sources/mllp_answer.h"
#include "sources/mllp_frame.h"

static void
check_answer(struct slice message)
{
	struct buf b = { 0 };

	mllp_answer(&b, message, 1700000000, 1);
	if (b.n < 8 || b.p[0] != '\x0b' || b.p[b.n - 1] != '\r' ||
	    b.p[b.n - 2] != '\x1c')
		__builtin_trap();
	buf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct mllp f = { 0 };
	struct mllp_piece p;
	uint64_t whole = 0;
	size_t grain;

	if (n < 1)
		return 0;
	grain = data[0] + 1u;
	for (size_t at = 1; at < n; at += grain) {
		size_t part = n - at < grain ? n - at : grain;

		mllp_add(&f, (struct slice){ (const char *)data + at, part });
		while (mllp_next(&f, 4096, &p)) {
			whole += p.whole;
			check_answer(p.bytes);
		}
	}
	if (whole + mllp_held(&f) + f.dropped + (f.inside ? 1 : 0) != n - 1)
		__builtin_trap();
	mllp_release(&f);
	return 0;
}
