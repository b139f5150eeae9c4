/*
 * member - any bytes through the reader of one format, in blocks of any size:
 * no crash, every byte accounted for, and output that is JSON.
 */
#ifndef FUZZ_MEMBER_H
#define FUZZ_MEMBER_H

#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "json/scan.h"
#include "sources/format.h"

struct bytes {
	const char	*p;
	size_t		 n, grain;
};

static struct run *run;
static struct totals *totals;
static struct turns turns;
static struct sink sink;
static struct source_options options = { .quote = '"', .max_ratio = 250 };

static ssize_t
next_bytes(void *ctx, const char **block, struct err *e)
{
	struct bytes *b = ctx;
	size_t n = b->n < b->grain ? b->n : b->grain;

	(void)e;
	*block = b->p;
	b->p += n;
	b->n -= n;
	return (ssize_t)n;
}

/* Records go to /dev/null by way of standard output. */
static void
prepare(void)
{
	static const struct run_options o = { .tool = "fuzz", .version = "0",
		.max_record = 1 << 16 };
	struct err e = { 0 };

	if (run != NULL)
		return;
	if (freopen("/dev/null", "w", stdout) == NULL)
		__builtin_trap();
	run = run_open(&o, &e);
	options.kinds = kinds_load("lib/share/kinds.csv",
	    "lib/share/thesaurus.csv", NULL, &e);
	if (run == NULL || options.kinds == NULL)
		__builtin_trap();
	totals = totals_new();
	turns_init(&turns);
	sink_init(&sink, run, &turns, NULL, NULL);
}

static void
check_lines(void)
{
	struct slice rest = buf_slice(&sink.out), line;
	struct arena *a = arena_new();
	struct err e = { 0 };

	while (slice_next(&rest, '\n', &line)) {
		line = json_pad(line, a);
		if (!json_check(line.p, line.n, 0, &e))
			__builtin_trap();
		arena_reset(a);
	}
	arena_free(a);
}

static int
read_member(const char *format, const uint8_t *data, size_t n)
{
	static const char *const path[] = { "a", NULL };
	struct place_of at = { .uri = "x" };
	struct bytes b = { .grain = SIZE_MAX };
	struct err e = { 0 };
	struct member m;
	struct input *in;

	if (n < 2)
		return 0;
	prepare();
	/* The first byte says how the rest is cut up. */
	if ((data[0] & 1) != 0)
		b.grain = (size_t)(data[0] >> 1) + 1;
	options.split = (data[0] & 2) != 0;
	options.at = (data[0] & 4) != 0 ? "/a" : NULL;
	options.path = options.at == NULL ? NULL : path;
	b.p = (const char *)data + 1;
	b.n = n - 1;
	in = input_new(next_bytes, &b);
	sink_begin(&sink, turns.now);
	member_begin(&m, &options, &sink, totals, &at, in, format);
	if (!charset_init(&m.charset, options.encoding, &e) ||
	    !source_format_find(format)->read(&m, &e))
		__builtin_trap();
	check_lines();
	if (!member_end(&m, &e) || !sink_end(&sink, &e))
		__builtin_trap();
	if (m.own_at != n - 1 ||
	    m.bytes_records + m.bytes_set_aside + m.bytes_skipped != m.own_at)
		__builtin_trap();
	input_free(in);
	return 0;
}

#endif
