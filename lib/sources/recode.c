#include "sources/recode.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "io/encoding.h"

#define GRAIN ((size_t)64 << 10)
#define TAIL  4 /* blocks whose borders are remembered */

/* The same place in both ways of counting. */
struct border {
	uint64_t text, own;
};

/*
 * own holds the bytes of `first` from its index `begin` on.  Where a line grows beyond all limits
 * the middle of it is dropped: `gap` is the place behind, gap_at its index in
 * own (0: none is missing).
 */
struct recode {
	struct input *below, *input;
	struct encoding *decoder, *finder;
	struct buf own;
	struct border first, last, cursor, gap;
	size_t begin, gap_at;
	struct border tail[TAIL];
	size_t ntail, most;
	size_t rest; /* at the end of own: not yet decoded */
	char text[3 * GRAIN];
};

static void
drop_middle(struct recode *r)
{
	const struct border *to = &r->tail[0];
	size_t keep = r->begin + r->most / 2, at;

	at = r->own.n - (size_t)(r->last.own + r->rest - to->own);
	if (r->ntail < TAIL || at <= keep)
		return;
	memmove(r->own.p + keep, r->own.p + at, r->own.n - at);
	r->own.n -= at - keep;
	r->gap = *to;
	r->gap_at = keep;
}

/* What was let go makes room, but not before it is the larger part. */
static void
close_up(struct recode *r)
{
	if (r->begin < GRAIN || r->begin < r->own.n / 2)
		return;
	memmove(r->own.p, r->own.p + r->begin, r->own.n - r->begin);
	r->own.n -= r->begin;
	r->gap_at -= r->gap_at > 0 ? r->begin : 0;
	r->begin = 0;
}

static void
remember_border(struct recode *r)
{
	if (r->ntail == TAIL)
		memmove(r->tail, r->tail + 1, (TAIL - 1) * sizeof(r->tail[0]));
	else
		r->ntail++;
	r->tail[r->ntail - 1] = r->last;
}

/* The next block of UTF-8; own bytes that end within a character wait. */
static ssize_t
next_block(void *ctx, const char **block, struct err *e)
{
	struct recode *r = ctx;
	size_t made = 0, used;
	bool final = false;

	close_up(r);
	while (made == 0) {
		struct slice rest;

		if (r->rest < 16 && !final) {
			struct slice more = input_peek(r->below, 1);

			if (more.n > GRAIN)
				more.n = GRAIN;
			final = more.n == 0;
			if (final && input_failed(r->below, e))
				return -1;
			buf_add_slice(&r->own, more);
			input_take(r->below, more.n);
			r->rest += more.n;
		}
		rest = (struct slice){ r->own.p + r->own.n - r->rest, r->rest };
		if (rest.n == 0)
			return 0;
		remember_border(r);
		used = encoding_recode(
		    r->decoder, rest, final, r->text, sizeof(r->text), &made);
		r->rest -= used;
		r->last.own += used;
		r->last.text += made;
	}
	if (r->own.n - r->begin > r->most)
		drop_middle(r);
	*block = r->text;
	return (ssize_t)made;
}

struct recode *
recode_new(struct input *below, const char *encoding, uint64_t start,
    uint64_t max_record, struct err *e)
{
	struct recode *r = mem_zalloc(sizeof(*r));
	size_t unit = encoding_unit(encoding);

	r->below = below;
	r->first = r->last = r->cursor = (struct border){ start, start };
	/* A framer may have read on by as much as a record is long. */
	r->most = unit * (2 * max_record + ((size_t)2 << 20));
	r->decoder = encoding_open(encoding, e);
	if (r->decoder != NULL)
		r->finder = encoding_open(encoding, e);
	if (r->finder == NULL) {
		recode_free(r);
		return NULL;
	}
	r->input = input_new(next_block, r);
	input_start(r->input, start);
	return r;
}

void
recode_free(struct recode *r)
{
	if (r == NULL)
		return;
	input_free(r->input);
	encoding_close(r->decoder);
	encoding_close(r->finder);
	buf_release(&r->own);
	mem_free(r);
}

struct input *
recode_input(struct recode *r)
{
	return r->input;
}

static size_t
index_of(const struct recode *r, uint64_t own)
{
	if (r->gap_at > 0 && own >= r->gap.own)
		return r->gap_at + (size_t)(own - r->gap.own);
	return r->begin + (size_t)(own - r->first.own);
}

/* From the nearest known place before it. */
uint64_t
recode_place(struct recode *r, uint64_t text)
{
	struct border at = text >= r->cursor.text ? r->cursor : r->first;

	if (r->gap_at > 0 && text >= r->gap.text && at.text < r->gap.text)
		at = r->gap;
	if (text >= r->last.text)
		at = r->last;
	while (at.text < text) {
		char scratch[4096];
		size_t from = index_of(r, at.own), made, used;
		size_t end =
		    r->gap_at > 0 && from < r->gap_at ? r->gap_at : r->own.n;
		size_t room = text - at.text < sizeof(scratch)
		    ? (size_t)(text - at.text)
		    : sizeof(scratch);

		used = encoding_recode(r->finder,
		    (struct slice){ r->own.p + from, end - from }, true,
		    scratch, room, &made);
		if (used == 0)
			break;
		at.own += used;
		at.text += made;
	}
	r->cursor = at;
	return at.own;
}

struct slice
recode_bytes(struct recode *r, uint64_t from, uint64_t to)
{
	size_t first = index_of(r, recode_place(r, from));
	size_t last = index_of(r, recode_place(r, to));

	return (struct slice){ r->own.n == 0 ? "" : r->own.p + first,
		last < first ? 0 : last - first };
}

void
recode_let_go(struct recode *r, uint64_t text)
{
	size_t at = index_of(r, recode_place(r, text));

	r->first = r->cursor;
	r->begin = at;
	if (at >= r->gap_at)
		r->gap_at = 0;
}
