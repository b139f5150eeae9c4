#include "sources/input.h"

#include <string.h>

#include "base/mem.h"
#include "io/ahead.h"

#define GRAIN   ((size_t)64 << 10)
#define UNRATED ((uint64_t)1 << 20) /* bytes out before the ratio counts */

struct decoding {
	struct input *below;
	struct decoder *decoder;
	struct slice rest;
	unsigned ratio;
	enum codec codec;
	uint64_t in, out;
	char *to;
};

struct input {
	input_block *block;
	input_jump *jump;
	void *ctx;
	char *window; /* [at, n) is not yet taken; INPUT_SLACK bytes behind */
	size_t at, n, room;
	uint64_t bytes, limit;
	struct digest *digest;
	struct decoding *decoding;
	struct ahead *ahead; /* calls block; or NULL */
	struct err failure;
	bool ended, jumped;
};

struct input *
input_new(input_block *block, void *ctx)
{
	struct input *in = mem_zalloc(sizeof(*in));

	in->block = block;
	in->ctx = ctx;
	in->limit = UINT64_MAX;
	return in;
}

void
input_free(struct input *in)
{
	if (in == NULL)
		return;
	ahead_free(in->ahead);
	if (in->decoding != NULL) {
		decoder_free(in->decoding->decoder);
		mem_free(in->decoding->to);
		mem_free(in->decoding);
	}
	digest_free(in->digest);
	mem_free(in->window);
	mem_free(in);
}

void
input_ahead(struct input *in)
{
	if (in->ahead == NULL && !in->ended)
		in->ahead = ahead_new(in->block, in->ctx);
}

void
input_alone(struct input *in)
{
	if (in->ahead != NULL)
		ahead_stop(in->ahead);
}

void
input_start(struct input *in, uint64_t offset)
{
	in->bytes = offset;
}

void
input_hash(struct input *in)
{
	if (in->digest == NULL)
		in->digest = digest_new();
}

void
input_can_jump(struct input *in, input_jump *jump)
{
	in->jump = jump;
}

void
input_limit(struct input *in, uint64_t bytes)
{
	in->limit = bytes;
}

/* --- decompression ------------------------------------------------------- */

static ssize_t
decode_block(void *ctx, const char **block, struct err *e)
{
	struct decoding *d = ctx;
	size_t out = 0;

	while (out == 0) {
		if (d->rest.n == 0) {
			ssize_t got = input_next(d->below, &d->rest.p, e);

			if (got < 0)
				return -1;
			d->rest.n = (size_t)got;
			d->in += (uint64_t)got;
		}
		size_t had = d->rest.n;

		if (!decoder_run(d->decoder, &d->rest, d->to, GRAIN, &out, e))
			return -1;
		if (out == 0 && had == 0) {
			if (decoder_at_border(d->decoder))
				return 0;
			err_set(e, ERR_INPUT, "%s data is cut off",
			    codec_name(d->codec));
			return -1;
		}
	}
	d->out += out;
	if (d->out > UNRATED && d->out / d->ratio > d->in) {
		err_data(e, "limit_ratio",
		    "grows to more than %u times its size (--max-ratio "
		    "raises the limit)",
		    d->ratio);
		return -1;
	}
	*block = d->to;
	return (ssize_t)out;
}

struct input *
input_decoded(struct input *below, enum codec codec, unsigned ratio)
{
	struct decoding *d = mem_zalloc(sizeof(*d));
	struct input *in = input_new(decode_block, d);

	d->below = below;
	d->codec = codec;
	d->ratio = ratio;
	d->decoder = decoder_new(codec);
	d->to = mem_alloc(GRAIN);
	in->decoding = d;
	return in;
}

/* --- reading ------------------------------------------------------------- */

/* A block from below, counted and hashed; 0 at the end or a failure. */
static size_t
pull(struct input *in, const char **block)
{
	ssize_t got;

	if (in->ended)
		return 0;
	got = in->ahead != NULL ? ahead_next(in->ahead, block, &in->failure)
				: in->block(in->ctx, block, &in->failure);
	if (got <= 0) {
		in->ended = true;
		return 0;
	}
	if (in->digest != NULL)
		digest_add(in->digest, *block, (size_t)got);
	in->bytes += (uint64_t)got;
	if (in->bytes > in->limit) {
		err_data(&in->failure, "limit_member",
		    "is larger than %llu bytes (--max-member raises the limit)",
		    (unsigned long long)in->limit);
		in->ended = true;
	}
	return (size_t)got;
}

static void
make_room(struct input *in, size_t more)
{
	size_t left = in->n - in->at;

	if (in->at > 0 && in->n + more > in->room) {
		memmove(in->window, in->window + in->at, left);
		in->at = 0;
		in->n = left;
	}
	if (in->n + more > in->room) {
		in->room =
		    in->room * 2 > in->n + more ? in->room * 2 : in->n + more;
		in->window = mem_resize(in->window, in->room + INPUT_SLACK, 1);
	}
}

static void
keep(struct input *in, const char *block, size_t n)
{
	make_room(in, n);
	memcpy(in->window + in->n, block, n);
	in->n += n;
	memset(in->window + in->n, 0, INPUT_SLACK);
}

struct slice
input_peek(struct input *in, size_t want)
{
	while (in->n - in->at < want && !in->ended) {
		const char *block;
		size_t got = pull(in, &block);

		if (got == 0)
			break;
		keep(in, block, got);
	}
	return (struct slice){ in->n == 0 ? "" : in->window + in->at,
		in->n - in->at };
}

void
input_take(struct input *in, size_t n)
{
	in->at += n;
	if (in->at == in->n)
		in->at = in->n = 0;
}

uint64_t
input_skip(struct input *in, uint64_t n)
{
	uint64_t left = n, far;

	while (left > 0) {
		struct slice s = input_peek(in, in->n > in->at ? 0 : 1);

		if (s.n == 0)
			break;
		if (s.n > left)
			s.n = (size_t)left;
		input_take(in, s.n);
		left -= s.n;
		/* One block was read: below all stands behind its end. */
		if (in->jump == NULL || in->ahead != NULL || in->ended ||
		    left < GRAIN || in->n > in->at)
			continue;
		far = in->jump(in->ctx, left);
		in->bytes += far;
		in->jumped = in->jumped || far > 0;
		left -= far;
	}
	return n - left;
}

ssize_t
input_next(void *input, const char **block, struct err *e)
{
	struct input *in = input;
	size_t got = in->n - in->at;

	if (got > 0) {
		*block = in->window + in->at;
		in->at = in->n = 0;
		return (ssize_t)got;
	}
	got = pull(in, block);
	if (got == 0 && input_failed(in, e))
		return -1;
	return (ssize_t)got;
}

/* A block that has room enough goes past the window. */
ssize_t
input_read(void *input, char *to, size_t room, struct err *e)
{
	struct input *in = input;
	struct slice s;

	(void)e;
	if (in->at == in->n) {
		const char *block;
		size_t got = pull(in, &block);

		if (got <= room) {
			if (got > 0)
				memcpy(to, block, got);
			return (ssize_t)got;
		}
		keep(in, block, got);
	}
	s = (struct slice){ in->window + in->at, in->n - in->at };
	if (s.n > room)
		s.n = room;
	memcpy(to, s.p, s.n);
	input_take(in, s.n);
	return (ssize_t)s.n;
}

bool
input_at_end(struct input *in)
{
	return input_peek(in, 1).n == 0;
}

uint64_t
input_offset(const struct input *in)
{
	return in->bytes - (in->n - in->at);
}

uint64_t
input_bytes(const struct input *in)
{
	return in->bytes;
}

void
input_digest(const struct input *in, uint8_t out[DIGEST_SIZE])
{
	digest_peek(in->digest, out);
}

bool
input_ended(const struct input *in)
{
	return in->ended && !in->jumped;
}

bool
input_failed(const struct input *in, struct err *e)
{
	if (in->failure.kind == ERR_NONE)
		return false;
	if (e != NULL)
		*e = in->failure;
	return true;
}
