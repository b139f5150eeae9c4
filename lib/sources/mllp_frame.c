#include "sources/mllp_frame.h"

#include <string.h>

#define VT        '\x0b'
#define FS        '\x1c'
#define HEAD_KEPT ((size_t)64 << 10) /* of a message that is too long */

void
mllp_release(struct mllp *f)
{
	buf_release(&f->held);
}

void
mllp_add(struct mllp *f, struct slice bytes)
{
	if (f->at > 0) {
		memmove(f->held.p, f->held.p + f->at, f->held.n - f->at);
		f->held.n -= f->at;
		f->looked -= f->at;
		f->at = 0;
	}
	buf_add_slice(&f->held, bytes);
}

uint64_t
mllp_held(const struct mllp *f)
{
	return f->held.n - f->at;
}

struct slice
mllp_rest(struct mllp *f)
{
	return (struct slice){ f->held.p + f->at, f->held.n - f->at };
}

static void
take(struct mllp *f, size_t n)
{
	f->at += n;
	f->looked = f->at;
}

static bool
take_outside(struct mllp *f, struct mllp_piece *to)
{
	const char *p = f->held.p + f->at;
	size_t n = f->held.n - f->at;
	const char *vt = n == 0 ? NULL : memchr(p, VT, n);

	if (vt == p) {
		f->inside = true;
		f->dropped = 0;
		take(f, 1);
		return false;
	}
	if (n == 0)
		return false;
	to->kind = MLLP_OUTSIDE;
	to->bytes = (struct slice){ p, vt == NULL ? n : (size_t)(vt - p) };
	to->whole = to->bytes.n;
	take(f, to->bytes.n);
	return true;
}

/*
 * An FS is an end where CR follows, or where a sender that leaves the CR out
 * begins its next message.  Any other FS is data.
 */
static const char *
find_end(struct mllp *f, size_t *ends)
{
	const char *last = f->held.p + f->held.n;
	const char *p = f->held.p + f->looked;

	while (p < last && (p = memchr(p, FS, (size_t)(last - p))) != NULL) {
		if (p + 1 == last)
			break;
		if (p[1] == '\r' || p[1] == VT) {
			*ends = p[1] == '\r' ? 2 : 1;
			return p;
		}
		p++;
	}
	f->looked = p == NULL ? f->held.n : (size_t)(p - f->held.p);
	return NULL;
}

bool
mllp_next(struct mllp *f, size_t limit, struct mllp_piece *to)
{
	const char *end;
	size_t ends, n;

	if (!f->inside && take_outside(f, to))
		return true;
	if (!f->inside)
		return false;
	end = find_end(f, &ends);
	if (end == NULL) {
		n = f->held.n - f->at;
		if (n > limit && n > HEAD_KEPT) {
			size_t keep = f->held.p[f->held.n - 1] == FS;

			f->dropped += n - HEAD_KEPT - keep;
			if (keep > 0)
				f->held.p[f->at + HEAD_KEPT] = FS;
			f->held.n = f->at + HEAD_KEPT + keep;
			f->looked = f->at + HEAD_KEPT;
		}
		return false;
	}
	n = (size_t)(end - f->held.p) - f->at;
	to->bytes = (struct slice){ f->held.p + f->at, n };
	to->whole = n + f->dropped + 1 + ends;
	to->kind = n + f->dropped > limit ? MLLP_LONG : MLLP_MESSAGE;
	if (to->kind == MLLP_LONG && to->bytes.n > HEAD_KEPT)
		to->bytes.n = HEAD_KEPT;
	f->inside = false;
	f->dropped = 0;
	take(f, n + ends);
	return true;
}
